"""Reports as plain data: the JSON objects that `python -m analysis analyze` prints, one per article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from analysis.model import Report, Span

DECIMALS = 4  # of every score; more would claim a precision that no measure here has


def names_of(report: Report) -> Mapping[str, str]:
    """Actor id to the name on screen."""
    return {actor.id: actor.name for actor in report.actors}


def name_of(ids: str | None, names: Mapping[str, str]) -> str | None:
    """The name of one actor, or of joint speakers: "A; B"."""
    if ids is None:
        return None
    return "; ".join(names.get(part, part) for part in ids.split("; "))


def to_dict(report: Report) -> dict[str, Any]:
    """One report in the documented JSON form. Offsets are code points into "text", end exclusive."""
    text = report.article.text
    names = names_of(report)

    def place(span: Span) -> dict[str, Any]:
        return {"start": span.start, "end": span.end, "text": span.of(text)}

    article = report.article
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "language": article.language,
        "text": text,
        "removed": list(article.removed),
        "actors": [
            {
                "id": actor.id,
                "name": actor.name,
                "kind": actor.kind,
                "mentions": [{**place(m.span), "form": m.form} for m in report.mentions if m.actor == actor.id],
            }
            for actor in report.actors
        ],
        "attributions": [
            {
                "kind": a.kind,
                **place(a.content),
                "cue": place(a.cue) if a.cue else None,
                "source": place(a.source) if a.source else None,
                "speaker": name_of(a.speaker, names),
                "stance": a.stance,
            }
            for a in report.attributions
        ],
        "quotes": [
            {
                "kind": q.kind,
                **place(q.content),
                "speaker": name_of(q.speaker, names),
                "distance": round(q.distance, DECIMALS),
                "loaded": round(q.loaded, DECIMALS),
                "reason": q.reason,
            }
            for q in report.quotes
        ],
        "findings": [
            {
                "kind": f.kind,
                "category": f.category,
                **place(f.span),
                "voice": f.voice,
                "speaker": name_of(f.speaker, names),
                "target": name_of(f.target, names),
                "valence": round(f.valence, DECIMALS),
                "weight": round(f.weight, DECIMALS),
                "reason": f.reason,
            }
            for f in report.findings
        ],
        "tone": [
            {"actor": names.get(t.actor, t.actor), "voice": t.voice, "tone": round(t.tone, DECIMALS), "n": t.n}
            for t in report.tone
        ],
        "agency": [
            {"actor": names.get(a.actor, a.actor), "voice": a.voice, "role": a.role, "verb": place(a.verb)}
            for a in report.agency
        ],
        "sentences": [
            {"start": s.span.start, "end": s.span.end, "bias": round(s.bias, DECIMALS)} for s in report.sentences
        ],
        "exposure": {
            "narrator": report.exposure.narrator,
            "quoted": report.exposure.quoted,
            "reported": report.exposure.reported,
        },
        "problems": list(report.problems),
    }


def to_json(report: Report) -> str:
    """One line of JSON. A lone surrogate, which UTF-8 cannot carry, is written as its escape."""
    line = json.dumps(to_dict(report), ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(to_dict(report))
    return line
