"""How does the office correct a draft? Looking at tasks one by one, and mending deadline, units and wording."""

from datetime import date
from typing import Any

from channels import Outgoing
from documents import matching
from documents.extraction.deadlines import parse_typed
from domain import questions
from domain.conclusions import ConclusionState, Task
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.deliveries import Kind, Lane
from domain.drafts import Draft, compose
from domain.errors import Refusal
from domain.names import fold
from domain.questions import Question
from domain.readings import Audience, AudienceKind
from domain.units import Register, group_number
from handlers.context import Answer, Context, Reply
from messages import edits
from messages import questions as question_messages
from messages import review as messages
from storage import changes, conclusions, dialogues, outbox, reach, units

FARTHEST_YEARS = 30
"""A deadline farther away than so many years is a slip of the pen."""


async def draft_of(context: Context, conclusion_id: int) -> Draft:
    """Lay a conclusion out against the units that are registered now; of a draft, ask about names that come near theirs."""
    session = context.session
    conclusion = await conclusions.one(session, conclusion_id)
    tasks = await conclusions.tasks_of(session, conclusion_id)
    register = await units.register(session)
    likely = matching.likely(tasks, register)
    if conclusion.state is ConclusionState.DRAFT:
        for task in tasks:
            questions.check_names(task, likely)
    found = await reach.of_units(session, {unit.id for unit in register.units})
    twin, today = await conclusions.twin(session, conclusion), context.office.today(context.now)
    effects = await changes.of_paper(session, conclusion_id)
    return compose(
        conclusion, tasks, register, found.people, twin=twin, today=today, likely=likely, effects=effects, lost=found.lost
    )


async def show_draft(context: Context, conclusion_id: int) -> Answer:
    """Show a draft as a whole."""
    return [context.in_place(_draft(context, await draft_of(context, conclusion_id)))]


def _draft(context: Context, draft: Draft) -> Outgoing:
    return messages.draft(context.speech, draft, context.office.calendar, may_edit=context.standing.decides)


async def preview(context: Context, conclusion_id: int) -> Answer:
    """Send every message that publishing a draft would bring; it is made when it leaves, by the rules of the planner."""
    conclusion = await conclusions.one(context.session, conclusion_id)
    if conclusion.state is not ConclusionState.DRAFT:
        raise Refusal("not-a-draft")
    reader, press = [context.person.id], context.event.key
    await outbox.put(context.session, Kind.PREVIEW, reader, lane=Lane.WORD, at=context.now, subject=conclusion_id, about=press)
    return []


async def show_task(context: Context, task_id: int) -> Answer:
    """Show one task of a draft, as a question while something of it is to be decided."""
    await dialogues.close(context.session, context.account.id)
    task = await conclusions.task(context.session, task_id)
    return [context.in_place((await _shown(context, task)).outgoing)]


async def _shown(context: Context, task: Task) -> Reply:
    draft = await draft_of(context, task.conclusion_id)
    asked = next((question for question in draft.questions if question.task is task and question.is_open), None)
    if asked is not None and draft.conclusion.state is ConclusionState.DRAFT:
        return Reply(await _question(context, draft, asked))
    one = next(one for one in draft.tasks if one.task.id == task.id)
    return Reply(messages.task(context.speech, draft, one, context.office.calendar))


async def _question(context: Context, draft: Draft, asked: Question) -> Outgoing:
    groups = (await units.register(context.session)).groups()
    return question_messages.question(context.speech, draft, asked, context.office.calendar, groups)


async def onwards(context: Context, task: Task) -> Answer:
    """Bring up the next question of the draft after a task was decided, and the whole draft when none is left."""
    return await next_question(context, task.conclusion_id, task)


async def next_question(context: Context, conclusion_id: int, after: Task | None) -> Answer:
    """Bring up the next question of a draft, from a task on, and the whole draft when none is left."""
    await dialogues.close(context.session, context.account.id)
    draft = await draft_of(context, conclusion_id)
    asked = draft.next_question(after)
    shown = _draft(context, draft) if asked is None else await _question(context, draft, asked)
    return [context.in_place(shown)]


async def in_draft(context: Context, task_id: int) -> Task:
    """Give a task of a draft, held until the transaction ends; refuse one that is published or put away."""
    task, conclusion = await conclusions.held_task(context.session, task_id)
    if conclusion.state is not ConclusionState.DRAFT:
        raise Refusal("not-a-draft")
    return task


