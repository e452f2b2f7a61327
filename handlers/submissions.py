"""How does a unit hand in? Submitting, taking back, and files that come before or after."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from domain.assignments import AssignmentState, Submission, SubmissionState
from domain.deliveries import Kind, Lane
from domain.duties import Duty
from domain.errors import Refusal
from domain.files import FILE_LIMIT, File, Purpose
from domain.people import DECIDING
from handlers.context import Answer, Context, Reply
from handlers.tasks import mine
from messages import refusals
from messages import submissions as messages
from messages import tasks as task_messages
from storage import assignments, changes, dialogues, files, outbox, people

FRESH = timedelta(hours=1)
"""For so long a file without a word of its own joins what the person handed in last."""
ALBUM = timedelta(seconds=10)
"""So long the office is not told of a file, since more of the same album may come."""
CHOICES = 30


async def submit(context: Context, assignment_id: int, revision: int, place: str) -> Answer:
    """Hand in an assignment: the card changes in place, the person gets a receipt, the office is told."""
    duty = await mine(context, assignment_id)
    if duty.assignment.is_open and duty.assignment.revision != revision:
        return await _as_it_stands(context, duty, "card-old")
    if not duty.assignment.is_open:
        return await _as_it_stands(context, duty, f"is-{duty.assignment.state}")
    submission = await assignments.hand_in(context.session, duty, context.person.id, context.now)
    handed_in = await _join_files(context, duty, submission)
    await dialogues.close(context.session, context.account.id)
    await _tell_office(context, Kind.SUBMITTED, submission, await people.staff(context.session, DECIDING))
    receipt = messages.receipt(context.speech, duty, submission, handed_in, now=context.now)
    return [await _changed_card(context, duty, place), Reply(receipt)]


async def undo(context: Context, submission_id: int) -> Answer:
    """Take a submission back within ten minutes."""
    duty, submission = await assignments.handed_in(context.session, submission_id)
    if duty.unit.id not in context.standing.unit_ids:
        raise Refusal("no-such-task")
    submission.undo(context.now)
    duty.assignment.undo(submission.opened_from, context.now)
    if await changes.have_ended(context.session, duty):
        duty.assignment.end(AssignmentState.CANCELLED)
    for file in await files.handed_in(context.session, [submission.id]):
        file.submission_id = None
    told = await outbox.about(context.session, Kind.SUBMITTED, submission.id)
    await _tell_office(context, Kind.UNDONE, submission, {row.person_id for row in told if row.left})
    return [context.in_place(messages.undone(context.speech, duty, submission))]


async def expect_file(context: Context, assignment_id: int) -> Answer:
    """Take the next file for a task."""
    duty = await mine(context, assignment_id)
    await dialogues.ask(context.session, context.account.id, "file", {"assignment": assignment_id}, context.now)
    return [Reply(messages.awaiting_file(context.speech, duty))]


async def take_file(context: Context) -> Answer:
    """Keep a file that a secretary sent, and join it to the submission or the task that it is for."""
    file = await _announce(context)
    dialogue = await dialogues.open_with(context.session, context.account.id, context.now)
    if dialogue is not None and dialogue.question == "file":
        # The question stays open: an album comes as several messages.
        return await _attach(context, file, await mine(context, int(dialogue.subject["assignment"])))
    fresh = await assignments.fresh_submission(context.session, context.person.id, context.now - FRESH)
    if fresh is not None:
        return await _attach(context, file, await mine(context, fresh.assignment_id))
    states = (AssignmentState.ASSIGNED, AssignmentState.RETURNED, AssignmentState.SUBMITTED)
    duties = await assignments.of_units(context.session, context.standing.unit_ids, states)
    if not duties:
        return [Reply(messages.file_without_task(context.speech, file))]
    if len(duties) == 1:
        return await _attach(context, file, duties[0])
    return [Reply(messages.which_task(context.speech, file, duties[:CHOICES]))]


async def choose_task(context: Context, file_id: int, assignment_id: int) -> Answer:
    """Join a kept file to the task that its sender chose."""
    duty = await mine(context, assignment_id)
    file = await files.one(context.session, file_id)
    if file.person_id != context.person.id or file.purpose is not Purpose.SUBMISSION:
        raise Refusal("no-such-file")
    if file.submission_id is not None:
        raise Refusal("card-old")
    reply = (await _attach(context, file, duty))[0]
    return [context.in_place(reply.outgoing)]


async def _attach(context: Context, file: File, duty: Duty) -> Answer:
    if duty.assignment.state is AssignmentState.SUBMITTED:
        submission = await assignments.newest_submission(context.session, duty.assignment.id)
        if submission is not None:
            file.assignment_id, file.submission_id = duty.assignment.id, submission.id
            await _tell_of_file(context, submission, file)
            return [Reply(messages.file_joined(context.speech, duty, submission, file))]
    if not duty.assignment.is_open:
        return await _as_it_stands(context, duty, f"is-{duty.assignment.state}")
    file.assignment_id = duty.assignment.id
    return [Reply(messages.file_set_aside(context.speech, duty, file))]


async def _announce(context: Context) -> File:
    incoming = context.event.file
    if incoming is None:
        raise Refusal("no-such-file")
    if incoming.size is not None and incoming.size > FILE_LIMIT:
        raise Refusal("file-too-large")
    return await files.announce(context.session, context.received(incoming, Purpose.SUBMISSION))


async def _join_files(context: Context, duty: Duty, submission: Submission) -> list[File]:
    waiting = await files.set_aside_for(context.session, duty.assignment.id)
    for file in waiting:
        file.submission_id = submission.id
    return waiting


async def _tell_office(context: Context, kind: Kind, submission: Submission, readers: Collection[int]) -> None:
    await outbox.put(context.session, kind, readers, lane=Lane.WORD, at=context.now, subject=submission.id)


async def _tell_of_file(context: Context, submission: Submission, file: File) -> None:
    """Tell the office that a file came, once for all the files of an album."""
    if not await outbox.waits(context.session, Kind.SUBMITTED, submission.id):
        readers = await people.staff(context.session, DECIDING)
        at, about = context.now + ALBUM, f"file-{file.id}"
        await outbox.put(context.session, Kind.SUBMITTED, readers, lane=Lane.WORD, at=at, subject=submission.id, about=about)


async def _changed_card(context: Context, duty: Duty, place: str) -> Reply:
    if place == "card":
        return context.in_place(task_messages.card(context.speech, duty, context.moment))
    left = await assignments.of_units(context.session, context.standing.unit_ids)
    pending = await assignments.pending_of_units(context.session, context.standing.unit_ids)
    return context.in_place(task_messages.listing(context.speech, left, context.moment, just=duty, pending=pending))


async def _as_it_stands(context: Context, duty: Duty, reason: str) -> Answer:
    """Say kindly why nothing was changed, and show how the task stands now: by its receipt while that waits for the office."""
    why = refusals.refusal(context.speech, reason)
    last = await assignments.newest_submission(context.session, duty.assignment.id)
    if last is not None and last.state is SubmissionState.PENDING:
        kept = await files.handed_in(context.session, [last.id])
        shown = messages.receipt(context.speech, duty, last, kept, now=context.now)
    else:
        shown = task_messages.card(context.speech, duty, context.moment, last)
    return [Reply(replace(shown, text=context.speech.lines(why.text, "", shown.text)))]
