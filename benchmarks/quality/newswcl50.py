"""Who is who and who is shown how: NewsWCL50, five events as five outlets tell them (Hamborg, Zhukova & Gipp 2019)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from analysis import pipeline, tone
from analysis.actors.joining import join
from analysis.actors.names import find_names
from analysis.actors.pronouns import add_pronouns
from analysis.actors.registry import registry
from analysis.actors.roles import add_roles
from analysis.actors.token_view import view
from analysis.language import read
from analysis.model import Actor, Article
from benchmarks.quality.data import rows, scorer

# The coders name a party by its members; an article's Democrats are the Democratic Party to us.
PARTIES = {"Democratic Party": "Democrats", "Republican Party": "Republicans"}
LED = ("campaign", "administration", "government", "White House")  # last words of bodies that are named after a person


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """The country a mention stands for, and the rank correlation of tone with the balance of coded properties."""
    score = scorer(data)
    articles = rows(data / "newswcl50/articles.jsonl.gz")
    gold = rows(data / "newswcl50/mentions.jsonl.gz")
    actors: dict[str, dict[str, Any]] = {}
    framing: dict[str, dict[str, Any]] = {}
    for article in articles:
        actors[article["id"]] = {"actors": list(_countries(article["text"]))}
        framing[article["id"]] = {"framing": _framing(Article(article["id"], article["text"]))}
    yield "newswcl50.country_accuracy", score.score_actors(gold, actors)["country_right"]
    yield "newswcl50.framing_spearman", score.score_framing(gold, framing)["spearman"]


def _countries(text: str) -> Iterator[dict[str, Any]]:
    """Every mention with the country that its actor belongs to; a Report does not say where a person belongs."""
    seen = view(read(text))
    names = find_names(seen)
    cast = join(seen, names)
    add_roles(cast, names)
    add_pronouns(cast)
    for place in cast.places:
        span = seen.span(place.start, place.end)
        for code in place.member.codes or {place.member.name}:
            yield {"start": span.start, "end": span.end, "actor": code}


def _framing(article: Article) -> list[dict[str, Any]]:
    """Mean tone of the mentions of every country or name. The coders did not tell voices apart, so all are heard.

    They code the bodies of a state as that state, so what is said of the F.B.I. is heard of both.
    """
    reading = pipeline.read(article)[0]
    people = {actor.name.split()[-1]: actor.name for actor in reading.actors if actor.kind == "person"}
    names = {actor.id: _coded(actor, people) for actor in reading.actors}
    own = {actor.id for actor in reading.actors if actor.kind == "person" or names[actor.id] in PARTIES.values()}
    states: dict[tuple[int, int], set[str]] = defaultdict(set)
    for one in _countries(article.text):
        if one["actor"] in registry().codes.values():
            states[one["start"], one["end"]].add(one["actor"])
    tones: dict[str, list[float]] = defaultdict(list)
    for mention in reading.mentions:
        if mention.form != "place":
            cold, _, warm = tone.polarity_of(reading, mention.span)
            name = names[mention.actor]
            state = set() if mention.actor in own else states[mention.span.start, mention.span.end] - {name}
            for heard in (name, *sorted(state)):
                tones[heard].append(warm - cold)
    # A name that is not found takes the score of the first that is like it: Trump himself before the Trump campaign.
    return [{"actor": name, "score": mean(tones[name])} for name in sorted(tones, key=lambda name: name.endswith(LED))]


def _coded(actor: Actor, people: dict[str, str]) -> str:
    """What the coders call an actor: a country by its code, a party by its members, an administration by its leader.

    `people`: the persons of the article by their last words.
    """
    if actor.kind == "country":
        return registry().codes.get(actor.name) or actor.name
    if actor.id.endswith("-administration"):
        leader = actor.name.split()[0]
        return people.get(leader, leader)
    return PARTIES.get(actor.name, actor.name)
