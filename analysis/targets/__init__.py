"""Whom a finding is about: findings without a target in, the same findings with one out.

Grammar first, in the order in which it binds: whose thing the word describes, who is called so, who does it, who has it
done to them (`grammar`). People without a name (“the spineless councillors”) are added to the actors where words are
about them, as unnamed speakers are (`people`). The topic of the sentence is the last resort, and halves the weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.model import Finding, Reading
from analysis.targets.grammar import Grammar
from analysis.targets.people import People

GUESSED = 0.5  # of the weight is kept where only the topic of the sentence says whom a word is about
UNDIRECTED = frozenset({"hedge", "certainty"})  # they qualify a claim; about somebody only where grammar says so


def assign(reading: Reading, findings: Sequence[Finding]) -> tuple[Reading, tuple[Finding, ...]]:
    """Give each finding the actor whom it is about; one that is about nobody keeps None.

    The reading comes back with the people without a name whom a finding is about among its actors and mentions.
    """
    people = People(reading)
    grammar = Grammar(people)
    labels = [f.span for f in findings if f.category == "label" or grammar.rules(f.span)]
    for label in labels:
        people.call(label, *grammar.of(label, "label"))
    # Whom no label of the article is bound to may stand close before one.
    taken = [(label, grammar.taken_up(label)) for label in labels if people.called(label) is None]
    for label, actor in taken:
        people.call(label, actor, actor is not None)
    made = []
    for finding in findings:
        actor, sure = grammar.of(finding.span, finding.category)
        if finding.category == "label" and (actor is None or not sure):
            # A label names somebody; where grammar does not say whom, the topic is somebody else. But who is called
            # “the Syrian regime” in one place is “the regime” in others.
            actor, sure = people.called(finding.span), True
        elif actor is None and grammar.rules(finding.span):
            actor, sure = people.called(finding.span), True
        if finding.kind in UNDIRECTED and not sure:
            actor = None
        guessed = actor is not None and not sure
        made.append(replace(finding, target=actor, weight=finding.weight * (GUESSED if guessed else 1)))
    return people.added(), tuple(made)
