"""What was a paper read to say? The header, units, directives, citations and findings, each with its words."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.deadlines import NO_DEADLINE, Deadline


class AudienceKind(StrEnum):
    """Whom a directive binds: everyone, a class of units, units by name, or an organ of the issuer itself."""

    ALL = "all"
    GROUP = "group"
    NAMED = "named"
    ISSUER_ORGAN = "issuer_organ"


@dataclass(frozen=True)
class Audience:
    """Whom a directive binds, with the phrase it came from.

    ``units`` are names as printed, as far as the paper itself resolves them; ``coordinators`` help and are not responsible;
    ``complement`` tells that the phrase means everyone but the units the paper names ("các chi, đảng bộ còn lại"), and
    ``excluded`` are those units.
    """

    kind: AudienceKind
    units: tuple[str, ...] = ()
    phrase: str | None = None
    coordinators: tuple[str, ...] = ()
    complement: bool = False
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """The words a value came from, the healed paragraph of the reading (counted from 0) where they stand, and the rule."""

    words: str
    paragraph: int
    rule: str = ""


@dataclass(frozen=True)
class Directive:
    """One order of a paper, proposed as a task; ``unsure`` names the fields ("deadline", "audience") that a person must decide.

    ``doubts`` pairs each unsure field with the reason, as words for the officer. ``evidence`` maps a field to its words.
    ``choices`` are the deadlines that the words may mean where that is not sure, the likeliest first.
    """

    ref: str
    text: str
    audience: Audience
    deadline: Deadline = NO_DEADLINE
    deliverable: str | None = None
    submit_to: str | None = None
    unsure: tuple[str, ...] = ()
    doubts: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    choices: tuple[Deadline, ...] = ()


@dataclass(frozen=True)
class Citation:
    """A paper that the notice cites, with every date it is cited by."""

    type: str
    number: str
    symbol: str
    dates: tuple[date, ...]
    issuer: str | None
    literal: str


@dataclass(frozen=True)
class Finding:
    """What the office should look at: a code for the rule, the words in question, and the item where they stand."""

    code: str
    words: str
    at: str | None


class AmendmentKind(StrEnum):
    """What a paper does with an older conclusion: replaces it, moves or ends what it ordered, or lets it go on."""

    REPLACES = "replaces"
    MOVES = "moves"
    ENDS = "ends"
    CONTINUES = "continues"


@dataclass(frozen=True)
class Amendment:
    """What the paper says of an older conclusion, and of which of its items; None where it is the whole of it.

    ``ref`` is the item of this paper that says so, in ``words``.
    """

    kind: AmendmentKind
    number: str
    symbol: str
    item: str | None
    ref: str | None
    words: str


@dataclass(frozen=True)
class Header:
    """Who issued the paper, under which number and symbol, when and about what; None where the paper does not say."""

    issuer: str | None = None
    number: str | None = None
    symbol: str | None = None
    dated: date | None = None
    title: str | None = None


@dataclass(frozen=True)
class Reading:
    """Everything that was read from one paper.

    ``paragraphs`` is the healed text that evidence points into; ``lines`` is the paper as printed, and ``sources`` are
    the numbers of the lines from which each paragraph was healed. ``evidence`` maps the header's fields to their words.
    """

    header: Header
    units: tuple[str, ...] = ()
    directives: tuple[Directive, ...] = ()
    citations: tuple[Citation, ...] = ()
    findings: tuple[Finding, ...] = ()
    paragraphs: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    sources: tuple[tuple[int, ...], ...] = ()
    evidence: dict[str, Evidence] = field(default_factory=dict)
    amendments: tuple[Amendment, ...] = ()
