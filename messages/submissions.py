"""What is said about handing in? Receipts, files, the office's notice and its decision."""

from collections.abc import Sequence
from datetime import datetime

from channels import Outgoing
from domain.assignments import Submission, SubmissionState
from domain.duties import Duty
from domain.files import File
from messages import buttons, deadlines, tasks
from messages.i18n import Speech
from messages.tasks import Moment


def receipt(speech: Speech, duty: Duty, submission: Submission, files: Sequence[File], *, now: datetime) -> Outgoing:
    """Confirm a submission, with its number, its moment and its files, and the way back while there is one."""
    may_undo = submission.may_be_undone(now)
    text = speech.lines(
        speech.say("✅ <b>Receipt No. {number}</b>", number=submission.number(speech.zone)),
        speech.say("“{name}” was handed in at {moment}.", name=tasks.name(duty.task), moment=speech.moment(submission.at)),
        speech.say("Unit: {unit}", unit=duty.unit.name),
        file_line(speech, files),
        speech.say("The office will look at it. Within ten minutes you can take it back; to add a file, just send it here.")
        if may_undo
        else speech.say("The office will look at it."),
    )
    undo = (buttons.undo(speech, submission),) if may_undo else ()
    return Outgoing(text, ((*undo, buttons.send_file(speech, duty.assignment)),))


def file_line(speech: Speech, files: Sequence[File]) -> str | None:
    """Tell the files of a submission, None where there are none."""
    if not files:
        return None
    return speech.say("Files: {files}", files=speech.series(file.name for file in files))


def undone(speech: Speech, duty: Duty, submission: Submission) -> Outgoing:
    """Confirm that a submission was taken back."""
    number, name = submission.number(speech.zone), tasks.name(duty.task)
    if duty.assignment.has_ended:
        taken = speech.say("Submission No. {number} was taken back: “{name}”.", number=number, name=name)
        return Outgoing(speech.lines(taken, _asked_no_more(speech)), ((buttons.my_tasks(speech),),))
    text = speech.say("Submission No. {number} was taken back. “{name}” awaits your unit again.", number=number, name=name)
    return Outgoing(text, ((buttons.submit(speech, duty.assignment), buttons.details(speech, duty.assignment)),))


def to_office(
    speech: Speech,
    duty: Duty,
    submission: Submission,
    person: str,
    *,
    files: Sequence[File],
    moment: Moment,
    repeated: bool = False,
) -> Outgoing:
    """Tell the office what a unit handed in, for its decision."""
    lateness = duty.lateness(moment.now, speech.zone)
    text = speech.lines(
        speech.say("(sent again)") if repeated else None,
        speech.say("📥 <b>{unit}</b> handed in:", unit=duty.unit.name),
        speech.say("“{name}”", name=tasks.name(duty.task)),
        speech.say("Item {ref} of: {conclusion}", ref=duty.task.ref, conclusion=tasks.conclusion_name(speech, duty.conclusion)),
        deadlines.line(speech, duty.deadline, moment.calendar),
        speech.say(
            "By {person}; receipt No. {number}; {when}.",
            person=person,
            number=submission.number(speech.zone),
            when=deadlines.handed_in(speech, lateness, submission.at),
        ),
        file_line(speech, files) or speech.say("No file came with it."),
    )
    decide = (
        buttons.button(speech.say("Accept"), "accept", submission.id),
        buttons.button(speech.say("Return"), "return", submission.id),
    )
    show = tuple((buttons.button(speech.say("Open: {file}", file=file.name), "file", file.id),) for file in files)
    return Outgoing(text, (decide, *show))


def taken_back(speech: Speech, duty: Duty, submission: Submission) -> Outgoing:
    """Tell the office that a unit took its submission back."""
    return Outgoing(
        speech.say(
            "{unit} took submission No. {number} back: “{name}”.",
            unit=duty.unit.name,
            number=submission.number(speech.zone),
            name=tasks.name(duty.task),
        )
    )


def decided_card(speech: Speech, duty: Duty, submission: Submission, decider: str) -> Outgoing:
    """Show staff what was decided, in place of the buttons."""
    what = (
        speech.say(
            "✅ Accepted by {person} at {moment}.", person=decider, moment=speech.moment(submission.decided_at or submission.at)
        )
        if submission.state is SubmissionState.ACCEPTED
        else speech.say(
            "↩️ Returned by {person} at {moment}.", person=decider, moment=speech.moment(submission.decided_at or submission.at)
        )
    )
    return Outgoing(
        speech.lines(
            speech.say(
                "<b>{unit}</b> – “{name}”, receipt No. {number}",
                unit=duty.unit.name,
                name=tasks.name(duty.task),
                number=submission.number(speech.zone),
            ),
            what,
            speech.say("Reason: {reason}", reason=submission.reason) if submission.reason else None,
        )
    )


