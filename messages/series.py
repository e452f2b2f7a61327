"""What is said of recurring tasks? To the officer who changes or ends one, and to the units that it binds."""

from collections.abc import Sequence
from datetime import date, tzinfo
from itertools import groupby

from channels import Button, Outgoing
from channels.markup import plain
from domain import series
from domain.conclusions import Conclusion, Task
from domain.duties import Duty
from domain.series import Recurring
from messages import buttons, periods, tasks
from messages.i18n import Marked, Speech

OPEN_SHOWN = 8
PAPER = "vi"
"""The language of conclusions."""


def ref(speech: Speech, task: Task, day: date) -> str:
    """Give the item by which an occurrence is cited."""
    return plain(speech.say("{ref}, {period}", ref=task.ref, period=periods.name(speech, task.deadline, day)))


def name(speech: Speech, task: Task, day: date) -> str:
    """Give the name of an occurrence; its period stands first, so that a long name keeps it."""
    return plain(speech.say("{period}: {name}", period=periods.name(speech, task.deadline, day), name=tasks.name(task)))


def occurrence(task: Task, day: date, zone: tzinfo) -> Task:
    """Give the task that an occurrence is; it is called behind the words of its paper, in their language, for every reader."""
    speech = Speech(PAPER, zone)
    return series.occurrence(task, day, ref=ref(speech, task, day), name=name(speech, task, day))


def line(speech: Speech, recurring: Recurring) -> str:
    """Tell the office of one series on its conclusion's card."""
    task = recurring.task
    if recurring.series.ended_at is not None:
        return speech.say("🔁 Item {ref}: {words} – ended.", ref=task.ref, words=task.deadline.literal)
    if recurring.next_day is None:
        return speech.say("🔁 Item {ref}: {words} – no further one is due.", ref=task.ref, words=task.deadline.literal)
    following = speech.day(recurring.next_day)
    return speech.say("🔁 Item {ref}: {words} – the next one: {next}.", ref=task.ref, words=task.deadline.literal, next=following)


def rows(speech: Speech, recurring: Recurring) -> buttons.Rows:
    """Offer to change or end a series that goes on."""
    task = recurring.task
    if recurring.series.ended_at is not None:
        return ()
    change = buttons.button(speech.say("Change the rule: item {ref}", ref=task.ref), "setrule", task.id)
    end = buttons.button(speech.say("End the series: item {ref}", ref=task.ref), "endseries", task.id)
    return ((change, end),)


def ask_rule(speech: Speech, task: Task) -> Outgoing:
    """Ask for the rule that is to hold from now on."""
    text = speech.lines(
        speech.say("Item <b>{ref}</b> now recurs: {words}.", ref=task.ref, words=task.deadline.literal),
        speech.say("Please write the new rule in words, like “trước ngày 20 hằng tháng” or “thứ Sáu hằng tuần”."),
        speech.say("It holds from now on; what is open already keeps its deadline. The units are told."),
    )
    return Outgoing(text, ((buttons.cancel(speech),),))


def changed(speech: Speech, recurring: Recurring, units: int) -> Outgoing:
    """Confirm to the officer which rule holds now."""
    text = speech.lines(
        speech.say("✅ The rule is changed; the units are told."),
        line(speech, recurring),
        speech.plural("It binds {n} unit.", "It binds {n} units.", units),
    )
    return Outgoing(text, (_conclusion(speech, recurring),))


def confirm_end(speech: Speech, recurring: Recurring, still_open: int) -> Outgoing:
    """Ask whether a series is really to end, and what becomes of the occurrences that are open."""
    task = recurring.task
    keep = buttons.button(speech.say("End it, keep what is open"), "seriesended", task.id, "keep")
    drop = buttons.button(speech.say("End it and what is open"), "seriesended", task.id, "all")
    only = buttons.button(speech.say("Yes, end it"), "seriesended", task.id, "keep")
    text = speech.lines(
        speech.say("End the series of item <b>{ref}</b>: {words}?", ref=task.ref, words=task.deadline.literal),
        speech.say("No further one becomes due. What was handed in stays. The units are told."),
        speech.plural(
            "{n} assignment of earlier ones is still open.", "{n} assignments of earlier ones are still open.", still_open
        )
        if still_open
        else None,
    )
    return Outgoing(text, (*buttons.column([keep, drop] if still_open else [only]), (buttons.cancel(speech),)))


def ended(speech: Speech, recurring: Recurring, closed: int) -> Outgoing:
    """Confirm to the officer that a series has ended."""
    text = speech.lines(
        speech.say("✅ The series is ended; the units are told."),
        line(speech, recurring),
        speech.plural("{n} open assignment is followed up no longer.", "{n} open assignments are followed up no longer.", closed)
        if closed
        else None,
    )
    return Outgoing(text, (_conclusion(speech, recurring),))


def told_units(
    speech: Speech, recurring: Recurring, conclusion: Conclusion, still_open: Sequence[Duty], *, repeated: bool = False
) -> Outgoing:
    """Tell a unit's people which rule holds from now on, or that the series has ended, and what stays to be handed in."""
    task = recurring.task
    text = speech.lines(
        speech.say("(sent again)") if repeated else None,
        _news(speech, recurring),
        speech.say("Item {ref} of: {conclusion}", ref=task.ref, conclusion=tasks.conclusion_name(speech, conclusion)),
        speech.say("Still to be handed in, by the deadline that each has:") if still_open else None,
        *_items(speech, still_open),
        None if still_open else _nothing_left(speech, recurring),
    )
    return Outgoing(text, ((buttons.my_tasks(speech),),))


def _news(speech: Speech, recurring: Recurring) -> str:
    task, following = recurring.task, recurring.next_day
    if recurring.series.ended_at is not None or following is None:
        return speech.say("🔁 This task recurs no longer: {name}", name=tasks.name(task))
    return speech.lines(
        speech.say("🔁 The rule of a recurring task has changed: {name}", name=tasks.name(task)),
        speech.say(
            "From now on: {words}; the next one: {next}.", words=task.deadline.literal, next=speech.strong(speech.day(following))
        ),
        speech.say("Before: {words}.", words=recurring.series.formerly) if recurring.series.formerly else None,
    )


def _nothing_left(speech: Speech, recurring: Recurring) -> str | None:
    return speech.say("Nothing more is to be handed in for it.") if recurring.series.ended_at is not None else None


def _items(speech: Speech, duties: Sequence[Duty]) -> list[Marked]:
    """Name each open occurrence once with its last day, whichever of the reader's units have it."""
    firsts = [next(of_one) for _, of_one in groupby(duties, key=lambda duty: duty.task.id)]
    return [_open(speech, duty) for duty in firsts[:OPEN_SHOWN]]


def _open(speech: Speech, duty: Duty) -> Marked:
    last_day, name = duty.deadline.last_day, tasks.name(duty.task)
    if last_day is None:
        return speech.say("• {name}", name=name)
    return speech.say("• {name} – until {day}", name=name, day=speech.day(last_day))


def _conclusion(speech: Speech, recurring: Recurring) -> tuple[Button, ...]:
    return (buttons.button(speech.say("Open the conclusion"), "conclusion", recurring.task.conclusion_id),)
