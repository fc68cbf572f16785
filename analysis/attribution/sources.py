"""Who a cue says speaks: a verb of speech in the tree in, the phrase that names its source out.

The subject of the cue is the source (Pareti 2016). Words next to the cue step in where the tree has none.
"""

from __future__ import annotations

from analysis import lexicon
from analysis.actors.registry import registry
from analysis.attribution import asides
from analysis.attribution.phrases import PROPER, RELATIVES, SUBJECTS, chars, has, phrase, that, whole
from analysis.attribution.source_words import WHEN, upto
from analysis.attribution.stretches import Stretches
from analysis.attribution.subjects import can_act, cited, is_done_to, is_heard, is_permitted, subject
from analysis.language.columns import Columns
from analysis.lexicon import frames
from analysis.model import Span

SPEAKING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"})  # what can name a speaker
NAMING = SPEAKING | {"ADP"}
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
INNER = frozenset({"compound", "flat", "nmod:desc", "amod", "det", "nmod:poss"})  # of a phrase, below its head
GOVERNED = frozenset({"obj", "iobj", "obl", "obl:unmarked", "nmod:unmarked"})  # whom a verb does something to
NO_ONE = frozenset({"this", "that", "these", "what", "which", "there"})
OBLIQUE = frozenset({"him", "her", "them", "me", "us"})
STOPS = frozenset({".", "!", "?", "\n\n"})
PEOPLE = ("ers", "ors", "ists", "ians", "men", "women", "people", "person", "critics")
PLURAL = {"it": False, "they": True}
BELOW = frozenset(
    {"acl", "acl:relcl", "ccomp", "advcl", "parataxis", "obl", "obj", "nmod", "csubj", "nsubj", "xcomp", "conj"}
)
LEADING = frozenset({",", "?", "!", "—", "…"})  # at the end of words in marks that a cue follows
LED_WORDS = 30  # from closing marks to the cue: “…,” Ada Renn, who has led the board since 2014, said
BESIDE = 4  # characters from closing marks to the cue that they lead to

Sourced = tuple[Span | None, Span | None]
NOBODY: Sourced = (None, None)


def find(seen: Columns, verb: int, marked: Stretches, frame: frozenset[str]) -> Sourced:
    """The phrase that says who speaks, and the words in it (or before it) that name the speaker; `frame` of the cue."""
    source, named = _find(seen, verb, marked, frame)
    return _undated(seen, source), _undated(seen, named)


def _undated(seen: Columns, source: Span | None) -> Span | None:
    """Norway on Tuesday | said: without the day on which somebody spoke."""
    return None if source is None else Span(source.start, source.start + len(upto(WHEN, source.of(seen.text))))


def _find(seen: Columns, verb: int, marked: Stretches, frame: frozenset[str]) -> Sourced:
    if is_permitted(seen, verb):
        return NOBODY
    head = subject(seen, verb)
    if head is not None:
        quoted = head < verb and cited(seen, verb) == head  # two unnamed “officials” as saying
        elsewhere = not quoted and _in_other_marks(seen, head, verb, marked)
        if seen.lower[head] in frames.lemmas("oath") and "mental" in frame:
            return NOBODY  # God knows
        if seen.lower[head] in NO_ONE and _relative(seen, verb) is None and not elsewhere:
            return NOBODY  # that suggests …: the writer concludes it
        if ("showing" in frame and not tells(seen, head)) or ("proving" in frame and not _proves(seen, head)):
            return NOBODY  # the fire showed that …: nobody says so
        if (_can_speak(seen, head) or cited(seen, verb) == head) and not elsewhere:
            told = _told(seen, head, verb, marked)
            if told is not None:
                return told
    elif has(seen, verb, ("aux:pass", "nsubj:pass")) or (
        is_done_to(seen, verb) and not closed_beside(seen, verb, marked)
    ):
        behind = asides.agent_behind(seen, verb, marked)
        return behind, behind  # the breach was announced Monday: nobody is said to have announced it
    elif is_heard(seen, verb):
        return NOBODY  # asked whether he would go: nobody is said to have asked
    beside = (
        _inverted(seen, verb, marked)
        or led(seen, verb, marked)
        or _follows(seen, verb, marked)
        or _neighbour(seen, verb, marked)
        or asides.named_before(seen, verb)
    )
    last = (
        None if beside is None or beside.start >= seen.starts[verb] else _named_last(seen, seen.at(beside.start), verb)
    )
    return beside, last or beside


