"""What does a paper change of older conclusions? Deadlines moved, tasks and whole notices ended: asked about, then applied."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain import series as rules
from domain.assignments import AssignmentState
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import Deadline, DeadlineKind
from domain.duties import Duty
from domain.errors import Refusal
from domain.names import fold
from domain.readings import Amendment, AmendmentKind
from domain.series import Recurring


class ChangeState(StrEnum):
    """How far a change has come: asked about, decided, and once its paper is published, applied or come to nothing."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    APPLIED = "applied"
    LAPSED = "lapsed"


@dataclass(eq=False)
class Change:
    """What a paper says of one older conclusion, in its ``words``.

    ``earlier_task_id`` is the task that changes, None while nobody knows which, and where the ``whole`` conclusion does;
    ``likely`` are the tasks that may be meant, the likeliest first. ``task_id`` is the paper's own task that says so, and
    has the new deadline. ``reached`` are the assignments that were changed when it was applied.
    """

    id: int = field(init=False)
    conclusion_id: int
    kind: AmendmentKind
    earlier_id: int
    words: str
    earlier_task_id: int | None = None
    whole: bool = False
    task_id: int | None = None
    likely: tuple[int, ...] = ()
    state: ChangeState = ChangeState.OPEN
    reached: int = 0

    @property
    def is_known(self) -> bool:
        """Whether it is known what changes: a task, or the whole conclusion."""
        return self.whole or self.earlier_task_id is not None

    def confirm(self) -> None:
        """Take the change as it is proposed; refused while it is not known what changes."""
        if not self.is_known:
            raise Refusal("card-old")
        self._decide(ChangeState.CONFIRMED)

    def refuse(self) -> None:
        """Decide that nothing changes."""
        self._decide(ChangeState.REFUSED)

    def mean(self, task_id: int) -> None:
        """Decide which earlier task changes."""
        self.earlier_task_id, self.whole = task_id, False
        self.confirm()

    def mean_whole(self) -> None:
        """Decide that the whole conclusion ends; a deadline is moved of one task only."""
        if self.kind is AmendmentKind.MOVES:
            raise Refusal("card-old")
        self.earlier_task_id, self.whole = None, True
        self.confirm()

    def _decide(self, state: ChangeState) -> None:
        if self.state in (ChangeState.APPLIED, ChangeState.LAPSED):
            raise Refusal("not-a-draft")
        self.state = state

    def apply(self, reached: int) -> None:
        """Record that it was applied, and to how many assignments; only what was confirmed is applied, and once."""
        if self.state is not ChangeState.CONFIRMED:
            raise Refusal("undecided")
        self.state, self.reached = ChangeState.APPLIED, reached

    def lapse(self) -> None:
        """Record that there was nothing left to change when the paper was published."""
        self.state = ChangeState.LAPSED


