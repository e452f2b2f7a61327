"""How does the office set or move the deadline of a task that is published? For every unit that has not handed in yet."""

from typing import Any

from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import Deadline, DeadlineKind
from domain.deliveries import Kind, Lane
from domain.duties import Duty
from domain.errors import Refusal
from handlers.context import Answer, Context, Reply
from handlers.review import typed_deadline
from messages import moves as messages
from storage import assignments, conclusions, dialogues, outbox, people


async def ask_day(context: Context, task_id: int) -> Answer:
    """Ask for the day of a published task that has none yet, or another than it has."""
    task, _ = await _in_force(context, task_id)
    await dialogues.ask(context.session, context.account.id, "day", {"task": task_id}, context.now)
    return [Reply(messages.ask_day(context.speech, task))]


async def take_day(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take a typed day, and tell the units."""
    task, _ = await _in_force(context, subject["task"])
    typed = _day(context, text)
    moved = await move(context, task, typed.for_words(task.deadline) if task.deadline.kind is DeadlineKind.RELATIVE else typed)
    await dialogues.close(context.session, context.account.id)
    return [Reply(messages.moved(context.speech, task, len(moved), context.office.calendar))]


def _day(context: Context, text: str) -> Deadline:
    """Read a day from today on; one that is over would make every unit late at once."""
    today = context.office.today(context.now)
    try:
        typed = typed_deadline(context, text, today)
    except Refusal:
        raise Refusal("day-not-understood") from None
    if typed.last_day is None:
        raise Refusal("day-not-understood")
    if typed.last_day < today:
        raise Refusal("day-is-over")
    return typed


async def _in_force(context: Context, task_id: int) -> tuple[Task, Conclusion]:
    task, conclusion = await conclusions.held_task(context.session, task_id)
    if conclusion.state is not ConclusionState.PUBLISHED:
        raise Refusal("not-published")
    return task, conclusion


async def move(context: Context, task: Task, deadline: Deadline) -> list[Duty]:
    """Put a new deadline in place for a published task, and tell the units that have still to hand in; give their duties.

    Who has handed in keeps the deadline by which that was judged. On a day off the units are told at the next round.
    """
    task.decide_deadline(deadline)
    open_ones = [duty for duty in await assignments.of_task(context.session, task.id, held=True) if duty.assignment.is_open]
    for duty in open_ones:
        duty.assignment.move(deadline, context.now)
    readers = await people.of_units(context.session, {duty.unit.id for duty in open_ones})
    at = context.office.tells_at(context.now)
    everyone = {person for found in readers.values() for person in found}
    version = max((duty.assignment.version for duty in open_ones), default=0)
    await outbox.put(context.session, Kind.MOVED, everyone, lane=Lane.WORD, at=at, subject=task.id, about=f"{version}")
    return open_ones