def ask_reason(speech: Speech, duty: Duty, *, has_ended: bool) -> Outgoing:
    """Ask why a submission is returned; of a task that ``has_ended`` the unit is asked for nothing after that."""
    text = speech.say(
        "Please write to {unit} what is to be completed in “{name}”. Your next message goes to the unit as the reason.",
        unit=duty.unit.name,
        name=tasks.name(duty.task),
    )
    ended = speech.say("A newer paper has ended this task: the unit reads your reason, and need not hand in again.")
    return Outgoing(speech.lines(text, ended if has_ended else None), ((buttons.cancel(speech),),))


def _asked_no_more(speech: Speech) -> str:
    return speech.say("A newer paper has ended this task: nothing more is to be handed in for it.")


def decision(speech: Speech, duty: Duty, submission: Submission, moment: Moment, *, repeated: bool = False) -> Outgoing:
    """Tell the unit's people what the office decided."""
    again = speech.say("(sent again)") if repeated else None
    if submission.state is SubmissionState.ACCEPTED:
        done = speech.say(
            "✅ The office has accepted “{name}” (receipt No. {number}). Thank you, comrade.",
            name=tasks.name(duty.task),
            number=submission.number(speech.zone),
        )
        return Outgoing(speech.lines(again, done), ((buttons.my_tasks(speech),),))
    if duty.assignment.has_ended:
        back = speech.say("↩️ The office has returned “{name}” to {unit}.", unit=duty.unit.name, name=tasks.name(duty.task))
        reason = speech.say("Reason: {reason}", reason=submission.reason)
        return Outgoing(speech.lines(again, back, reason, _asked_no_more(speech)), ((buttons.my_tasks(speech),),))
    text = speech.lines(
        again,
        speech.say("↩️ The office asks {unit} to complete “{name}”.", unit=duty.unit.name, name=tasks.name(duty.task)),
        speech.say("Reason: {reason}", reason=submission.reason),
        deadlines.line(speech, duty.deadline, moment.calendar),
    )
    return Outgoing(text, ((buttons.submit(speech, duty.assignment), buttons.details(speech, duty.assignment)),))


def awaiting_file(speech: Speech, duty: Duty) -> Outgoing:
    """Say that the next file will be taken for a task."""
    return Outgoing(
        speech.say("Please send the file for “{name}” here: the paperclip, then “File” or “Photo”.", name=tasks.name(duty.task)),
        ((buttons.cancel(speech),),),
    )


def file_joined(speech: Speech, duty: Duty, submission: Submission, file: File) -> Outgoing:
    """Confirm that a file joined a submission."""
    return Outgoing(
        speech.say(
            "📎 “{file}” was added to receipt No. {number}: “{name}”.",
            file=file.name,
            number=submission.number(speech.zone),
            name=tasks.name(duty.task),
        )
    )


def file_set_aside(speech: Speech, duty: Duty, file: File) -> Outgoing:
    """Say that a file waits for its task to be handed in."""
    text = speech.say(
        "📎 “{file}” is kept for “{name}”. Press the button to hand it in together with the task.",
        file=file.name,
        name=tasks.name(duty.task),
    )
    return Outgoing(text, ((buttons.submit(speech, duty.assignment), buttons.details(speech, duty.assignment)),))


def which_task(speech: Speech, file: File, duties: Sequence[Duty]) -> Outgoing:
    """Ask which task a file is for."""
    several_units = len({duty.unit.id for duty in duties}) > 1
    choices = [
        buttons.button(tasks.label(number, duty, unit=several_units), "filefor", file.id, duty.assignment.id)
        for number, duty in enumerate(duties, 1)
    ]
    return Outgoing(speech.say("Which task is “{file}” for?", file=file.name), buttons.column(choices))


def file_without_task(speech: Speech, file: File) -> Outgoing:
    """Say that no task takes a file."""
    return Outgoing(
        speech.say("“{file}” was received, but no task of your unit waits for a file. The office was not told.", file=file.name)
    )


def file_handed_out(speech: Speech, file: File) -> Outgoing:
    """Go with a file that staff opened."""
    return Outgoing(speech.say("📎 {file}, received at {moment}", file=file.name, moment=speech.moment(file.received_at)))


def file_lost(speech: Speech, file: File) -> Outgoing:
    """Say that a file could not be fetched from the platform."""
    return Outgoing(speech.say("The file “{file}” could not be fetched. Please send it once more.", file=file.name))
