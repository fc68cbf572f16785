"""The Doc that everything else stands on: the same text back, sentences where they end, grammar to rely on."""

from __future__ import annotations

import threading
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyze
from analysis.language import WeightsMissing, columns, features, read, read_many, trees
from analysis.language import weights as weight_files
from analysis.language.english import NOT_ENGLISH, is_english
from analysis.language.network import Network
from analysis.language.paragraphs import breaks
from analysis.language.sentences import LONGEST
from analysis.language.words import denies, lemma, universal
from training import graphs

# Every pair is a text and the sentences it holds, as people would cut it.
SENTENCES = {
    "titles and months": (
        "Mr. Lindqvist met Sen. Okoro on Feb. 7 in the U.S. capital. They agreed on nothing.",
        ["Mr. Lindqvist met Sen. Okoro on Feb. 7 in the U.S. capital.", "They agreed on nothing."],
    ),
    "closing mark straight": (
        '"The talks have failed." The minister left at once.',
        ['"The talks have failed."', "The minister left at once."],
    ),
    "closing mark curly": (
        "“The talks have failed.” The minister left at once.",
        ["“The talks have failed.”", "The minister left at once."],
    ),
    "blank line without a stop": (
        "Minister walks out of talks\n\nThe minister left at once.",
        ["Minister walks out of talks", "The minister left at once."],
    ),
    "headline on a line of its own": (
        "Minister walks out of talks\nThe minister left the talks on Tuesday after a long quarrel over fish.",
        ["Minister walks out of talks", "The minister left the talks on Tuesday after a long quarrel over fish."],
    ),
    "stray stop of a machine translation": (
        "The minister said. in a long speech that the talks had failed.",
        ["The minister said. in a long speech that the talks had failed."],
    ),
    "Windows line ends": ("The ship sank.\r\n\r\nNobody drowned.", ["The ship sank.", "Nobody drowned."]),
}

# Line ends that break nothing: the line was wrapped, or goes on.
UNBROKEN = {
    "wrapped mail": "The committee said on Tuesday that it would not\nPublish the report before the election, which\n"
    "Ministers had asked for, and that the matter was\nClosed.",
    "small letter after": "The committee said on Tuesday\nthat it would not publish.",
    "line ends in a small word": "A report of the\nUnited Nations says so.",
}


@pytest.mark.parametrize(("text", "wanted"), SENTENCES.values(), ids=SENTENCES)
def test_sentences(text: str, wanted: list[str]) -> None:
    assert [sentence.text.strip() for sentence in read(text).sents] == wanted


@pytest.mark.parametrize("text", UNBROKEN.values(), ids=UNBROKEN)
def test_lines_that_go_on(text: str) -> None:
    assert breaks(text) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_comes_back(text: str) -> None:
    doc = read(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["War", "he said", ".", "“", "”", '"', "\n", "\n\n", " ", "U.S.", "’s", "—", "é", "🇺🇦"]))
)
def test_news_like_text_comes_back(parts: list[str]) -> None:
    text = "".join(parts)
    doc = read(text)
    assert doc.text == text
    starts = {sentence.start for sentence in doc.sents}
    for token in doc:  # the first word after a blank line begins a sentence, unless no word stands before it
        before = next((doc[i] for i in range(token.i - 1, -1, -1) if not doc[i].is_space), None)
        between = text[before.idx + len(before) : token.idx] if before is not None else ""
        if not token.is_space and between.count("\n") > 1:
            assert token.i in starts


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aB. \n\r\u2028\f", max_size=60))
def test_breaks_lie_inside_the_text(text: str) -> None:
    found = breaks(text)
    assert found == sorted(set(found))
    assert all(0 < at < len(text) for at in found)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("IOWA HILLS, Iowa – Ada Renn praised the pilots.", "Ada Renn praised the pilots."),
        ("KYIV, Feb 7 (Interfax) -- Talks failed.", "Talks failed."),
        ("One line.\n\nST. VERAN/LYON — Talks failed.", "Talks failed."),
        ("NATO – the alliance – met.", None),  # a report begins with a capital
        ("AT&T said — again — no.", None),
        ("BREAKING: Talks failed.", None),  # what stands before a colon speaks, or is a headline
        ("Talks failed – KYIV – again.", None),
        ("A – B.", None),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence_behind_it(text: str, rest: str | None) -> None:
    found = breaks(text)
    assert (text[found[-1] :] if found else None) == rest


