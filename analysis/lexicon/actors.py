"""Whom the lists know: countries, organisations, groups and leaders that ship, and a user's own changes to them.

    own, problems = actors.parse(Path("ours.tsv").read_text())
    with actors.using(own):
        report = analyze(article)

Countries are in countries.tsv, bodies in bodies.tsv, persons in leaders.tsv; here a row has one shape for all of them.
A change switches a row off, gives it other values, or adds one. It holds in its own thread or task alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import astuple, dataclass
from functools import cache, cached_property

from analysis.lexicon import rows
from analysis.lexicon.in_use import holding

COLUMNS = (
    "name", "use", "kind", "aliases", "adjectives", "people", "capitals", "seats", "country", "gender", "roles",
)  # fmt: skip
KINDS = ("country", "organisation", "group", "person")
USES = ("on", "off")
GENDERS = ("", "f", "m")
MOST = 2_000  # own actors
LONGEST = 80  # characters of a name
LONGEST_CELL = 1_000  # of a list of names
OF = {"adjectives": "country", "people": "country", "capitals": "country", "seats": "country",
      "gender": "person", "roles": "person"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """One actor of the lists; cells that hold several words part them by ",". A "?" after a word: it has other
    meanings, so it counts only where the article also uses another form.

    `country` is the code: of a country its own, of others the one they belong to. `use` "off" silences the row.
    """

    name: str
    use: str = "on"
    kind: str = "organisation"
    aliases: str = ""
    adjectives: str = ""
    people: str = ""
    capitals: str = ""
    seats: str = ""
    country: str = ""
    gender: str = ""
    roles: str = ""


@dataclass(frozen=True)
class OwnActors:
    """Changes to the actors that ship; the last change of a name holds."""

    changes: tuple[Listed, ...] = ()

    @cached_property
    def key(self) -> str:
        """Names these changes; the empty string where there are none."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()[:12] if self.changes else ""


NONE = OwnActors()
_current: ContextVar[OwnActors] = ContextVar("own_actors", default=NONE)


def current() -> OwnActors:
    """The changes in use here."""
    return _current.get()


def using(own: OwnActors) -> AbstractContextManager[None]:
    """Analyse with these changes inside the with-block."""
    return holding(_current, own)


@cache
def shipped() -> tuple[Listed, ...]:
    """The actors of the lists that ship, countries first."""
    countries = [
        Listed(
            row["name"], "on", "country", row["aliases"], row["adjectives"], row["people"], row["capitals"],
            row["seats"], row["code"],
        )
        for row in rows.noted("countries.tsv")
    ]  # fmt: skip
    bodies = [
        Listed(row["name"], "on", row["kind"], row["aliases"], country=row["country"])
        for row in rows.noted("bodies.tsv")
    ]
    leaders = [
        Listed(row["name"], "on", "person", country=row["country"], gender=row["gender"], roles=row["roles"])
        for row in rows.noted("leaders.tsv")
    ]
    return (*countries, *bodies, *leaders)


def listed() -> tuple[Listed, ...]:
    """The actors with the changes in use, those that are switched off among them; the user's own come first, since a
    word stands for the first that has it."""
    last = {change.name.casefold(): change for change in current().changes}
    if not last:
        return shipped()
    return (*last.values(), *(one for one in shipped() if one.name.casefold() not in last))


def parse(text: str) -> tuple[OwnActors, tuple[str, ...]]:
    """Changes from a .tsv with a header, and a sentence for each row that was left out.

    `name` must be there. A column that the file does not have keeps what ships, for an actor that ships. Raises
    ValueError for a header without `name`.
    """
    given, problems = rows.passed_on(text, COLUMNS, most=MOST)
    known = codes()
    for _, row in given:  # so that a person may belong to a country of the same file, wherever it stands there
        if row.get("kind") == "country" and row["name"]:
            known.setdefault(" ".join(row["name"].split()).casefold(), row.get("country") or _code(row["name"]))
    found: list[Listed] = []
    for number, row in given:
        try:
            found.append(change(row, known))
        except ValueError as error:
            problems.append((number, f"Line {number} was left out. {error}"))
    return OwnActors(tuple(found)), tuple(problem for _, problem in sorted(problems))


