"""Who speaks, how they are introduced, and whom they judge: tables come in, shares and counts per speaker go out."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.framing import article_numbers
from analysis.framing.article_numbers import NUMBER
from analysis.framing.bootstrap import MIN_ARTICLES, MIN_EXPOSURE, ratios
from analysis.framing.rates import choose_actors, one_a_row
from analysis.model import VOICES
from analysis.tables import Tables

NARRATOR = "the narrator"
NOBODY = "nobody named"
OTHERS = "others"
MIN_JUDGEMENTS = 3  # with two, one word decides whether the mean is cold or warm


def voice_share(tables: Tables, *, top: int = 8) -> pd.DataFrame:
    """The share (0..1) of a source's words that each speaker has, quoted and reported apart, the narrator first.

    The `top` speakers with most words keep their rows, the rest is added up as "others"; words that nobody is
    credited with are "nobody named". Returns source, voice, speaker (id, "" where there is none), name, words, share,
    low, high, n_articles, exposure (all words of the source), enough. The shares of a source add up to 1.
    """
    speech = tables.speech
    spoken = speech[(speech["voice"] != "narrator") & (speech["speaker"] != "")]
    totals = spoken.groupby(["speaker", "speaker_name"])["words"].sum().sort_values(ascending=False, kind="stable")
    ranked = list(dict.fromkeys(speaker for speaker, _ in totals.index))[:top]
    names: dict[str, str] = dict(reversed(list(totals.index)))
    group = speech["speaker"].where(speech["speaker"].isin(ranked), OTHERS)
    group = group.mask(speech["speaker"] == "", NOBODY).mask(speech["voice"] == "narrator", NARRATOR)
    known = article_numbers.of(tables)
    speech = speech[["voice", "words"]].assign(group=group, **{NUMBER: known.of("speech")})
    words = speech.groupby([NUMBER, "voice", "group"], as_index=False)["words"].sum()
    cells = words[["voice", "group"]].drop_duplicates()
    total = speech.groupby(NUMBER, as_index=False)["words"].sum().merge(cells, how="cross")
    frame = ratios(
        words.assign(value=words["words"]), total.assign(value=total["words"]), known.units, ["voice", "group"]
    )
    frame = frame[frame["total"] > 0].rename(columns={"value": "share", "total": "words"})
    frame = frame.astype({"words": "int64", "exposure": "int64"})
    frame = frame.assign(
        speaker=frame["group"].where(frame["group"].isin(ranked), ""),
        name=frame["group"].map(lambda one: names.get(one, one)),
        enough=(frame["n_articles"] >= MIN_ARTICLES) & (frame["exposure"] >= MIN_EXPOSURE),
    )
    rank = {one: place for place, one in enumerate([NARRATOR, *ranked, OTHERS, NOBODY])}
    frame["source_rank"] = frame["source"].map({source: place for place, source in enumerate(tables.sources)})
    frame["voice_rank"] = frame["voice"].map({voice: place for place, voice in enumerate(VOICES)})
    frame["rank"] = frame["group"].map(rank)
    frame = frame.sort_values(["source_rank", "voice_rank", "rank"], kind="stable")
    columns = ["source", "voice", "speaker", "name", "words", "share", "low", "high"]
    frame = frame[[*columns, "n_articles", "exposure", "enough"]]
    return frame.astype({"voice": "str", "speaker": "str", "name": "str"}).reset_index(drop=True)


def speaker_targets(tables: Tables, *, top: int = 12, actor: str | None = None) -> pd.DataFrame:
    """Who judges whom: findings with a valence and a target, per speaker × target × voice.

    The narrator's rows come first, with speaker "". Unnamed speakers and targets are left out, and what falls on the
    speakers themselves; of the rest the `top` most frequent of each, for the narrator and for those who are heard by
    themselves. A joint speech counts for each of its speakers.
    With `actor`, only what it says of others, and others of it. Returns speaker, speaker_name, target, target_name,
    voice, n, n_articles, valence (mean, -1..1), negative, positive (counts), enough (MIN_JUDGEMENTS).
    """
    names = tables.actor_names
    found = tables.findings[["article", "voice", "speaker", "target", "valence"]]
    found = found[(found["target"] != "") & (found["valence"] != 0)]
    found = one_a_row(one_a_row(found, "speaker"), "target")
    narrator = found["voice"] == "narrator"
    found = found.assign(speaker=found["speaker"].mask(narrator, ""))
    found = found[(narrator | found["speaker"].isin(names)) & found["target"].isin(names)]
    # Of words in quotation marks the target is often not found, and then falls back to whoever is nearest: the
    # speaker. People seldom judge themselves, so such a pair says nothing.
    found = found[found["speaker"] != found["target"]]
    if actor is not None:
        found = found[(found["speaker"] == actor) | (found["target"] == actor)]
    # Narrators judge far more often than people who are heard, and would leave no room for those whom these judge.
    by_narrator = found["speaker"] == ""
    found = pd.concat([_most_frequent(part, top) for part in (found[by_narrator], found[~by_narrator])])
    found = found.assign(negative=found["valence"] < 0, positive=found["valence"] > 0)
    frame = found.groupby(["speaker", "target", "voice"], as_index=False).agg(
        n=("valence", "size"),
        n_articles=("article", "nunique"),
        valence=("valence", "mean"),
        negative=("negative", "sum"),
        positive=("positive", "sum"),
    )
    frame = frame.assign(
        speaker_name=frame["speaker"].map(names | {"": NARRATOR}).astype("str"),
        target_name=frame["target"].map(names).astype("str"),
        first=frame["speaker"] != "",
    )
    frame = frame.sort_values(["first", "n", "speaker", "target"], ascending=[True, False, True, True], kind="stable")
    columns = ["speaker", "speaker_name", "target", "target_name", "voice", "n", "n_articles"]
    columns += ["valence", "negative", "positive", "enough"]
    frame = frame.assign(enough=frame["n"] >= MIN_JUDGEMENTS)[columns]
    return frame.astype({"target": "str", "negative": "int64", "positive": "int64"}).reset_index(drop=True)


def _most_frequent(found: pd.DataFrame, top: int) -> pd.DataFrame:
    """The rows of the `top` most frequent speakers about the `top` most frequent targets."""
    speakers, targets = (found[who].value_counts().index[:top] for who in ("speaker", "target"))
    return found[found["speaker"].isin(speakers) & found["target"].isin(targets)]


def introductions(tables: Tables) -> pd.DataFrame:
    """The attributions that have a cue, one a cue: “a”, he said, “b”, and that c are three contents and one “said”."""
    said = tables.attributions
    return said[said["cue"] != ""].drop_duplicates(["article", "speaker", "cue_start"])


def reporting_verbs(tables: Tables, *, actors: Collection[str] | None = None, top: int = 12) -> pd.DataFrame:
    """The cues with which each source introduces an actor's words: who “says”, who “claims”.

    Returns actor, name, source, verb (the cue, lower-cased), stance, n, n_articles; actors in the order of
    `Tables.actor_names`, most frequent verb first. Without `actors` (ids), the `top` actors with most cues.
    """
    said = introductions(tables)
    said = one_a_row(said.loc[said["speaker"] != "", ["article", "source", "speaker", "cue", "stance"]], "speaker")
    if actors is None:
        counts = said.loc[said["speaker"].isin(tables.actor_names), "speaker"].value_counts()
        actors = list(counts.index[:top])
    chosen = choose_actors(tables, actors, top)
    said = said[said["speaker"].isin(chosen)]
    said = said.assign(verb=said["cue"].str.lower().str.replace(r"\s+", " ", regex=True).astype("str"))
    frame = said.groupby(["speaker", "source", "verb", "stance"], as_index=False).agg(
        n=("verb", "size"), n_articles=("article", "nunique")
    )
    frame = frame.rename(columns={"speaker": "actor"})
    rank = {actor: place for place, actor in enumerate(chosen)}
    frame["rank"] = frame["actor"].map(rank)
    frame["source_rank"] = frame["source"].map({source: place for place, source in enumerate(tables.sources)})
    frame["name"] = frame["actor"].map(chosen).astype("str")
    frame = frame.sort_values(["rank", "source_rank", "n", "verb"], ascending=[True, True, False, True], kind="stable")
    return frame[["actor", "name", "source", "verb", "stance", "n", "n_articles"]].reset_index(drop=True)
