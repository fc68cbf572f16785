"""The lexicon: .tsv files with a source in every row, and typed, cached access to them.

Words live in the files, code only matches them: `loaded.tsv` (wording that judges or stirs), `hedges.tsv`,
`certainty.tsv`, `reporting_verbs.tsv` (cues of speech), `guards.tsv` and `domains.tsv` (where a word is meant
literally), `negators.tsv`, `intensifiers.tsv`, `polarity_corrections.tsv`, `spelling.tsv`, `irregular.tsv`,
`bias.tsv`. README.md beside them says what each column means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from analysis.lexicon import rows
from analysis.lexicon.inflect import forms
from analysis.lexicon.matching import Matcher, build
from analysis.model import Stance

# The categories of loaded.tsv and what each means to a reader. The first group follows the framing properties of word
# choice and labelling research (Hamborg 2019), the second research on propaganda and bias (Da San Martino 2019;
# Recasens 2013).
CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "aggressor": "shows somebody as attacking, cruel or violent",
        "victim": "shows somebody as suffering or wronged",
        "power": "shows somebody as strong or winning",
        "weakness": "shows somebody or something as weak, failing or beaten",
        "reason": "shows somebody as sensible",
        "unreason": "shows somebody or something as mad, foolish or out of control",
        "honour": "praises somebody or something",
        "dishonour": "blames somebody or something as bad or shameful",
        "trustworthy": "shows somebody or something as honest and real",
        "untrustworthy": "shows somebody or something as false or not to be trusted",
        "lawful": "shows something as right by law or custom",
        "unlawful": "shows something as crime or misrule",
        "safety": "shows something as safe and calm",
        "threat": "shows something as dangerous or alarming",
        "affection": "shows warmth or liking",
        "refusal": "shows anger, dislike or rejection",
        "importance": "says how much, or how little, something counts",
        "label": "names somebody by a judging name",
        "exaggeration": "says more than the facts need",
        "ridicule": "makes somebody or something look silly",
        "certainty": "leaves no room for another view",
        "doubt": "hints that something is not what it is called",
        "reporting_verb": "judges how somebody spoke",
        "euphemism": "makes something hard look soft",
    }
)
PARTS = ("NOUN", "VERB", "ADJ", "ADV", "any")
# Two kinds of terms stir and judge nobody. feeling: what somebody feels or suffers ("furious voters"; only who rouses
# it is judged); measure: how much or how surprising something is ("utterly").
SENSES = ("usual", "figurative", "feeling", "measure")
# Of markers also: clause (meant so only where a clause hangs on the word: "realised that", not "realised his plan"),
# asserted (only where nobody denies it or asks whether: "could not confirm whether", "far from clear").
MARKER_SENSES = ("usual", "figurative", "clause", "asserted")
HEDGES: Mapping[str, str] = MappingProxyType(
    {
        "alleged": "says that somebody claims it, without taking it over",
        "appearance": "says only how it looks",
        "possibility": "says that it may or may not be so",
        "unconfirmed": "says that nobody has shown it",
        "distance": "keeps away from the name that others use",
        "hearsay": "says that it is told, without saying by whom",
    }
)
CERTAINTIES: Mapping[str, str] = MappingProxyType(
    {
        "factive": "can only be said of what is true, so it takes the claim for a fact",
        "booster": "tells the reader not to doubt it",
        "common_ground": "treats it as something everybody already knows",
    }
)
STANCES: tuple[Stance, ...] = ("neutral", "doubting", "endorsing", "charged")
CUE_KINDS = ("verb", "noun", "phrase")
NEGATOR_KINDS = (
    "verbal",
    "determiner",
    "paired",
    "without",
    "denial",
    "absence",
    "light",
    "definite",
    "exception",
    "after",
)
GUARD_PLACES = ("next", "previous", "inside", "after", "before", "near", "sentence", "faint")
CORRECTIONS = ("event", "office", "topic", "name", "missing", "sense")

PRIOR = 6.0  # occurrences that an authored weight counts as, against what trained readers did


@dataclass(frozen=True, slots=True)
class Term:
    """A loaded term. `valence` -1..1 towards its target; `weight` 0..1, how often it judges when it occurs."""

    term: str
    pos: str  # one of PARTS, or several joined by "/"
    category: str
    valence: float
    weight: float
    neutral: str  # a wording that only names, or ""
    sense: str  # one of SENSES; figurative: loaded only where a guard row finds the figurative use
    source: str
    note: str
    marked: int  # times that a majority of trained readers marked it ...
    occurred: int  # ... among the times it occurred; both 0 where it was never met

    @property
    def strength(self) -> float:
        """The weight after the evidence: the authored weight counts as PRIOR readings."""
        return (PRIOR * self.weight + self.marked) / (PRIOR + self.occurred)


@dataclass(frozen=True, slots=True)
class Marker:
    """A hedge or a certainty marker."""

    term: str
    pos: str
    category: str
    weight: float
    sense: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that reports speech. `loaded`: a reader would call the word itself loaded ("ranted")."""

    term: str
    kind: str
    stance: Stance
    valence: float
    loaded: bool
    neutral: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Where a word is meant literally (stay silent) or figuratively (fire)."""

    term: str
    sense: str  # literal | figurative
    place: str
    pattern: tuple[str, ...]  # alternatives, each words in a row; "@name" stands for each word of a domain
    domain: str


def _pos(value: str, name: str) -> str:
    for part in value.split("/"):
        rows.choice(part, PARTS, name)
    return value


@cache
def load_terms() -> tuple[Term, ...]:
    """The rows of loaded.tsv."""
    columns = (
        "term", "pos", "category", "valence", "weight", "neutral", "sense", "source", "note", "marked", "occurred",
    )  # fmt: skip
    return tuple(
        Term(
            row["term"],
            _pos(row["pos"], row["term"]),
            rows.choice(row["category"], CATEGORIES, row["term"]),
            rows.number(row["valence"], -1, 1, row["term"]),
            rows.number(row["weight"], 0, 1, row["term"]),
            row["neutral"],
            rows.choice(row["sense"], SENSES, row["term"]),
            row["source"],
            row["note"],
            int(row["marked"]),
            int(row["occurred"]),
        )
        for row in rows.read("loaded.tsv", columns)
    )


def _markers(name: str, categories: Mapping[str, str]) -> tuple[Marker, ...]:
    return tuple(
        Marker(
            row["term"],
            _pos(row["pos"], row["term"]),
            rows.choice(row["category"], categories, row["term"]),
            rows.number(row["weight"], 0, 1, row["term"]),
            rows.choice(row["sense"], MARKER_SENSES, row["term"]),
            row["source"],
            row["note"],
        )
        for row in rows.read(name, ("term", "pos", "category", "weight", "sense", "source", "note"))
    )


@cache
def load_hedges() -> tuple[Marker, ...]:
    """The rows of hedges.tsv."""
    return _markers("hedges.tsv", HEDGES)


@cache
def load_certainty() -> tuple[Marker, ...]:
    """The rows of certainty.tsv."""
    return _markers("certainty.tsv", CERTAINTIES)


@cache
def load_cues() -> tuple[Cue, ...]:
    """The rows of reporting_verbs.tsv: verbs, nouns and phrases that report speech."""
    columns = ("term", "kind", "stance", "valence", "loaded", "neutral", "source", "note")
    stances: dict[str, Stance] = {stance: stance for stance in STANCES}
    return tuple(
        Cue(
            row["term"],
            rows.choice(row["kind"], CUE_KINDS, row["term"]),
            stances[rows.choice(row["stance"], STANCES, row["term"])],
            rows.number(row["valence"], -1, 1, row["term"]),
            rows.choice(row["loaded"], ("yes", "no"), row["term"]) == "yes",
            row["neutral"],
            row["source"],
            row["note"],
        )
        for row in rows.read("reporting_verbs.tsv", columns)
    )


def _cues(kind: str) -> Mapping[str, Stance]:
    return MappingProxyType({cue.term: cue.stance for cue in load_cues() if cue.kind == kind})


@cache
def cues() -> Mapping[str, Stance]:
    """Lemma of a cue verb ("say", "claim", "lash out") -> stance."""
    return _cues("verb")


@cache
def cue_nouns() -> Mapping[str, Stance]:
    """Lemma of a cue noun ("statement", "accusation") -> stance."""
    return _cues("noun")


@cache
def cue_phrases() -> Mapping[str, Stance]:
    """Fixed phrase ("according to", "in the words of") -> stance."""
    return _cues("phrase")


@cache
def cue_forms() -> Mapping[str, str]:
    """Every written form of a one-word cue verb or noun -> its lemma ("ranted" -> "rant"). Verbs win over nouns."""
    table: dict[str, str] = {}
    for kind, pos in (("verb", "VERB"), ("noun", "NOUN")):
        for cue in load_cues():
            if cue.kind == kind and " " not in cue.term:
                for form in sorted(forms(cue.term, pos)):
                    table.setdefault(form, cue.term)
    return MappingProxyType(table)


@cache
def cue_phrasals() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First written word of a cue verb of several words -> what follows it, and its lemma: shot (back), shoot back."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for cue in load_cues():
        if cue.kind == "verb" and " " in cue.term:
            first, *rest = cue.term.split()
            for form in sorted(forms(first, "VERB")):
                table.setdefault(form, []).append((tuple(rest), cue.term))
    return MappingProxyType({form: tuple(sorted(found, key=lambda f: -len(f[0]))) for form, found in table.items()})


@cache
def domains() -> Mapping[str, tuple[str, ...]]:
    """Name of a field of life ("weather") -> words that show that a sentence is about it."""
    return MappingProxyType(
        {row["domain"]: tuple(row["words"].split("|")) for row in rows.read("domains.tsv", ("domain", "words", "note"))}
    )


@cache
def guards() -> Mapping[str, tuple[Guard, ...]]:
    """Term -> the rows of guards.tsv about it."""
    table: dict[str, list[Guard]] = {}
    for row in rows.read("guards.tsv", ("term", "sense", "place", "pattern", "domain", "source", "note")):
        guard = Guard(
            row["term"],
            rows.choice(row["sense"], ("literal", "figurative"), row["term"]),
            rows.choice(row["place"], GUARD_PLACES, row["term"]),
            tuple(row["pattern"].split("|")),
            row["domain"],
        )
        table.setdefault(guard.term, []).append(guard)
    return MappingProxyType({term: tuple(found) for term, found in table.items()})


@cache
def negators(kind: str) -> Matcher[str]:
    """A matcher over the rows of negators.tsv of one kind (NEGATOR_KINDS)."""
    rows.choice(kind, NEGATOR_KINDS, "negators")
    table = [
        (row["term"], row["pos"], row["term"])
        for row in rows.read("negators.tsv", ("term", "pos", "kind", "source", "note"))
        if rows.choice(row["kind"], NEGATOR_KINDS, row["term"]) == kind
    ]
    return build(table)


@cache
def homographs() -> Mapping[str, frozenset[str]]:
    """Term -> the parts of speech in which its word is a plain one ("rock" as a NOUN)."""
    return MappingProxyType(
        {
            row["term"]: frozenset(rows.choice(part, PARTS, row["term"]) for part in row["plain"].split("/"))
            for row in rows.read("homographs.tsv", ("term", "plain", "source", "note"))
        }
    )


def parts_of(term: str) -> frozenset[str]:
    """The parts of speech of all rows of loaded.tsv about `term`."""
    return _parts().get(term, frozenset())


@cache
def _parts() -> Mapping[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in load_terms():
        table[row.term] = table.get(row.term, frozenset()) | frozenset(row.pos.split("/"))
    return table


@cache
def intensifiers() -> Mapping[str, float]:
    """Word before a term -> how much it adds to the term's weight (-1..1)."""
    return MappingProxyType(
        {
            row["term"]: rows.number(row["adds"], -1, 1, row["term"])
            for row in rows.read("intensifiers.tsv", ("term", "adds", "source", "note"))
        }
    )


@cache
def polarity_corrections() -> Mapping[str, float]:
    """Word -> its valence in news on VADER's scale of -4..4, instead of VADER's own."""
    table: dict[str, float] = {}
    for row in rows.read("polarity_corrections.tsv", ("term", "pos", "valence", "kind", "source", "note")):
        rows.choice(row["kind"], CORRECTIONS, row["term"])
        for form in forms(row["term"], row["pos"]):
            table[form] = rows.number(row["valence"], -4, 4, row["term"])
    return MappingProxyType(table)
