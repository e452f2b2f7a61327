"""How does a paper become binding? Conclusions and their tasks, from draft to published, superseded or withdrawn."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.deadlines import Deadline
from domain.errors import Refusal
from domain.ladders import Ladder
from domain.readings import Audience, Citation, Finding


class ConclusionState(StrEnum):
    """How far a conclusion has come."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(eq=False)
class Conclusion:
    """A conclusion notice; ``title``, ``number`` and ``symbol`` are as printed, and None where the paper does not say.

    ``names`` are the units that the paper names, whether or not it gives them a task.
    ``at_once`` lets the units hear of it on a day off. ``ladder`` is its own, None where the office's holds.
    """

    id: int = field(init=False)
    title: str | None
    issuer: str | None
    number: str | None
    symbol: str | None
    dated: date | None
    findings: tuple[Finding, ...]
    citations: tuple[Citation, ...]
    created_by: int
    created_at: datetime
    names: tuple[str, ...] = ()
    state: ConclusionState = ConclusionState.DRAFT
    published_at: datetime | None = None
    replaces: int | None = None
    at_once: bool = False
    ladder: Ladder | None = None

    @property
    def label(self) -> str:
        """The number and symbol as they are cited, or the empty string."""
        return "-".join(part for part in (self.number, self.symbol) if part)

    @property
    def is_identified(self) -> bool:
        """Whether number, symbol and date tell it from every other paper."""
        return bool(self.number and self.symbol and self.dated)

    def is_before(self, other: "Conclusion") -> bool:
        """Whether it was published before another one was."""
        if self.published_at is None or other.published_at is None:
            return False
        return (self.published_at, self.id) < (other.published_at, other.id)

    def publish(self, tasks: "list[Task]", at: datetime, *, alters: bool = False) -> None:
        """Make the draft binding; refused while a deadline or an audience waits for a decision.

        It is refused without tasks, too, unless the paper ``alters`` older conclusions.
        """
        if self.state is not ConclusionState.DRAFT:
            raise Refusal("not-a-draft")
        kept = [task for task in tasks if not task.dropped]
        if not kept and not alters:
            raise Refusal("no-tasks")
        if any(task.unsure for task in kept):
            raise Refusal("undecided")
        self.state, self.published_at = ConclusionState.PUBLISHED, at

    def discard(self) -> None:
        """Put the draft away unpublished."""
        if self.state is not ConclusionState.DRAFT:
            raise Refusal("not-a-draft")
        self.state = ConclusionState.DISCARDED

    def end(self, state: ConclusionState) -> None:
        """Take a published conclusion out of force, as withdrawn or as superseded by a newer one."""
        if self.state is not ConclusionState.PUBLISHED:
            raise Refusal("not-published")
        self.state = state


@dataclass(eq=False)
class Task:
    """One order of a conclusion.

    ``unsure`` names the fields that a person must still decide. ``doubts`` is the reason for each, kept when it is decided.
    ``choices`` are the deadlines that the words may mean where reading was not sure, the likeliest first. One occurrence of a
    recurring task names that task by ``series_id``, and ``occurs_on`` is the strict last day by which it is told from the others.
    ``ladder`` is its own, None where the conclusion's holds.
    """

    id: int = field(init=False)
    conclusion_id: int
    position: int
    ref: str
    text: str
    audience: Audience
    deadline: Deadline
    deliverable: str | None
    submit_to: str | None
    unsure: tuple[str, ...] = ()
    doubts: dict[str, str] = field(default_factory=dict)
    dropped: bool = False
    choices: tuple[Deadline, ...] = ()
    series_id: int | None = None
    occurs_on: date | None = None
    ladder: Ladder | None = None

    def decide_deadline(self, deadline: Deadline) -> None:
        """Take the deadline that a person gave or confirmed."""
        self.deadline = deadline
        self.confirm("deadline")

    def decide_audience(self, audience: Audience) -> None:
        """Take the audience that a person gave or confirmed."""
        self.audience = replace(audience)
        self.confirm("audience")

    def reword(self, text: str) -> None:
        """Take the wording that a person gave; what was to be handed in stood in the old one."""
        self.text, self.deliverable = text.strip(), None

    def doubt(self, what: str, reason: str) -> None:
        """Mark a field as one that a person must decide, for this reason from now on."""
        self.unsure = (*(name for name in self.unsure if name != what), what)
        self.doubts = {**self.doubts, what: reason}

    def confirm(self, what: str) -> None:
        """Take a field as it was read."""
        self.unsure = tuple(name for name in self.unsure if name != what)
