"""One `Report` comes in, one sheet goes out: the article as a newspaper sets it, with notes in the margin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from analysis import tone
from analysis.annotate import AGAINST, IN_FAVOUR, NEITHER, Block, Segment, blocks, hues, sign, strength
from analysis.framing.rates import PER_WORDS
from analysis.model import UNKNOWN_SOURCE, VOICES, Finding, Report
from analysis.report.markup import Child, Markup, h, join, table
from analysis.serialise import name_of, names_of
from analysis.voices import count_words, without_voice
from analysis.written import KIND_NAMES, KIND_PLURALS, capital, count, day, listing, number

VOICE_NAMES = {"narrator": "Narrator", "quoted": "Quoted words", "reported": "Reported words"}
# What a tone says, wherever a handout shows one.
TONE_TOLD = (
    "mean judgement over the narrator’s n mentions of the actor, from −1 (against) to +1 (in favour), taken with "
    f"{tone.UNSEEN:g} neutral mentions more, so that a single one says little."
)
FEWEST_WORDS = 100  # for a rate: of fewer one mark more is 10 in 1,000, and a quotation of nine words has 111
ACTORS_SHOWN = 10  # rows of the actors table; further ones are named once or twice, and cost every handout a page


def sheet(report: Report, number_: int) -> Markup:
    """The article of `report`: marks, counts, actors, reasons. `number_` keeps the anchors of several sheets apart."""
    article = report.article
    names = names_of(report)
    order = sorted(range(len(report.findings)), key=lambda i: (report.findings[i].span, report.findings[i].kind))
    labels = {index: place for place, index in enumerate(order, 1)}
    set_blocks = blocks(report)
    title = next((b for b in set_blocks if b.is_title), None)
    drawn = _Drawing(report, names, labels, f"a{number_}")
    heading = h("h2", drawn.text(title) if title else article.title or "An article without a headline", dir="auto")
    return h(
        "article",
        h(
            "header",
            h("p", article.source if article.source != UNKNOWN_SOURCE else "Source unknown", class_="kicker"),
            _row("headline", heading, drawn.notes(title) if title else None),
            h("p", *_dateline(report), class_="dateline"),
        ),
        [_row("par", h("p", drawn.text(b), dir="auto"), drawn.notes(b)) for b in set_blocks if b is not title],
        h("section", h("h3", "How much, in whose voice"), _voices(report), class_="keep"),
        _actors(report, names),
        _reasons(report, names, order, f"a{number_}"),
        _aside(
            f"Left out of the analysis: {count(len(article.removed), 'line')}",
            "Cleaning took these lines for something other than the article.",
            article.removed,
        ),
        _aside(f"Problems: {len(report.problems)}", "What could not be read as it should be.", report.problems),
        class_="sheet",
        id=f"a{number_}",
        lang=article.language,
    )


class _Drawing:
    """Draws paragraphs and their notes; holds what both need to know of the article."""

    def __init__(self, report: Report, names: Mapping[str, str], labels: Mapping[int, int], anchor: str) -> None:
        self.report, self.names, self.labels, self.anchor = report, names, labels, anchor
        self.hues = hues(report)

    def text(self, block: Block) -> Markup:
        """The words of a paragraph: a span a voice, inside it the marks, nested as they overlap."""
        runs: list[list[Segment]] = []
        for segment in block.segments:
            if runs and (runs[-1][0].voice, runs[-1][0].speaker) == (segment.voice, segment.speaker):
                runs[-1].append(segment)
            else:
                runs.append([segment])
        last = {i: s.end for s in block.segments for i in s.findings}
        return join(self._run(run, last) for run in runs)

    def _run(self, run: list[Segment], last: Mapping[int, int]) -> Markup:
        inner = join(self._nest(run, 0, last))
        voice, speaker = run[0].voice, run[0].speaker
        if voice == "narrator":
            return inner
        return h("span", inner, **self._tinted(speaker, voice))

    def _tinted(self, speaker: str | None, voice: str) -> dict[str, str | None]:
        """The attributes of a voice's tint. Initials go with the hue: paper may be grey."""
        tint = self.hues.get(speaker)
        return {
            "class_": f"voice {voice}" + (" unnamed" if tint is None else ""),
            "style": None if tint is None else f"--h:{tint}",
            "data_by": initials(name_of(speaker, self.names)),
        }

    def _nest(self, run: list[Segment], depth: int, last: Mapping[int, int]) -> Iterator[Markup]:
        """Neighbouring segments that share a finding at this depth become one element, so that a line never breaks."""
        at = 0
        while at < len(run):
            segment = run[at]
            if len(segment.findings) <= depth:
                yield self._leaf(segment)
                at += 1
                continue
            index = segment.findings[depth]
            end = at
            while end < len(run) and len(run[end].findings) > depth and run[end].findings[depth] == index:
                end += 1
            finding = self.report.findings[index]
            marked = h("span", list(self._nest(run[at:end], depth + 1, last)), class_=mark_class(finding))
            # Marks that end together share one raised list of numbers, set after the outermost of them.
            ending = [i for i in run[end - 1].findings if last[i] == run[end - 1].end]
            yield join([marked, self._numbers(ending) if ending[:1] == [index] else None])
            at = end

    def _numbers(self, indexes: list[int]) -> Markup:
        links: list[Child] = []
        for index in sorted(indexes, key=self.labels.__getitem__):
            place = self.labels[index]
            label = f"mark {place}: {about(self.report.findings[index], self.names)}"
            link = h("a", place, href=f"#{self.anchor}-{place}", id=f"{self.anchor}-t{place}", aria_label=label)
            links += [",", link] if links else [link]
        return h("sup", links)

    def _leaf(self, segment: Segment) -> Markup:
        quote = self.report.quotes[segment.quote] if segment.quote is not None else None
        if segment.is_mark and quote and quote.kind == "scare":
            return h("span", segment.text, class_="pair")
        if segment.cue is not None and not segment.findings:
            return h("span", segment.text, class_="cue")
        return join([segment.text])

    def notes(self, block: Block) -> Markup | None:
        """What stands in the margin beside a paragraph: its speakers, then its marks by number."""
        heard: list[Child] = []
        voices: dict[str | None, list[str]] = {}
        for speaker, voice in block.speakers:
            voices.setdefault(speaker, []).append(voice)
        for speaker, how in voices.items():
            who = name_of(speaker, self.names) or "nobody named"
            sign_ = h("i", **self._tinted(speaker, how[0]))
            heard.append(h("li", sign_, h("b", who), f", {listing(sorted(how))}", class_="who"))
        found = sorted({i for s in block.segments for i in s.findings}, key=lambda i: self.labels[i])
        marks = [
            h(
                "li",
                h("b", self.labels[i], class_="no"),
                h("i", self.report.findings[i].span.of(self.report.article.text), class_="words"),
                ", ",
                about(self.report.findings[i], self.names),
            )
            for i in found
        ]
        return h("ul", heard, marks, class_="notes") if heard or marks else None


