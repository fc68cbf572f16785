"""What the words that name a source tell, whoever it may be: several people, a body, somebody's words, a kind of actor.

In: the words of a source. Out: what they say; which actor that is, `speakers` finds.
"""

from __future__ import annotations

import re

from analysis import lexicon
from analysis.actors import is_role
from analysis.actors.registry import registry
from analysis.model import ActorKind

# Who speaks for somebody else: “the ministry's spokesman” speaks for the ministry.
SPOKEN_FOR = re.compile(r"\b(?:spokes(?:man|woman|person|people|men|women)|press (?:service|secretary|office))\b", re.I)
DETERMINERS = re.compile(
    r"^(?:and\s+)?(?:(?:the|a|an|one|this|that|these|those|another|some|its|his|her|their|our|my)\s+(?:own\s+)?|(?<=and\s))"
    r"(?!of\b)",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"^(?:he|she|they|it|we|i|you|who|which|that|this|these|those|one|others?|some|many|all|both|"
    r"his|her|its|their|him|them|my|our|your|mine|me|us|each|either|neither|none|"
    r"(?:.*\b)?(?:some|any|no|every)(?:one|body)|no one|\w+ of (?:whom|which|them))$",
    re.I,
)
# Renn, an expert and former envoy under Vuk: the second name only describes the first.
BELONGS = re.compile(
    r".*\w\W+(?P<by>of|for|to|under|with|by|from|at|in|on|against|about|near)\s+"
    r"(?:(?:the|President|Mr|Ms|Mrs|Dr|Sen|Rep|Gov|former|late|then)\.?\s+)*(?P<role>(?:[\w.’'-]+\s+){0,5}?[\w’'-]+)?\s*$",
    re.S,
)
COUNTED = re.compile(
    r"\b(?:an? (?:\w+ )?(?:number|group|handful|majority|host)|dozens|hundreds|thousands|most|many|some) of\b"
)
AUTHORS = frozenset({"of", "by", "from", "with"})  # between somebody's words and who that is: an interview with
# A complaint charging Ada Renn: whom a thing is about that says something.
REGARDING = (
    r"accompanying|accusing|advising|charging|concerning|criticizing|describing|detailing|indicting|investigating|"
    r"involving|naming|outlining|regarding|representing|studying|supporting|targeting"
)
DOING = re.compile(
    rf".*[a-z] (?:{REGARDING})(?: (?:the|President|Mr\.?|Ms\.?|Mrs\.?|Dr\.?|Sen\.?|Rep\.?|Gov\.?|former))* $", re.S
)
# A source familiar | with …, leaders working | for …: what is left where a long phrase was cut.
TRAILS = re.compile(r"(?<=[a-z])(?: (?:familiar|close|working|based|and|or|of|for|to|in|on|with|by|from|at))+$")
MADE = re.compile(  # not: newly released documents
    r"(?<!ly)\s(?:\w+ly )?"
    r"(?:released|published|prepared|obtained|conducted|issued|commissioned|posted|aired|seen|filed)(?= |$)"
)
TOLD_OF = re.compile(rf"(?<=[a-z]) (?:(?:{REGARDING})|[a-z]+ed (?:to|by|against)) (?=[A-Z])")
# The Harbour Board movement, the Karsk-based Harbour Board: what a body's name (here a line break) may stand in.
AROUND_BODY = re.compile(
    r"(?:the )?(?:[\w.]+-(?:based|run|owned|backed|controlled) )?\n"
    r"(?: (?:movement|group|organi[sz]ation|militia|network|party|leadership|news|(?:news )?(?:agency|site)|paper))?",
    re.I,
)
DESCRIBED = re.compile(
    r"[,;(]|\s(?:of|by|for|from|in|at|on|to|with|near|outside|inside|around|across|throughout|under|after|before|about|against|who|which|that)\s"
)
CLAUSE = re.compile(r"[,;(]|\s[-–—]\s|\s(?:who|which|that|speaking)\s")
SOMEBODY = re.compile(r"(?:source|[^sw]er|[^t]or|ist|ian|ant|ive|man|woman|person|old|one|ee)$")
STATE = re.compile(r"\b(?:government|authorities|military|army|parliament|embassy|delegation)$", re.IGNORECASE)
PARTICIPLE = re.compile(r"(?:ing|ed|close|familiar|alike|here|there)$")  # behind a noun that names somebody
PEOPLE = re.compile(r"(?:[^s]s|men|women|people|crowd|staff|public|family|couple|community)$", re.IGNORECASE)
# Iran on Tuesday said: when somebody spoke, no part of who spoke.
WHEN = re.compile(
    r"\s+(?:(?:on|late|early|earlier|also)\s+)*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:\s+(?:morning|afternoon|evening|night))?(?:\s+again)?$"
)


def many(phrase: str) -> bool:
    """Whether a phrase names several people or a body, not what other words describe."""
    return bool(PEOPLE.search(phrase)) or ends_in_body(phrase)


def belongs(before: str) -> bool:
    """Whether words before a name end in a preposition that binds it: daughter of former mayor | Ada Renn.

    Not in a number that counts them: Belmora and a number of | western states.
    """
    bound = BELONGS.match(COUNTED.sub("", before))
    return bound is not None and (bound["role"] is None or is_role(bound["role"].split()[-1]))


def tell_of(before: str) -> bool:
    """Whether words before a name only say whom a thing is about: documents related to | Ada Renn; not: a letter by."""
    bound = BELONGS.match(before)
    if DOING.match(before):
        return True
    return belongs(before) and not (bound is not None and bound["by"] in AUTHORS and are_words(before))


def called(phrase: str) -> str:
    """What an unnamed speaker is called: a survey | released on Monday; a complaint | charging Ada Renn."""
    return TRAILS.sub("", upto(MADE, upto(TOLD_OF, phrase)))


def is_short_for(phrase: str, name: str) -> bool:
    """Whether words may mean an unnamed speaker again: aide, a senior aide; source, a source close to the talks."""
    rest = name.removeprefix(phrase)
    described = rest != name and (not rest or bool(DESCRIBED.match(rest)) or bool(PARTICIPLE.search(rest.split()[0])))
    return described or upto(DESCRIBED, name).endswith(f" {phrase}")


def are_words(owned: str) -> bool:
    """Whether what is somebody's are words: Renn's latest comments, her speech."""
    nouns = lexicon.cue_nouns()
    return any(word in nouns or word.removesuffix("s") in nouns for word in owned.lower().split())


def upto(pattern: re.Pattern[str], text: str) -> str:
    """The text as far as to what a pattern finds in it."""
    found = pattern.search(text)
    return text[: found.start()] if found else text


def ends_in_body(phrase: str) -> bool:
    return phrase.lower().endswith(tuple(registry().words["speaking"]))


def kind_of(phrase: str) -> ActorKind:
    """What an unnamed speaker is; a text, a law or a thought that is said to say something counts among the bodies."""
    words = upto(DESCRIBED, phrase).split() or phrase.split()
    while len(words) > 1 and PARTICIPLE.search(words[-1]) and not is_role(words[-1]):
        words.pop()  # an official | travelling with …
    head = words[-1]
    if PEOPLE.search(head):
        return "group"
    somebody = is_role(head) or SOMEBODY.search(head)
    return "person" if somebody and not ends_in_body(words[-1]) else "organisation"