def test_half_a_surrogate_pair_is_named() -> None:
    with pytest.raises(ValueError, match="half a surrogate pair at character 2"):
        read("ab\ud800")


def test_sentences_are_bounded() -> None:
    doc = read("and the " * 1500)
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST
    assert [len(one) for one in read("The ship sank. " * 400).sents] == [4] * 400
    assert all(token.head.sent == token.sent for token in doc)


def test_white_space_says_nothing() -> None:
    doc = read("The ship sank\n near \t the coast of Norway .")
    blanks = [token for token in doc if token.is_space]
    assert blanks
    assert all(token.tag_ == "_SP" and token.pos_ == "SPACE" and not list(token.children) for token in blanks)


def test_grammar_of_a_plain_sentence() -> None:
    doc = read("The president said that the army had bombed a hospital.")
    found = {token.text: (token.dep_, token.head.text) for token in doc}
    assert found["president"] == ("nsubj", "said")
    assert found["army"] == ("nsubj", "bombed")
    assert found["bombed"] == ("ccomp", "said")
    assert found["hospital"] == ("obj", "bombed")
    assert [token.lemma_ for token in doc][2:7] == ["say", "that", "the", "army", "have"]


def test_grammar_of_a_passive() -> None:
    doc = read("The plan was slammed by opposition leaders.")
    found = {token.text: token.dep_ for token in doc}
    assert found["plan"] == "nsubj:pass"
    assert found["leaders"].startswith("obl")


def test_names() -> None:
    doc = read("Angela Merkel met Vladimir Putin in Moscow on Tuesday, the European Union said.")
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("Angela Merkel", "PER"),
        ("Vladimir Putin", "PER"),
        ("Moscow", "LOC"),
        ("European Union", "ORG"),
    ]


def test_no_names_where_there_are_none() -> None:
    assert not read("The old man went to the market and bought some bread.").ents


def test_many_texts_give_what_each_gives() -> None:
    texts = ["", "One ship sank.", "He said so. She did not.\n\nOne ship sank.", " \n"]
    alone = [read(text).to_array(["TAG", "DEP", "HEAD", "SENT_START"]).tolist() for text in texts]
    assert [doc.to_array(["TAG", "DEP", "HEAD", "SENT_START"]).tolist() for doc in read_many(texts)] == alone


def test_threads() -> None:
    text = "The minister said on Monday that the harbour would be closed."
    wanted = [token.dep_ for token in read(text)]
    found: list[list[str]] = []
    workers = [threading.Thread(target=lambda: found.append([t.dep_ for t in read(text)])) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [wanted] * 4


def test_missing_weights_say_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match="python -m training"):
        weight_files.load(tmp_path)


def test_weights_are_small_and_licensed() -> None:
    assert sum(file.stat().st_size for file in weight_files.HOME.iterdir()) <= 12_000_000
    assert "CC BY-SA 4.0" in (weight_files.HOME / "LICENSE.md").read_text(encoding="utf-8")


LEMMAS = [
    ("cities", "NNS", "city"), ("boxes", "NNS", "box"), ("houses", "NNS", "house"), ("glass", "NNS", "glass"),
    ("planned", "VBD", "plan"), ("hoped", "VBN", "hope"), ("visited", "VBD", "visit"), ("denied", "VBD", "deny"),
    ("slamming", "VBG", "slam"), ("telling", "VBG", "tell"), ("Macron", "NNP", "Macron"), ("happier", "JJR", "happy"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "tag", "wanted"), LEMMAS, ids=[form for form, _, _ in LEMMAS])
def test_lemmas_by_rule(form: str, tag: str, wanted: str) -> None:
    known = ["plan", "plane", "hope", "hop", "visit", "deny", "slam", "tell", "happy", "house", "box", "city"]
    assert lemma(form, tag, {}, {word: i for i, word in enumerate(known)}) == wanted


def test_word_classes_follow_the_tree() -> None:
    assert universal("VBP", "aux") == "AUX"
    assert universal("VBP", "ROOT") == "VERB"
    assert universal("IN", "mark") == "SCONJ"
    assert universal("RB", "advmod") == "ADV"
    assert [denies(*read) for read in (("n’t", "RB"), ("n’t", "DT"), ("soon", "RB"))] == [True, False, False]


def in_columns(weight: np.ndarray) -> np.ndarray:
    """Weights [outputs, inputs] as seven bits hold them."""
    integers, scale = graphs.rounded(weight.T)
    return (integers * scale).T


