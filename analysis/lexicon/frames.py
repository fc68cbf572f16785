"""How a cue of speech takes its content: lemma in, frames out. The words live in cue_frames.tsv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from analysis.lexicon import rows

# Each frame and what it says of a lemma: of cue verbs, and of nouns and forms that stand with them.
FRAMES: Mapping[str, str] = MappingProxyType(
    {
        "to": "“vowed to go” reports going",
        "ing": "so does “suggested going”",
        "object": "“denied the charge” reports it",
        "about": "“spoke about the charge” does",
        "toward": "“referred to the charge” does as well",
        "acting": "“backed the plan”, of which only somebody's object is what was said: the storm claimed two lives",
        "siding": "“backed the plan”, of which only a matter is what was said: backed the rebels",
        "matter": "a noun of what one can be for or against",
        "proving": "“showed a lead”, of which only the object of what is evidence is: she showed the map",
        "as": "“described it as a farce”, of which only the farce is theirs",
        "hearer": "“told the board that”, where the object is who hears it",
        "finding": "“found that”, where single words in marks are nobody's",
        "naming": "“a storm named”, where marks hold a name",
        "light": "a form that only lends a noun of saying its subject: “made the claim that”",
        "mental": "“he sees”, which brings no words",
        "measure": "a noun that says nothing after “according to”: set according to size",
        "inserted": "“…, said the mayor, …”, where a thanked or warned mayor would only be the object",
        "ending": "ends a headline behind its subject, as “police warn” does",
        "teller": "a noun that says what stands behind it in a headline: “Poll: …”, “… – police”",
        "showing": "“the fire showed that”, said by nobody",
        "relaying": "“Renn said it was ‘over’, the Echo reports”, where the words are hers, not the paper's",
        "quoting": "“the Echo quoted Renn saying that”, where the object says it",
        "wanting": "“want the board to confirm it”, where nobody has said so",
        "editing": "a noun of what a writer adds to other people's words: emphasis added",
        "ruling": "“the court dismissed the charges”, a deed of a court",
        "bench": "a noun for who rules so",
        "pleading": "a noun of what a court rules on",
        "settling": "“decided which mill would close”, where the choice is not told",
        "oath": "a noun that knows what nobody does: God knows",
        "hearsay": "“it is alleged that”, “is said to be”: in the passive, what nobody is named to say",
        "when": "opens a clause that tells when or why somebody spoke, not what was said: after, because",
        "contrast": "opens a clause that sets another's speech against what was said: while",
        "daytime": "goes with the day on which somebody spoke: announced Sunday morning she would go",
        "evidence": "a noun of what does tell or show, though roles.tsv lists it as nobody: the data, the letter",
        "body": "so is one for people or a body: the campaign, the public",
        "author": "who writes, alone or with everybody: what “we all know” is the narrator's own",
        "verbatim": "“wrote:” behind whose colon a paragraph gives the words themselves",
        "summing": "a noun by which the writer sums up what was said: said she would go, a pledge that …",
        "struck": "a noun for what is attacked by arms, not by words: rebels attacked the town",
        "striker": "a noun for who attacks by arms, not by words",
    }
)


@cache
def _table() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in rows.read("cue_frames.tsv", ("lemma", "frame", "source", "note")):
        table.setdefault(row["lemma"], set()).add(rows.choice(row["frame"], FRAMES, row["lemma"]))
    return MappingProxyType({lemma: frozenset(found) for lemma, found in table.items()})


def of(lemma: str) -> frozenset[str]:
    """The FRAMES of a cue verb beside the that-clause, which all of them take."""
    return _table().get(lemma, frozenset())


@cache
def lemmas(frame: str) -> frozenset[str]:
    """The lemmas and forms of a frame. Raises ValueError for one that is not among FRAMES."""
    rows.choice(frame, FRAMES, "frames")
    return frozenset(lemma for lemma, found in _table().items() if frame in found)