async def drop(context: Context, task_id: int) -> Answer:
    """Leave a task out of what will be published."""
    task = await in_draft(context, task_id)
    task.dropped = True
    return [context.in_place((await _shown(context, task)).outgoing)]


async def restore(context: Context, task_id: int) -> Answer:
    """Take a dropped task up again."""
    task = await in_draft(context, task_id)
    task.dropped = False
    return [context.in_place((await _shown(context, task)).outgoing)]


async def choose_field(context: Context, task_id: int) -> Answer:
    """Ask what of a task is to be mended."""
    return [context.in_place(edits.what_to_edit(context.speech, await in_draft(context, task_id)))]


async def ask_deadline(context: Context, task_id: int, then: str = "") -> Answer:
    """Ask for a deadline; ``then`` is "next" when the next question is to follow."""
    task = await in_draft(context, task_id)
    await dialogues.ask(context.session, context.account.id, "deadline", {"task": task_id, "then": then}, context.now)
    return [Reply(edits.ask_deadline(context.speech, task))]


async def take_deadline(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take a typed deadline."""
    task = await in_draft(context, subject["task"])
    dated = (await conclusions.one(context.session, task.conclusion_id)).dated
    deadline = typed_deadline(context, text, dated or context.office.today(context.now))
    task.decide_deadline(deadline.for_words(task.deadline) if task.deadline.awaits_day else deadline)
    return await _decided(context, subject, task)


async def _decided(context: Context, subject: dict[str, Any], task: Task) -> Answer:
    if subject.get("then") == "next":
        return await onwards(context, task)
    await dialogues.close(context.session, context.account.id)
    return [await _shown(context, task)]


def typed_deadline(context: Context, text: str, since: date) -> Deadline:
    """Read a typed deadline that is said on a day; refuse what is none, or is many years away."""
    deadline = parse_typed(text, today=since, calendar=context.office.calendar)
    if deadline.last_day is not None and abs(deadline.last_day.year - context.office.today(context.now).year) > FARTHEST_YEARS:
        raise Refusal("deadline-not-understood")
    return NO_DEADLINE if deadline.kind is DeadlineKind.NONE else deadline


async def ask_text(context: Context, task_id: int) -> Answer:
    """Ask for a wording."""
    task = await in_draft(context, task_id)
    await dialogues.ask(context.session, context.account.id, "wording", {"task": task_id}, context.now)
    return [Reply(edits.ask_text(context.speech, task))]


async def take_text(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take a typed wording."""
    task = await in_draft(context, subject["task"])
    task.reword(text)
    await dialogues.close(context.session, context.account.id)
    return [await _shown(context, task)]


async def ask_audience(context: Context, task_id: int, then: str = "") -> Answer:
    """Ask for the units of a task, to be chosen or typed; ``then`` is "next" when the next question is to follow."""
    task = await in_draft(context, task_id)
    register = await units.register(context.session)
    await dialogues.ask(context.session, context.account.id, "audience", {"task": task_id, "then": then}, context.now)
    return [Reply(edits.ask_audience(context.speech, task, register.groups(), then))]


async def choose_audience(context: Context, task_id: int, kind: str, number: int = 0, then: str = "") -> Answer:
    """Take an audience that was chosen by a button."""
    task = await in_draft(context, task_id)
    register = await units.register(context.session)
    task.decide_audience(chosen_audience(register, kind, number, of=task.audience))
    if then == "next":
        return await onwards(context, task)
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
    task = await in_draft(context, subject["task"])
    register = await units.register(context.session)
    audience, unknown = named_audience(register, text)
    if audience is None:
        return [Reply(messages.names_unknown(context.speech, unknown, matching.nearest(unknown, register)))]
    task.decide_audience(audience)
    return await _decided(context, subject, task)


def named_audience(register: Register, text: str) -> tuple[Audience | None, list[str]]:
    """Give the audience of typed names, one a line or divided by semicolons; None, and the unknown names, when there are any."""
    names = [name.strip(" -•\t") for line in text.splitlines() for name in line.split(";")]
    names = [name for name in names if fold(name)]
    unknown = [name for name in names if register.named(name) is None]
    if unknown or not names:
        return None, unknown
    found = [unit.name for unit in map(register.named, names) if unit]
    return Audience(AudienceKind.NAMED, tuple(dict.fromkeys(found))), []