def naive(forms: list[str], network: Network, weights: dict[str, np.ndarray]) -> np.ndarray:
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

    return layer(layer(network._embed(forms).astype("float64"), "first"), "second")


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
    network = Network(*graphs.compiled(weights), vectors, ranks)
    given = [["The ", "ship ", "sank", "."], ["Nobody"], ["The ", "ship", ",", "the ", "Ship", "!"], ["sank", "."]]
    scores = network(given)
    assert scores.bounds.tolist() == [0, 4, 5, 11, 13]
    for forms, start in zip(given, scores.bounds.tolist(), strict=False):
        states = naive(forms, network, weights)
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
                assert abs(network.arcs(scores, start, end)[i, j] - (left[i] @ head + far)) < 1e-3
    again = network(given[2:3])  # alone as in company
    assert again.names.tolist() == scores.names[5:11].tolist()


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


@settings(max_examples=150, deadline=None)
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


WORDS = {
    "parts that are no words": ("A non-profit anti-war group.", ["A", "non-profit", "anti-war", "group", "."]),
    "words that are": ("A long-term plan.", ["A", "long", "-", "term", "plan", "."]),
    "runs of marks": ("What?! <<Yes>>", ["What", "?!", "<<", "Yes", ">>"]),
    "either way": ("Trade and/or war", ["Trade", "and", "/", "or", "war"]),
}


@pytest.mark.parametrize(("text", "wanted"), WORDS.values(), ids=WORDS)
def test_words(text: str, wanted: list[str]) -> None:
    assert [token.text for token in read(text)] == wanted


def test_a_form_is_described_by_the_tables_rows() -> None:
    for form in ("", " ", "a", "Moscow ", "🇺🇦", "x" * 400, "1990s"):
        found = features.rows(form)
        limits = (features.WORDS, features.AFFIXES, features.LETTERS)
        assert all(part and 0 <= min(part) <= max(part) < limit for part, limit in zip(found, limits, strict=True))
    assert features.rows("ship") != features.rows("ship ")
    assert features.shape("U.N.") == "X.X."
    assert features.shape("Moscow") == "Xxxxx"


def test_unseen_marks_are_read_over() -> None:
    text = "The “reform” failed.\nNobody “cared” at all."
    plain = read(text.replace("“", "").replace("”", ""))
    doc = read(text, unseen=[i for i, letter in enumerate(text) if letter in "“”"])
    assert doc.text == text
    assert [t.dep_ for t in doc if t.text not in "“”"] == [t.dep_ for t in plain]


def test_a_name_runs_over_white_space() -> None:
    doc = read("The minister met Angela \t Merkel in Berlin on Tuesday.")
    assert "Angela \t Merkel" in [entity.text for entity in doc.ents]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=14))
def test_columns_know_all_that_hangs_on_a_word_where_arcs_cross(numbers: list[int]) -> None:
    heads = [number % (i + 1) for i, number in enumerate(numbers)]  # every word hangs on one before it, or on itself
    order = sorted(range(len(heads)), key=lambda i: numbers[i])
    shuffled = [0] * len(heads)
    for i, head in enumerate(heads):
        shuffled[order[i]] = order[head]
    lefts, rights = columns._edges(np.array(shuffled))
    for word in range(len(heads)):
        below = {word}
        while more := {i for i, head in enumerate(shuffled) if head in below} - below:
            below |= more
        assert (lefts[word], rights[word]) == (min(below), max(below))


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The minister said on Monday that the talks with the union had failed and that they would not go on.", True),
        ("Talks fail.", True),
        ("", True),
        ("Der Minister sagte am Montag, die Gespräche mit der Gewerkschaft seien gescheitert, ein neuer Termin stehe "
         "noch nicht fest, doch man hoffe weiter auf eine rasche Einigung.", False),
        ("Le ministre a déclaré lundi que les négociations avec le syndicat avaient échoué et qu’aucune nouvelle date "
         "n’était prévue pour le moment.", False),
        ("Министр сказал в понедельник, что переговоры с профсоюзом провалились и что новая дата пока не назначена, "
         "но надежда на скорое соглашение всё ещё есть у всех сторон спора.", False),
    ],
)  # fmt: skip
def test_a_text_in_another_language_is_told_from_english(text: str, english: bool):
    assert is_english(text) == english
    assert (NOT_ENGLISH in analyze(text).problems) != english
