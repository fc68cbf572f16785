"""The types that pass between the stages. Frozen, with slots; nothing else lives here.

Every `Span` counts code points into `Article.text`, never into a lowered or normalised copy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc

ActorKind = Literal["person", "country", "organisation", "group"]
MentionForm = Literal["name", "role", "demonym", "metonym", "pronoun", "place"]
AttributionKind = Literal["direct", "partial", "indirect"]
Stance = Literal["neutral", "doubting", "endorsing", "charged"]
QuoteKind = Literal["direct", "partial", "scare", "mention", "other"]
Voice = Literal["narrator", "quoted", "reported"]
AgencyRole = Literal["agent", "patient", "patient_agentless"]
FindingKind = Literal["loaded_term", "scare_quote", "hedge", "certainty", "reporting_verb"]

AGENCY_ROLES: tuple[AgencyRole, ...] = ("agent", "patient", "patient_agentless")
VOICES: tuple[Voice, ...] = ("narrator", "quoted", "reported")
QUOTE_KINDS: tuple[QuoteKind, ...] = ("direct", "partial", "scare", "mention", "other")
FINDING_KINDS: tuple[FindingKind, ...] = (
    "loaded_term",
    "scare_quote",
    "hedge",
    "certainty",
    "reporting_verb",
)
UNKNOWN_SOURCE = "unknown"  # the source of an article whose publisher nothing states


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch [start, end) of `Article.text`, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"Span({self.start}, {self.end}): needs 0 <= start <= end.")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is the cleaned text; with a title, its first paragraph is the title."""

    id: str
    text: str
    source: str = UNKNOWN_SOURCE
    title: str = ""
    published: date | None = None
    url: str = ""
    language: str = "en"
    removed: tuple[str, ...] = ()  # what cleaning took out, in the order of the page
    problems: tuple[str, ...] = ()  # what went wrong while loading, in plain sentences


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, speaks or is spoken about.

    `id` is the same in every article (a slug of the name), so that actors join across a corpus.
    An unnamed speaker ("senior official") has an id that begins with `unnamed:`.
    """

    id: str
    name: str
    kind: ActorKind

    @property
    def named(self) -> bool:
        return not self.id.startswith("unnamed:")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to an actor; `actor` is an `Actor.id`."""

    span: Span
    actor: str
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: source + cue + content (Pareti 2016).

    `speaker` is an `Actor.id`; joint speakers are ids joined by "; "; None where nobody is named.
    """

    kind: AttributionKind
    content: Span
    cue: Span | None
    source: Span | None
    speaker: str | None
    stance: Stance


@dataclass(frozen=True, slots=True)
class Quote:
    """One pair of quotation marks; `content` leaves the marks out."""

    kind: QuoteKind
    content: Span
    speaker: str | None
    distance: float  # 0..1: how far the marks invite the reader not to own the words
    loaded: float  # 0..1: how emotive or judging the words inside are
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A mark of framing in the text. `speaker` and `target` are `Actor.id`s."""

    kind: FindingKind
    category: str
    span: Span
    voice: Voice
    speaker: str | None
    target: str | None
    valence: float  # -1..1, towards the target
    weight: float  # 0..1, how sure and how strong
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """`bias` is the probability (0..1) that a trained reader would call the sentence biased."""

    span: Span
    bias: float


@dataclass(frozen=True, slots=True)
class Tone:
    """Mean target-directed valence of `n` mentions of an actor in one voice, -1..1."""

    actor: str
    voice: Voice
    tone: float
    n: int


@dataclass(frozen=True, slots=True)
class Agency:
    """An actor in the action that `verb` names: its doer, who it is done to, or the same with no doer named."""

    actor: str
    voice: Voice
    role: AgencyRole
    verb: Span


@dataclass(frozen=True, slots=True)
class Exposure:
    """Words in each voice; together the words of the article."""

    narrator: int
    quoted: int
    reported: int


@dataclass(frozen=True, slots=True)
class Voiced:
    """A stretch in one voice; the stretches of an article cover its text without gap or overlap."""

    span: Span
    voice: Voice
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the stages before the detectors know of one article; what a detector reads.

    `doc` is tagged and parsed, with sentence bounds; `doc.text == article.text`.
    """

    article: Article
    doc: Doc
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]
    voices: tuple[Voiced, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the analysis says of one article."""

    article: Article
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    quotes: tuple[Quote, ...] = ()
    findings: tuple[Finding, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    tone: tuple[Tone, ...] = ()
    exposure: Exposure = field(default=Exposure(0, 0, 0))
    voices: tuple[Voiced, ...] = ()
    problems: tuple[str, ...] = ()
    agency: tuple[Agency, ...] = ()
