"""What a name that no list knows as a whole is likely to name: its words and surroundings in, a kind out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from analysis.actors.naming import LABELS, PLACE_PREPOSITIONS, SAYS, NameKind, introduced, stressed
from analysis.actors.registry import bag, registry
from analysis.actors.token_view import View

ACRONYM_MIN = 2
PLAIN_PLACES = bag("Island Islands River County Street Road Avenue Airport Province Square")
BEFORE_PLACES = PLACE_PREPOSITIONS | bag("the of over under on along")  # “the crush on Karsten Bridge”


def likely(v: View, votes: Mapping[str, Counter[NameKind]], i: int, j: int) -> NameKind:
    """The kind of the name in words i to j; `votes` say how the article tells it elsewhere."""
    r = registry()
    words = [w for w in v.words[i:j] if w[:1].isupper()]
    if not words:
        return "unknown"
    last, first = words[-1], words[0]
    if stressed(v, i, j, words):
        return "thing"
    if len(words) == 1 and first.isupper() and first.isalpha() and len(first) >= 3:
        return "organisation"
    if len(words) > 1 and last in PLAIN_PLACES:
        return "place"
    if len(words) > 1 and first in r.words["numbered"]:
        return "thing"
    if len(words) > 1 and last in r.words["sure_end"]:
        return "organisation"
    if len(words) > 1 and first in r.given and last not in ("Foundation", "Institute", "Center", "Centre"):
        built = last in r.words["place"] and (v.label[i] == "LOC" or v.word(i - 1) in BEFORE_PLACES)
        return "place" if built and v.word(j) not in SAYS else "person"
    if last in r.words["org_end"] and (len(words) > 1 or last in r.words["org_head"]):
        return "organisation"
    if last in r.words["thing"]:
        return "thing"
    if (
        last in r.words["place"]
        or first in ("Mount", "Lake", "River", "Fort", "Port", "Hotel", "Cape", "Camp", "Villa")
    ) and len(words) > 1:
        return "place"
    if told := introduced(v, i, j):
        return told
    if elsewhere := votes.get(" ".join(v.words[i:j])):
        return elsewhere.most_common(1)[0][0]
    if v.labelled:
        inside = Counter(v.label[m] for m in range(i, j) if v.label[m])
        if inside:
            return LABELS.get(inside.most_common(1)[0][0], "unknown")
    if len(words) == 1 and first.isupper() and len(first) >= ACRONYM_MIN:
        return "organisation"
    if v.word(i - 1) in PLACE_PREPOSITIONS and not v.labelled:
        return "place"
    if len(words) == 1 and first in r.given:
        return "person"
    if 2 <= len(words) <= 4 and not last.endswith("s") and all(w.isalpha() or len(w) == 2 for w in words):
        return "person"
    return "unknown" if len(words) == 1 else "organisation"