def change(row: Mapping[str, str], known: Mapping[str, str]) -> Listed:
    """One change from its cells. `known`: the codes of countries by their names in lower case.

    Raises ValueError with what is valid.
    """
    name = " ".join(row["name"].split())
    if not re.match(r"\w", name) or not name.isprintable() or len(name) > LONGEST or "," in name:
        raise ValueError(f"{name[:30]!r} is no name: it begins with a letter and has at most {LONGEST} characters.")
    ship = next((one for one in shipped() if one.name.casefold() == name.casefold()), None)
    base = ship or Listed(name)
    cells = {field: row.get(field, str(getattr(base, field))).strip() for field in COLUMNS[1:]}
    use = rows.choice(cells["use"].lower() or "on", USES, name)
    kind = rows.choice(cells["kind"].lower() or base.kind, KINDS, name)
    for field, owner in OF.items():
        if cells[field] and kind != owner:
            raise ValueError(f"{name}: {field} belong to a {owner}, and its kind is {kind}.")
    if kind == "person" and cells["aliases"]:
        raise ValueError(f"{name}: a person is known by the full name, so aliases must be empty.")
    lists = {field: _names(cells[field], name) for field in ("aliases", "adjectives", "people", "capitals", "seats")}
    offices = [office for office in (" ".join(part.split()) for part in cells["roles"].lower().split(",")) if office]
    roles = ",".join(offices)
    if len(roles) > LONGEST_CELL or not roles.isprintable() or not all(re.match(r"\w", office) for office in offices):
        raise ValueError(f"{name}: roles begin with letters and have at most {LONGEST_CELL} characters on one line.")
    gender = rows.choice(cells["gender"].lower(), GENDERS, name)
    return Listed(name, use, kind, **lists, country=_country(cells["country"], name, kind, ship, known), gender=gender,
                  roles=roles)  # fmt: skip


def to_tsv(own: OwnActors) -> str:
    """The changes as `parse` reads them."""
    lines = [COLUMNS, *(astuple(one) for one in own.changes)]
    return "".join("\t".join(line) + "\n" for line in lines)


def codes() -> dict[str, str]:
    """The code of each country that ships, by its name in lower case."""
    return {one.name.casefold(): one.country for one in shipped() if one.kind == "country"} | {"european union": "EU"}


def _country(cell: str, name: str, kind: str, ship: Listed | None, known: Mapping[str, str]) -> str:
    """The code that a cell means: a country's own, or that of the country which it names by code or by name."""
    if kind == "country":
        code = cell or (ship.country if ship and ship.kind == "country" else _code(name))
        owner = next((other for other, held in known.items() if held == code), name.casefold())
        if owner != name.casefold():
            raise ValueError(f"{name}: the code {code[:20]} is that of {owner.title()}. Leave it empty for a new one.")
        if not re.fullmatch(r"[\w-]{1,40}", code):
            raise ValueError(f"{name}: {code[:20]!r} is no code of a country. Leave it empty for a new one.")
        return code
    if not cell or cell in known.values():
        return cell
    if cell.casefold() in known:
        return known[cell.casefold()]
    raise ValueError(f"{name}: no country is called {cell[:30]!r}. Give its name or code as it stands in the list.")


def _code(name: str) -> str:
    """A code for a country that has none, which no other country can have."""
    return "own-" + (re.sub(r"\W+", "-", " ".join(name.split()).casefold())[:36].strip("-") or "x")


def _names(cell: str, of: str) -> str:
    words = [" ".join(word.split()) for word in cell.split(",")]
    words = [word for word in words if word]
    if len(cell) > LONGEST_CELL:
        raise ValueError(f"{of}: a list of names may have {LONGEST_CELL:,} characters.")
    for word in words:
        bare = word.removesuffix("?")
        # Common words in small letters would make every “the” an actor.
        if not bare.isprintable() or not re.match(r"\w", bare) or not re.search(r"[^\W\d_a-z]|\d", bare):
            raise ValueError(f"{of}: {word[:30]!r} is no name: it needs a capital letter.")
        if len(bare) > LONGEST:
            raise ValueError(f"{of}: {word[:30]!r}… is longer than {LONGEST} characters.")
    return ",".join(words)
