"""How does the office correct a draft? Looking at tasks one by one, and mending deadline, units and wording."""

from typing import Any

from channels import Outgoing
from documents.extraction.deadlines import parse_typed
from documents.matching import nearest
from domain.conclusions import ConclusionState, Task
from domain.deadlines import NO_DEADLINE, DeadlineKind
from domain.drafts import Draft, compose
from domain.errors import Refusal
from domain.readings import Audience, AudienceKind
from domain.units import Register, fold, group_number
from handlers.context import Answer, Context, Reply
from messages import review as messages
from storage import conclusions, dialogues, people, units

FARTHEST_YEARS = 30
"""A deadline farther away than so many years is a slip of the pen."""


async def draft_of(context: Context, conclusion_id: int) -> Draft:
    """Lay a conclusion out against the units that are registered now."""
    conclusion = await conclusions.one(context.session, conclusion_id)
    register = await units.register(context.session)
    staffed = await people.of_units(context.session, {unit.id for unit in register.units})
    return compose(conclusion, await conclusions.tasks_of(context.session, conclusion_id), register, staffed)


async def show_draft(context: Context, conclusion_id: int) -> Answer:
    """Show a draft as a whole."""
    return [context.in_place(_draft(context, await draft_of(context, conclusion_id)))]


def _draft(context: Context, draft: Draft) -> Outgoing:
    return messages.draft(context.speech, draft, context.office.calendar, may_edit=context.standing.decides)


async def show_task(context: Context, task_id: int) -> Answer:
    """Show one task of a draft."""
    await dialogues.close(context.session, context.account.id)
    task = await conclusions.task(context.session, task_id)
    return [context.in_place((await _shown(context, task)).outgoing)]


async def _shown(context: Context, task: Task) -> Reply:
    draft = await draft_of(context, task.conclusion_id)
    one = next(one for one in draft.tasks if one.task.id == task.id)
    return Reply(messages.task(context.speech, draft, one, context.office.calendar))


async def _in_draft(context: Context, task_id: int) -> Task:
    task, conclusion = await conclusions.held_task(context.session, task_id)
    if conclusion.state is not ConclusionState.DRAFT:
        raise Refusal("not-a-draft")
    return task


async def drop(context: Context, task_id: int) -> Answer:
    """Leave a task out of what will be published."""
    task = await _in_draft(context, task_id)
    task.dropped = True
    return [context.in_place((await _shown(context, task)).outgoing)]


async def restore(context: Context, task_id: int) -> Answer:
    """Take a dropped task up again."""
    task = await _in_draft(context, task_id)
    task.dropped = False
    return [context.in_place((await _shown(context, task)).outgoing)]


async def confirm(context: Context, task_id: int, field: str) -> Answer:
    """Confirm what was read where reading was not sure."""
    task = await _in_draft(context, task_id)
    if field == "deadline":
        task.decide_deadline(task.deadline)
    else:
        task.decide_audience(task.audience)
    return [context.in_place((await _shown(context, task)).outgoing)]


async def choose_field(context: Context, task_id: int) -> Answer:
    """Ask what of a task is to be mended."""
    return [context.in_place(messages.what_to_edit(context.speech, await _in_draft(context, task_id)))]


async def ask_deadline(context: Context, task_id: int) -> Answer:
    """Ask for a deadline."""
    task = await _in_draft(context, task_id)
    await dialogues.ask(context.session, context.account.id, "deadline", {"task": task_id}, context.now)
    return [Reply(messages.ask_deadline(context.speech, task))]


async def take_deadline(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take a typed deadline."""
    task = await _in_draft(context, subject["task"])
    dated = (await conclusions.one(context.session, task.conclusion_id)).dated
    deadline = parse_typed(text, today=dated or context.office.today(context.now), calendar=context.office.calendar)
    if deadline.last_day is not None and abs(deadline.last_day.year - context.office.today(context.now).year) > FARTHEST_YEARS:
        raise Refusal("deadline-not-understood")
    task.decide_deadline(NO_DEADLINE if deadline.kind is DeadlineKind.NONE else deadline)
    await dialogues.close(context.session, context.account.id)
    return [await _shown(context, task)]


async def ask_text(context: Context, task_id: int) -> Answer:
    """Ask for a wording."""
    task = await _in_draft(context, task_id)
    await dialogues.ask(context.session, context.account.id, "wording", {"task": task_id}, context.now)
    return [Reply(messages.ask_text(context.speech, task))]


async def take_text(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take a typed wording."""
    task = await _in_draft(context, subject["task"])
    task.reword(text)
    await dialogues.close(context.session, context.account.id)
    return [await _shown(context, task)]


async def ask_audience(context: Context, task_id: int) -> Answer:
    """Ask for the units of a task, to be chosen or typed."""
    task = await _in_draft(context, task_id)
    register = await units.register(context.session)
    await dialogues.ask(context.session, context.account.id, "audience", {"task": task_id}, context.now)
    return [Reply(messages.ask_audience(context.speech, task, register.groups()))]


async def choose_audience(context: Context, task_id: int, kind: str, number: int = 0) -> Answer:
    """Take an audience that was chosen by a button."""
    task = await _in_draft(context, task_id)
    register = await units.register(context.session)
    task.decide_audience(chosen_audience(register, kind, number, of=task.audience))
    await dialogues.close(context.session, context.account.id)
    return [context.in_place((await _shown(context, task)).outgoing)]


def chosen_audience(register: Register, kind: str, number: int, *, of: Audience | None = None) -> Audience:
    """Give the audience of a button: all units, the remaining ones, or a group by its number."""
    if kind == "rest" and of is not None and of.complement:
        return of
    group = next((name for name in register.groups() if group_number(name) == number), None)
    if kind == "group" and group is not None:
        return Audience(AudienceKind.GROUP, phrase=group)
    if kind != "all":
        raise Refusal("card-old")
    return Audience(AudienceKind.ALL)


async def take_audience(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take typed names of units, all of which must be registered."""
    task = await _in_draft(context, subject["task"])
    register = await units.register(context.session)
    audience, unknown = named_audience(register, text)
    if audience is None:
        return [Reply(messages.names_unknown(context.speech, unknown, nearest(unknown, register)))]
    task.decide_audience(audience)
    await dialogues.close(context.session, context.account.id)
    return [await _shown(context, task)]


def named_audience(register: Register, text: str) -> tuple[Audience | None, list[str]]:
    """Give the audience of typed names, one a line or divided by semicolons; None, and the unknown names, when there are any."""
    names = [name.strip(" -•\t") for line in text.splitlines() for name in line.split(";")]
    names = [name for name in names if fold(name)]
    unknown = [name for name in names if register.named(name) is None]
    if unknown or not names:
        return None, unknown
    found = [unit.name for unit in map(register.named, names) if unit]
    return Audience(AudienceKind.NAMED, tuple(dict.fromkeys(found))), []
