"""Fits the coefficients of analysis/lexicon/bias.tsv on annotated sentences, and reports how well they rank.

    python -m benchmarks.fit_bias --data FOLDER --soft SOFT.npz [--write]

FOLDER holds babe/sg2.jsonl.gz (sentences with the label of trained readers; Spinde 2021). The data is not part of this
repository. Only coefficients over general features leave this script; no word, name or outlet is a feature.
The figure printed for train flatters: the terms' evidence was counted there too (each row's own marks left out, it is
0.75 within outlet, over five folds). The dev figure is the honest one.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from analysis import bias, wording
from analysis.layers import Layers
from analysis.model import Article
from analysis.pipeline import detect
from benchmarks.fit_wording import Marked, load

RIDGE = (
    1000.0  # on standardised features; three times five folds of train: within outlet 0.799 (100), 0.801 (300), 0.802
)
BIAS_FILE = Path(bias.__file__).parent / "lexicon" / "bias.tsv"


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Ridge logistic regression by Newton's method; x has the constant in its first column, which is not shrunk."""
    scale = np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    scaled = x / scale
    weights = np.zeros(x.shape[1])
    shrink = np.full(x.shape[1], RIDGE)
    shrink[0] = 0.0
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (p - y) + shrink * weights
        hessian = (scaled * (p * (1 - p))[:, None]).T @ scaled + np.diag(shrink + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights / scale


def auc(scores: np.ndarray, labels: np.ndarray) -> float:
    """Share of (biased, unbiased) pairs in the right order; ties count one half."""
    difference = scores[labels == 1][:, None] - scores[labels == 0][None, :]
    return float(((difference > 0) + 0.5 * (difference == 0)).mean())


def within(scores: np.ndarray, labels: np.ndarray, outlets: list[str]) -> float:
    """AUC over pairs of one outlet."""
    groups = defaultdict(list)
    for number, outlet in enumerate(outlets):
        groups[str(outlet).lower()].append(number)
    total = weight = 0.0
    for numbers in groups.values():
        pairs = labels[numbers].sum() * (1 - labels[numbers]).sum()
        if pairs:
            total += pairs * auc(scores[numbers], labels[numbers])
            weight += pairs
    return total / weight


def macro_f1(predicted: np.ndarray, labels: np.ndarray) -> float:
    """Mean of the F1 of both classes."""
    scores = []
    for wanted in (0, 1):
        hits = ((predicted == wanted) & (labels == wanted)).sum()
        scores.append(2 * hits / max(1, (predicted == wanted).sum() + (labels == wanted).sum()))
    return float(np.mean(scores))


def table(marked: Marked, models: Mapping[int, Layers], names: list[str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Mean features of each row's sentences (nearly always one), labels, outlets; words weighed by the row's model."""
    x = []
    for n, model in models.items():
        reading, listed, _ = detect(Article(marked.rows[n]["id"], marked.rows[n]["text"]))
        found = bias.features(reading, wording.weigh(reading, listed, model))
        x.append([float(found[name].mean()) for name in names])
    rows = [marked.rows[n] for n in models]
    return np.array(x), np.array([row["label"] for row in rows]), [row["outlet"] for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--soft", type=Path, required=True, help="what `training.wording` wrote")
    parser.add_argument("--write", action="store_true", help="write the coefficients to bias.tsv")
    options = parser.parse_args()
    names = list(bias.coefficients())
    marked = Marked(load(options.data), options.data, options.soft)
    train, dev = marked.parts()
    x, y, outlets = table(marked, marked.crossed(train), names)
    dev_x, dev_y, dev_outlets = table(marked, dict.fromkeys(dev, marked.model(train)), names)
    weights = fit(x, y)
    for name, part, labels, where in (("train", x, y, outlets), ("dev", dev_x, dev_y, dev_outlets)):
        scores = part @ weights
        print(
            f"{name}: {len(labels)} sentences, AUC {auc(scores, labels):.3f}, within outlet "
            f"{within(scores, labels, where):.3f}, macro F1 at 0.5 {macro_f1((scores > 0).astype(int), labels):.3f}"
        )
    if options.write:
        lines = BIAS_FILE.read_text(encoding="utf-8").splitlines()
        new = dict(zip(names, weights, strict=True))
        cells = [line.split("\t") for line in lines[1:]]
        body = [f"{feature}\t{new[feature]:.3f}\t{meaning}" for feature, _, meaning in cells]
        BIAS_FILE.write_text("\n".join([lines[0], *body]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
