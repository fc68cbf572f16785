"""A row of a table between reading and cleaning: one process reads in a moment, any may clean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from analysis.loading.articles import from_text
from analysis.model import UNKNOWN_SOURCE, Article


@dataclass(frozen=True, slots=True)
class Draft:
    """What a row says, its text as it stands there. `place` names the row in words."""

    id: str
    text: str
    title: str
    source: str
    published: date | None
    url: str
    clean: bool
    place: str
    problems: tuple[str, ...] = ()

    def unread(self) -> Article:
        """The article without a text, where that cannot be read."""
        return Article(
            self.id, "", source=self.source or UNKNOWN_SOURCE, published=self.published, problems=self.problems
        )


def finish(one: Article | Draft) -> Article:
    """The article that a draft makes; what is one already stays as it is."""
    if isinstance(one, Article):
        return one
    try:
        made = from_text(
            one.text, id=one.id, title=one.title, source=one.source, published=one.published, url=one.url,
            clean=one.clean,
        )  # fmt: skip
    except Exception as error:  # one row with text that breaks a parser must not cost the others
        return Article(one.id, "", problems=(*one.problems, f"{one.place} cannot be read: {error}."))
    return replace(made, problems=(*one.problems, *made.problems)) if one.problems else made
