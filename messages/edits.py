"""What is asked when a task of a draft is mended? What of it, and then its deadline, its units or its wording."""

from collections.abc import Sequence

from channels import Outgoing
from domain.conclusions import Task
from domain.units import group_number
from messages import buttons
from messages.i18n import Speech


def what_to_edit(speech: Speech, task: Task) -> Outgoing:
    """Ask what of a task is to be mended."""
    choices = (
        buttons.button(speech.say("Deadline"), "editdeadline", task.id),
        buttons.button(speech.say("Units"), "editaudience", task.id),
        buttons.button(speech.say("Wording"), "edittext", task.id),
    )
    back = buttons.button(speech.say("Back"), "review", task.id)
    return Outgoing(speech.say("Item <b>{ref}</b>: what is to be mended?", ref=task.ref), (choices, (back,)))


def ask_deadline(speech: Speech, task: Task) -> Outgoing:
    """Ask for a deadline."""
    text = speech.lines(
        speech.say("Item <b>{ref}</b>: please write the deadline.", ref=task.ref),
        speech.say(
            "A day alone, like 22/02/2021, is the last day; “trước ngày 22/02/2021” ends the day before. “không” means none."
        ),
        speech.say("It now reads: {words}", words=task.deadline.literal) if task.deadline.literal else None,
    )
    return Outgoing(text, ((buttons.cancel(speech),),))


def ask_text(speech: Speech, task: Task) -> Outgoing:
    """Ask for a wording."""
    text = speech.say("Item <b>{ref}</b>: please write the whole new wording. It now reads:", ref=task.ref)
    return Outgoing(speech.lines(text, "", speech.say("{text}", text=task.text)), ((buttons.cancel(speech),),))


def ask_audience(speech: Speech, task: Task, groups: Sequence[str], then: str = "") -> Outgoing:
    """Ask for the units of a task; the buttons carry what comes ``then``."""
    text = speech.lines(
        speech.say("Item <b>{ref}</b>: which units does it bind?", ref=task.ref),
        speech.say("Choose, or write the names of the units, one on each line."),
    )
    choices = [
        buttons.button(speech.say("All units"), "audience", task.id, "all", 0, then),
        *(buttons.button(group, "audience", task.id, "group", group_number(group), then) for group in groups),
    ]
    if task.audience.complement:
        choices.insert(1, buttons.button(speech.say("The remaining units"), "audience", task.id, "rest", 0, then))
    return Outgoing(text, (*buttons.column(choices), (buttons.cancel(speech),)))
