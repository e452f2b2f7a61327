"""What would publishing a draft do? Each task with the units it would reach, and whom nobody could tell."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.conclusions import Conclusion, Task
from domain.units import Register, Resolution, Unit, fold, resolve


@dataclass(frozen=True)
class DraftTask:
    """A task with the units its audience means."""

    task: Task
    resolution: Resolution


@dataclass(frozen=True)
class Draft:
    """A conclusion before, or just after, it is published.

    ``unknown`` are units that the paper names and nobody registered; ``unreachable`` have no person who answers for them.
    """

    conclusion: Conclusion
    tasks: tuple[DraftTask, ...]
    unreachable: tuple[Unit, ...]

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
        """The named units that are not registered, once, whatever the spelling."""
        names: dict[str, str] = {}
        for one in self.kept:
            for name in one.resolution.unknown:
                names.setdefault(fold(name), name)
        return tuple(names.values())

    @property
    def undecided(self) -> tuple[Task, ...]:
        """The tasks for which a person must still decide something."""
        return tuple(one.task for one in self.kept if one.task.unsure)


def compose(conclusion: Conclusion, tasks: Sequence[Task], register: Register, staffed: Collection[int]) -> Draft:
    """Lay a draft out against the register; ``staffed`` are the ids of the units that a person answers for."""
    shown = tuple(DraftTask(task, resolve(task.audience, register)) for task in tasks)
    draft = Draft(conclusion, shown, ())
    return Draft(conclusion, shown, tuple(unit for unit in draft.units if unit.id not in staffed))
