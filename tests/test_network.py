"""The sums behind the grammar: a form's rows, the network's states and scores, the best tree."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.language import features, network, trees
from analysis.language.network import Network
from training import graphs


def in_columns(weight: np.ndarray) -> np.ndarray:
    """Weights [outputs, inputs] as seven bits hold them."""
    integers, scale = graphs.rounded(weight.T)
    return (integers * scale).T


def naive(forms: list[str], read_by: Network, weights: dict[str, np.ndarray]) -> np.ndarray:
    """The states of one paragraph, word by word, straight from the equations of the LSTM, kept in 127ths."""

    def layer(x: np.ndarray, name: str) -> np.ndarray:
        ways = []
        for way in ("forth", "back"):
            given, state, bias = (weights[f"{name}.{way}.{part}"] for part in ("input", "state", "bias"))
            size, state = state.shape[1], in_columns(state)
            given = in_columns(given) if name == "second" else given
            h = c = np.zeros(size)
            made = []
            for row in x if way == "forth" else x[::-1]:
                i, f, g, o = np.split(given @ row + state @ h + bias, 4)
                c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
                h = np.rint(127 * np.tanh(c) / (1 + np.exp(-o))) / 127
                made.append(h)
            ways.append(np.array(made if way == "forth" else made[::-1]))
        return np.hstack(ways)

    return layer(layer(read_by._embed(forms).astype("float64"), "first"), "second")


def random_weights(rng: np.random.Generator, hidden: int = 5) -> dict[str, np.ndarray]:
    """A small network's weights by the names under which training stores them."""
    sizes = {"words": 6, "affixes": 4, "letters": 3}
    counts = {"words": features.WORDS, "affixes": features.AFFIXES, "letters": features.LETTERS}
    made = {f"embed.{name}.weight": rng.normal(size=(counts[name], size)) for name, size in sizes.items()}
    width = 50 + sum(sizes.values())
    for name, inputs in (("first", width), ("second", 2 * hidden)):
        for way in ("forth", "back"):
            made[f"{name}.{way}.input"] = rng.normal(size=(4 * hidden, inputs)) * 0.3
            made[f"{name}.{way}.state"] = rng.normal(size=(4 * hidden, hidden)) * 0.3
            made[f"{name}.{way}.bias"] = rng.normal(size=4 * hidden)
    heads = {"arc": (4, 4), "lean": (4,), "root": (4,), "distance": (9,), "project.weight": (20, 2 * hidden)}
    heads |= {"project.bias": (20,), "start.weight": (1, 2 * hidden), "start.bias": (1,), "tag.weight": (7, 3)}
    heads |= {"tag.bias": (7,), "name.weight": (9, 3), "name.bias": (9,), "label.weight": (6, 3), "label.bias": (6,)}
    made |= {f"heads.{name}": rng.normal(size=shape) for name, shape in heads.items()}
    return made


def test_the_network_does_the_sums_it_was_trained_with() -> None:
    rng = np.random.default_rng(4)
    weights = random_weights(rng)
    vectors, ranks = rng.normal(size=(3, 50)).astype("float32"), {"the": 0, "ship": 1, "sank": 2}
    made_of = Network(*graphs.compiled(weights), vectors, ranks)
    given = [["The ", "ship ", "sank", "."], ["Nobody"], ["The ", "ship", ",", "the ", "Ship", "!"], ["sank", "."]]
    scores = made_of(given)
    assert scores.bounds.tolist() == [0, 4, 5, 11, 13]
    for forms, start in zip(given, scores.bounds.tolist(), strict=False):
        states = naive(forms, made_of, weights)
        end = start + len(forms)
        made = states @ in_columns(weights["heads.project.weight"]).T + weights["heads.project.bias"]
        bent = np.maximum(made, 0.1 * made)
        tags = bent[:, 14:17] @ weights["heads.tag.weight"].T + weights["heads.tag.bias"]
        np.testing.assert_allclose(scores.tags[start:end], tags, atol=1e-4)
        left = bent[:, :4] @ weights["heads.arc"] + weights["heads.lean"]
        for i in range(len(forms)):
            for j in range(len(forms)):
                head = weights["heads.root"] if i == j else bent[j, 4:8]
                far = weights["heads.distance"][min(max(j - i, -4), 4) + 4]
                assert abs(made_of.arcs(scores, start, end)[i, j] - (left[i] @ head + far)) < 1e-3
    again = made_of(given[2:3])  # alone as in company
    assert again.names.tolist() == scores.names[5:11].tolist()


def test_more_new_forms_than_are_remembered_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "FORMS", 64)
    rng = np.random.default_rng(4)
    vectors, ranks = rng.normal(size=(3, 50)).astype("float32"), {"the": 0, "ship": 1, "sank": 2}
    compiled = graphs.compiled(random_weights(rng))
    forms = [f"x{number}" for number in range(73)]
    wanted = Network(*compiled, vectors, ranks)([forms[-9:]]).names.tolist()
    made = Network(*compiled, vectors, ranks)
    made([["The ", "ship"]])
    assert made([forms[:-9], forms[-9:]]).names[-9:].tolist() == wanted
    assert made([forms[-9:]]).names.tolist() == wanted
    assert made([["ship"]]).names.shape == (1, 9)


def test_weights_keep_to_seven_bits_and_come_back_near() -> None:
    weight = np.random.default_rng(5).normal(size=(40, 9)).astype("float32")
    weight[:, 3] = 0
    integers, scale = graphs.rounded(weight)
    assert integers.dtype == np.int8
    assert graphs.LOWEST <= integers.min() <= integers.max() <= graphs.HIGHEST
    assert (np.abs(integers * scale - weight) <= 0.3 * np.abs(weight).max(axis=0)).all()
    assert np.sqrt(((integers * scale - weight) ** 2).mean()) < 0.02


def score(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


def is_tree(heads: tuple[int, ...]) -> bool:
    def reaches(at: int) -> bool:
        for _ in heads:
            at = heads[at]
        return heads[at] == at

    return sum(i == head for i, head in enumerate(heads)) == 1 and all(reaches(i) for i in range(len(heads)))


@settings(max_examples=150)
@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_heads_are_always_one_tree(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(3, size, size)).astype("float32")
    found = trees.best(list(scores))
    for number, own in enumerate(np.split(found, 3)):
        assert is_tree(tuple((own - number * size).tolist()))
        assert own.tolist() == (trees.best([scores[number]]) + number * size).tolist()


@pytest.mark.parametrize("seed", range(30))
def test_the_tree_is_the_best_under_its_root(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 5)).astype("float32")
    found = tuple(trees.best([scores]).tolist())
    root = next(i for i, head in enumerate(found) if head == i)
    every = (heads for heads in product(range(5), repeat=5) if heads[root] == root and is_tree(heads))
    assert score(scores, found) == pytest.approx(max(score(scores, heads) for heads in every), abs=1e-4)


def test_a_form_is_described_by_the_tables_rows() -> None:
    for form in ("", " ", "a", "Moscow ", "🇺🇦", "x" * 400, "1990s"):
        found = features.rows(form)
        limits = (features.WORDS, features.AFFIXES, features.LETTERS)
        assert all(part and 0 <= min(part) <= max(part) < limit for part, limit in zip(found, limits, strict=True))
    assert features.rows("ship") != features.rows("ship ")
    assert features.shape("U.N.") == "X.X."
    assert features.shape("Moscow") == "Xxxxx"
