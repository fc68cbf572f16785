"""What is kept for one visitor: the corpora looked at last, and no more."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from analysis import charts, framing
from analysis.lexicon.overrides import Change, Overrides
from analysis.lexicon.own import Own
from tests import factory
from views import own, state, work


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(state.st, "session_state", kept)
    return kept


def test_lists_that_were_given_up_long_ago_keep_no_articles_in_memory(session: dict[str, Any]) -> None:
    reports = [factory.report("port/1")]
    state.keep("load", reports, state.make_corpus("load", reports).tables)
    changes = [Own(Overrides((Change(f"word{number}"),))) for number in range(2 * state.CORPORA)]
    with patch.object(work, "again", lambda reports, _: list(reports)), patch.object(own, "current") as current:
        for change in changes:
            current.return_value = change
            made = state.corpus(state.MINE)
            assert state.as_shipped(state.MINE).key != made.key
            assert state.corpus(state.MINE) is made
        assert len(session["corpora"]) == state.CORPORA
        current.return_value = changes[0]
        assert state.corpus(state.MINE).own_lists, "it is read anew"


def test_two_measures_of_one_name_are_told_apart() -> None:
    made = state.make_corpus("load", [factory.report("port/1")])

    class Elsewhere:
        @staticmethod
        def source_rates(_flat: Any) -> str:
            return "elsewhere"

    rates = state.measured(made.key, made.tables, framing.source_rates, shared=True)
    assert state.measured(made.key, made.tables, Elsewhere.source_rates, shared=True) == "elsewhere"
    assert state.measured(made.key, made.tables, framing.source_rates, shared=True) is rates
    assert state._place(charts.rate_dots) != state._place(charts.heat_map)
