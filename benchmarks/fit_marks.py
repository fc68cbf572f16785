"""Fits the weights of analysis/lexicon/mark_kinds.tsv and mark_words.tsv on annotated fragments, and says how well they
do unseen.

    python -m benchmarks.fit_marks --data FOLDER [--write]

FOLDER holds scarequotes/gold_dev.jsonl.gz (fragments of news, two readers), polnear/, outlet_articles/, ptc/ and
basil/. They are not part of this repository; `marks_labels.tsv` holds our own readings of further fragments
(`benchmarks.quality.scare_quotes` says which), and `marks_training.txt` sentences written for this. The second reading
is much harder than what articles hold. Half of the third is left alone here and measured there. Figures are
cross-validated over articles. Only weights over general features leave this script.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from analysis import language, marks
from analysis.attribution import cues, kinds, quotations
from analysis.attribution.evidence import Evidence, Witness
from analysis.attribution.mark_vectors import PLACES
from analysis.attribution.stretches import Stretches
from analysis.language.vectors import WIDTH
from benchmarks.quality.data import hashed, rows
from benchmarks.quality.scare_quotes import FOLDERS, fragments

HERE = Path(__file__).parent
LEXICON = Path(kinds.__file__).parents[1] / "lexicon"
READINGS = {"1": "read", "2": "hard", "3": "broad"}
ORIGINS = ("gold", *READINGS.values(), "written")
WINDOW = 320  # characters on either side of a fragment of an article, as the gold fragments have
ARTICLE = 2500  # as much of the article on either side as is read
LEAST = 4  # fragments that must show a feature before it gets a weight
UNSURE = 0.6  # what a reading counts whose reader was not sure; from 0.3 to 1 the scores are the same
RIDGE, POWER = 8.0, 0.3  # of the fit; from 4 to 12, and from 0.15 to 0.45, the cross-validated scores are the same
DISTANCE_RIDGE = 20.0
FOLDS = 5
ROUNDS = 150  # of the fit; it stops when no weight moves by more than SETTLED
SETTLED = 1e-3
NEAR = 0.25


@dataclass(frozen=True, slots=True)
class Source:
    """One annotated pair of marks: where it comes from, what the readers said, where it stands."""

    origin: str  # one of ORIGINS
    group: str
    kind: str
    distance: float
    weight: float
    text: str
    middle: int
    whole: bool = False  # seen in its article rather than cut out


@dataclass(frozen=True, slots=True)
class Fragments:
    """Every annotated fragment with what can be seen: one entry, or row of `x`, each; a constant first in `x`."""

    sources: list[Source]
    names: list[str]
    x: np.ndarray
    y: np.ndarray
    part: np.ndarray  # which of FOLDS; fragments of one article stay together

    def is_from(self, *origins: str) -> np.ndarray:
        return np.array([source.origin in origins for source in self.sources])


@lru_cache(maxsize=4)  # fragments of one article follow each other
def _witness(text: str) -> Witness:
    pairs, _ = marks.pair(text)
    doc = language.read(text, unseen=marks.around_fragments(text, pairs))
    sayings = cues.find(doc, Stretches(pairs))
    return Witness(doc, pairs, quotations.credit(doc, pairs, sayings), sayings)


def see(text: str, middle: int) -> Evidence | None:
    """Evidence for the innermost pair of marks around a character."""
    witness = _witness(text)
    spans = [(len(p.content), i, p.content) for i, p in enumerate(witness.pairs)]
    inside = [(size, i) for size, i, span in spans if span.start <= middle < max(span.end, span.start + 1)]
    return witness.of(min(inside)[1]) if inside else None


def _bracketed(marked: str) -> tuple[str, int]:
    before, rest = marked.split("[[", 1)
    inside, after = rest.split("]]", 1)
    return before + inside + after, len(before) + len(inside) // 2


def _sources(data: Path) -> Iterator[Source]:
    """Every annotated fragment; those of an article twice, in it and cut out as gold is, for half as much each."""
    for row in rows(data / "scarequotes" / "gold_dev.jsonl.gz"):
        text, middle = _bracketed(row["context"])
        yield Source("gold", row["file"], row["kind"] or "", row["distance"], 1.0, text, middle)
    articles = {article.id: article.text for article in hashed(data, FOLDERS)}
    for one in sorted(fragments(), key=lambda one: (one.article, one.start)):
        if one.held_out:
            continue
        for reach in (WINDOW, ARTICLE):
            low = max(0, one.start - reach)
            yield Source(
                READINGS[one.reading],
                one.article,
                one.kind,
                one.distance,
                0.5 if one.sure else 0.5 * UNSURE,
                articles[one.article][low : one.end + reach],
                (one.start + one.end) // 2 - low,
                reach == ARTICLE,
            )
    for number, line in enumerate((HERE / "marks_training.txt").read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            kind, far, marked = line.split(" ", 2)
            text, middle = _bracketed(marked)
            yield Source("written", f"written {number}", kind, float(far), 1.0, text, middle)


def load(data: Path) -> Fragments:
    """Every fragment of the four kinds. Exits with a plain sentence where the data is missing."""
    if not (data / "scarequotes" / "gold_dev.jsonl.gz").exists():
        sys.exit(f"{data} holds no scarequotes/gold_dev.jsonl.gz. Pass the folder of the data by --data.")
    sources, seen = [], []
    for source in _sources(data):
        evidence = see(source.text, source.middle) if source.kind in kinds.KINDS else None
        if evidence is not None:
            sources.append(source)
            seen.append(evidence)
    counts = Counter(name for evidence in seen for name in evidence.features)
    names = sorted(name for name, n in counts.items() if n >= LEAST)
    y = np.array([kinds.KINDS.index(source.kind) for source in sources])  # type: ignore[arg-type]
    return Fragments(sources, names, _matrix(seen, names), y, parts([source.group for source in sources]))


def _matrix(seen: list[Evidence], names: list[str]) -> np.ndarray:
    """The constant, the features by `names`, the word vectors by place."""
    place = {name: i + 1 for i, name in enumerate(names)}
    x = np.zeros((len(seen), len(names) + 1))
    x[:, 0] = 1.0
    for i, evidence in enumerate(seen):
        for name, value in evidence.features.items():
            if name in place:
                x[i, place[name]] = value
    return np.hstack([x, np.stack([evidence.likeness for evidence in seen])])


def shares(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Probability of each kind."""
    z = x @ weights
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(p / p.sum(axis=1, keepdims=True))


