"""The columns of every table and their types, by the table's name; by itself, because pandas takes long to load."""

from __future__ import annotations

from collections.abc import Mapping

_PLACE: dict[str, str] = {"article": "str", "source": "str"}
_SPAN: dict[str, str] = {"start": "int64", "end": "int64", "text": "str"}
_SENTENCE: dict[str, str] = {"sentence_start": "int64", "sentence_end": "int64"}

SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "articles": _PLACE
    | {"title": "str", "published": "datetime64[us]", "url": "str", "language": "str", "words": "int64"}
    | {"n_removed": "int64", "n_problems": "int64", "problems": "str"},
    "actors": _PLACE | {"actor": "str", "name": "str", "kind": "str", "named": "bool", "n_mentions": "int64"},
    "mentions": _PLACE
    | _SPAN
    | {"actor": "str", "name": "str", "form": "str", "voice": "str", "speaker": "str"}
    | _SENTENCE,
    "attributions": _PLACE
    | {"kind": "str"}
    | _SPAN
    | {"cue": "str", "cue_start": "int64", "cue_end": "int64"}
    | {"speaker_text": "str", "speaker_start": "int64", "speaker_end": "int64"}
    | {"speaker": "str", "speaker_name": "str", "stance": "str"}
    | _SENTENCE,
    "quotes": _PLACE
    | {"kind": "str"}
    | _SPAN
    | {"voice": "str", "speaker": "str", "speaker_name": "str", "distance": "float64", "loaded": "float64"}
    | {"reason": "str"}
    | _SENTENCE,
    "findings": _PLACE
    | {"kind": "str", "category": "str"}
    | _SPAN
    | {"term": "str", "voice": "str", "speaker": "str", "speaker_name": "str", "target": "str", "target_name": "str"}
    | {"valence": "float64", "weight": "float64", "reason": "str"}
    | _SENTENCE
    | {"sentence": "str"},
    "sentences": _PLACE | _SPAN | {"bias": "float64", "narrator": "float64", "words": "int64"},
    "tone": _PLACE | {"actor": "str", "name": "str", "voice": "str", "tone": "float64", "n": "int64"},
    "agency": _PLACE
    | _SPAN
    | {"actor": "str", "name": "str", "voice": "str", "role": "str", "verb": "str"}
    | _SENTENCE,
    "exposure": _PLACE | {"voice": "str", "words": "int64"},
    "speech": _PLACE | {"voice": "str", "speaker": "str", "speaker_name": "str", "words": "int64"},
    # Millions of rows in a corpus of twenty thousand articles, hence categories.
    "words": {"article": "category", "source": "category", "voice": "category", "word": "category", "n": "int64"},
    "problems": _PLACE | {"problem": "str"},
}
