"""What a class reads on the desk and on the projector: phases, agreement and comparison in plain sentences."""

from __future__ import annotations

from analysis.written import number
from classroom.agreement import Agreement, in_words
from classroom.reveal import TextReveal
from views.words import Markup, count, join_markup, markup

PHASE_NAMES = {
    "forewarn": "Forewarn",
    "write": "Write",
    "mark": "Mark, alone",
    "reveal": "Reveal",
    "discuss": "Discuss",
    "revise": "Revise",
    "close": "Before and after",
}
PHASE_NOTES = {
    "forewarn": "The phones show what to look out for. No text yet.",
    "write": "Pupils rewrite the report. Each sees only their own.",
    "mark": "Everybody marks alone. Nobody sees anything of the others or of the analyser.",
    "reveal": "The class as a heat map, the analyser beside it, on the phones and on the projector.",
    "discuss": "The same picture stays. Take the differences from the top.",
    "revise": "Everybody may change their marks. They count as the second round.",
    "close": "Agreement before and after the discussion.",
}


def clock(seconds: float | None) -> str:
    """`4:05`, or nothing without a timer."""
    return "" if seconds is None else f"{max(0, int(seconds)) // 60}:{max(0, int(seconds)) % 60:02}"


def agreement_lines(found: TextReveal) -> Markup:
    """Agreement of the class before the discussion and after it."""
    if found.before is None:
        return markup(
            '<p class="quiet">{words}</p>',
            words="Too few readers or marks for a figure: it takes two readers and ten pieces that both read.",
        )
    rows = [_line("Before" if found.after else "Each alone", found.before)]
    if found.after:
        rows.append(_line("After", found.after))
    note = in_words((found.after or found.before).alpha)
    if found.after:
        moved = found.after.alpha - found.before.alpha
        way = "brought you closer together" if moved > 0 else "moved you apart" if moved < 0 else "changed nothing"
        note = f"{note} The discussion {way}."
    return join_markup(
        [
            markup(
                '<dl class="class-alpha">{rows}</dl><p class="class-words">{note}</p>',
                rows=join_markup(rows),
                note=note,
            )
        ]
    )


def _line(name: str, value: Agreement) -> str:
    return markup(
        "<div><dt>{name}</dt><dd>{alpha} <small>{low} to {high}, {who}</small></dd></div>",
        name=name,
        alpha=number(value.alpha, 2),
        low=number(value.low, 2),
        high=number(value.high, 2),
        who=count(value.readers, "reader"),
    )
