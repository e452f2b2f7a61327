"""What is said when the deadline of a published task is set or moved? To the officer who does it, and to the units."""

from collections.abc import Sequence

from channels import Outgoing
from domain.calendar import Calendar
from domain.conclusions import Task
from domain.duties import Duty
from messages import buttons, deadlines, tasks
from messages.i18n import Speech
from messages.tasks import Moment


def ask_day(speech: Speech, task: Task) -> Outgoing:
    """Ask for the last day of a published task."""
    text = speech.lines(
        speech.say("Item <b>{ref}</b>: “{words}”.", ref=task.ref, words=task.deadline.literal or tasks.name(task)),
        speech.say("Please write the last day, like 22/02/2021. Units that have not handed in yet are told."),
    )
    return Outgoing(text, ((buttons.cancel(speech),),))


def moved(speech: Speech, task: Task, units: int, calendar: Calendar) -> Outgoing:
    """Confirm to the officer which deadline holds now, and how many units are told."""
    text = speech.lines(
        speech.say("✅ Item <b>{ref}</b>: the day is set.", ref=task.ref),
        deadlines.line(speech, task.deadline, calendar),
        speech.plural("It holds for {n} unit that has not handed in.", "It holds for {n} units that have not handed in.", units),
    )
    another = buttons.button(speech.say("Another day"), "setday", task.id)
    conclusion = buttons.button(speech.say("Open the conclusion"), "conclusion", task.conclusion_id)
    return Outgoing(text, ((another, conclusion),))


def told_units(speech: Speech, duties: Sequence[Duty], moment: Moment, *, repeated: bool = False) -> Outgoing:
    """Tell a unit's people which deadline holds for their task from now on, and where there was a day before, which."""
    first = duties[0]
    before = [one.deadline.last_day for one in first.assignment.past if one.deadline.last_day]
    several = len(duties) > 1
    text = speech.lines(
        speech.say("(sent again)") if repeated else None,
        speech.say("📅 The day is set: {name}", name=tasks.name(first.task)),
        speech.say("Item {ref} of: {conclusion}", ref=first.task.ref, conclusion=tasks.conclusion_name(speech, first.conclusion)),
        *(speech.say("Unit: {unit}", unit=duty.unit.name) for duty in duties if several),
        deadlines.line(speech, first.deadline, moment.calendar),
        speech.say("Before, the last day was {day}.", day=speech.day(before[-1])) if before else None,
        tasks.submit_to(speech, first.task),
    )
    rows = tuple((buttons.submit(speech, duty.assignment), buttons.details(speech, duty.assignment)) for duty in duties[:1])
    return Outgoing(text, (*rows, (buttons.my_tasks(speech),)))
