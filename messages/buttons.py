"""Which buttons are there? Every label and the data it sends back, in one place."""

from collections.abc import Sequence

from channels import Button
from channels.markup import plain
from domain.assignments import Assignment, Submission
from domain.ladders import Extent
from messages.i18n import Marked, Speech

Rows = tuple[tuple[Button, ...], ...]


def button(label: str, action: str, *subject: object) -> Button:
    """Give a button whose data names the action and what it is about; a label knows no markup."""
    text = plain(label) if isinstance(label, Marked) else label
    return Button(text, ":".join((action, *map(str, subject))))


def submit(speech: Speech, assignment: Assignment, *, on_list: bool = False) -> Button:
    """Hand in; the revision tells an old card from a new one."""
    return button(speech.say("Submitted"), "submit", assignment.id, assignment.revision, "list" if on_list else "card")


def details(speech: Speech, assignment: Assignment) -> Button:
    """Show one task in full."""
    return button(speech.say("Details"), "details", assignment.id)


def undo(speech: Speech, submission: Submission) -> Button:
    """Take a submission back."""
    return button(speech.say("Undo"), "undo", submission.id)


def send_file(speech: Speech, assignment: Assignment) -> Button:
    """Say that a file will follow."""
    return button(speech.say("Send a file"), "sendfile", assignment.id)


def add_to_calendar(speech: Speech, assignment: Assignment) -> Button:
    """Send the task as a file for the phone's calendar."""
    return button(speech.say("Add to calendar"), "calendar", assignment.id)


def my_tasks(speech: Speech) -> Button:
    """Show the open tasks."""
    return button(speech.say("My tasks"), "tasks")


def ladder(speech: Speech, extent: Extent, label: str | None = None) -> Button:
    """Show the ladder of reminders of the office, a conclusion or a task."""
    return button(label or speech.say("Reminder ladder"), "ladder", extent.scope, extent.number)


def cancel(speech: Speech) -> Button:
    """Give up what was begun."""
    return button(speech.say("Cancel"), "cancel")


def column(buttons: Sequence[Button]) -> Rows:
    """Put one button on each row."""
    return tuple((one,) for one in buttons)
