"""Tables as people export them: what stands above their header, names in other languages, what stands for nothing."""

from __future__ import annotations

import json

import pytest

from analysis.loading import LoadError
from tests.loading_files import SENTENCE, articles


@pytest.mark.parametrize(
    "data",
    [
        f"What was searched for: mill\nSource,Title,Text\nKarsk Post,Mill,{SENTENCE}\n",
        f"Export of 2022,,\n,,\nSource,Title,Text\nKarsk Post,Mill,{SENTENCE}\n",
        f"sep=;\nQuelle;Titel;Volltext\nKarsk Post;Mill;{SENTENCE}\n",
        f"Fuente;Título;Texto\nKarsk Post;Mill;{SENTENCE}\n",
    ],
)
def test_a_header_may_stand_below_a_line_or_two_and_in_other_languages(data: str) -> None:
    (article,) = articles(data, "x.csv")
    assert (article.source, article.title) == ("Karsk Post", "Mill")
    assert article.text.endswith(SENTENCE)


def test_a_row_that_only_looks_like_a_header_is_none() -> None:
    with pytest.raises(LoadError, match="id, kind"):
        articles("id,kind\n1,article\n2,text\n", "x.csv")


@pytest.mark.parametrize("nothing", ["nan", "NULL", "[removed]", "N/A", "  "])
def test_what_stands_for_no_text_is_none(nothing: str) -> None:
    one, two = articles(f"id,text\n1,{nothing}\n2,{SENTENCE}\n", "x.csv")
    assert one.problems == ("Row 1 of x.csv has no text.",)
    assert two.text == SENTENCE


@pytest.mark.parametrize(
    "value",
    [
        {"text": {"0": SENTENCE, "1": SENTENCE}, "title": {"0": "A", "1": "B"}},
        {"text": [SENTENCE, SENTENCE], "title": ["A", "B"]},
        {"a1": {"text": SENTENCE, "title": "A"}, "a2": {"text": SENTENCE, "title": "B"}},
    ],
)
def test_json_of_columns_or_of_articles_by_id(value: object) -> None:
    assert [article.title for article in articles(json.dumps(value), "x.json")] == ["A", "B"]


def test_a_table_of_addresses_says_what_is_missing() -> None:
    with pytest.raises(LoadError, match="“url” holds addresses"):
        articles("stories_id,media_name,title,url\n1,Karsk Post,Mill burns,http://k.example/1\n", "x.csv")


@pytest.mark.parametrize(
    "written",
    ["7 février 2022", "7. Februar 2022", "7 de febrero de 2022", "2022年2月7日", "07-Feb-22", "lundi 7 février 2022"],
)
def test_dates_of_other_countries(written: str) -> None:
    (article,) = articles(f"date,text\n{written},{SENTENCE}\n", "x.csv")
    expected = "None" if written.startswith("lundi") else "2022-02-07"
    assert str(article.published) == expected
    assert bool(article.problems) == (expected == "None")


def test_entities_that_were_escaped_twice() -> None:
    (article,) = articles("text\n&amp;quot;It is ours,&amp;quot; she said of mill &amp;amp; bakery.\n", "x.csv")
    assert article.text == '"It is ours," she said of mill & bakery.'
