"""What does a unit read about its tasks? The digest of reminders, the list, and one task in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from channels import Button, Outgoing
from domain import urgency
from domain.assignments import AssignmentState, Submission, SubmissionState
from domain.calendar import Calendar
from domain.conclusions import Conclusion, Task
from domain.duties import Duty
from domain.readings import Directive
from domain.series import Recurring
from messages import buttons, deadlines, periods
from messages.i18n import N_, Marked, Speech

SHOWN = 8
NAME_LENGTH = 90
LABEL_LENGTH = 34
PENDING_SHOWN = 3

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


def name(task: Task | Directive) -> str:
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


def listing(
    speech: Speech,
    duties: Sequence[Duty],
    moment: Moment,
    *,
    just: Duty | None = None,
    page: int = 0,
    pending: Sequence[tuple[Duty, Submission]] = (),
) -> Outgoing:
    """List a person's open tasks, eight on a page, and in one line what is ``pending``: handed in and not decided.

    ``just`` is one that was handed in a moment ago.
    """
    done = speech.say("✅ Handed in: {name}", name=name(just.task)) if just else None
    receipts, looks = _pending(speech, pending)
    if not duties:
        nothing = speech.say("No task awaits your unit at the moment. Thank you, comrade.")
        return Outgoing(speech.lines(done, nothing, *receipts), looks)
    head = speech.plural("{n} task awaits your unit:", "{n} tasks await your unit:", len(duties))
    shown = min(page, (len(duties) - 1) // SHOWN)
    text, rows = laid_out(speech, duties, moment, shown)
    before = (buttons.button("◀", "tasks", shown - 1),) if shown else ()
    after = (buttons.button("▶", "tasks", shown + 1),) if (shown + 1) * SHOWN < len(duties) else ()
    turn = ((*before, *after),) if before or after else ()
    return Outgoing(speech.lines(done, head, text, *receipts), (*rows, *turn, *looks))


def _pending(speech: Speech, pending: Sequence[tuple[Duty, Submission]]) -> tuple[list[str], buttons.Rows]:
    """Tell the newest of what waits for the office with their receipts' numbers, each with a button that opens it."""
    if not pending:
        return [], ()
    newest = pending[:PENDING_SHOWN]
    numbers: list[str] = [submission.number(speech.zone) for _, submission in newest]
    if len(pending) > len(newest):
        numbers.append(speech.plural("{n} more", "{n} more", len(pending) - len(newest)))
    line = speech.plural(
        "📥 Handed in, waiting for the office: receipt No. {numbers}.",
        "📥 Handed in, waiting for the office: {n} tasks, receipts No. {numbers}.",
        len(pending),
        numbers=speech.series(numbers),
    )
    return ["", line], buttons.column(
        [buttons.button(f"📥 {_short(name(duty.task))}", "details", duty.assignment.id) for duty, _ in newest]
    )


def laid_out(speech: Speech, duties: Sequence[Duty], moment: Moment, page: int) -> tuple[str, buttons.Rows]:
    """Lay out one page of tasks under the headings of their conclusions, and its buttons."""
    several_units = len({duty.unit.id for duty in duties}) > 1
    numbered = list(enumerate(duties, 1))[page * SHOWN : (page + 1) * SHOWN]
    blocks: list[str] = []
    headed: set[int] = set()
    for _, of_one in groupby(numbered, key=lambda one: one[1].conclusion.id):
        group = list(of_one)
        conclusion = group[0][1].conclusion
        blocks += ["", speech.strong(_heading(speech, conclusion, again=conclusion.id in headed))]
        headed.add(conclusion.id)
        blocks += [_entry(speech, number, duty, moment, unit=several_units) for number, duty in group]
    return speech.lines(*blocks), _rows(speech, numbered, alone=len(duties) == 1, unit=several_units)


def _heading(speech: Speech, conclusion: Conclusion, *, again: bool) -> str:
    """Give a conclusion's name, and where it stood above already, its number alone."""
    if again and conclusion.label:
        return speech.say("No. {label}", label=conclusion.label)
    return conclusion_name(speech, conclusion)


def _entry(speech: Speech, number: int, duty: Duty, moment: Moment, *, unit: bool) -> str:
    near = _nearness(speech, duty, moment)
    return speech.lines(
        "",
        speech.say("{number}. {name}", number=number, name=name(duty.task)),
        speech.say("Unit: {unit}", unit=duty.unit.name) if unit else None,
        submit_to(speech, duty.task),
        deadlines.line(speech, duty.deadline, moment.calendar),
        speech.strong(near) if near else None,
        speech.say("Returned: please complete and hand in again.") if duty.assignment.state is AssignmentState.RETURNED else None,
    )


