"""Who acts and who is acted upon: tables come in, shares per actor and source go out.

How often an outlet shows somebody as the doer, as the one to whom things are done, and as the one to whom things are
done by nobody named (“protesters were killed”).
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.framing import article_numbers
from analysis.framing.article_numbers import NUMBER
from analysis.framing.bootstrap import MIN_ARTICLES, ratios
from analysis.framing.rates import TOP_ACTORS, choose_actors, where
from analysis.model import AGENCY_ROLES, VOICES
from analysis.tables import Tables

MIN_ACTS = 10  # below it one sentence moves a share by more than a tenth


def agency(
    tables: Tables, *, voice: str | None = "narrator", actors: Collection[str] | None = None, top: int = TOP_ACTORS
) -> pd.DataFrame:
    """The share (0..1) of an actor's verbs in which it acts, is acted upon, or is so with no doer named.

    Per actor × source × voice × role, for `actors` (ids) or the `top` most mentioned named ones. Returns actor, name,
    source, voice, role (as in `analysis.model.AGENCY_ROLES`), share, low, high, n_events (verbs in the role), n_verbs
    (the actor's verbs in all roles), n_articles, enough (MIN_ARTICLES articles and MIN_ACTS verbs). The shares of an
    actor in one source and voice add up to 1.
    """
    chosen = choose_actors(tables, actors, top)
    keep = where(tables.agency, "voice", voice, VOICES) & tables.agency["actor"].isin(list(chosen)).to_numpy(dtype=bool)
    known = article_numbers.of(tables)
    acts = tables.agency.loc[keep, ["actor", "voice", "role"]].assign(**{NUMBER: known.of("agency")[keep]})
    roles = pd.DataFrame({"role": pd.Series(AGENCY_ROLES, dtype="str")})
    total = acts.groupby([NUMBER, "actor", "voice"], as_index=False).size()
    total = total.rename(columns={"size": "value"}).astype({"value": "float64"}).merge(roles, how="cross")
    frame = ratios(acts.assign(value=1.0), total, known.units, ["actor", "voice", "role"])
    frame = frame.rename(columns={"value": "share", "total": "n_events", "exposure": "n_verbs"})
    frame = frame[frame["n_verbs"] > 0].astype({"n_events": "int64", "n_verbs": "int64"})
    enough = (frame["n_articles"] >= MIN_ARTICLES) & (frame["n_verbs"] >= MIN_ACTS)
    frame = frame.assign(name=frame["actor"].map(chosen), enough=enough)
    ranks = {
        "actor": {one: place for place, one in enumerate(chosen)},
        "voice": {one: place for place, one in enumerate(VOICES)},
        "source": {one: place for place, one in enumerate(tables.sources)},
        "role": {one: place for place, one in enumerate(AGENCY_ROLES)},
    }
    order = pd.DataFrame({name: frame[name].map(pd.Series(rank)) for name, rank in ranks.items()})
    frame = frame.loc[order.sort_values(list(ranks), kind="stable").index]
    columns = ["actor", "name", "source", "voice", "role", "share", "low", "high"]
    frame = frame[[*columns, "n_events", "n_verbs", "n_articles", "enough"]]
    return frame.astype(dict.fromkeys(columns[:5], "str")).reset_index(drop=True)
