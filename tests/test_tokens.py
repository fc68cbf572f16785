"""Words of a text: what is remembered of a stretch must be what spaCy's tokeniser makes of it each time."""

from itertools import product
from random import Random
from time import process_time

import pytest
import spacy
from spacy.lang.en.stop_words import STOP_WORDS

from analysis.language import tokens

TEXTS = (
    "",
    " ",
    "She didn't say that, did she?",
    "  Two blanks first,\n\nand  two inside.\xa0Then\ta tab. ",
    "“Non-profit and/or long-term,” he said; 10km away at 9a.m., U.S. officials won’t say…",
    "====\nWhat?!? He's right: cats' tails, 1990s–2000s, 3/4, km/h, $5m, C$20.",
    '“We will win,”Renn said, "no,"then left.',
    "Capt. Ames et al. can't stay; can't, she said",
    "https://example.org/a-b.html :) :-( ’tis x. y.\r\n",
)


@pytest.fixture(scope="module")
def plain() -> spacy.language.Language:
    nlp = spacy.blank("en")
    tokens.adapt(nlp)
    return nlp


@pytest.mark.parametrize("text", TEXTS)
def test_remembered_words_are_those_of_the_tokeniser(plain, text: str) -> None:
    cut = tokens.Tokens(plain.vocab)
    wanted = plain.tokenizer(text)
    for _ in range(2):  # the second time out of memory
        doc, words, blanks = cut(text)
        assert doc.text == text
        assert [(t.text, t.whitespace_, t.norm_) for t in doc] == [(t.text, t.whitespace_, t.norm_) for t in wanted]
        assert list(zip(words, blanks, strict=True)) == [(t.text, bool(t.whitespace_)) for t in wanted]


def test_memory_has_a_bound(plain, monkeypatch) -> None:
    monkeypatch.setattr(tokens, "MOST", 8)
    cut = tokens.Tokens(plain.vocab)
    for text in TEXTS:
        assert cut(text)[0].text == text
    assert [t.text for t in cut("one two three")[0]] == ["one", "two", "three"]
    assert [t.text for t in cut("four five six seven")[0]] == ["four", "five", "six", "seven"]
    assert len(cut._known) <= 8


def test_the_short_way_with_plain_words_is_the_long_one(plain) -> None:
    cut = tokens.Tokens(plain.vocab)
    listed = [rule for rule in plain.tokenizer.rules if rule.isascii() and not any(map(str.isspace, rule))]
    framed = product(("", "“", '"', "(", "["), sorted(STOP_WORDS | set(listed)), ("", *",;:!?."), ("", *'”")]'))
    stretches = [
        before + style(word) + mark + after for before, word, mark, after in framed for style in (str, str.title)
    ]
    chosen = Random(1).sample(stretches, 4000) + listed
    short = {stretch: pieces for stretch in chosen if (pieces := cut._plain(stretch)) is not None}
    assert 500 < len(short) < 4000
    assert list(cut._cut(list(short))) == list(short.values())


def test_a_long_line_of_marks_costs_no_more_a_mark(plain) -> None:
    cut = tokens.Tokens(plain.vocab)
    text = "".join(Random(1).choices("“”'\",.()ab", k=6000)) + " The end."
    began = process_time()
    doc = cut(text)[0]
    assert process_time() - began < 5, "half a minute when each mark was looked for in all that stands behind it"
    assert doc.text == text
    assert [t.text for t in doc][-3:] == ["The", "end", "."]
