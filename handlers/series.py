"""How does an officer change or end a recurring task? From now on: what is open already stays, unless it is ended, too."""

from collections.abc import Sequence
from typing import Any

from domain import series as rules
from domain.assignments import AssignmentState
from domain.conclusions import ConclusionState, Task
from domain.deadlines import Deadline
from domain.deliveries import Kind, Lane
from domain.errors import Refusal
from domain.series import Recurring, Series
from domain.units import Register, Unit, resolve, without
from handlers.context import Answer, Context, Reply
from handlers.review import typed_deadline
from messages import series as messages
from storage import assignments, conclusions, dialogues, outbox, people, series, units

END, KEEP = "all", "keep"


async def orders(context: Context, task: Task) -> Sequence[Task]:
    """Give what units are given for a task of a published paper: itself, or, where it recurs, its occurrences not yet over.

    A series begins here; its first occurrence is opened by the planner, at once, as all others are.
    """
    if await series.of_task(context.session, task.id) is not None:
        return await series.occurrences(context.session, task.id, context.office.today(context.now))
    begun = rules.begin(task, context.now, context.office)
    if begun is None:
        return [task]
    await series.keep(context.session, begun)
    return []


async def ask_rule(context: Context, task_id: int) -> Answer:
    """Ask for the rule that is to hold from now on."""
    recurring = await _in_force(context, task_id)
    await dialogues.ask(context.session, context.account.id, "rule", {"task": task_id}, context.now)
    return [Reply(messages.ask_rule(context.speech, recurring.task))]


async def take_rule(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take a typed rule, and tell the units."""
    recurring = await _in_force(context, subject["task"])
    told = await change(context, recurring, _rule(context, text))
    await dialogues.close(context.session, context.account.id)
    return [Reply(messages.changed(context.speech, recurring, told))]


def _rule(context: Context, text: str) -> Deadline:
    try:
        typed = typed_deadline(context, text, context.office.today(context.now))
    except Refusal:
        raise Refusal("rule-not-understood") from None
    if typed.recurrence is None:
        raise Refusal("rule-not-understood")
    return typed


async def change(context: Context, recurring: Recurring, deadline: Deadline) -> int:
    """Put a new rule in place for the occurrences that are not opened yet, tell the units, and count them."""
    recurring.series.change(recurring.task.deadline, deadline, context.now, context.office)
    recurring.task.decide_deadline(deadline)
    return await _tell(context, recurring)


async def part(context: Context, recurring: Recurring, says: Task, leaving: Sequence[Unit], register: Register) -> None:
    """Let some units leave a series for one of their own by a newer rule, from the period that is not opened yet; tell them."""
    stand = recurring.series
    own = Series(says.id, stand.begins_on, None)
    own.change(recurring.task.deadline, says.deadline, context.now, context.office)
    own.early = tuple(unit.id for unit in leaving if unit.id in stand.early)
    recurring.task.decide_audience(without(recurring.task.audience, leaving, register))
    await series.keep(context.session, own)
    await _tell(context, Recurring(says, own))


async def open_next(context: Context, recurring: Recurring) -> Task:
    """Open the next occurrence of a series before its time, for the units that it binds, and give it."""
    day, office = recurring.next_day, context.office
    if day is None:
        raise Refusal("series-ended")
    occurrence = messages.occurrence(recurring.task, day, office.zone)
    if not await series.add(context.session, occurrence):
        raise Refusal("card-old")
    begins_on = day + rules.ONE_DAY
    opens_at = rules.opening_moment(recurring.task.deadline, begins_on, office)
    recurring.series.go_on(rules.Opening((day,), (), begins_on, opens_at))
    bound = resolve(recurring.task.audience, await units.register(context.session)).units
    early = {(recurring.task.id, unit_id) for unit_id in recurring.series.early}
    await assignments.assign_new(context.session, [(occurrence, bound)], context.now, early)
    return occurrence


async def ask_end(context: Context, task_id: int) -> Answer:
    """Ask before a series ends, and what becomes of the occurrences that are open."""
    recurring = await _in_force(context, task_id)
    still_open = await series.open_duties(context.session, task_id)
    return [Reply(messages.confirm_end(context.speech, recurring, len(still_open)))]


async def end(context: Context, task_id: int, what: str) -> Answer:
    """End a series; "all" ends the open occurrences with it, "keep" leaves them to be handed in."""
    if what not in (END, KEEP):
        raise Refusal("card-old")
    recurring = await _in_force(context, task_id)
    closed = await stop(context, recurring, with_open=what == END)
    return [context.in_place(messages.ended(context.speech, recurring, closed))]


async def stop(context: Context, recurring: Recurring, *, with_open: bool) -> int:
    """Open no further occurrence, tell the units, and count the open assignments that end ``with_open``."""
    recurring.series.end(context.now)
    ending = await series.open_duties(context.session, recurring.task.id, is_held=True) if with_open else []
    for duty in ending:
        duty.assignment.end(AssignmentState.CANCELLED)
    await _tell(context, recurring)
    return len(ending)


async def _in_force(context: Context, task_id: int) -> Recurring:
    """Give a series that goes on, held with its conclusion until the transaction ends."""
    _, conclusion = await conclusions.held_task(context.session, task_id)
    if conclusion.state is not ConclusionState.PUBLISHED:
        raise Refusal("not-published")
    recurring = await series.held(context.session, task_id)
    if recurring.series.ended_at is not None:
        raise Refusal("series-ended")
    return recurring


async def _tell(context: Context, recurring: Recurring) -> int:
    """Tell the people of the units it binds, once a change; on a day off at the next round. Count the units."""
    task, revision = recurring.task, recurring.series.revision
    bound = {unit.id for unit in resolve(task.audience, await units.register(context.session)).units}
    readers = {person for found in (await people.of_units(context.session, bound)).values() for person in found}
    at = context.office.tells_at(context.now)
    await outbox.put(context.session, Kind.SERIES, readers, lane=Lane.WORD, at=at, subject=task.id, about=f"{revision}")
    return len(bound)
