"""Questions that grammar answers with yes or no, about a judging word and the words round it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.lexicon import cue_forms
from analysis.model import Span
from analysis.targets.people import HE_OR_SHE, WE, People, words
from analysis.tone.roles import Tree
from analysis.tone.words import frame

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
MODIFIERS = frozenset({"amod", "compound", "flat"})
DONE_TO = frozenset({"obj", "nsubj:pass", "iobj"})
JUDGED = 0.3  # by valence_frames.tsv: a verb that says at least as much of its object keeps doer and object apart
FELT = frozenset({"affection", "honour", "victim", "weakness"})  # of verbs: who is loved, praised, hurt or beaten
MORE = 0.15  # by valence_frames.tsv, of the object than of the doer, where the category does not say it
_LIKED = frozenset({"obj", "iobj"})
_TOWARDS = frozenset({"on", "upon", "over", "for", "to", "with", "around", "behind"})
_INTO = frozenset({"into", "on", "onto", "in", "under"})
_WHERE = frozenset({"where", "when", "why"})


class Bonds:
    """What binds the words of one reading to each other."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.seen = people.seen
        self.tree = Tree(people.seen)

    def _about_object(self, verb: int, category: str) -> bool:
        """Whether a verb says more of its object than of its subject: “humiliated Trump”, not “betrayed Trump”."""
        scolds = category not in FELT and self.seen.lemmas[verb].lower() in words()["scolding"]
        if scolds or category in {"reporting_verb", "untrustworthy"}:
            return False  # “slammed Renn” judges who speaks so, “lured Renn” who does it
        doer, object_ = abs(frame(self.seen, verb, "subject")), abs(frame(self.seen, verb, "object"))
        return object_ >= doer if category in FELT else object_ >= doer + MORE

    def _undergoers(self, verb: int, tokens: Sequence[int], category: str) -> list[int]:
        """Whom a verb that says more of its object is about: “humiliated Trump”, “heaped praise on Trump”."""
        c = self.seen
        if category == "affection" and len(tokens) > 1:
            below = (k for i in tokens for k in c.children[i] if k > tokens[0] and k not in tokens)
            return [k for k in below if c.deps[k] in _LIKED or self.tree.preposition(k) in _TOWARDS]
        if not c.tags[verb].startswith("VB") or not self._about_object(verb, category):
            return []
        return [i for i in c.children[verb] if c.deps[i] in DONE_TO]

    def _depth(self, i: int) -> int:
        depth, heads = 0, self.seen.heads
        while heads[i] != i:
            i, depth = heads[i], depth + 1
        return depth

    def _is_verb(self, i: int) -> bool:
        return self.seen.pos[i] in {"VERB", "AUX"} or self.seen.tags[i].startswith("VB")

    def _named_by(self, i: int, verb: int) -> bool:
        """Whether a verb gives somebody the name or quality i: “branded her a fraud”, “seen as weak”."""
        c = self.seen
        if c.deps[i] not in {"xcomp", "obl", "ccomp", "advcl", "obj"} or not self._is_verb(verb):
            return False
        if c.deps[i] == "ccomp" and self._is_verb(i) and self.tree.child(i, SUBJECTS) is not None:
            return False  # “thinks that Renn lied” names nobody
        if c.deps[i] == "obj" and c.lemmas[verb] == "find" and not self._takes_two(verb):
            return False  # “found the courage”
        how = {"as", "like"} if c.lemmas[verb] == "treat" else {"as"}
        as_what = any(c.lower[k] in how and c.deps[k] in {"case", "mark", "advmod"} for k in c.children[i])
        if c.lemmas[verb] in words()["naming"]:
            besides = c.deps[i] == "obl" or (c.deps[i] == "advcl" and c.tags[i] == "VBG")  # “slammed her, calling …”
            return as_what or not besides
        objects = [k for k in c.children[verb] if c.deps[k] == "obj"]
        before = any(k < i for k in objects) or (not objects and c.deps[verb] == "acl:relcl")
        of_object = c.tags[i].startswith("JJ") and before
        return as_what and (of_object or self.tree.is_passive(verb))  # “pummelled Renn as divisive”

    def _takes_two(self, verb: int) -> bool:
        """Whether a verb has two objects, as “found her a fraud” may, or one that stands before it: “was found”."""
        objects = [k for k in self.seen.children[verb] if self.seen.deps[k] in DONE_TO]
        return len(objects) > 1 or self.seen.deps[verb] in {"acl:relcl", "acl"} or self.tree.is_passive(verb)

    def _makes(self, noun: int, verb: int) -> bool:
        """Whether the doer of a relative clause makes the noun: “the plan Renn unveiled”, not “where Renn was”."""
        c = self.seen
        told = {c.deps[k] for k in c.children[verb]}  # “the insistence that Norway change its plan” is not Norway's
        aside = "cop" in told or "ccomp" in told or ("mark" in told and ("obj" in told or self.tree.is_passive(verb)))
        aside = aside or any(c.lower[k] in _WHERE for k in c.children[verb])
        if c.lower[verb] in cue_forms():  # “plans which many say are rash”: they only say so
            aside = aside or any(c.deps[k] == "acl:relcl" and k > verb for k in c.children[noun])
        return not (aside or self._keeps_apart(noun, verb, ""))

    def _said_what(self, what: int) -> int | None:
        """The verb of “what Renn said were lies”, who does not make them."""
        c = self.seen
        if c.lower[what] != "what":
            return None
        clauses = (k for k in c.children[what] if c.deps[k] == "acl:relcl")
        return next((k for k in clauses if c.lower[k] in cue_forms() and not self.tree.is_passive(k)), None)

    def _is_anybody(self, i: int) -> bool:
        """Whether a word is for people, known or not: “those who”, “the men whom”."""
        return self.people.are(i) or self.seen.lower[i] in words()["anybody"]

    def _owns(self, noun: int, shown: bool) -> bool:
        """Of, by or from somebody; or in a capital that stands for its power: the regime in Moscow."""
        c = self.seen
        cases = {c.lower[k] for k in c.children[noun] if c.deps[k] == "case"}
        if "in" in cases:
            mention = self.people.mention_of.get(noun)
            return mention is not None and mention.form == "metonym"
        if "by" in cases and self.people.are(c.heads[noun]):
            return False  # “designated as terrorists by the police”: who calls them so
        return not cases.isdisjoint({"by", "from"} if shown else {"of", "by", "from", "between"})

    def _blamed_by(self, noun: int, verb: int, preposition: str) -> bool:
        """Whether a verb lays what the noun says at somebody's door: “accused Renn of lies”, “praised her for tact”."""
        lemma = self.seen.lemmas[verb]
        blames = preposition in {"of", "for", "with"} and lemma in words()["blaming"]
        blames = blames or (preposition == "against" and lemma in words()["warning"])
        return blames and any(self.seen.deps[k] in DONE_TO for k in self.seen.children[verb])

    def _has_article(self, noun: int) -> bool:
        return any(self.seen.deps[k] == "det" for k in self.seen.children[noun])

    def _keeps_apart(self, noun: int, verb: int, preposition: str) -> bool:
        """Whether what is bad or good in a noun is not the doer's: “ignored the chaos”, “was hit by a vile attack”."""
        if self.seen.lower[noun] in words()["outcome"]:
            return False  # “suffered a shameful defeat”, “left after a shameful defeat”
        if self._around(noun):
            return True
        if preposition == "on" and noun < verb:
            return True  # “On the shameful raid, Renn stood firm”
        if preposition in {"of", "on"} and self.seen.lemmas[verb] in words()["mentioning"]:
            return True  # “warned of a shameful end”
        if preposition == "over" and self.seen.lemmas[verb] in words()["presiding"]:
            return False
        if preposition:
            return preposition in words()["away"] or (preposition == "by" and self.tree.is_passive(verb))
        return self.seen.lemmas[verb] in words()["apart"] or abs(frame(self.seen, verb, "object")) >= JUDGED

    def _around(self, noun: int) -> bool:
        """Whether a noun is what surrounds somebody: “fights on in a hostile world”, “a friend in a hostile world”."""
        return self.tree.preposition(noun) == "in" and self.seen.lower[noun] in words()["setting"]

    def _dies(self, owner: int, noun: int) -> bool:
        """Whether somebody undergoes what is his: “Renn's brutal murder”, not “Renn's brutal treatment of Holt”."""
        c = self.seen
        if c.deps[owner] != "nmod:poss" or c.lower[noun] not in words()["fate"]:
            return False
        mention = self.people.mention_of.get(owner)
        person = c.lower[owner] in HE_OR_SHE or (
            mention is not None and self.people.kinds.get(mention.actor) == "person"
        )
        return person and not any(self.tree.preposition(k) == "of" for k in c.children[noun])

    def _of_object(self, verb: int) -> bool:
        """Whether the object above does it: “made Renn lie”, “jailed Renn for lying”, not “left the hall, lying”."""
        c = self.seen
        marks = {c.lower[k] for k in c.children[verb] if c.deps[k] in {"mark", "case"}}
        going = c.tags[verb] == "VBG" or any(
            c.tags[k] == "VBG" and c.deps[k] in {"aux", "cop"} for k in c.children[verb]
        )
        if c.deps[verb] in {"xcomp", "ccomp"}:
            return going or c.tags[verb] == "VB"
        below = c.deps[verb] in {"advcl", "obl"} and going  # accused Renn of lying, of having lied, of being vain
        return below and not marks.isdisjoint({"for", "of", "from", "into"})

    def _put(self, noun: int, verb: int, preposition: str, span: Span) -> int | None:
        """Who is put where a judging noun says: “sent Renn into panic”, not “led Norway into a reckless war”."""
        c = self.seen
        if preposition not in _INTO or c.lemmas[verb] not in words()["placing"]:
            return None
        if c.pos[c.at(span.end - 1)] != "NOUN":  # adjectives judge whoever does it
            return None
        people = self.people
        put = (k for k in c.children[verb] if c.deps[k] == "obj" and verb < k < noun)
        return next((k for k in put if k in people.mention_of or k in people.place_of or people.are(k)), None)

    def _holds(self, noun: int) -> bool:
        """Whether a thing with a label is its holder's: “espouses extremist views”, “is an extremist plan”."""
        c = self.seen
        held = c.deps[noun] in {"obj", "obl"} and c.lemmas[c.heads[noun]] in words()["holding"]
        return held or any(c.deps[k] == "cop" for k in c.children[noun])

    def _only_topic(self, noun: int) -> bool:
        """Whether a noun only says that there is talk of something: “the issue of lies”, not “her fear of lies”."""
        return self.seen.lower[noun] in words()["topic"] and self.tree.child(noun, frozenset({"nmod:poss"})) is None

    def _is_scope(self, owner: int, noun: int) -> bool:
        """Whether an owner only says where something is the most of its kind: “Norway's worst storm in decades”."""
        c = self.seen
        most = any(
            c.tags[k] in {"JJS", "RBS"} or any(c.tags[m] == "RBS" for m in c.children[k])
            for k in c.children[noun]
            if k > owner and c.lower[k] != "latest"
        )
        mention = self.people.mention_of.get(owner)
        return most and mention is not None and self.people.kinds.get(mention.actor) == "country"

    def _antecedent(self, i: int) -> int:
        """Of whom a clause tells: “whose” in “Renn, whose party is corrupt”."""
        c = self.seen
        while c.deps[i] not in {"acl", "acl:relcl"} and c.heads[i] != i:
            i = c.heads[i]
        return c.heads[i]

    def _suffers(self, i: int, deed: str) -> bool:
        """Whether a name before a noun says who or where is hit by it: “the Renn murder”, “the Paris attacks”."""
        mention = self.people.mention_of.get(i)
        if mention is None:
            return False
        undergone, person = deed in words()["undergone"], self.people.kinds.get(mention.actor) == "person"
        return (undergone and person) or (mention.form == "metonym" and (undergone or deed in words()["violence"]))

    def _comments(self, i: int) -> bool:
        """Whether an adverb is the writer's comment on the whole: “Sadly, Renn left.”"""
        c = self.seen
        first, last = c.bounds[c.sents[i]]
        while first < last - 1 and (c.punct[first] or c.space[first]):
            first += 1
        return i == first and i + 1 < last and c.lower[i + 1] == ","

    def _of_us(self, verb: int) -> bool:
        """Whether those who speak do it: “we live in dangerous times”, “we have to look for abuses” judge others."""
        subject = self.tree.child(verb, SUBJECTS)
        while subject is None and self.seen.deps[verb] == "xcomp":
            verb = self.seen.heads[verb]
            subject = self.tree.child(verb, SUBJECTS)
        return subject is not None and self.seen.lower[subject] in WE

    def _could(self, object_: int, verb: int) -> bool:
        """Whether an object could be who does what stands below it: “jailed Renn for lying”, not “drew fire for”."""
        anybody = self.people.are(object_) or self.seen.lower[object_] in words()["anybody"]
        named = anybody or object_ in self.people.mention_of or self.seen.tags[object_].startswith("PRP")
        return named or self.seen.deps[verb] in {"xcomp", "ccomp"}
