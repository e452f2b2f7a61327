"""How does the office decide on what was handed in? Accepting, returning with a reason, and opening the files."""

from channels import Outgoing
from domain.assignments import AssignmentState, Submission, SubmissionState
from domain.deliveries import Kind, Lane
from domain.duties import Duty
from domain.errors import Refusal
from domain.files import FileState, Purpose
from handlers.context import Answer, Context, Reply
from messages import refusals
from messages import submissions as messages
from storage import assignments, changes, dialogues, files, outbox, people

DECIDED = (SubmissionState.ACCEPTED, SubmissionState.RETURNED)


async def accept(context: Context, submission_id: int) -> Answer:
    """Accept a submission; the unit's people are told."""
    duty, submission = await assignments.handed_in(context.session, submission_id)
    if submission.state in DECIDED:
        return await _as_decided(context, duty, submission)
    submission.decide(SubmissionState.ACCEPTED, by=context.person.id, at=context.now)
    duty.assignment.accept()
    asked = await dialogues.open_with(context.session, context.account.id, context.now)
    if asked is not None and asked.subject.get("submission") == submission_id:
        await dialogues.close(context.session, context.account.id)
    await _tell_unit(context, duty, submission)
    return [context.in_place(messages.decided_card(context.speech, duty, submission, context.person.name))]


async def ask_reason(context: Context, submission_id: int) -> Answer:
    """Ask for the reason, without which nothing is returned."""
    duty, submission = await assignments.handed_in(context.session, submission_id)
    if submission.state in DECIDED:
        return await _as_decided(context, duty, submission)
    if submission.state is not SubmissionState.PENDING:
        raise Refusal(f"submission-{submission.state}")
    subject = {"submission": submission_id, "card": context.event.message_id}
    await dialogues.ask(context.session, context.account.id, "reason", subject, context.now)
    has_ended = await changes.have_ended(context.session, duty)
    return [Reply(messages.ask_reason(context.speech, duty, has_ended=has_ended))]


async def _as_decided(context: Context, duty: Duty, submission: Submission) -> Answer:
    """Say that nothing was changed, and by whom and when it was decided; the pressed card shows it from now on."""
    names = await people.names(context.session, [submission.decided_by or context.person.id])
    card = messages.decided_card(context.speech, duty, submission, next(iter(names.values())))
    return [context.in_place(card), Reply(refusals.refusal(context.speech, f"submission-{submission.state}"))]


async def give_back(context: Context, subject: dict[str, object], reason: str) -> Answer:
    """Return a submission for a reason; the unit's people are told, and reminders go on, unless the task was ended."""
    duty, submission = await assignments.handed_in(context.session, int(str(subject["submission"])))
    submission.decide(SubmissionState.RETURNED, by=context.person.id, at=context.now, reason=reason)
    duty.assignment.give_back(context.now)
    if await changes.have_ended(context.session, duty):
        duty.assignment.end(AssignmentState.CANCELLED)
    await dialogues.close(context.session, context.account.id)
    await _tell_unit(context, duty, submission)
    card = messages.decided_card(context.speech, duty, submission, context.person.name)
    shown = str(subject["card"]) if subject.get("card") else None
    return [Reply(Outgoing(card.text, edits=shown)), Reply(card)] if shown else [Reply(card)]


async def open_file(context: Context, file_id: int) -> Answer:
    """Hand out a file that a unit handed in."""
    file = await files.one(context.session, file_id)
    if file.purpose is not Purpose.SUBMISSION:
        raise Refusal("no-such-file")
    if file.state is not FileState.KEPT:
        raise Refusal("file-not-kept" if file.state is FileState.LOST else "file-on-its-way")
    return [Reply(messages.file_handed_out(context.speech, file), file=file.id)]


async def _tell_unit(context: Context, duty: Duty, submission: Submission) -> None:
    readers = (await people.of_units(context.session, [duty.unit.id])).get(duty.unit.id, set())
    await outbox.put(context.session, Kind.DECIDED, readers, lane=Lane.WORD, at=context.now, subject=submission.id)
