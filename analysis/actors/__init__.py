"""Who is mentioned: persons, countries, organisations and groups, joined within the article.

In: a spaCy Doc from `analysis.language.read` (any Doc with sentence bounds will do). Out: actors and their mentions.

The stage reads like this: `view` lists the tokens, `names` finds what is named, `joining` says which names are one
actor (with `metonymy` telling Moscow the government from Moscow the place), `roles` adds “the French leader” and
“Russian officials”, `bands` groups without a name, `pronouns` he, she, it and they where plain. The words live in
lexicon/*.tsv.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.actors.bands import add_bands
from analysis.actors.cast import slug
from analysis.actors.joining import join
from analysis.actors.led import OWN, add_owned
from analysis.actors.names import find_names
from analysis.actors.pronouns import add_pronouns
from analysis.actors.registry import registry as _registry
from analysis.actors.roles import add_roles
from analysis.actors.token_view import view as _view
from analysis.model import Actor, Mention, Span

__all__ = ["find", "is_role", "slug"]


def find(doc: Doc, title_end: int = 0, *, quoted: Sequence[Span] = ()) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    """Find the actors of an article and every stretch that refers to one.

    `title_end`: how many characters at the start are the headline, whose capitals prove nothing. `quoted`: stretches
    that are somebody's words, in which pronouns are read more cautiously; left empty, double quotation marks decide.
    Actors come in the order of their first mention, mentions in the order of the text; stretches of two mentions are
    either the same (“the two leaders”) or apart. First-person pronouns are nobody's mention.
    """
    seen = _view(doc, quoted, title_end)
    names = find_names(seen)
    cast = join(seen, names)
    add_roles(cast, names)
    add_bands(cast)
    add_pronouns(cast)
    add_owned(cast, by=OWN)
    return cast.finish()


def is_role(word: str) -> bool:
    """Whether a word or phrase says what somebody is (“minister”, “Chief Executive”, “spokesmen”), in any form."""
    return word.lower() in _registry().roles