@dataclass(frozen=True)
class Effect:
    """A change with what it speaks of: the paper ``by`` which it comes, and the ``earlier`` conclusion with its ``tasks``.

    ``says`` is the paper's own task that says so; ``duties`` are those of the task, or of the whole, that changes. Of a task
    that recurs they are those of its occurrences, ``series`` is how far it has come, and ``bound`` are the ids of its units.
    """

    change: Change
    by: Conclusion
    earlier: Conclusion
    tasks: tuple[Task, ...]
    says: Task | None
    duties: tuple[Duty, ...]
    series: Recurring | None = None
    bound: frozenset[int] = frozenset()

    @property
    def task(self) -> Task | None:
        """The earlier task that changes; None where it is not known, or is the whole."""
        return next((task for task in self.tasks if task.id == self.change.earlier_task_id), None)

    @property
    def likely(self) -> tuple[Task, ...]:
        """The earlier tasks that may be meant, the likeliest first."""
        by_id = {task.id: task for task in self.tasks}
        return tuple(by_id[task_id] for task_id in self.change.likely if task_id in by_id)

    @property
    def is_asked(self) -> bool:
        """Whether it stands at all: a new deadline goes with the task that has it when that is dropped."""
        return self.change.kind is not AmendmentKind.MOVES or (self.says is not None and not self.says.dropped)

    @property
    def rule(self) -> Deadline | None:
        """The rule that comes in the place of the earlier deadline; None where a single one does, or none."""
        return self._new if self._new is not None and self._new.recurrence else None

    @property
    def recurs_instead(self) -> bool:
        """Whether a rule comes in the place of a single deadline: the single task ends, and the paper's own begins a series."""
        return self.rule is not None and self.series is None and self.task is not None and not self.task.deadline.recurrence

    @property
    def to_open(self) -> date | None:
        """The last day of the series' next occurrence, when its deadline is moved before it is open; it opens on publishing."""
        day = self.says.deadline.last_day if self._moves_one and self.says else None
        following = self.series.next_day if self.series else None
        if self.series is None or day is None or following is None or self.duties:
            return None
        return following if rules.nearest(self.series.task.deadline, (), following, day) == following else None

    @property
    def _moves_one(self) -> bool:
        return self.series is not None and self.change.kind is AmendmentKind.MOVES and self.rule is None

    @property
    def occurrence(self) -> Task | None:
        """The occurrence of a series whose deadline alone is moved, while the series goes on as it is."""
        return self.duties[0].task if self._moves_one and self.duties else None

    @property
    def by_hand(self) -> bool:
        """Whether it is left to the officer.

        A series that never began or has ended, or an occurrence behind the one that is to be opened next.
        """
        if self.series is None:
            return self.task is not None and self.task.deadline.recurrence is not None
        is_far = self._moves_one and self.occurrence is None and self.to_open is None
        return self.series.series.ended_at is not None or is_far

    @property
    def may_apply(self) -> bool:
        """Whether there is still something to change: an earlier conclusion in force, and a new deadline where one is moved."""
        if self.by_hand:
            return False
        moves_to_none = self.change.kind is AmendmentKind.MOVES and (self._new is None or not has_deadline(self._new))
        return self.earlier.state is ConclusionState.PUBLISHED and not moves_to_none

    @property
    def holders(self) -> frozenset[int]:
        """The ids of the units that have the earlier task, handed in or not, and so get no second one for the same thing."""
        if self.change.kind is not AmendmentKind.MOVES or self.change.state in (ChangeState.REFUSED, ChangeState.LAPSED):
            return frozenset()
        if self.recurs_instead:
            return frozenset()
        if self.series is not None and (self.rule is not None or self.to_open is not None):
            return self.bound
        return frozenset(duty.unit.id for duty in self.duties if not duty.assignment.has_ended)

    @property
    def still_open(self) -> tuple[Duty, ...]:
        """The duties whose units have still to hand in."""
        return tuple(duty for duty in self.duties if duty.assignment.is_open)

    @property
    def awaiting(self) -> tuple[Duty, ...]:
        """The duties whose units handed in, and wait for the office's decision."""
        return tuple(duty for duty in self.duties if duty.assignment.state is AssignmentState.SUBMITTED)

    @property
    def unfulfilled(self) -> tuple[Duty, ...]:
        """The duties that are followed up, waiting for the office's decision or not."""
        done = AssignmentState.ACCEPTED
        return tuple(duty for duty in self.duties if duty.assignment.state is not done and not duty.assignment.has_ended)

    def new_deadline(self, duty: Duty, today: date | None) -> Deadline | None:
        """Give the deadline that a duty would get; None where it keeps its own.

        A new rule moves what is open where it sets another day for the same period, and that day is not over.
        """
        if self.series is None or self.rule is None or duty.task.occurs_on is None:
            return self._new
        new = rules.in_its_period(self.series.task.deadline, self.rule, duty.task.occurs_on)
        if new is None or new.last_day is None or (today is not None and new.last_day < today):
            return None
        return None if (new.last_day, new.at) == (duty.deadline.last_day, duty.deadline.at) else new

    @property
    def _new(self) -> Deadline | None:
        """The deadline that the paper sets in the place of the earlier one; None where it moves none."""
        return self.says.deadline if self.says is not None and self.change.kind is AmendmentKind.MOVES else None


def of_occurrence(duties: Sequence[Duty], recurring: Recurring, day: date | None) -> list[Duty]:
    """Give the duties of the occurrence that falls due nearest to a day; none while that one is not open yet."""
    if day is None:
        return []
    opened = {duty.task.occurs_on for duty in duties if duty.task.occurs_on is not None}
    nearest = rules.nearest(recurring.task.deadline, opened, recurring.next_day, day)
    return [duty for duty in duties if duty.task.occurs_on == nearest]


def has_deadline(deadline: Deadline) -> bool:
    """Tell whether a deadline sets any time, if only by an event."""
    return deadline.kind is not DeadlineKind.NONE


def saying(amendment: Amendment, tasks: Sequence[Task]) -> Task | None:
    """Give the paper's own task that says what changes; where a deadline is moved, one that has, or is to get, a deadline."""
    here = [task for task in tasks if amendment.ref is not None and _parts(task.ref) == _parts(amendment.ref)]
    if amendment.kind is AmendmentKind.MOVES:
        here = [task for task in here if has_deadline(task.deadline) or "deadline" in task.unsure]
    return next(iter(here), None)


def named(item: str | None, tasks: Sequence[Task]) -> Task | None:
    """Give the one task whose item the words name: whole ("mục II.2.a"), or by its last parts ("điểm a khoản 2")."""
    wanted = _parts(item or "")
    if not wanted:
        return None
    exact = [task for task in tasks if _parts(task.ref) == wanted]
    found = exact or [task for task in tasks if _parts(task.ref)[-len(wanted) :] == wanted]
    return found[0] if len(found) == 1 else None


def label(number: str | None, symbol: str | None) -> str:
    """Give what every spelling of one number and symbol has in common: "041-TB/ĐUK", "41 – TB-ĐUK"."""
    return fold(f"{number or ''} {symbol or ''}").lstrip("0")


def _parts(ref: str) -> list[str]:
    """Give the parts of an item's number, without case, brackets and dots: "II.2.a)" is ii, 2, a."""
    return re.findall(r"\d+|[^\W\d_]+", ref.casefold())
