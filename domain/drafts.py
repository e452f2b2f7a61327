"""What would publishing a draft do? Each task with the units it would reach, and whom nobody could tell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain import questions
from domain.changes import ChangeState, Effect
from domain.conclusions import Conclusion, Task
from domain.deadlines import Deadline
from domain.duties import Duty
from domain.names import fold
from domain.questions import Question
from domain.reach import Silent, Unreached
from domain.readings import AmendmentKind
from domain.units import Candidate, Register, Resolution, Unit, resolve


@dataclass(frozen=True)
class DraftTask:
    """A task with the units its audience means."""

    task: Task
    resolution: Resolution


@dataclass(frozen=True)
class Draft:
    """A conclusion before, or just after, it is published.

    ``unreachable`` units have nobody who receives messages, and ``lost`` are the people, by unit, whom none reaches.
    ``unregistered`` units are named by the paper, and nobody knows them. ``twin`` is another conclusion with the same number,
    symbol and date; ``today`` is the day in the office's zone.
    ``likely`` are names that nobody registered just so, each with the units that it may mean.
    ``effects`` are what the paper says of older conclusions.
    """

    conclusion: Conclusion
    tasks: tuple[DraftTask, ...]
    unreachable: tuple[Unit, ...]
    unregistered: tuple[str, ...] = ()
    twin: Conclusion | None = None
    today: date | None = None
    likely: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    lost: Mapping[int, tuple[Unreached, ...]] = field(default_factory=dict)

    @property
    def silent(self) -> tuple[Silent, ...]:
        """The units for which nobody receives messages, with those who would."""
        return tuple(Silent(unit, self.lost.get(unit.id, ())) for unit in self.unreachable)

    @property
    def kept(self) -> tuple[DraftTask, ...]:
        """The tasks that were not dropped."""
        return tuple(one for one in self.tasks if not one.task.dropped)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit that gets a task, once."""
        return tuple({unit.id: unit for one in self.kept for unit in one.resolution.units}.values())

    @property
    def unknown(self) -> tuple[str, ...]:
        """The units that the paper names, nobody registered, and that come near none, once, whatever the spelling."""
        named = [name for one in self.kept for name in one.resolution.unknown]
        names: dict[str, str] = {}
        for name in (*named, *self.unregistered):
            if name not in self.likely:
                names.setdefault(fold(name), name)
        return tuple(names.values())

    @property
    def undecided(self) -> tuple[Task, ...]:
        """The tasks for which a person must still decide something."""
        asked = [question.task for question in self.questions if question.is_open]
        return tuple(one.task for one in self.kept if one.task.unsure or one.task in asked)

    @property
    def is_decided(self) -> bool:
        """Whether nothing is left for a person to decide."""
        return self.next_question() is None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Everything that a person must decide or has decided, in the order of the paper."""
        return questions.of_tasks([one.task for one in self.tasks], self.effects)

    @property
    def changes(self) -> tuple[Effect, ...]:
        """What the paper changes of older conclusions, as far as the tasks that say so were not dropped."""
        return tuple(effect for effect in self.effects if effect.is_asked)

    @property
    def alters(self) -> bool:
        """Whether publishing changes something of an older conclusion, so that the paper needs no task of its own."""
        return any(effect.change.state is ChangeState.CONFIRMED and self.may_apply(effect) for effect in self.changes)

    @property
    def foreseen(self) -> tuple[Effect, ...]:
        """The changes that publishing would apply, in turn; what is still asked about is taken as right."""
        found: list[Effect] = []
        for effect in in_turn(self.changes):
            is_over = any(one.change.whole and one.change.earlier_id == effect.change.earlier_id for one in found)
            if effect.change.state in (ChangeState.OPEN, ChangeState.CONFIRMED) and self.may_apply(effect) and not is_over:
                found.append(effect)
        return tuple(found)

    def reached(self, effect: Effect) -> tuple[Duty, ...]:
        """Give the duties that a change would touch; what was handed in for a task that ends stays, to be decided."""
        if effect.change.kind is not AmendmentKind.MOVES:
            return effect.unfulfilled if effect.change.whole else effect.still_open
        if effect.recurs_instead:
            bound = self.bound(effect)
            return tuple(duty for duty in effect.still_open if duty.unit.id in bound)
        return tuple(duty for duty, _ in self.moved(effect))

    def touched(self, effect: Effect) -> tuple[Unit, ...]:
        """Give the units for which a change would do something, once: also those for which it opens an occurrence."""
        opened = self._says(effect).units if effect.to_open is not None else ()
        found = (*(duty.unit for duty in self.reached(effect)), *(unit for unit in opened if unit.id in effect.bound))
        return tuple({unit.id: unit for unit in found}.values())

    def moved(self, effect: Effect) -> tuple[tuple[Duty, Deadline], ...]:
        """Give the duties whose deadline a change would move, with the new one: those of units that the new task binds, too."""
        bound = self.bound(effect)
        found = ((duty, effect.new_deadline(duty, self.today)) for duty in effect.still_open if duty.unit.id in bound)
        return tuple((duty, new) for duty, new in found if new is not None)

    def by_hand(self, effect: Effect) -> bool:
        """Tell whether a change is left to the officer: also a new rule for some of the series' units, and others besides."""
        return effect.by_hand or (effect.series is not None and effect.rule is not None and self._is_mixed(effect))

    def may_apply(self, effect: Effect) -> bool:
        """Tell whether there is something to change that is not left to the officer."""
        return effect.may_apply and not self.by_hand(effect)

    def _is_mixed(self, effect: Effect) -> bool:
        bound = self.bound(effect)
        return not effect.bound <= bound and (not bound or not bound <= effect.bound)

    def keeping(self, effect: Effect) -> frozenset[int]:
        """Give the ids of the units for which a series keeps its rule, since the new one binds others of its units alone."""
        return effect.bound - self.bound(effect) if effect.rule is not None else frozenset()

    def bound(self, effect: Effect) -> set[int]:
        """Give the ids of the units that the task binds which says what changes."""
        return {unit.id for unit in self._says(effect).units}

    def _says(self, effect: Effect) -> Resolution:
        """Give the units of the task that says what changes; none where it was dropped, or there is none."""
        return next((one.resolution for one in self.kept if one.task is effect.says), Resolution(()))

    def given(self, one: DraftTask) -> tuple[Unit, ...]:
        """Give the units that get a task anew: those it binds, but for who has it already, with a moved deadline."""
        saying = (effect for effect in self.changes if effect.says is one.task and not self.by_hand(effect))
        having = {unit_id for effect in saying for unit_id in effect.holders}
        return tuple(unit for unit in one.resolution.units if unit.id not in having)

    @property
    def newly_bound(self) -> tuple[Unit, ...]:
        """Every unit that gets something new, once."""
        return tuple({unit.id: unit for one in self.kept for unit in self.given(one)}.values())

    @property
    def passed(self) -> tuple[Task, ...]:
        """The tasks whose last day is over already."""
        return tuple(one.task for one in self.kept if self.today and (last := one.task.deadline.last_day) and last < self.today)

    def next_question(self, after: Task | None = None) -> Question | None:
        """Give the first open question, of those from a task on when one of them is open; None when all are answered."""
        still_open = [question for question in self.questions if question.is_open]
        place = after.position if after else 0
        onwards = (question for question in still_open if question.task is None or question.task.position >= place)
        return next(onwards, still_open[0] if still_open else None)


def in_turn(effects: Sequence[Effect]) -> list[Effect]:
    """Give changes as they are applied: what is replaced as a whole comes first."""
    return sorted(effects, key=lambda one: one.change.kind is not AmendmentKind.REPLACES)


def compose(
    conclusion: Conclusion,
    tasks: Sequence[Task],
    register: Register,
    staffed: Collection[int],
    *,
    twin: Conclusion | None = None,
    today: date | None = None,
    likely: Mapping[str, tuple[Candidate, ...]] | None = None,
    effects: Sequence[Effect] = (),
    lost: Mapping[int, tuple[Unreached, ...]] | None = None,
) -> Draft:
    """Lay a draft out against the register; ``staffed`` are the ids of the units for which somebody receives messages."""
    shown = tuple(DraftTask(task, resolve(task.audience, register)) for task in tasks)
    unregistered = tuple(name for name in conclusion.names if register.named(name) is None)
    draft = Draft(conclusion, shown, (), unregistered, twin, today, likely or {}, tuple(effects), lost or {})
    return replace(draft, unreachable=tuple(unit for unit in draft.units if unit.id not in staffed))
