"""Fits the weights of analysis/lexicon/mark_kinds.tsv on annotated fragments, and says how well they do unseen.

    python -m benchmarks.fit_marks --data FOLDER [--write]

FOLDER holds scarequotes/gold_dev.jsonl.gz (fragments of news, two readers), polnear/ and outlet_articles/. The data is
not part of this repository; `marks_labels.tsv` holds our own readings of further fragments (one reader), by the hash of
the article's id and offsets, and `marks_training.txt` sentences written for this. The figure reported is
cross-validated over articles: ridge and class weight are chosen inside each training part. Only weights over general
features leave this script.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis import language, marks
from analysis.attribution import cues, kinds, quotations
from analysis.attribution.evidence import Evidence, Witness
from analysis.language.columns import columns
from benchmarks.quality.data import rows

HERE = Path(__file__).parent
WEIGHTS = Path(kinds.__file__).parents[1] / "lexicon" / "mark_kinds.tsv"
WINDOW = 320  # characters on either side of a fragment of an article, as the gold fragments have
LEAST = 4  # fragments that must show a feature before it gets a weight
CHOICES = ((2.0, 0.3), (4.0, 0.3), (4.0, 0.6), (8.0, 0.6))  # ridge and class weight
DISTANCE_RIDGE = 20.0
FOLDS = 5
NEAR = 0.25


@dataclass(frozen=True, slots=True)
class Fragment:
    """One annotated pair of marks: where it comes from, what the readers said, what can be seen."""

    origin: str  # gold | read | written
    group: str
    kind: str
    distance: float
    features: dict[str, float]


def see(text: str, middle: int) -> Evidence | None:
    """Evidence for the innermost pair of marks around a character."""
    pairs, _ = marks.pair(text)
    inside = [i for i, p in enumerate(pairs) if p.content.start <= middle < max(p.content.end, p.content.start + 1)]
    if not inside:
        return None
    doc = language.read(text, unseen=marks.around_fragments(text, pairs))
    sayings = cues.find(doc, [p.content for p in pairs if p.depth == 0])
    witness = Witness(columns(doc), pairs, quotations.credit(doc, pairs, sayings), sayings)
    return witness.of(min(inside, key=lambda i: len(pairs[i].content)))


def _bracketed(marked: str) -> tuple[str, int]:
    before, rest = marked.split("[[", 1)
    inside, after = rest.split("]]", 1)
    return before + inside + after, len(before) + len(inside) // 2


def _sources(data: Path) -> Iterator[tuple[str, str, str, float, str, int]]:
    """origin, group, kind, distance, text, middle of every annotated fragment."""
    for row in rows(data / "scarequotes" / "gold_dev.jsonl.gz"):
        text, middle = _bracketed(row["context"])
        yield "gold", row["file"], row["kind"] or "", row["distance"], text, middle
    articles = {
        hashlib.sha1(row["id"].encode()).hexdigest()[:12]: row["text"]
        for folder in ("polnear", "outlet_articles")
        for row in rows(data / folder / "articles.jsonl.gz")
    }
    for line in (HERE / "marks_labels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, start, end, kind, distance = line.split("\t")
        text, first, last = articles[name], int(start), int(end)
        low = max(0, first - WINDOW)
        yield "read", name, kind, float(distance), text[low : last + WINDOW], (first + last) // 2 - low
    for number, line in enumerate((HERE / "marks_training.txt").read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            kind, far, marked = line.split(" ", 2)
            text, middle = _bracketed(marked)
            yield "written", f"written {number}", kind, float(far), text, middle


def load(data: Path) -> list[Fragment]:
    """Every fragment of the four kinds. Exits with a plain sentence where the data is missing."""
    if not (data / "scarequotes" / "gold_dev.jsonl.gz").exists():
        sys.exit(f"{data} holds no scarequotes/gold_dev.jsonl.gz. Pass the folder of the data by --data.")
    found = []
    for origin, group, kind, distance, text, middle in _sources(data):
        seen = see(text, middle) if kind in kinds.KINDS else None
        if seen is not None:
            found.append(Fragment(origin, group, kind, distance, seen.features))
    return found


def matrix(fragments: list[Fragment], names: list[str]) -> np.ndarray:
    """One row a fragment; the constant first."""
    place = {name: i + 1 for i, name in enumerate(names)}
    x = np.zeros((len(fragments), len(names) + 1))
    x[:, 0] = 1.0
    for i, fragment in enumerate(fragments):
        for name, value in fragment.features.items():
            if name in place:
                x[i, place[name]] = value
    return x


def shares(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Probability of each kind."""
    z = x @ weights.T
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(p / p.sum(axis=1, keepdims=True))


