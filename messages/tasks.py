"""What does a unit read about its tasks? The digest of reminders, the list, and one task in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from channels import Button, Outgoing
from domain.assignments import AssignmentState, Submission
from domain.calendar import Calendar
from domain.conclusions import Conclusion, Task
from domain.duties import Duty
from messages import buttons, deadlines
from messages.i18n import N_, Marked, Speech

SHOWN = 8
NAME_LENGTH = 90
LABEL_LENGTH = 34

STATES = {
    AssignmentState.ASSIGNED: N_("Assigned"),
    AssignmentState.SUBMITTED: N_("Submitted – waiting for the office"),
    AssignmentState.RETURNED: N_("Returned – to be completed"),
    AssignmentState.ACCEPTED: N_("Fulfilled"),
    AssignmentState.CANCELLED: N_("No longer followed up"),
    AssignmentState.SUPERSEDED: N_("Superseded"),
}


@dataclass(frozen=True)
class Moment:
    """When a message speaks, and by which calendar."""

    now: datetime
    calendar: Calendar


def name(task: Task) -> str:
    """Give a task's name: what is to be handed in, else the first words of the order."""
    words = task.deliverable or task.text
    text = words[0].upper() + words[1:]
    return text if len(text) <= NAME_LENGTH else text[:NAME_LENGTH].rsplit(" ", 1)[0] + " …"


def conclusion_name(speech: Speech, conclusion: Conclusion) -> str:
    """Give the name by which a conclusion is called: number and symbol where it has them, and its title."""
    title = conclusion.title or speech.say("Conclusion notice")
    if conclusion.label:
        return speech.say("No. {label}: {title}", label=conclusion.label, title=title)
    return title


def digest(speech: Speech, reader: str, duties: Sequence[Duty], moment: Moment, *, repeated: bool = False) -> Outgoing:
    """Bring up what is due for one person, in one message."""
    head = speech.say("Dear comrade {name}, these tasks await your unit:", name=reader)
    again = speech.say("(sent again)") if repeated else None
    return _listing(speech, speech.lines(again, head), duties, moment)


def listing(speech: Speech, duties: Sequence[Duty], moment: Moment, *, just: Duty | None = None) -> Outgoing:
    """List a person's open tasks; ``just`` is one that was handed in a moment ago."""
    done = speech.say("✅ Handed in: {name}", name=name(just.task)) if just else None
    if not duties:
        nothing = speech.say("No task awaits your unit at the moment. Thank you, comrade.")
        return Outgoing(speech.lines(done, nothing))
    head = speech.plural("{n} task awaits your unit:", "{n} tasks await your unit:", len(duties))
    return _listing(speech, speech.lines(done, head), duties, moment)


def _listing(speech: Speech, head: str, duties: Sequence[Duty], moment: Moment) -> Outgoing:
    shown = duties[:SHOWN]
    several_units = len({duty.unit.id for duty in duties}) > 1
    blocks, number = [head], 0
    for _, of_one in groupby(shown, key=lambda duty: duty.conclusion.id):
        group = list(of_one)
        blocks.append("\n" + speech.strong(conclusion_name(speech, group[0].conclusion)))
        for duty in group:
            number += 1
            blocks.append(_entry(speech, number, duty, moment, unit=several_units))
    if len(duties) > SHOWN:
        blocks.append("\n" + speech.plural("… and {n} more task.", "… and {n} more tasks.", len(duties) - SHOWN))
    return Outgoing("\n".join(blocks), _rows(speech, duties))


def _entry(speech: Speech, number: int, duty: Duty, moment: Moment, *, unit: bool) -> str:
    near = deadlines.nearness(speech, duty.lateness(moment.now, speech.zone))
    return speech.lines(
        "",
        speech.say("{number}. {name}", number=number, name=name(duty.task)),
        speech.say("Unit: {unit}", unit=duty.unit.name) if unit else None,
        submit_to(speech, duty.task),
        deadlines.line(speech, duty.task.deadline, moment.calendar),
        speech.strong(near) if near else None,
        speech.say("Returned: please complete and hand in again.") if duty.assignment.state is AssignmentState.RETURNED else None,
    )


def _rows(speech: Speech, duties: Sequence[Duty]) -> buttons.Rows:
    rows: list[tuple[Button, ...]] = []
    for number, duty in enumerate(duties[:SHOWN], 1):
        if len(duties) > 1:
            rows.append((buttons.button(_label(number, duty), "details", duty.assignment.id),))
        rows.append((buttons.submit(speech, duty.assignment, on_list=True), buttons.details(speech, duty.assignment)))
    if len(duties) > SHOWN:
        rows.append((buttons.my_tasks(speech),))
    return tuple(rows)


def _label(number: int, duty: Duty) -> str:
    text = f"{number}. {name(duty.task)}"
    return text if len(text) <= LABEL_LENGTH else text[:LABEL_LENGTH].rsplit(" ", 1)[0] + " …"


def submit_to(speech: Speech, task: Task) -> str | None:
    """Tell to whom a task's result goes, None where the paper does not say."""
    return speech.say("Send to: {addressee}", addressee=task.submit_to) if task.submit_to else None


def card(speech: Speech, duty: Duty, moment: Moment, last: Submission | None = None) -> Outgoing:
    """Show one task in full, and how it stands."""
    task, assignment = duty.task, duty.assignment
    text = speech.lines(
        speech.strong(name(task)),
        speech.say("Item {ref} of: {conclusion}", ref=task.ref, conclusion=conclusion_name(speech, duty.conclusion)),
        "",
        speech.say("“{text}”", text=task.text),
        "",
        speech.say("Unit: {unit}", unit=duty.unit.name),
        submit_to(speech, task),
        deadlines.line(speech, task.deadline, moment.calendar),
        standing(speech, duty, moment, last),
    )
    rows: buttons.Rows = ((buttons.my_tasks(speech),),)
    if assignment.is_open:
        first = (buttons.submit(speech, assignment), buttons.send_file(speech, assignment))
        rows = (first, *rows)
    return Outgoing(text, rows)


def standing(speech: Speech, duty: Duty, moment: Moment, last: Submission | None) -> str:
    """Tell how a task stands."""
    lateness = duty.lateness(moment.now, speech.zone)
    state = speech.say(STATES[duty.assignment.state])
    near = deadlines.nearness(speech, lateness) if duty.assignment.is_open else None
    at = duty.assignment.submitted_at
    when = deadlines.handed_in(speech, lateness, at) if at else None
    parts = [Marked(part) for part in (state, near, when) if part]
    reason = last.reason if last and duty.assignment.state is AssignmentState.RETURNED else None
    return speech.lines(
        speech.say("Now: <b>{standing}</b>", standing=Marked("; ".join(parts))),
        speech.say("The office's reason: {reason}", reason=reason) if reason else None,
    )
