"""The pages through Streamlit's own test runner, on small reports made by hand."""

from __future__ import annotations

import io
import json
from dataclasses import is_dataclass, replace
from datetime import date
from threading import Event
from typing import Any
from unittest.mock import patch

import pandas as pd
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from analysis.lexicon.overrides import Change, Overrides
from analysis.lexicon.own import Own
from analysis.model import Exposure
from tests import factory, press
from tests.pages import DASHBOARD, HOSTILE, html, opened, reports
from views import figures, margin, places, plot, reader, samples, start, state, what_if, work
from views.state import make_corpus

PAGES = ("overview", "read", "compare", "events", "actors", "sources", "search", "load", "lexicon", "method")
PAPERS = [f"Paper {number}" for number in range(6)]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_without_an_exception(app: AppTest, page: str):
    at = opened(app, page)
    assert not at.exception
    assert "foot" in html(at), "the page stopped before its end"


@pytest.mark.parametrize("page", PAGES)
def test_a_hostile_headline_and_source_stay_text(page: str):
    told = factory.TEXT.replace("Port talks stall again", HOSTILE)
    hostile = [factory.report(f"port/{i}", HOSTILE, title=HOSTILE, text=told) for i in range(4)]
    with (
        patch.object(samples, "_all", lambda: tuple(hostile)),
        patch.object(samples, "stories", lambda: {"port": HOSTILE}),
    ):
        at = opened(AppTest.from_file(DASHBOARD, default_timeout=60), page)
    assert not at.exception
    assert "<script>" not in html(at)
    labels = [button.label for button in at.button] + [markdown.value for markdown in at.markdown]
    assert not any("**bold**" in label or "[x](" in label or ":material/home:" in label for label in labels)


def test_an_empty_corpus_says_what_to_do():
    with patch.object(samples, "_all", tuple), patch.object(samples, "stories", dict):
        for page in PAGES:
            at = opened(AppTest.from_file(DASHBOARD, default_timeout=60), page)
            assert not at.exception, page
            assert html(at).count('class="foot"') == 1, page
            if page not in ("load", "lexicon", "method"):
                assert "under Load" in html(at) or "add articles" in html(at), page


@pytest.mark.parametrize(("months", "drawn"), [(0, False), (2, False), (3, True)])
def test_rates_over_time_are_drawn_where_a_source_has_three_months_that_are_enough(months: int, drawn: bool):
    text = f"{factory.TEXT}\n\n{press.filler(400)}"
    made = [
        replace(one, article=replace(one.article, published=date(2024, 1 + month, 1 + i)), exposure=Exposure(430, 5, 0))
        for month in range(months or 1)
        for i in range(4)
        for one in [factory.report(f"port/{month}-{i}", text=text if months else factory.TEXT)]
    ]
    with patch.object(samples, "_all", lambda: tuple(made)), patch.object(samples, "stories", lambda: {"port": "Port"}):
        at = AppTest.from_file(DASHBOARD, default_timeout=60).run()
    assert not at.exception
    assert ("<h2>Over time</h2>" in html(at)) == drawn


def content(made: Any) -> Any:
    """What is kept for a page, spelt out."""
    if isinstance(made, pd.DataFrame):
        return made.to_csv(), list(made.dtypes), list(made.index)
    if is_dataclass(made):
        return content(vars(made))
    if isinstance(made, dict):
        return {name: content(one) for name, one in made.items()}
    return [content(one) for one in made] if isinstance(made, list | tuple) else repr(made)


def test_no_page_changes_what_is_kept_for_the_next():
    kept: list[tuple[Any, Any]] = []

    def keeping(function: Any) -> Any:
        def keep(*asked: Any) -> Any:
            made = function(*asked)
            kept.append((made, content(made)))
            return made

        return keep

    with patch.dict(state._KEPT, {(shared, function): keeping(function) for shared, function in state._KEPT}):
        for page in PAGES:
            assert not opened(AppTest.from_file(DASHBOARD, default_timeout=60), page).exception
    assert len(kept) > 2 * len(PAGES)
    assert [content(made) for made, _ in kept] == [before for _, before in kept]