def initials(name: str | None) -> str:
    """“Nora Whitlock” is NW; joint speakers A+B; "?" where nobody is named."""
    if not name:
        return "?"
    return "+".join(
        "".join(word[0] for word in one.split()[:3] if word[0].isalnum()).upper() or "?" for one in name.split("; ")
    )


def mark_class(finding: Finding) -> str:
    """The classes of a mark: kind gives the shape of its line, direction the hue, strength the thickness."""
    direction = {AGAINST: "cold", IN_FAVOUR: "warm", NEITHER: "even"}[sign(finding.valence)]
    return f"mark {finding.kind} {direction} s{strength(finding)}"


def about(finding: Finding, names: Mapping[str, str]) -> str:
    """A mark in a few words: its kind, its direction, whom it is about."""
    target = name_of(finding.target, names)
    kind = KIND_NAMES[finding.kind]
    direction = sign(finding.valence)
    if direction == NEITHER:
        return kind + (f", about {target}" if target else "")
    if not target:
        return f"{kind}, {'favourable' if direction == IN_FAVOUR else 'unfavourable'}"
    return f"{kind}, {direction}{' of' if direction == IN_FAVOUR else ''} {target}"


def _row(class_: str, main: Markup, notes: Markup | None) -> Markup:
    return h("div", main, notes, class_=f"row {class_}")


def _dateline(report: Report) -> Iterator[Child]:
    article = report.article
    exposure = report.exposure
    total = exposure.narrator + exposure.quoted + exposure.reported
    facts = [day(article.published), count(total, "word"), count(len(report.findings), "mark")]
    yield " · ".join(fact for fact in facts if fact)
    if article.url:
        yield " · "
        # A link asks nothing of anybody until it is clicked; other schemes stay text.
        web = article.url.lower().startswith(("http://", "https://"))
        yield h("a", article.url, href=article.url, rel="noopener noreferrer nofollow") if web else article.url