def fit(x: np.ndarray, y: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Multinomial logistic regression, ridge on all but the constant: weights [features, kinds].

    A kind with share s of the fragments counts s ** -POWER times as much: scare quotes are few and matter.
    Steps by a bound of the curvature (Boehning 1992), which is inverted once, sped up after Nesterov (1983).
    """
    size = len(kinds.KINDS)
    importance = (np.bincount(y, counted, minlength=size) / counted.sum()).clip(1e-9) ** -POWER
    w = importance[y] * counted
    w /= w.mean()
    weighted, target = x * w[:, None], np.eye(size)[y]
    shrink = np.full((x.shape[1], 1), RIDGE)
    shrink[0] = SETTLED
    inverse = np.linalg.inv(0.5 * x.T @ weighted + np.diag(shrink[:, 0]))
    weights = ahead = np.zeros((x.shape[1], size))
    pace = 1.0
    for _ in range(ROUNDS):
        new = ahead - inverse @ (weighted.T @ (shares(x, ahead) - target) + shrink * ahead)
        faster = (1 + (1 + 4 * pace**2) ** 0.5) / 2
        moved = new - weights
        ahead, weights, pace = new + (pace - 1) / faster * moved, new, faster
        if np.abs(moved).max() < SETTLED:
            break
    return np.asarray(weights)


def fit_distance(x: np.ndarray, p: np.ndarray, distance: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Ridge regression of the distance on the kinds' probabilities and all of `x` but the constant."""
    both = np.hstack([p, x[:, 1:]])
    shrink = np.diag([1e-3] * p.shape[1] + [DISTANCE_RIDGE] * (x.shape[1] - 1))
    weighted = (both * counted[:, None]).T
    return np.asarray(np.linalg.solve(weighted @ both + shrink, weighted @ distance))


def f1(y: np.ndarray, found: np.ndarray) -> list[float]:
    """F1 of each kind."""
    return [
        float(2 * ((y == k) & (found == k)).sum() / max(1, (y == k).sum() + (found == k).sum()))
        for k in range(len(kinds.KINDS))
    ]


def parts(groups: list[str]) -> np.ndarray:
    """The part of each fragment; fragments of one article stay together."""
    names = sorted(set(groups))
    order = np.random.default_rng(0).permutation(len(names))
    place = {name: int(order[i]) % FOLDS for i, name in enumerate(names)}
    return np.array([place[group] for group in groups])


def learn(found: Fragments, used: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights of the kinds, and of the distance, from the fragments used.

    Our later readers took a quarter for what the others called none: their distances are left out.
    """
    counted = np.array([source.weight for source in found.sources])
    weights = fit(found.x[used], found.y[used], counted[used])
    far = np.array([source.distance for source in found.sources])
    scaled = used & ~found.is_from("hard", "broad")
    return weights, fit_distance(found.x[scaled], shares(found.x[scaled], weights), far[scaled], counted[scaled])


def tell(found: Fragments, p: np.ndarray, distance: np.ndarray) -> None:
    """Print the scores of each origin; fragments of articles once as cut out, once in their article."""
    far = np.array([source.distance for source in found.sources])
    whole = np.array([source.whole for source in found.sources])
    for origin in ORIGINS:
        own = found.is_from(origin)
        told = (
            [("", own)]
            if origin in ("gold", "written")
            else [(" cut out", own & ~whole), (" in articles", own & whole)]
        )
        for how, of in told:
            each = f1(found.y[of], p[of].argmax(axis=1))
            near = float((np.abs(distance[of].clip(0, 1) - far[of]) <= NEAR).mean())
            print(
                f"{origin}{how}: {of.sum()} fragments, cross-validated macro F1 {np.mean(each):.3f}, "
                + ", ".join(f"{kind} {value:.3f}" for kind, value in zip(kinds.KINDS, each, strict=True))
                + f", distance near {near:.3f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--write", action="store_true", help="write the weights to mark_kinds.tsv and mark_words.tsv")
    options = parser.parse_args()
    found = load(options.data)
    p, distance = np.zeros((len(found.y), len(kinds.KINDS))), np.zeros(len(found.y))
    for one in range(FOLDS):
        out = found.part == one
        weights, slope = learn(found, ~out)
        p[out] = shares(found.x[out], weights)
        distance[out] = np.hstack([p[out], found.x[out][:, 1:]]) @ slope
    tell(found, p, distance)
    if options.write:
        write(found.names, *learn(found, np.ones(len(found.y), dtype=bool)))


def write(names: list[str], weights: np.ndarray, slope: np.ndarray) -> None:
    """Write both files, keeping the words that stand in mark_kinds.tsv."""
    file, size = LEXICON / "mark_kinds.tsv", len(kinds.KINDS)
    told = {
        row[0]: row[-2:] for row in (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:])
    }
    lines = ["\t".join(kinds.COLUMNS)]
    for place, kind in enumerate(kinds.KINDS):
        lines.append("\t".join([f"({kind})", *["0.000"] * size, f"{slope[place]:.3f}", "", ""]))
    for name in kinds.TOLD_BY_WORDS:
        lines.append("\t".join([name, *["0.000"] * (size + 1), *told.get(name, ("", ""))]))
    slopes = [0.0, *slope[size:]]
    for row, name in enumerate([kinds.CONSTANT, *names]):
        lines.append(
            "\t".join([name, *(f"{w:.3f}" for w in weights[row]), f"{slopes[row]:.3f}", *told.get(name, ("", ""))])
        )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["\t".join(kinds.WORD_COLUMNS)]
    for at, row in enumerate(range(len(names) + 1, len(weights))):
        place, axis = PLACES[at // WIDTH], at % WIDTH
        lines.append("\t".join([place, str(axis), *(f"{w:.3f}" for w in weights[row]), f"{slopes[row]:.3f}"]))
    (LEXICON / "mark_words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
