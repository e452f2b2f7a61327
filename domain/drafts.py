"""What would publishing a draft do? Each task with the units it would reach, and whom nobody could tell."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

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

    ``unreachable`` units have no person who answers for them; ``unregistered`` are named by the paper, and nobody knows them.
    """

    conclusion: Conclusion
    tasks: tuple[DraftTask, ...]
    unreachable: tuple[Unit, ...]
    unregistered: tuple[str, ...] = ()

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
        """The units that the paper names and nobody registered, once, whatever the spelling."""
        named = [name for one in self.kept for name in one.resolution.unknown]
        names: dict[str, str] = {}
        for name in (*named, *self.unregistered):
            names.setdefault(fold(name), name)
        return tuple(names.values())

    @property
    def undecided(self) -> tuple[Task, ...]:
        """The tasks for which a person must still decide something."""
        return tuple(one.task for one in self.kept if one.task.unsure)


def compose(conclusion: Conclusion, tasks: Sequence[Task], register: Register, staffed: Collection[int]) -> Draft:
    """Lay a draft out against the register; ``staffed`` are the ids of the units that a person answers for."""
    shown = tuple(DraftTask(task, resolve(task.audience, register)) for task in tasks)
    draft = Draft(conclusion, shown, (), tuple(name for name in conclusion.names if register.named(name) is None))
    return replace(draft, unreachable=tuple(unit for unit in draft.units if unit.id not in staffed))