def _voices(report: Report) -> Markup:
    """Counts and rates per voice, each with the words in which it could have occurred."""
    found = Counter((f.voice, f.kind) for f in report.findings)
    rows: list[list[Child]] = []
    for voice in VOICES:
        words = getattr(report.exposure, voice)
        rows.append([VOICE_NAMES[voice], f"{words:,}", *(_rate(found[voice, kind], words) for kind in KIND_NAMES)])
    return join(
        [
            table("counts", ["Voice", "Words", *map(capital, KIND_PLURALS.values())], rows),
            h(
                "p",
                f"Each cell: how many, and how many in 1,000 words of a voice that has at least {FEWEST_WORDS}. The "
                "reporting verbs counted doubt, endorse or dramatise what somebody said. The voices are not added up.",
                class_="note",
            ),
        ]
    )


def _rate(n: int, words: int) -> Markup | str:
    if not words:
        return "–"
    rate = number(n * PER_WORDS / words) if n and words >= FEWEST_WORDS else ""
    return join([h("b", n), " ", h("small", rate, class_="per")])


def _actors(report: Report, names: Mapping[str, str]) -> Markup | None:
    acting = Counter(m.actor for m in report.mentions if m.form != "place")
    spoken: Counter[str] = Counter()
    for voiced in report.voices:
        for one in (voiced.speaker or "").split("; ") if voiced.voice != "narrator" else ():
            spoken[one] += count_words(voiced.span.of(report.article.text))
    marks: defaultdict[str, list[float]] = defaultdict(list)
    for finding in report.findings:
        if finding.voice == "narrator" and finding.target and finding.valence:
            marks[finding.target].append(finding.valence)
    tones = {t.actor: t for t in report.tone if t.voice == "narrator"}
    shown = [a for a in report.actors if acting[a.id] or spoken[a.id] or marks[a.id]]
    if not shown:
        return None
    shown.sort(key=lambda a: (-acting[a.id] - len(marks[a.id]), -spoken[a.id], a.name))
    rows: list[list[Child]] = []
    for actor in shown[:ACTORS_SHOWN]:
        against, favour = (sum(v < 0 for v in marks[actor.id]), sum(v > 0 for v in marks[actor.id]))
        said = tones.get(actor.id)
        rows.append(
            [
                actor.name,
                actor.kind,
                acting[actor.id],
                spoken[actor.id] or "–",
                f"{against} against, {favour} for" if against or favour else "–",
                [number(tone.shown(said), 2, sign=True), " ", h("small", f"n {said.n}", class_="per")] if said else "–",
            ]
        )
    heads = ["Actor", "Kind", "Mentions", "Words it speaks", "Narrator’s judging marks", "Narrator’s tone"]
    left_out = len(shown) - ACTORS_SHOWN
    return h(
        "section",
        h("h3", "Who is in it"),
        table("actors", heads, rows, columns={1: "word"}),
        h(
            "p",
            f"Tone: {TONE_TOLD} It is the number that the dashboard shows of this article alone, and a reading aid, "
            "not a measurement.",
            f" {count(left_out, 'actor')} with fewer mentions left out." if left_out > 0 else None,
            class_="note",
        ),
    )


def _reasons(report: Report, names: Mapping[str, str], order: list[int], anchor: str) -> Markup | None:
    if not order:
        return h("p", "No marks in this article.", class_="note")
    items = []
    for place, index in enumerate(order, 1):
        finding = report.findings[index]
        speaker = name_of(finding.speaker, names)
        items.append(
            h(
                "li",
                h("a", place, href=f"#{anchor}-t{place}", class_="no", aria_label=f"back to mark {place}"),
                h(
                    "div",
                    h("b", finding.span.of(report.article.text)),
                    " ",
                    h(
                        "span",
                        f"{about(finding, names)} · {finding.voice}" + (f", {speaker}" if speaker else ""),
                        class_="what",
                    ),
                    h("br"),
                    without_voice(finding.reason),
                ),
                id=f"{anchor}-{place}",
            )
        )
    return h("section", h("h3", "Why each is marked"), h("ol", items, class_="reasons"))


def _aside(summary: str, explanation: str, lines: tuple[str, ...]) -> Markup | None:
    if not lines:
        return None
    return h(
        "details",
        h("summary", summary),
        h("p", explanation, class_="note"),
        h("ul", [h("li", line, dir="auto") for line in lines]),
    )
