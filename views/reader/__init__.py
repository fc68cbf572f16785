"""The components that show marked text: the article of the Read page, sentences in a list or by fact, a concordance.

A report or rows of evidence come in; the number of the mark or sentence that was chosen goes out. What an article says
crosses to the browser as data and is drawn as text nodes, so nothing in it is ever read as HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

import streamlit as st

from analysis import annotate, written
from analysis.model import FINDING_KINDS, Attribution, Finding, Report, Span
from analysis.serialise import name_of, names_of
from analysis.voices import without_voice
from views.words import KIND_NAMES, KIND_PLURALS, VOICE_NAMES

HERE = Path(__file__).resolve().parent
NOBODY = "nobody named"
OPEN = "Read it in the article"
CONTEXT = 160  # characters on either side of a hit in a line
SHOWN_IN_LINES = ("loaded_term", "scare_quote", "hedge", "certainty")  # verbs of saying would mark every line


@cache
def _component(name: str) -> Callable[..., Any]:
    css = (HERE / "marks.css").read_text("utf-8") + (HERE / f"{name}.css").read_text("utf-8")
    js = (HERE / "nodes.js").read_text("utf-8") + (HERE / f"{name}.js").read_text("utf-8")
    return st.components.v2.component(f"framing_{name}", html='<div class="framing"></div>', css=css, js=js)


def article(
    report: Report, *, key: str, chosen: int | None, on_choose: Callable[[], None], slanted: Sequence[Span] = ()
) -> None:
    """Draw an article with its marks. The chosen finding's index is `st.session_state[key]["mark"]` in `on_choose`.

    Words at `slanted` are set in italics.
    """
    _component("article")(key=key, data=_sheet(report, chosen, slanted), on_mark_change=on_choose)


def sentences(rows: Sequence[dict[str, Any]], *, key: str, wall: bool = False) -> int | None:
    """Draw sentences with a mark in each, in a list or side by side on a wall.

    Returns the index of the one whose article is to be opened.
    """
    return _opened("sentences", {"columns": [{"rows": list(rows)}], "wall": wall}, key)


def beside(columns: Sequence[dict[str, Any]], *, key: str, on_more: Callable[[], None]) -> int | None:
    """Draw several lists of `sentences` side by side, each under its `head` and `note`.

    One with words in `more` is longer than shown: who clicks on them calls `on_more`, and the number of the list is
    `st.session_state[key]["more"]`. Returns the index, over all lists, of the sentence whose article is to be opened.
    """
    return _opened("sentences", {"columns": list(columns), "wall": False}, key, on_more_change=on_more)


def lined(
    facts: Sequence[dict[str, Any]], *, key: str, sources: bool = True, opens: bool = True
) -> tuple[int, int | None] | None:
    """Draw sentences by the fact they tell: each fact has `head` and `rows` of `source` and `pieces` (see `pieces`); a
    row with a `bar` (`part`, 0 to 1, and `words`) has it beside it.

    `sources` names the source beside each sentence; without `opens` there is no article to go to. Returns the number,
    over all facts, of the sentence whose article is to be opened, and the place of its mark that was clicked, if any.
    """
    opened = _clicked("lined", {"facts": list(facts), "sources": sources, "open": "read" if opens else ""}, key)
    return None if opened is None else (int(opened[0]), int(opened[1]) if len(opened) > 1 else None)


def lines(rows: Sequence[dict[str, Any]], *, key: str) -> int | None:
    """Draw rows made by `line`; returns the index of the one whose article is to be opened."""
    return _opened("lines", {"rows": list(rows)}, key)


def _opened(component: str, data: dict[str, Any], key: str, **options: Any) -> int | None:
    """Draw a component of sentences; returns the index of the one whose article is to be opened."""
    opened = _clicked(component, data, key, **options)
    return None if opened is None else int(opened)


def _clicked(component: str, data: dict[str, Any], key: str, **options: Any) -> Any:
    """Draw a component of sentences; returns what a click on a way into an article sends."""
    result = _component(component)(key=key, data={"openLong": OPEN} | data, on_open_change=lambda: None, **options)
    return result.get("open")


def passage(paragraphs: Sequence[Sequence[dict[str, Any]]], *, key: str) -> None:
    """Draw plain paragraphs, each in pieces of `text` and `own`, and move to the first piece that is `own`."""
    _component("passage")(key=key, data={"paragraphs": paragraphs})


def line(row: dict[str, Any]) -> dict[str, Any]:
    """A row of `framing.concordance` as `lines` takes it; whose words it is in stands under the source, `reason`, where
    the row has one, under the words, and a row with `mark` (see `look`) is drawn as that mark."""
    speaker = row["speaker_name"]
    note = "" if row["voice"] == "narrator" else f"{row['voice']}: {speaker}" if speaker else row["voice"]
    return {
        "source": row["source"],
        "note": note,
        "left": _whole_words(" ".join(row["left"].split("\n"))[::-1])[::-1],
        "match": " ".join(row["match"].split()),
        "right": _whole_words(" ".join(row["right"].split("\n"))),
        "voice": row["voice"],
        "why": row.get("reason", ""),
        "mark": row.get("mark", ""),
    }


def _whole_words(text: str) -> str:
    """As much of the text as a line holds, cut between two words."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + " …"


