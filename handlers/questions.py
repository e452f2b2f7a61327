"""How does an officer decide what reading was not sure of? Each press answers one question and brings up the next."""

from domain import questions
from domain.conclusions import Task
from domain.deadlines import NO_DEADLINE
from domain.errors import Refusal
from domain.units import Unit, group_number
from handlers.context import Answer, Context
from handlers.review import ask_audience, ask_deadline, in_draft, onwards
from storage import units

FIELDS = {"deadline": ("deadline",), "audience": ("audience",), "printed": ("deadline", "audience")}


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
