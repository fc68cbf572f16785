"""The reports of the samples that ship: read back as they were, and never those of other code."""

from __future__ import annotations

from unittest.mock import patch

from tests.pages import reports
from views import prepared


def test_prepared_reports_come_back_as_they_were(tmp_path):
    written = reports()
    with (
        patch.object(prepared, "FILE", tmp_path / "prepared.json.gz"),
        patch.object(prepared, "fingerprint", lambda: "x"),
    ):
        prepared.write(written)
        assert prepared.read() == written


def test_prepared_reports_of_other_code_are_not_used(tmp_path):
    with patch.object(prepared, "FILE", tmp_path / "prepared.json.gz"):
        with patch.object(prepared, "fingerprint", lambda: "before"):
            prepared.write(reports())
        with patch.object(prepared, "fingerprint", lambda: "after"):
            assert prepared.read() is None


def test_the_shipped_reports_fit_the_code():
    assert prepared.read() is not None, "Run `python -m views.prepared`: the analysis or the samples have changed."
