"""The Doc that everything else stands on: the same text back, sentences where they end, grammar to rely on."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyze
from analysis.language import WeightsMissing, read, read_many, reader
from analysis.language import weights as weight_files
from analysis.language.english import NOT_ENGLISH, is_english
from analysis.language.paragraphs import breaks
from analysis.language.sentences import LONGEST
from analysis.language.words import denies, lemma, universal

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


@settings(max_examples=60)
@given(st.text(max_size=120))
def test_any_text_comes_back(text: str) -> None:
    doc = read(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


@settings(max_examples=60)
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


@settings(max_examples=100)
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


def test_a_paragraph_that_is_remembered_keeps_nothing_else_in_memory() -> None:
    grammar = reader._grammar()
    read("The ferry sank.\n\n" + "\n\n".join(f"A storm reached harbour number {n}." for n in range(20)))
    assert grammar._kept
    assert all(part.base is None for parsed in grammar._kept.values() for part in parsed)


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


WORDS = {
    "parts that are no words": ("A non-profit anti-war group.", ["A", "non-profit", "anti-war", "group", "."]),
    "words that are": ("A long-term plan.", ["A", "long", "-", "term", "plan", "."]),
    "runs of marks": ("What?! <<Yes>>", ["What", "?!", "<<", "Yes", ">>"]),
    "either way": ("Trade and/or war", ["Trade", "and", "/", "or", "war"]),
}


@pytest.mark.parametrize(("text", "wanted"), WORDS.values(), ids=WORDS)
def test_words(text: str, wanted: list[str]) -> None:
    assert [token.text for token in read(text)] == wanted


def test_unseen_marks_are_read_over() -> None:
    text = "The “reform” failed.\nNobody “cared” at all."
    plain = read(text.replace("“", "").replace("”", ""))
    doc = read(text, unseen=[i for i, letter in enumerate(text) if letter in "“”"])
    assert doc.text == text
    assert [t.dep_ for t in doc if t.text not in "“”"] == [t.dep_ for t in plain]


def test_a_name_runs_over_white_space() -> None:
    doc = read("The minister met Angela \t Merkel in Berlin on Tuesday.")
    assert "Angela \t Merkel" in [entity.text for entity in doc.ents]


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