def owner(seen: Columns, verb: int, named: Span | None, frame: frozenset[str]) -> Span | None:
    """The Watch identified men who it said were armed: whom “it” or “they” names, the subject of the clause above.

    Not of the clause that a cue between commas parts: the crew, they said, were safe.
    """
    if named is None or named.of(seen.text).lower() not in PLURAL:
        return None
    at, several = verb, PLURAL[named.of(seen.text).lower()]
    while seen.heads[at] != at and seen.deps[at] in BELOW:
        inserted, at = at == verb and seen.deps[at] == "parataxis", seen.heads[at]
        who = next((c for c in seen.children[at] if seen.deps[c] in SUBJECTS and c < verb), None)
        if inserted or who is None or seen.entities[who] == "PER" or seen.tags[who] in {"WDT", "WP"}:
            continue
        if seen.pos[who] == "PRON" or (seen.tags[who] == "NNS") != several:
            return None
        text = seen.lower[who] in frames.lemmas("evidence")
        known = not ("mental" in frame and text) and tells(seen, who)  # the article holds where it felt a need
        return chars(seen, *phrase(seen, who)) if known else None
    return None


def is_oblique(seen: Columns, word: int) -> bool:
    """Whether a word is a pronoun that speaks for nobody; not the US."""
    return seen.lower[word] in OBLIQUE and seen.words[word] != "US"


def _can_speak(seen: Columns, head: int) -> bool:
    return (
        seen.pos[head] in SPEAKING
        and not is_oblique(seen, head)
        and seen.lower[head] not in frames.lemmas("editing")
        # Not the day: “Saturday at the fair Ada Renn said …”; but May, where she is a person.
        and (seen.entities[head] == "PER" or seen.words[head] not in registry().words["calendar"])
        and any(letter.isalnum() for letter in seen.words[head])
    )


def _in_other_marks(seen: Columns, head: int, verb: int, marked: Stretches) -> bool:
    around = marked.holding(seen.starts[head], seen.ends[head])
    return around is not None and not (around.start <= seen.starts[verb] and seen.ends[verb] <= around.end)


def _told(seen: Columns, head: int, verb: int, marked: Stretches) -> Sourced | None:
    """The source that a subject is; None where its phrase takes in the cue."""
    named = _antecedent(seen, head, verb)
    start, end = phrase(seen, named)
    if start < verb < end:  # officials saying so: the noun without its participle
        start, end = phrase(seen, named, seen.lefts[verb])
    if start <= verb < end or seen.tags[start] == "WRB":  # how much advance warning they had, he said
        return None
    if seen.tags[start] in {"WP", "WDT"} and seen.deps[verb] in {"ROOT", "root"}:
        return NOBODY  # what genius decided …? who knows
    if seen.tags[start] in {"WP", "WDT"} and start < named:
        start += 1  # what experts call “…”
    for second in seen.children[verb]:  # Secretary of | State Mike Pompeo said: one name taken for two subjects
        joined = named < second < verb and seen.deps[second] in SUBJECTS and seen.lower[second] not in RELATIVES
        if joined and seen.words[second] not in registry().words["calendar"] and not any(seen.punct[end:second]):
            end = max(end, phrase(seen, second)[1])
    pronoun, span = _relative(seen, verb), chars(seen, start, end)
    last = _named_last(seen, start, verb)
    if last is not None:
        return Span(span.start, last.end), last
    if pronoun is not None:
        issuer = _issuer(seen, named)
        return chars(seen, pronoun, pronoun + 1), span if issuer is None else chars(seen, *phrase(seen, issuer))
    return _widened(seen, named, span, verb, marked), span


def _issuer(seen: Columns, noun: int) -> int | None:
    """The board issued a statement that claimed …: whose words a text is that somebody gives."""
    gives = seen.heads[noun]
    if seen.deps[noun] != "obj" or seen.lower[noun] not in lexicon.cue_nouns():
        return None
    who = subject(seen, gives) if seen.lower[gives] in frames.lemmas("light") else None
    return who if who is not None and tells(seen, who) else None


