"""How does a unit fulfil a task? Assignments and submissions, their steps, and lateness, which is derived and never stored."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from domain.deadlines import NO_DEADLINE, Deadline
from domain.errors import Refusal

UNDO_WITHIN = timedelta(minutes=10)
SOON_DAYS = 5


class AssignmentState(StrEnum):
    """How a unit stands with a task."""

    ASSIGNED = "assigned"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


OPEN = (AssignmentState.ASSIGNED, AssignmentState.RETURNED)
ENDED = (AssignmentState.CANCELLED, AssignmentState.SUPERSEDED)


class SubmissionState(StrEnum):
    """What became of what a unit handed in; ``closed`` when its task is no longer followed up."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    UNDONE = "undone"
    CLOSED = "closed"


@dataclass(frozen=True)
class PastDeadline:
    """A deadline that held until a moment, when another took its place."""

    deadline: Deadline
    until: datetime


@dataclass(eq=False)
class Assignment:
    """A task that a unit has to fulfil.

    ``deadline`` is the task's when it is assigned, and the one that holds for this unit ever after; ``past`` are those that
    held before it, the first one first. ``revision`` grows with every step, so that an old card is recognised; ``version``
    grows with every new deadline, so that its reminders start anew. Reminders count from ``remind_from`` on, and are next
    considered at ``look_at`` (UTC), None while there is nothing to remind of. ``submitted_at`` is the moment by which
    lateness is judged. Who is reminded ``early`` is brought up one step sooner, since they were late before.
    """

    id: int = field(init=False)
    task_id: int
    unit_id: int
    remind_from: datetime
    look_at: datetime | None
    state: AssignmentState = AssignmentState.ASSIGNED
    revision: int = 1
    version: int = 1
    submitted_at: datetime | None = None
    deadline: Deadline = NO_DEADLINE
    past: tuple[PastDeadline, ...] = ()
    early: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the unit still has to hand something in."""
        return self.state in OPEN

    @property
    def has_ended(self) -> bool:
        """Whether it is no longer followed up, fulfilled or not."""
        return self.state in ENDED

    def submit(self, at: datetime) -> None:
        """Hand in; only an open assignment takes a submission."""
        if not self.is_open:
            raise Refusal(f"is-{self.state}")
        self._step(AssignmentState.SUBMITTED, look_at=None)
        self.submitted_at = at

    def undo(self, state: AssignmentState, at: datetime) -> None:
        """Open again as it was before it was handed in; a reminder that fell due meanwhile is not lost."""
        if self.state is not AssignmentState.SUBMITTED:
            raise Refusal(f"is-{self.state}")
        self._step(state, look_at=at)
        self.submitted_at = None

    def give_back(self, at: datetime) -> None:
        """Open again because the office returned it; reminders go on with the steps that are still to come."""
        self.undo(AssignmentState.RETURNED, at)
        self.remind_from = at

    def accept(self) -> None:
        """Close as fulfilled."""
        if self.state is not AssignmentState.SUBMITTED:
            raise Refusal(f"is-{self.state}")
        self._step(AssignmentState.ACCEPTED, look_at=None)

    def move(self, deadline: Deadline, at: datetime) -> None:
        """Put a new deadline in place of the one that held; only an open assignment has one to move.

        Its reminders start anew with those that are still to come. The unit is told of the move itself by a message of its own.
        """
        if not self.is_open:
            raise Refusal(f"is-{self.state}")
        self.past = (*self.past, PastDeadline(self.deadline, at))
        self.deadline, self.remind_from = deadline, at
        self.version += 1
        self._step(self.state, look_at=at)

    def end(self, state: AssignmentState) -> None:
        """Stop following up what is not fulfilled, as cancelled or superseded; what was accepted stays accepted."""
        if self.state is not AssignmentState.ACCEPTED and not self.has_ended:
            self._step(state, look_at=None)

    def _step(self, state: AssignmentState, *, look_at: datetime | None) -> None:
        self.state, self.look_at = state, look_at
        self.revision += 1


@dataclass(eq=False)
class Submission:
    """What a unit handed in for an assignment, when and by whom, and what the office decided."""

    id: int = field(init=False)
    assignment_id: int
    person_id: int
    at: datetime
    opened_from: AssignmentState
    state: SubmissionState = SubmissionState.PENDING
    decided_by: int | None = None
    decided_at: datetime | None = None
    reason: str | None = None

    def number(self, zone: tzinfo) -> str:
        """Give the number on the receipt, which begins with the year in the office's zone."""
        return f"{self.at.astimezone(zone).year}-{self.id:05d}"

    def may_be_undone(self, at: datetime) -> bool:
        """Whether it may be taken back: within ten minutes, and only while the office has not decided."""
        return self.state is SubmissionState.PENDING and at - self.at <= UNDO_WITHIN

    def undo(self, at: datetime) -> None:
        """Take the submission back; refused when it is too late."""
        self._must_be_pending()
        if not self.may_be_undone(at):
            raise Refusal("undo-too-late")
        self.state, self.decided_at = SubmissionState.UNDONE, at

    def decide(self, state: SubmissionState, *, by: int, at: datetime, reason: str | None = None) -> None:
        """Accept, or return with a reason, which is required."""
        self._must_be_pending()
        if state is SubmissionState.RETURNED and not (reason and reason.strip()):
            raise Refusal("reason-required")
        self.state, self.decided_by, self.decided_at, self.reason = state, by, at, reason

    def _must_be_pending(self) -> None:
        if self.state is not SubmissionState.PENDING:
            raise Refusal(f"submission-{self.state}")


class Timing(StrEnum):
    """Where a moment lies against a deadline."""

    NO_DEADLINE = "no-deadline"
    AHEAD = "ahead"
    SOON = "soon"
    TODAY = "today"
    LATE = "late"


@dataclass(frozen=True)
class Lateness:
    """Where a moment lies against a deadline; ``days`` are calendar days to go, or days late."""

    timing: Timing
    days: int = 0

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return self.timing is Timing.LATE


def lateness(deadline: Deadline, moment: datetime, zone: tzinfo) -> Lateness:
    """Judge a moment against a deadline, by days in the office's zone, and by the clock where the paper gives a time."""
    last = deadline.last_day
    if last is None:
        return Lateness(Timing.NO_DEADLINE)
    local = moment.astimezone(zone)
    days = (last - local.date()).days
    if days < 0:
        return Lateness(Timing.LATE, -days)
    if days == 0:
        passed = deadline.at is not None and local.time() > deadline.at
        return Lateness(Timing.LATE if passed else Timing.TODAY)
    return Lateness(Timing.SOON if days <= SOON_DAYS else Timing.AHEAD, days)