def pieces(report: Report, start: int, end: int, own: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """A stretch of an article cut where marks and the words of `own` begin and end."""
    text = report.article.text
    found = [f for f in report.findings if start <= f.span.start < end and f.kind in SHOWN_IN_LINES]
    edges = {start, end, *(edge for span in own for edge in span)}
    edges |= {min(edge, end) for f in found for edge in (f.span.start, f.span.end)}
    cuts = sorted(edges)
    made = []
    for first, last in pairwise(cuts):
        mark = next((f for f in found if f.span.start <= first < f.span.end), None)
        piece = {"text": text[first:last], "own": any(a <= first < b for a, b in own), "mark": "", "why": ""}
        if mark is not None:
            piece |= {"mark": look(mark), "why": mark.reason, "at": mark.span.start}
        made.append(piece)
    return made


def cut(text: str, start: int, marks: Sequence[tuple[int, int, Finding | None]]) -> list[dict[str, str]]:
    """A text that begins at `start`, cut where marks begin and end; a place without a finding is only set off."""
    edges = sorted({start, start + len(text), *(edge for mark in marks for edge in mark[:2])})
    made = []
    for first, last in pairwise(edges):
        over = next((mark for mark in marks if mark[0] <= first < mark[1]), None)
        mark = "" if over is None else look(over[2]) if over[2] is not None else "place none w2"
        made.append({"text": text[first - start : last - start], "mark": mark})
    return made


def look(finding: Finding) -> str:
    """A mark as the style sheet calls it."""
    told = looks(finding)
    return f"{told['kind']} {told['sign']} w{told['width']}"


def why(finding: Finding, report: Report, *, brief: bool = False) -> dict[str, str]:
    """The words of a mark, what they are and why, for a list of sentences."""
    head, about = describe(finding, report)
    words, _, kind = head.partition("”: ")
    reason = finding.reason
    if brief:
        about = annotate.sign(finding.valence) if finding.kind in ("loaded_term", "scare_quote") else ""
        reason = without_voice(reason)
    return {"words": f"{words}”", "reason": f"{kind.capitalize()}{f', {about}' if about else ''}. {reason}"}


def why_in_line(finding: Finding, report: Report) -> str:
    """Why a word is marked and whom it is about, where the page has told the kind of the mark and the voice."""
    about = f"About {name_of(finding.target, names_of(report))}" if finding.target else ""
    if finding.kind in ("loaded_term", "scare_quote"):
        sign = annotate.sign(finding.valence)
        about = f"{about}, {sign}" if about else written.capital(sign)
    return f"{about}{'. ' if about else ''}{without_voice(finding.reason)}"


def finding_at(report: Report, start: int, end: int | None = None, kind: str = "") -> Finding | None:
    """The finding that stands at a place of the article; without `end` or `kind` the first that begins there."""
    for finding in report.findings:
        place = finding.span.start == start and (end is None or finding.span.end == end)
        if place and (not kind or finding.kind == kind):
            return finding
    return None


def looks(finding: Finding) -> dict[str, Any]:
    """Kind, hue and thickness of a mark, as the style sheet calls them."""
    hue = {"against": "cold", "in favour": "warm"}.get(annotate.sign(finding.valence), "none")
    return {"kind": finding.kind, "sign": hue, "width": annotate.strength(finding)}


def direction(finding: Finding) -> str:
    """The hue of a mark in words."""
    return annotate.sign(finding.valence)


def describe(finding: Finding, report: Report) -> tuple[str, str]:
    """A mark in words: its words and what they are; whom it is about, in which direction and in whose voice."""
    names = names_of(report)
    words = " ".join(finding.span.of(report.article.text).split())
    about = []
    if finding.target:
        about.append(f"about {name_of(finding.target, names)}")
    if finding.kind in ("loaded_term", "scare_quote"):
        about.append(annotate.sign(finding.valence))
    about.append("in " + VOICE_NAMES[finding.voice])
    if finding.speaker:
        about[-1] += f" of {name_of(finding.speaker, names)}"
    category = written.category(finding.category)
    head = f"“{words}”: {KIND_NAMES[finding.kind]}"
    return head + (f" ({category})" if category not in head else ""), ", ".join(about)


def _sheet(report: Report, chosen: int | None, slanted: Sequence[Span]) -> dict[str, Any]:
    names = names_of(report)
    tints = annotate.hues(report)
    speakers: dict[str | None, int] = {}
    blocks = []
    for block in annotate.blocks(report):
        runs: list[dict[str, Any]] = []
        before: tuple[tuple[str, str | None], int | None] | None = None
        for segment in block.segments:
            heard = _heard(segment, report), _said_at(segment, report)
            if heard != before:
                (kind, speaker), told = heard
                whose = None if kind == "narrator" else speakers.setdefault(speaker, len(speakers))
                # Words of one speaker go on where only the verb that introduces them is another.
                goes_on = before is not None and heard[0] == before[0]
                runs.append({"voice": kind, "speaker": whose, "said": told, "on": goes_on, "pieces": []})
                before = heard
            pair = segment.is_mark and segment.quote is not None and report.quotes[segment.quote].kind == "scare"
            # The page nests from the inside out, the report lists the outermost mark first.
            piece = {"pair": pair, "marks": list(reversed(segment.findings))}
            parts = {"cue": segment.cue, "by": segment.source}
            piece |= {part: index for part, index in parts.items() if index is not None}
            runs[-1]["pieces"] += [piece | cut for cut in _cut(segment, slanted)]
        who: dict[int, str] = {}
        for run in runs:
            if run["speaker"] is not None:
                who.setdefault(run["speaker"], run["voice"])
        blocks.append({"title": block.is_title, "runs": runs, "who": list(who.items())})
    return {
        "key": f"{report.article.id}:{crc32(report.article.text.encode('utf-8', 'surrogatepass'))}:{len(slanted)}",
        "lang": report.article.language,
        "blocks": blocks,
        "speakers": [{"name": name_of(speaker, names) or NOBODY, "hue": tints[speaker]} for speaker in speakers],
        "marks": [_mark(finding, report) for finding in report.findings],
        "said": [
            said(attribution, report) | {"hue": tints[attribution.speaker]} for attribution in report.attributions
        ],
        "layers": _layers(report),
        "signs": [["cold", "against"], ["warm", "in favour"], ["none", "neither"]],
        "words": {"quoted": "Quoted words", "reported": "Reported: told without quotation marks"},
        "chosen": chosen,
    }


def _cut(segment: annotate.Segment, slanted: Sequence[Span]) -> list[dict[str, Any]]:
    """The text of a segment in parts, those at `slanted` told apart."""
    end = segment.start + len(segment.text)
    inside = [span for span in slanted if span.start < end and span.end > segment.start]
    edges = sorted({segment.start, end, *(edge for span in inside for edge in (span.start, span.end))})
    edges = [edge for edge in edges if segment.start <= edge <= end]
    return [
        {"text": segment.text[first - segment.start : last - segment.start]}
        | ({"slanted": True} if any(span.start <= first < span.end for span in inside) else {})
        for first, last in pairwise(edges)
    ]


def said(attribution: Attribution, report: Report) -> dict[str, Any]:
    """Who says it, by which word and how: as a person notes it in the margin."""
    speaker = name_of(attribution.speaker, names_of(report)) or NOBODY
    cue = "no verb"
    if attribution.cue is not None:
        words = " ".join(attribution.cue.of(report.article.text).split())
        cue = f"‘{words}’ ({attribution.stance})"
    return {"who": speaker, "how": f"{cue}, {attribution.kind}"}


def _said_at(segment: annotate.Segment, report: Report) -> int | None:
    """The attribution in whose content a segment lies, the marks around it included; of several the innermost."""
    at = report.quotes[segment.quote].content.start if segment.is_mark and segment.quote is not None else segment.start
    over = [i for i, a in enumerate(report.attributions) if a.content.start <= at < a.content.end]
    return min(over, key=lambda i: len(report.attributions[i].content), default=None)


def _heard(segment: annotate.Segment, report: Report) -> tuple[str, str | None]:
    """Whose words a segment is drawn as: the marks of a quotation go with the words between them."""
    if segment.is_mark and segment.quote is not None:
        content = report.quotes[segment.quote].content
        for stretch in report.voices:
            if stretch.voice == "quoted" and stretch.span.start <= content.start < stretch.span.end:
                return stretch.voice, stretch.speaker
    return segment.voice, segment.speaker


def _mark(finding: Finding, report: Report) -> dict[str, Any]:
    head, about = describe(finding, report)
    return looks(finding) | {"head": head, "about": about, "reason": finding.reason, "label": f"{head}, {about}"}


def _layers(report: Report) -> list[dict[str, str]]:
    counts = {kind: sum(f.kind == kind for f in report.findings) for kind in FINDING_KINDS}
    layers = [{"id": kind, "label": KIND_PLURALS[kind], "n": str(n)} for kind, n in counts.items()]
    heard = {v.speaker for v in report.voices if v.voice != "narrator"}
    return [*layers, {"id": "voices", "label": "other voices", "n": str(len(heard))}]