def _relative(seen: Columns, verb: int) -> int | None:
    """The pronoun that is the subject of a relative clause: the officials who said so."""
    if seen.deps[verb] not in {"acl:relcl", "acl"}:
        return None
    return next((c for c in seen.children[verb] if seen.deps[c] in SUBJECTS and seen.lower[c] in RELATIVES), None)


def _widened(seen: Columns, head: int, named: Span, verb: int, marked: Stretches) -> Span:
    """The whole phrase, unless it takes in the cue or words in marks."""
    if any(seen.deps[c] == "acl:relcl" and that(seen, c) for c in seen.children[head]):
        return named  # announced by Renn that …: the clause is what was said
    first, last = whole(seen, head, verb)
    start, end = seen.starts[first], seen.ends[last - 1]
    if first <= verb < last or marked.cut(start, end):
        return named
    return named if named.start <= start and end <= named.end else Span(min(start, named.start), max(end, named.end))


def _antecedent(seen: Columns, head: int, verb: int) -> int:
    """Lena Osei, who leads Ashe Watch, said: the last name before the comma is not who speaks."""
    words = seen.words
    if (name := _nearest_name(seen, head, verb)) is not None:
        return name
    if verb < 2 or verb <= head or words[verb - 1] != ",":
        return head
    first = seen.bounds[seen.sents[head]][0]
    for who in range(first + 2, head):
        if seen.lower[who] == "who" and words[who - 1] == "," and seen.pos[who - 2] in {"PROPN", "NOUN"}:
            return who - 2
    return head


def _named_last(seen: Columns, start: int, verb: int) -> Span | None:
    """An agent with the Bureau of Mills, Ada Renn, said: the name before the last comma, behind what she is.

    Not behind a second role: a spokesman for the mayor, Ada Renn, may be whoever.
    """
    end = first = verb - 1
    if seen.words[end] != ",":
        return None
    roles = registry().roles
    while first > start and seen.entities[first - 1] == "PER" and (first == end or not seen.begins[first]):
        first -= 1
    apart = start + 1 < first < end and seen.words[first - 1] == "," and seen.lower[first - 2] not in roles
    before = range(start, first - 1)
    told = apart and any(seen.lower[i] in roles and seen.tags[i] == "NN" for i in before)
    return chars(seen, first, end) if told and not any(seen.entities[i] == "PER" for i in before) else None


def _nearest_name(seen: Columns, head: int, verb: int) -> int | None:
    """A response from Moscow, which described it so: the name before the pronoun, where the noun says nothing."""
    pronoun = _relative(seen, verb)
    if pronoun is not None and seen.words[pronoun - 1] == "," and seen.deps[head] == "appos":
        whose = seen.heads[head]  # the Watch, a group of clerks, which warned …
        if seen.tags[whose] in PROPER and can_act(seen, whose):
            return whose
    if pronoun is None or pronoun < head + 3 or seen.words[pronoun - 1] != "," or can_act(seen, head):
        return None
    name = pronoun - 2
    able = {"PER"} if seen.lower[pronoun] == "who" else {"LOC", "ORG"}
    return name if seen.tags[name] in PROPER and seen.entities[name] in able else None


def tells(seen: Columns, noun: int) -> bool:
    """Whether a noun can show something by telling it: somebody, some body, or what is evidence."""
    low = seen.lower[noun]
    listed = (
        low in frames.lemmas("evidence") | frames.lemmas("body")
        or low in registry().words["company"]
        or low.endswith(PEOPLE)
    )
    if listed or seen.pos[noun] not in {"NOUN", "ADJ"} or can_act(seen, noun):
        return True
    named = any(seen.deps[c] == "appos" and seen.entities[c] == "PER" for c in seen.children[noun])
    return named and seen.tags[noun] == "NN"


def _proves(seen: Columns, noun: int) -> bool:
    """Whether a noun is what shows something by being read or seen; not Renn, who has shown that she can wait."""
    evidence = seen.lower[noun] in frames.lemmas("evidence") or seen.lower[noun] in NO_ONE
    return evidence or (seen.tags[noun] in PROPER and seen.entities[noun] != "PER")


