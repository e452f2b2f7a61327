"""How does an officer decide what reading was not sure of? Each press answers one question and brings up the next."""

from domain import questions
from domain.changes import Effect
from domain.conclusions import ConclusionState, Task
from domain.deadlines import NO_DEADLINE
from domain.drafts import Draft
from domain.errors import Refusal
from domain.questions import Question
from domain.readings import AmendmentKind
from domain.units import Unit, group_number
from handlers.context import Answer, Context
from handlers.review import ask_audience, ask_deadline, draft_of, in_draft, next_question, onwards
from messages import asked_changes as change_messages
from messages import questions as messages
from storage import changes, units

FIELDS = {"deadline": ("deadline",), "audience": ("audience",), "printed": ("deadline", "audience")}
NOBODY_NAMED = ("audience-missing", "audience-unresolved")
"""An order that names nobody and moves an earlier deadline is for that task's units; one that ends something is no task."""


async def confirm(context: Context, task_id: int, what: str) -> Answer:
    """Take what was read as right; "printed" is everything that was to be compared with the paper."""
    task = await in_draft(context, task_id)
    if what not in FIELDS:
        raise Refusal("card-old")
    for field in FIELDS[what]:
        if what != "printed" or task.doubts.get(field) in questions.AS_PRINTED:
            task.confirm(field)
    return await onwards(context, task)


async def choose_day(context: Context, task_id: int, number: int) -> Answer:
    """Take one of the deadlines that the paper's words may mean."""
    task = await in_draft(context, task_id)
    choice = dict(enumerate(task.choices)).get(number)
    if choice is None:
        raise Refusal("card-old")
    task.decide_deadline(choice)
    return await onwards(context, task)


async def choose_none(context: Context, task_id: int) -> Answer:
    """Decide that a task has no deadline."""
    task = await in_draft(context, task_id)
    task.decide_deadline(NO_DEADLINE)
    return await onwards(context, task)


async def ask_another_day(context: Context, task_id: int) -> Answer:
    """Ask for a day that is none of the choices."""
    return await ask_deadline(context, task_id, "next")


async def ask_other_units(context: Context, task_id: int) -> Answer:
    """Ask for units that are none of the choices."""
    return await ask_audience(context, task_id, "next")


async def is_unit(context: Context, task_id: int, name_number: int, unit_id: int) -> Answer:
    """Take a name of the paper for a registered unit, which goes by that name, too, from now on."""
    task = await in_draft(context, task_id)
    unit = await units.held(context.session, unit_id)
    if unit is None:
        raise Refusal("card-old")
    unit.learn(_name(task, name_number))
    return await onwards(context, task)


async def is_new(context: Context, task_id: int, name_number: int) -> Answer:
    """Register a unit by the name that the paper gives it."""
    task = await in_draft(context, task_id)
    name = _name(task, name_number)
    if (await units.register(context.session)).named(name) is None:
        await units.add(context.session, [Unit(name)])
    return await onwards(context, task)


def _name(task: Task, number: int) -> str:
    """Give the name that a button speaks of; an old card may speak of one that is no longer among the task's."""
    found = next((name for name in questions.names(task) if group_number(name) == number), None)
    if found is None:
        raise Refusal("card-old")
    return found


async def show_change(context: Context, change_id: int) -> Answer:
    """Ask once more about what a draft changes of an older conclusion, decided or not."""
    draft, asked, _ = await _change(context, change_id)
    return [context.in_place(messages.question(context.speech, draft, asked, context.office.calendar, ()))]


async def show_change_tasks(context: Context, change_id: int, page: int = 0) -> Answer:
    """Ask which task of the older conclusion changes, when none of the likely ones does."""
    _, _, effect = await _change(context, change_id)
    return [context.in_place(change_messages.which_task(context.speech, effect, page))]


async def confirm_change(context: Context, change_id: int) -> Answer:
    """Take a change as it is proposed."""
    draft, asked, effect = await _change(context, change_id)
    effect.change.confirm()
    return await _changed(context, draft, asked, effect)


async def refuse_change(context: Context, change_id: int) -> Answer:
    """Decide that nothing changes of the older conclusion."""
    draft, asked, effect = await _change(context, change_id)
    effect.change.refuse()
    return await next_question(context, draft.conclusion.id, asked.task)


async def choose_change(context: Context, change_id: int, task_id: int) -> Answer:
    """Decide which task of the older conclusion changes."""
    _, asked, effect = await _change(context, change_id)
    if task_id not in {task.id for task in effect.tasks}:
        raise Refusal("card-old")
    effect.change.mean(task_id)
    draft, asked, effect = await _change(context, change_id)
    return await _changed(context, draft, asked, effect)


async def end_whole(context: Context, change_id: int) -> Answer:
    """Decide that the older conclusion ends as a whole."""
    draft, asked, effect = await _change(context, change_id)
    effect.change.mean_whole()
    return await _changed(context, draft, asked, effect)


async def _change(context: Context, change_id: int) -> tuple[Draft, Question, Effect]:
    """Give a change of a draft, which is held until the transaction ends, with the question about it."""
    draft = await draft_of(context, (await changes.one(context.session, change_id)).conclusion_id)
    if draft.conclusion.state is not ConclusionState.DRAFT:
        raise Refusal("not-a-draft")
    found = next(((one, one.effect) for one in draft.questions if one.effect and one.effect.change.id == change_id), None)
    if found is None:
        raise Refusal("card-old")
    return draft, *found


async def _changed(context: Context, draft: Draft, asked: Question, effect: Effect) -> Answer:
    """Go on after a change was confirmed; its answer may settle what the paper's own task says too little of."""
    says, earlier = effect.says, effect.task
    if says is not None and says.doubts.get("audience") in NOBODY_NAMED and "audience" in says.unsure:
        if effect.change.kind is not AmendmentKind.MOVES:
            says.dropped = True
        elif earlier is not None:
            says.decide_audience(earlier.audience)
    return await next_question(context, draft.conclusion.id, asked.task)
