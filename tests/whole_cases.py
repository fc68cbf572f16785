"""What an outside check asks of one article's JSON, as data: a case and the analysed texts in, plain complaints out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
ARTICLES = ("the ", "a ", "an ")
SAME_TONE = 0.15  # up to this much either way an actor's tone says nothing


def complaints(expect: Row, rows: Sequence[Row]) -> list[str]:
    """What one case expected and did not get; `rows` are the JSON objects of its text, or of its pair of texts."""
    found = [line for row in rows for line in _offsets(row)]
    if len(rows) == 2:
        return [*found, *_pair(expect, *rows)]
    for key, check in CHECKS.items():
        if key in expect:
            found += check(expect[key], rows[0], expect)
    return found


def bare(words: str | None) -> str:
    """In small letters and without the article before it, as names of unnamed speakers are compared."""
    low = (words or "").strip().lower()
    return next((low[len(a) :] for a in ARTICLES if low.startswith(a)), low)


def _fits(wanted: Any, given: str | None) -> bool:
    """A list names the answers that are all right; "" is nobody."""
    return any(bare(one) == bare(given) for one in (wanted if isinstance(wanted, list) else [wanted]))


def _offsets(row: Row) -> Iterator[str]:
    mentions = [m for actor in row["actors"] for m in actor["mentions"]]
    for part in (*mentions, *row["quotes"], *row["findings"], *row["attributions"]):
        if row["text"][part["start"] : part["end"]] != part["text"]:
            yield f"{part['text']!r} does not stand at {part['start']}"


def _quotes(wanted: Sequence[Row], row: Row, expect: Row) -> Iterator[str]:
    left = list(row["quotes"])
    for want in wanted:
        quote = next((q for q in left if q["text"] == want["text"]), None)
        if quote is None:
            yield f"no quote {want['text']!r}"
            continue
        left.remove(quote)
        for key in ("kind", "speaker"):
            if key in want and not _fits(want[key], quote[key]):
                yield f"{want['text']!r} has the {key} {quote[key]!r} instead of {want[key]!r}"
    if not expect.get("more_quotes"):
        yield from (f"{q['text']!r} is no quote" for q in left)


def _attributions(wanted: Sequence[Row], row: Row, _: Row) -> Iterator[str]:
    for want in wanted:
        over = [a for a in row["attributions"] if want["text"] in a["text"] or a["text"] in want["text"]]
        if not over:
            yield f"{want['text']!r} is credited to nobody"
            continue
        best = min(over, key=lambda a: a["kind"] != want["kind"])
        speaker = best["speaker"] or (best["source"] or {}).get("text")
        if "speaker" in want and not _fits(want["speaker"], speaker):
            yield f"{want['text']!r} is credited to {speaker!r} instead of {want['speaker']!r}"
        if want.get("cue", "") not in ((best["cue"] or {}).get("text") or ""):
            yield f"{want['text']!r} has the cue {best['cue']!r}"
        for key in ("kind", "stance"):
            if key in want and best[key] != want[key]:
                yield f"{want['text']!r} is {best[key]} instead of {want[key]}"


def _not_speech(wanted: Sequence[str], row: Row, _: Row) -> Iterator[str]:
    yield from (f"{t!r} is nobody's speech" for t in wanted if any(t in a["text"] for a in row["attributions"]))


def _of_kind(row: Row, kind: str) -> list[Row]:
    return [f for f in row["findings"] if f["kind"] == kind]


def _loaded(wanted: Sequence[Row], row: Row, _: Row) -> Iterator[str]:
    found = _of_kind(row, "loaded_term")
    if not wanted:
        yield from (f"{f['text']!r} is not loaded here" for f in found)
    for want in wanted:
        words = want["text"].lower()
        hit = next((f for f in found if words in f["text"].lower() or f["text"].lower() in words), None)
        if hit is None:
            yield f"{want['text']!r} is loaded"
        elif "voice" in want and hit["voice"] != want["voice"]:
            yield f"{want['text']!r} is in the voice {hit['voice']} instead of {want['voice']}"
        elif "target" in want and not _fits(want["target"], hit["target"]):
            yield f"{want['text']!r} is about {want['target']!r}, not {hit['target']!r}"


def _marked(kind: str, *, silent: bool = False) -> Callable[..., Iterator[str]]:
    """A check that every word stands in a finding of the kind; with `silent`, that none does."""

    def check(words: Sequence[str], row: Row, _: Row) -> Iterator[str]:
        found = [f["text"].lower() for f in _of_kind(row, kind)]
        if not words and not silent:
            yield from (f"{text!r} is no {kind}" for text in found)
        for word in words:
            if any(word.lower() in text for text in found) == silent:
                yield f"{word!r} is {'no' if silent else 'a'} {kind} here"

    return check


def _actors(wanted: Mapping[str, Sequence[str]], row: Row, _: Row) -> Iterator[str]:
    for name, mentions in wanted.items():
        actor = next((a for a in row["actors"] if bare(a["name"]) == bare(name)), None)
        if actor is None:
            yield f"no actor {name!r} among {[a['name'] for a in row['actors']]}"
            continue
        found = {bare(m["text"]) for m in actor["mentions"]}
        yield from (f"{m!r} means {name!r}" for m in mentions if bare(m) not in found)


def _actors_any(wanted: Sequence[Sequence[str]], row: Row, _: Row) -> Iterator[str]:
    names = {bare(a["name"]) for a in row["actors"]}
    yield from (f"no actor of {some}" for some in wanted if not names & {bare(one) for one in some})


def _not_actors(wanted: Sequence[str], row: Row, _: Row) -> Iterator[str]:
    for actor in row["actors"]:
        if actor["name"] in wanted and any(m["form"] != "place" for m in actor["mentions"]):
            yield f"{actor['name']!r} does not act here"


def _kinds(wanted: Mapping[str, str], row: Row, _: Row) -> Iterator[str]:
    kinds = {a["name"]: a["kind"] for a in row["actors"]}
    yield from (f"{n!r} is a {k}, not {kinds.get(n)}" for n, k in wanted.items() if kinds.get(n) != k)


def tone_of(row: Row, name: str, voice: str = "") -> float:
    """The mean tone towards an actor over voices (or in one), weighted by mentions."""
    own = [t for t in row["tone"] if t["actor"] == name and (not voice or t["voice"] == voice)]
    return sum(t["tone"] * t["n"] for t in own) / max(1, sum(t["n"] for t in own))


def _tone(wanted: Mapping[str, int], row: Row, _: Row) -> Iterator[str]:
    for name, sign in wanted.items():
        actor, _slash, voice = name.partition("/")
        tone = tone_of(row, actor, voice)
        if abs(tone) > SAME_TONE if sign == 0 else tone * sign <= 0:
            yield f"the tone towards {name} is {tone:.2f}"


def _exposure(wanted: Mapping[str, int], row: Row, _: Row) -> Iterator[str]:
    if wanted != row["exposure"]:
        yield f"exposure is {row['exposure']} instead of {wanted}"


def _exposure_sum(wanted: int, row: Row, _: Row) -> Iterator[str]:
    if sum(row["exposure"].values()) != wanted:
        yield f"exposure adds up to {sum(row['exposure'].values())} instead of {wanted}"


def _exposure_min(wanted: Mapping[str, int], row: Row, _: Row) -> Iterator[str]:
    yield from (f"{voice} has fewer than {n} words" for voice, n in wanted.items() if row["exposure"][voice] < n)


def _not_quotes(wanted: Sequence[str], row: Row, _: Row) -> Iterator[str]:
    yield from (f"{t!r} is quoted" for t in wanted if any(t in q["text"] for q in row["quotes"]))


def _source(wanted: Any, row: Row, _: Row) -> Iterator[str]:
    if not _fits(wanted, row["source"]):
        yield f"the source is {row['source']!r} instead of {wanted!r}"


def _present(wanted: Sequence[str], row: Row, _: Row) -> Iterator[str]:
    yield from (f"{t!r} was taken out" for t in wanted if t not in row["text"])


def _absent(wanted: Sequence[str], row: Row, _: Row) -> Iterator[str]:
    yield from (f"{t!r} was left in" for t in wanted if t in row["text"])


CHECKS: dict[str, Callable[..., Iterator[str]]] = {
    "quotes": _quotes,
    "not_quotes": _not_quotes,
    "attributions": _attributions,
    "not_speech": _not_speech,
    "loaded": _loaded,
    "not_loaded": _marked("loaded_term", silent=True),
    "hedges": _marked("hedge"),
    "not_hedges": _marked("hedge", silent=True),
    "certainty": _marked("certainty"),
    "not_certainty": _marked("certainty", silent=True),
    "actors": _actors,
    "actors_any": _actors_any,
    "not_actors": _not_actors,
    "kinds": _kinds,
    "tone": _tone,
    "exposure": _exposure,
    "exposure_sum": _exposure_sum,
    "exposure_min": _exposure_min,
    "source": _source,
    "clean_present": _present,
    "clean_absent": _absent,
}
OF_A_PAIR = frozenset({"same", "more_loaded", "warmer_to"})
ALIKE: dict[str, Callable[[Row], Any]] = {
    "quotes": lambda row: [(q["text"], q["kind"], q["speaker"]) for q in row["quotes"]],
    "loaded": lambda row: [f["voice"] for f in _of_kind(row, "loaded_term")],
    "actors": lambda row: sorted((a["kind"], len(a["mentions"])) for a in row["actors"]),
}


def _pair(expect: Row, a: Row, b: Row) -> Iterator[str]:
    """Two texts that must be read alike, or one of which must come out stronger or warmer."""
    for key in expect.get("same", ()):
        if ALIKE[key](a) != ALIKE[key](b):
            yield f"{key} differ: {ALIKE[key](a)} and {ALIKE[key](b)}"
    if "more_loaded" in expect:
        weights = {side: sum(f["weight"] for f in _of_kind(row, "loaded_term")) for side, row in (("a", a), ("b", b))}
        if max(weights, key=lambda side: weights[side]) != expect["more_loaded"] or weights["a"] == weights["b"]:
            yield f"weights of loaded terms are {weights}"
    for name, side in expect.get("warmer_to", {}).items():
        warm, cold = (a, b) if side == "a" else (b, a)
        if tone_of(warm, name) <= tone_of(cold, name):
            yield f"the tone towards {name} is {tone_of(warm, name):.2f} and {tone_of(cold, name):.2f}"
