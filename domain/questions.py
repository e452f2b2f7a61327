"""What must a person decide before a draft is published? One question for all that one answer settles, in the paper's order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from domain.changes import ChangeState, Effect
from domain.conclusions import Task

AS_PRINTED = ("scanned", "letters-guessed")
"""Doubts about the paper as a whole: what was read is compared with the paper once a task, and not once a field."""
UNIT_UNKNOWN = "unit-unknown"
"""A doubt about the audience: the paper names a unit that nobody registered just so, and one comes near."""
CHANGE = "change"
"""The reason for a question about what the paper changes of an older conclusion."""


@dataclass(frozen=True)
class Question:
    """A task, the fields that one answer settles, and the reason why they are asked about.

    What the paper changes of an older conclusion has no fields; it is asked beside the task that says so, or the last one.
    Only where the paper has no task at all, such a question has none.
    """

    task: Task | None
    fields: tuple[str, ...]
    reason: str
    effect: Effect | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it yet."""
        if self.effect is not None:
            return self.effect.change.state is ChangeState.OPEN
        return any(field in self.about.unsure for field in self.fields)

    @property
    def about(self) -> Task:
        """The task that it is asked of; what asks about fields has one."""
        if self.task is None:
            raise ValueError("a question about fields is asked of a task")
        return self.task

    @property
    def is_of_paper(self) -> bool:
        """Whether what is read is to be compared with the paper, because the paper as a whole is not sure."""
        return self.reason in AS_PRINTED


def of_tasks(tasks: Iterable[Task], effects: Iterable[Effect] = ()) -> tuple[Question, ...]:
    """Give every question about the tasks that were not dropped, answered ones too, so that each keeps its number.

    What changes is asked before a task's own fields, some of which its answer may settle. Where no task is left, it is asked
    beside the dropped ones.
    """
    read = list(tasks)
    kept = [task for task in read if not task.dropped]
    asked = kept or read
    changes = [Question(_beside(effect, asked), (), CHANGE, effect) for effect in effects if effect.is_asked]
    found = [one for task in asked for one in (*(change for change in changes if change.task is task), *_of_kept(task))]
    return (*found, *(change for change in changes if change.task is None))


def _beside(effect: Effect, asked: Sequence[Task]) -> Task | None:
    return next((task for task in asked if task is effect.says), asked[-1] if asked else None)


def _of_kept(task: Task) -> Iterable[Question]:
    return () if task.dropped else _of_task(task)


def _of_task(task: Task) -> Iterable[Question]:
    alone = [(field,) for field, reason in task.doubts.items() if reason not in AS_PRINTED]
    together = tuple(field for field, reason in task.doubts.items() if reason in AS_PRINTED)
    return (Question(task, fields, task.doubts[fields[0]]) for fields in (*alone, together) if fields)


def names(task: Task) -> tuple[str, ...]:
    """Give the names of the units that a task's audience is made from: those it binds, or those it leaves out."""
    return task.audience.excluded if task.audience.complement else task.audience.units


def check_names(task: Task, likely: Collection[str]) -> None:
    """Ask about a task's units while one of their names is ``likely`` a registered unit in another spelling, and else not.

    What the reading itself was not sure of is decided first.
    """
    reason = task.doubts.get("audience") if "audience" in task.unsure else None
    asked = any(name in likely for name in names(task))
    if asked and (reason is None or reason in AS_PRINTED):
        task.doubt("audience", UNIT_UNKNOWN)
    if not asked and reason == UNIT_UNKNOWN:
        task.confirm("audience")