def fit(x: np.ndarray, y: np.ndarray, ridge: float, power: float) -> np.ndarray:
    """Multinomial logistic regression by Newton's method, ridge on all but the constant.

    A kind with share s of the fragments counts s ** -power times as much: scare quotes are few and matter.
    """
    n, d, k = len(y), x.shape[1], len(kinds.KINDS)
    importance = (np.bincount(y, minlength=k) / n).clip(1e-9) ** -power
    w = importance[y] / importance[y].mean()
    weights, target = np.zeros((k, d)), np.eye(k)[y]
    shrink = np.full(d, float(ridge))
    shrink[0] = 1e-3
    for _ in range(12):
        p = shares(x, weights)
        gradient = ((p - target) * w[:, None]).T @ x + shrink * weights
        hessian = np.diag(np.tile(shrink, k))
        for a in range(k):
            for b in range(a, k):
                part = (x * (w * p[:, a] * (float(a == b) - p[:, b]))[:, None]).T @ x
                hessian[a * d : a * d + d, b * d : b * d + d] += part
                if a != b:
                    hessian[b * d : b * d + d, a * d : a * d + d] += part
        step = np.linalg.solve(hessian, gradient.ravel()).reshape(k, d)
        weights -= step
        if np.abs(step).max() < 1e-3:
            break
    return weights


def fit_distance(x: np.ndarray, p: np.ndarray, distance: np.ndarray) -> np.ndarray:
    """Ridge regression of the distance on the kinds' probabilities and the features (the constant left out)."""
    both = np.hstack([p, x[:, 1:]])
    shrink = np.diag([1e-3] * p.shape[1] + [DISTANCE_RIDGE] * (x.shape[1] - 1))
    return np.asarray(np.linalg.solve(both.T @ both + shrink, both.T @ distance))


def f1(y: np.ndarray, found: np.ndarray) -> list[float]:
    """F1 of each kind."""
    return [
        float(2 * ((y == k) & (found == k)).sum() / max(1, (y == k).sum() + (found == k).sum()))
        for k in range(len(kinds.KINDS))
    ]


def parts(groups: list[str], seed: int) -> np.ndarray:
    """The part of each fragment; fragments of one article stay together."""
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    place = {name: int(order[i]) % FOLDS for i, name in enumerate(names)}
    return np.array([place[group] for group in groups])


def choose(x: np.ndarray, y: np.ndarray, groups: list[str], judged: np.ndarray) -> tuple[float, float]:
    """The ridge and class weight that do best on held-out parts of the fragments given."""
    part = parts(groups, 1)
    best = (-1.0, CHOICES[0])
    for ridge, power in CHOICES:
        found = np.zeros(len(y), dtype=int)
        for one in range(FOLDS):
            out = part == one
            found[out] = shares(x[out], fit(x[~out], y[~out], ridge, power)).argmax(axis=1)
        best = max(best, (float(np.mean(f1(y[judged], found[judged]))), (ridge, power)))
    return best[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--write", action="store_true", help="write the weights to mark_kinds.tsv")
    options = parser.parse_args()
    fragments = load(options.data)
    seen = Counter(name for fragment in fragments for name in fragment.features)
    names = sorted(name for name, n in seen.items() if n >= LEAST)
    x, groups = matrix(fragments, names), [fragment.group for fragment in fragments]
    y = np.array([kinds.KINDS.index(fragment.kind) for fragment in fragments])  # type: ignore[arg-type]
    far = np.array([fragment.distance for fragment in fragments])
    gold = np.array([fragment.origin == "gold" for fragment in fragments])
    part, p, distance = parts(groups, 0), np.zeros((len(y), len(kinds.KINDS))), np.zeros(len(y))
    for one in range(FOLDS):
        out = part == one
        inner = [group for group, held in zip(groups, out, strict=True) if not held]
        chosen = choose(x[~out], y[~out], inner, gold[~out])
        weights = fit(x[~out], y[~out], *chosen)
        p[out] = shares(x[out], weights)
        slope = fit_distance(x[~out], shares(x[~out], weights), far[~out])
        distance[out] = np.hstack([p[out], x[out][:, 1:]]) @ slope
    for origin in ("gold", "read", "written"):
        own = np.array([fragment.origin == origin for fragment in fragments])
        each = f1(y[own], p[own].argmax(axis=1))
        near = float((np.abs(distance[own].clip(0, 1) - far[own]) <= NEAR).mean())
        print(
            f"{origin}: {own.sum()} fragments, cross-validated macro F1 {np.mean(each):.3f}, "
            + ", ".join(f"{kind} {value:.3f}" for kind, value in zip(kinds.KINDS, each, strict=True))
            + f", distance near {near:.3f}"
        )
    if options.write:
        chosen = choose(x, y, groups, gold)
        weights = fit(x, y, *chosen)
        write(names, weights, fit_distance(x, shares(x, weights), far))
        print(f"Weights written with ridge {chosen[0]}, class weight {chosen[1]}.")


def write(names: list[str], weights: np.ndarray, slope: np.ndarray) -> None:
    """Write mark_kinds.tsv, keeping the words that stand in it."""
    says: dict[str, str] = {}
    if WEIGHTS.exists():
        for line in WEIGHTS.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            says[cells[0]] = cells[-1]
    size = len(kinds.KINDS)
    lines = ["\t".join(kinds.COLUMNS)]
    for place, kind in enumerate(kinds.KINDS):
        lines.append("\t".join([f"({kind})", *["0.000"] * size, f"{slope[place]:.3f}", ""]))
    for row, name in enumerate([kinds.CONSTANT, *names]):
        far = 0.0 if row == 0 else slope[size + row - 1]
        lines.append("\t".join([name, *(f"{w:.3f}" for w in weights[:, row]), f"{far:.3f}", says.get(name, "")]))
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