def _nearness(speech: Speech, duty: Duty, moment: Moment) -> Marked | None:
    """Tell how near a deadline is; what is long late is told plainly, with a way out, and without blame."""
    late = urgency.working_days_late(duty, moment.now, moment.calendar, speech.zone)
    if late < urgency.LONG_LATE:
        last_working = _is_last_working_day(speech, duty, moment)
        return deadlines.nearness(speech, duty.lateness(moment.now, speech.zone), last_working=last_working)
    return speech.plural(
        "{n} working day overdue. Please send it at once, or tell the office what stands in the way.",
        "{n} working days overdue. Please send it at once, or tell the office what stands in the way.",
        late,
    )


def _is_last_working_day(speech: Speech, duty: Duty, moment: Moment) -> bool:
    return duty.deadline.last_working_day(moment.calendar) == moment.now.astimezone(speech.zone).date()


def opening(words: Marked) -> Marked:
    """Give words as they open a line."""
    return Marked(words[:1].upper() + words[1:])


def within(words: Marked) -> Marked:
    """Give words as they stand within a sentence."""
    return Marked(words[:1].lower() + words[1:])


def _rows(speech: Speech, numbered: Sequence[tuple[int, Duty]], *, alone: bool, unit: bool) -> buttons.Rows:
    """Give each task its buttons; among several, a button with the task's name stands above them."""
    rows: list[tuple[Button, ...]] = []
    for number, duty in numbered:
        if not alone:
            rows.append((buttons.button(label(number, duty, unit=unit), "details", duty.assignment.id),))
        rows.append((buttons.submit(speech, duty.assignment, on_list=True), buttons.details(speech, duty.assignment)))
    return tuple(rows)


def label(number: int, duty: Duty, *, unit: bool) -> str:
    """Give the label of a task's button, with its unit for who answers for several."""
    text = _short(f"{number}. {name(duty.task)}")
    return f"{text} – {duty.unit.short_name or duty.unit.name}" if unit else text


def _short(text: str) -> str:
    return text if len(text) <= LABEL_LENGTH else text[:LABEL_LENGTH].rsplit(" ", 1)[0] + " …"


def submit_to(speech: Speech, task: Task) -> str | None:
    """Tell to whom a task's result goes, None where the paper does not say."""
    return speech.say("Send to: {addressee}", addressee=task.submit_to) if task.submit_to else None


def card(
    speech: Speech, duty: Duty, moment: Moment, last: Submission | None = None, recurring: Recurring | None = None
) -> Outgoing:
    """Show one task in full, and how it stands; of an occurrence of a ``recurring`` one when the next is due, too."""
    task, assignment = duty.task, duty.assignment
    text = speech.lines(
        speech.strong(name(task)),
        speech.say("Item {ref} of: {conclusion}", ref=task.ref, conclusion=conclusion_name(speech, duty.conclusion)),
        "",
        speech.say("“{text}”", text=task.text),
        "",
        speech.say("Unit: {unit}", unit=duty.unit.name),
        submit_to(speech, task),
        deadlines.line(speech, duty.deadline, moment.calendar),
        periods.about(speech, recurring, task.occurs_on) if recurring and task.occurs_on else None,
        standing(speech, duty, moment, last),
    )
    dated = assignment.is_open and duty.deadline.is_dated
    calendar = (buttons.add_to_calendar(speech, assignment),) if dated else ()
    rows: buttons.Rows = ((*calendar, buttons.my_tasks(speech)),)
    if last is not None and last.may_be_undone(moment.now):
        rows = ((buttons.undo(speech, last), buttons.send_file(speech, assignment)), *rows)
    if assignment.is_open:
        first = (buttons.submit(speech, assignment), buttons.send_file(speech, assignment))
        rows = (first, *rows)
    return Outgoing(text, rows)


def standing(speech: Speech, duty: Duty, moment: Moment, last: Submission | None) -> str:
    """Tell how a task stands."""
    lateness = duty.lateness(moment.now, speech.zone)
    state = speech.say(STATES[duty.assignment.state])
    last_working = _is_last_working_day(speech, duty, moment)
    near = deadlines.nearness(speech, lateness, last_working=last_working) if duty.assignment.is_open else None
    at = duty.assignment.submitted_at
    when = deadlines.handed_in(speech, lateness, at) if at else None
    parts = [state, *(within(part) for part in (near, when) if part)]
    reason = last.reason if last and duty.assignment.state is AssignmentState.RETURNED else None
    handed_in = last is not None and last.state in (SubmissionState.PENDING, SubmissionState.ACCEPTED)
    return speech.lines(
        speech.say("Now: <b>{standing}</b>", standing=Marked("; ".join(parts))),
        speech.say("Receipt No. {number}", number=last.number(speech.zone)) if last is not None and handed_in else None,
        speech.say("The office's reason: {reason}", reason=reason) if reason else None,
    )