def test_what_is_made_ready_at_the_start_is_what_the_first_visitor_gets(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(work, "ready", Event())  # later tests open articles that nothing is to meet
    start.warm()
    ready = state.sample_corpus("")
    assert app.run().session_state["selection"].corpus is ready


def test_a_mark_that_is_picked_opens_its_sentences_and_gets_a_frame(app: AppTest):
    at = app.run()
    where = ["The Kestrel Post", "narrator", "loaded_term"]
    # The test runner cannot click a component; what its click does is this.
    with patch.object(plot, "draw", lambda *_, on_pick, key, **__: key == "rates-figure" and on_pick(where)):
        at.run()
    assert at.session_state[figures.OUTLINED] == {"rates-figure": tuple(where)}
    assert "Loaded terms in The Kestrel Post" in html(at.run())


def test_the_menu_of_articles_is_bounded_and_holds_the_one_that_is_read():
    made = tuple(factory.report(f"port/{i}") for i in range(1_200))
    with patch.object(samples, "_all", lambda: made), patch.object(samples, "stories", lambda: {"port": "Port"}):
        at = AppTest.from_file(DASHBOARD, default_timeout=60)
        at.switch_page("views/read.py")
        at.query_params["article"] = "port/1150"
        at.run()
    assert not at.exception
    menu = at.selectbox(key="article")
    assert len(menu.options) == 1_000
    assert menu.value == "port/1150"


def test_a_click_on_a_cell_lists_its_sentences(app: AppTest):
    at = app.run()
    at.session_state["pick:overview"] = margin.Pick(
        "Vellmar in Meridian Wire",
        "judged",
        (("actor", "vellmar"), ("source", "Meridian Wire"), ("voice", "narrator")),
    )
    at.run()
    assert not at.exception
    assert "Vellmar in Meridian Wire" in html(at)
    assert "4 mentions, 4 judging marks" in html(at)


def test_a_pick_that_the_filters_no_longer_hold_says_so(app: AppTest):
    at = app.run()
    at.session_state["pick:overview"] = margin.Pick(
        "x", "judged", (("actor", "nobody"), ("source", "s"), ("voice", "narrator"))
    )
    at.run()
    assert not at.exception
    assert "No sentence in this selection" in html(at)


def test_a_search_lists_its_places_and_says_what_it_cannot_look_for(app: AppTest):
    at = opened(app, "search")
    assert any(button.label == "regime" for button in at.button), "words to begin with"
    at.text_input(key="q").input("regim*").run()
    assert not at.exception
    assert "<div><dt>places</dt><dd>8</dd></div>" in html(at)
    at.segmented_control(key="heard").set_value("quoted").run()
    assert "stands nowhere in quoted words" in html(at)
    at.text_input(key="q").input("***").run()
    assert "This cannot be searched for" in html(at)
    at.text_input(key="q").input("<b>nobody</b>").run()
    assert not at.exception
    assert "<b>nobody" not in html(at)


def test_other_words_stand_in_the_article_and_in_its_headline():
    report = reports()[0]
    for finding in report.findings:
        made = what_if.changed(report.article, finding, "<i>other</i>")
        assert made.text[finding.span.start :].startswith("<i>other</i>")
        assert len(made.text) == len(report.article.text) - len(finding.span) + 12
        assert made.text.startswith(made.title)
    assert report.article.text == factory.TEXT, "the article itself stays"


def test_the_method_page_shows_every_floor(app: AppTest):
    at = opened(app, "method")
    floors = (DASHBOARD.parent / "benchmarks" / "floors.tsv").read_text("utf-8").splitlines()
    assert html(at).count('class="meter"') == len(floors) - 1


@pytest.mark.parametrize("place", ["9" * 5000, "-1", "²", "regime"])
def test_an_address_that_names_no_mark_opens_the_article(app: AppTest, place: str):
    app.run()
    app.query_params["mark"] = place
    at = app.switch_page("views/read.py").run()
    assert not at.exception
    assert at.session_state["article"]


def test_read_opens_at_the_mark_of_the_address(app: AppTest):
    at = app.run()
    at.switch_page("views/read.py")
    at.query_params["article"] = "port/Meridian Wire-1"
    at.query_params["mark"] = str(press.place(factory.TEXT, "regime").start)
    at.run()
    assert not at.exception
    assert "“regime”" in html(at)
    assert "Because of the word ‘regime’." in html(at)
    assert "Vellmar" in html(at)


def test_next_steps_to_the_following_mark(app: AppTest):
    at = app.run()
    at.switch_page("views/read.py")
    at.query_params["article"] = "port/Meridian Wire-1"
    at.query_params["mark"] = str(press.place(factory.TEXT, "regime").start)
    at.run()
    at.button(key="step-on").click().run()
    assert "“slammed”" in html(at)


def test_an_article_says_which_entries_fired():
    report = reports()[0]
    found = what_if.fired(report)
    loaded = [one.span.of(report.article.text) for one in report.findings if one.kind == "loaded_term"]
    assert found["n"].sum() == len(loaded) > 0
    assert set(found["term"]) <= {*(word.casefold() for word in loaded), "slam", "thug", what_if.NO_ENTRY}
    assert found["source"].str.len().gt(0).all()


def test_removed_lines_can_be_opened(app: AppTest):
    at = opened(app, "read")
    assert "What cleaning took out: 1 line" in [expander.label for expander in at.expander]
    assert "Leave a Reply" in html(at)


def test_a_filter_keeps_the_articles_of_one_source(app: AppTest):
    at = app.run()
    at.multiselect(key="source").set_value(["Meridian Wire"]).run()
    assert not at.exception
    assert "4 articles, 1 source" in html(at)


def test_pasting_nothing_says_so(app: AppTest):
    at = opened(app, "load")
    at.button[0].click().run()
    assert [warning.value for warning in at.warning] == ["The box is empty. Paste an article first."]


def test_a_pasted_article_is_analysed_and_kept_for_this_visitor_alone(app: AppTest):
    at = opened(app, "load")
    with patch.object(work, "analyse", lambda article, _: factory.report("mine", article.source)):
        at.text_area(key="pasted").set_value(factory.TEXT)
        at.text_input(key="pasted-source").set_value("The Gannet")
        at.button[0].click().run()
    assert not at.exception
    assert "1 article from 1 source" in html(at)
    assert not [box for box in at.selectbox if box.key == "story"], "a choice of articles changes nothing on Load"
    assert "1 article, 1 source" in html(at.switch_page("views/overview.py").run())
    assert "Your articles (1)" in at.selectbox(key="story").options
    assert at.selectbox(key="story").value == "mine", "the next page shows what was just loaded"
    assert "Your articles (1)" not in app_of_somebody_else().selectbox(key="story").options


def test_files_take_the_source_that_is_written_beside_them_and_problems_name_a_file_once():
    def page() -> None:
        import streamlit as st

        from analysis.model import Article
        from views import load, load_files

        st.session_state["named"] = load_files.named(
            [Article("a", "A."), Article("b", "B.", "The Plover")], " The  Gannet "
        )
        load.listed([("x.csv", "x.csv is empty."), ("x.csv#2", "Row 2 of x.csv has no text."), ("b.txt", "No text.")])

    at = AppTest.from_function(page).run()
    assert [one.source for one in at.session_state["named"]] == ["The Gannet", "The Plover"]
    assert (html(at).count("x.csv"), html(at).count("b.txt")) == (2, 1)


def app_of_somebody_else() -> AppTest:
    return AppTest.from_file(DASHBOARD, default_timeout=60).run()


def test_a_stopped_job_keeps_what_is_done():
    articles = [report.article for report in reports()[:3]]
    job = work.Job("x", articles)
    steps = job.steps()
    with patch.object(work, "analyse", lambda article, _: factory.report(article.id)):
        next(steps)
        next(steps)
    assert (job.done, job.left, round(job.part(), 2), job.part(0.5)) == (1, 2, 0.33, 0.5)
    pd.testing.assert_frame_equal(job.flattener.tables().findings, make_corpus("x", job.reports).tables.findings)


@pytest.mark.parametrize(("second", "names"), [("b", ["a", "b"]), ("a", ["a", "a#2"])], ids=["other ids", "one id"])
def test_two_loads_are_read_as_one(second: str, names: list[str]):
    def loads() -> None:
        import streamlit as st

        from analysis import tables
        from tests import factory
        from views import state

        for article in st.query_params["ids"].split():
            made = [factory.report(article)]
            state.keep("load", made, tables.from_reports(made))
        whole = state.corpus(state.MINE)
        assert state.corpus(f"{state.MINE}/load (2)").tables.articles["article"].tolist() == [article]
        st.write(" ".join(whole.tables.articles["article"]), " ".join(whole.reports))

    at = AppTest.from_function(loads)
    at.query_params["ids"] = f"a {second}"
    at.run()
    assert not at.exception
    assert at.markdown[0].value == " ".join(names + names)


def test_every_part_of_the_voices_of_a_source_has_its_sentences():
    told = [
        press.told(
            f"v{i}", "S", f"He waits. “We never lie,” said Nora Arden. It said that nobody came. {press.filler(30)}",
            mentions=[("Nora Arden", "nora-arden", "name")],
            said=[("We never lie,", "direct", "said", "nora-arden", "neutral"),
                  ("that nobody came", "indirect", "It said", None, "neutral")],
        )
        for i in range(2)
    ]  # fmt: skip
    tables = make_corpus("x", told).tables
    for voice, speaker, others, words in (
        ("narrator", "", (), {"He waits.", "“We never lie,” said Nora Arden."}),
        ("quoted", "nora-arden", (), {"We never lie,"}),
        ("quoted", "", ("somebody-else",), {"We never lie,"}),
        ("reported", "", (), {"that nobody came"}),
    ):
        rows = places.spoken(tables, source="S", voice=voice, speaker=speaker, others=others)
        assert words <= {text.strip() for text in rows["text"]}, (voice, speaker)
        assert len(rows) >= 2
    assert places.spoken(tables, source="S", voice="quoted", others=("nora-arden",)).empty


def test_a_table_is_kept_as_parquet_with_what_made_it():
    frame = pd.DataFrame({"source": ["a", "b"], "rate": [1.5, None], "enough": [True, False]})
    mine = Own(Overrides((Change("regime", use="off"),)))
    held = pq.read_table(io.BytesIO(figures.to_parquet(frame, mine)))
    pd.testing.assert_frame_equal(held.to_pandas(), frame)
    assert json.loads(held.schema.metadata[b"versions"])["own_words"] == mine.words.key
    plain_one = pq.read_table(io.BytesIO(figures.to_parquet(frame)))
    assert b"own_words" not in plain_one.schema.metadata[b"versions"]


@pytest.mark.parametrize(
    ("finder", "options", "words"),
    [
        ("findings", {"kind": "loaded_term", "voice": "narrator"}, "regime"),
        ("findings", {"kind": "hedge"}, "allegedly"),
        ("judged", {"actor": "vellmar", "source": "Meridian Wire", "voice": "narrator"}, "regime"),
        ("judged", {"actor": "nora-arden", "source": "Meridian Wire", "voice": "narrator"}, ("Nora Arden", "her")),
        ("named", {"actor": "port-authority", "source": "Meridian Wire", "word": "Port Authority"}, "Port Authority"),
        ("cues", {"speaker": "nora-arden", "source": "Meridian Wire", "stance": "neutral"}, "said"),
        (
            "spoken",
            {"speaker": "nora-arden", "source": "Meridian Wire", "voice": "quoted"},
            "This is a disgraceful stunt,",
        ),
        ("written", {"word": "offer", "sources": ("Meridian Wire",), "voice": "narrator"}, "offer"),
    ],
)
def test_what_was_clicked_leads_to_its_words(finder: str, options: dict[str, Any], words: str | tuple[str, ...]):
    corpus = make_corpus("x", reports())
    rows = places.FINDERS[finder](corpus.tables, **options)
    assert len(rows)
    for row in rows.to_dict("records"):
        text = corpus.reports[row["article"]].article.text
        assert text[row["start"] : row["end"]].startswith(words)
        first = row["start"] - row["sentence_start"]
        assert row["sentence"][first:].startswith(words)


def test_many_articles_are_laid_flat_in_order_and_under_a_bar():
    made = [factory.report(f"port/{i}") for i in range(3)]
    with patch.object(work.st, "progress") as shown:
        assert list(work.in_sight(made)) == made
        assert not shown.called, "few take no time"
        with patch.object(work, "MANY", 2), patch.object(work, "STEP", 2):
            assert list(work.in_sight(made)) == made
    assert [call.args[0] for call in shown.return_value.progress.call_args_list] == [0.0, 2 / 3]
    assert shown.return_value.empty.called


def test_compare_sets_four_sources_in_a_row_and_shows_the_others_when_asked(app: AppTest):
    many = tuple(factory.report(f"port/{paper}", paper, title="Port", text=factory.TEXT) for paper in PAPERS)
    with patch.object(samples, "_all", lambda: many), patch.object(reader, "beside", return_value=None) as drawn:
        at = opened(app, "compare")
        assert [side["head"] for side in drawn.call_args.args[0]] == PAPERS[:4]
        assert not at.button(key="side-rest").click().run().exception
        assert [side["head"] for side in drawn.call_args.args[0]] == PAPERS
        assert "side-rest" not in [button.key for button in at.button]


def test_the_sources_in_sight_are_those_that_judge(app: AppTest):
    made = [factory.report(f"port/{paper}", paper, title="Quay", text=factory.TEXT) for paper in PAPERS]
    many = tuple(replace(one, findings=()) if one.article.source in PAPERS[:3] else one for one in made)
    with patch.object(samples, "_all", lambda: many), patch.object(reader, "beside", return_value=None) as drawn:
        app.run().session_state["whom"] = "vellmar"
        assert not app.switch_page("views/compare.py").run().exception
        assert [side["head"] for side in drawn.call_args.args[0]] == [PAPERS[0], *PAPERS[3:]]