def _inverted(seen: Columns, verb: int, marked: Stretches) -> Span | None:
    """“…,” said the chief executive, Marcus Thole: a noun straight after the cue, and words said before it."""
    parted = seen.deps[verb] == "parataxis" and verb > 0 and seen.words[verb - 1] == ","  # Talks go on, says Moscow
    if not (parted or closed_beside(seen, verb, marked)):
        return None
    for child in seen.children[verb]:
        nominal = seen.pos[child] in NOMINAL or seen.lower[child] == "one"  # one of Vuk's friends, Ada Renn
        told = seen.deps[child] == "iobj" or has(seen, child, ("case",))  # …, told the board that …
        if child > verb and seen.lefts[child] == verb + 1 and nominal and not told:
            return _widened(seen, child, chars(seen, *phrase(seen, child)), verb, marked)
    return None


def closed_beside(seen: Columns, verb: int, marked: Stretches) -> bool:
    """Whether a stretch in marks ends right before the word."""
    end = marked.closed_by(seen.starts[verb])
    return end >= 0 and seen.starts[verb] - end <= BESIDE


def led(seen: Columns, verb: int, marked: Stretches) -> Span | None:
    """“…,” Ada Renn, head of the board, tells the Post: the name or noun between the marks and the cue.

    Only for marks that end in a comma or the like, for grammar likes to draw such a name into the words in marks.
    """
    mark = marked.closed_by(seen.starts[verb])
    if mark < 0 or seen.text[max(mark - 1, 0) : mark] not in LEADING:
        return None
    first = verb
    while first > 0 and seen.starts[first - 1] > mark and verb - first <= LED_WORDS:
        first -= 1
    if first == verb or seen.sents[first] != seen.sents[verb - 1] or is_oblique(seen, first):
        return None
    if any(seen.words[i] in STOPS or seen.tags[i] == "''" for i in range(first, verb)):
        return None
    end = first
    while end < verb and (seen.pos[end] in NAMING or seen.words[end] == "-") and seen.words[end] != ",":
        end += 1
    if seen.pos[end - 1] == "ADP" or not any(pos in NOMINAL for pos in seen.pos[first:end]):
        return None
    described = end < verb and seen.words[end] == "," and seen.words[verb - 1] == ","
    return chars(seen, first, end) if end == verb or described else None


def _follows(seen: Columns, verb: int, marked: Stretches) -> Span | None:
    """“…,” said the 46-year-old: what stands between the cue and the next comma or stop, if it begins like a noun."""
    closed, size = marked.closed(seen.starts[verb]), len(seen)
    if closed < 0 or seen.starts[verb] - closed > 2 or verb + 1 >= size or seen.tags[verb + 1] != "DT":
        return None
    end = verb + 1
    while end < min(size, verb + 8) and (not seen.punct[end] or seen.words[end] == "-") and not seen.space[end]:
        end += 1
    return chars(seen, verb + 1, end) if end - verb > 2 else None


def _neighbour(seen: Columns, verb: int, marked: Stretches) -> Span | None:
    """The name or pronoun beside the cue, where the tree has lost the subject."""
    for i in (verb - 1, verb + 1):
        if 0 <= i < len(seen) and seen.sents[i] == seen.sents[verb] and _names(seen, i, verb, marked):
            return chars(seen, *_proper(seen, i, verb))
    return None


def _names(seen: Columns, i: int, verb: int, marked: Stretches) -> bool:
    """Whether a word beside the cue is a name or a pronoun, and not whom the cue is done to."""
    if not (seen.tags[i] in PROPER or seen.tags[i] == "PRP" or seen.entities[i]):
        return False
    word = seen.words[i]
    if is_oblique(seen, i) or not word.isalpha() or word in registry().words["calendar"]:
        return False
    if i > verb:
        top = i
        while seen.deps[top] in INNER and seen.heads[top] != top:
            top = seen.heads[top]
        if seen.heads[top] == verb and seen.deps[top] in GOVERNED:
            return False
    return marked.holding(seen.starts[i], seen.ends[i]) is None


def _proper(seen: Columns, i: int, verb: int) -> tuple[int, int]:
    """The words of a name that begins or ends beside the cue."""
    first, last = seen.bounds[seen.sents[verb]]
    start, end = i, i + 1
    while i < verb and start > first and seen.tags[start - 1] in PROPER:
        start -= 1
    while i > verb and end < last and seen.tags[end] in PROPER:
        end += 1
    return start, end
