"""Names that a caller gave are checked against those that there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

ENGINES = ("local", "dask")  # of a batch; here, because the command line names them before it loads one


def check_choices(what: str, given: Iterable[str], valid: Collection[str]) -> None:
    """Raise ValueError naming the valid choices when one of `given` is not among them (a long list is cut)."""
    for value in given:
        if value not in valid:
            choices = list(valid) if isinstance(valid, Sequence) else sorted(valid)
            shown = ", ".join(choices[:12]) + (f" … ({len(choices)} in all)" if len(choices) > 12 else "")
            raise ValueError(f"Unknown {what} {value!r}. Choose one of: {shown or 'none, the tables are empty'}.")
