"""What does a delivery say at this moment, and does it still hold? Words are found when it is sent, never before."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from channels import Outgoing
from documents import matching
from domain.assignments import SubmissionState
from domain.broadcasts import BroadcastState
from domain.conclusions import Conclusion, ConclusionState
from domain.deliveries import Delivery, Kind
from domain.drafts import Draft, compose
from domain.duties import Duty
from domain.units import resolve
from messages import broadcasts as broadcast_messages
from messages import calendar_files as calendar_messages
from messages import conclusions as conclusion_messages
from messages import moves, refusals, registration, review, submissions
from messages import previews as preview_messages
from messages import series as series_messages
from schedules import digests, foretelling, rounds, watching
from schedules.foretelling import Outset
from schedules.readers import NoLongerHoldsError, Reader, subject
from storage import (
    assignments,
    broadcasts,
    calendar_files,
    changes,
    conclusions,
    files,
    ladders,
    offices,
    people,
    reach,
    series,
    units,
)
from storage.session import Session

Content = Callable[[Session, Delivery, Reader], Awaitable[Outgoing]]


async def content(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    """Give what a delivery says now; raise ``NoLongerHoldsError`` when nothing, ``WaitUntilError`` when not yet."""
    return await CONTENTS[delivery.kind](session, delivery, reader)


async def _submitted(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    reader.must_be_staff()
    submission = await assignments.submission(session, subject(delivery))
    if submission.state is not SubmissionState.PENDING:
        raise NoLongerHoldsError(f"the submission is {submission.state}")
    duty = await assignments.duty(session, submission.assignment_id)
    by = await people.person(session, submission.person_id)
    handed_in = await files.handed_in(session, [submission.id])
    return submissions.to_office(
        reader.speech, duty, submission, by.name, files=handed_in, moment=reader.moment, repeated=delivery.repeated
    )


async def _undone(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    reader.must_be_staff()
    submission = await assignments.submission(session, subject(delivery))
    return submissions.taken_back(reader.speech, await assignments.duty(session, submission.assignment_id), submission)


async def _decided(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    submission = await assignments.submission(session, subject(delivery))
    duty = await assignments.duty(session, submission.assignment_id)
    newest = await assignments.newest_submission(session, duty.assignment.id)
    if duty.unit.id not in reader.standing.unit_ids:
        raise NoLongerHoldsError("no longer of the unit")
    if newest is None or newest.id != submission.id:
        raise NoLongerHoldsError("handed in anew meanwhile")
    return submissions.decision(reader.speech, duty, submission, reader.moment, repeated=delivery.repeated)


async def _registered(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    reader.must_be_staff()
    role = await people.role(session, subject(delivery))
    if role.until is not None:
        raise NoLongerHoldsError("the role has ended")
    who = await people.person(session, role.person_id)
    unit = await units.one(session, role.unit_id) if role.unit_id else None
    return registration.told_office(reader.speech, who.name, unit.name if unit else None, role.kind, repeated=delivery.repeated)


async def _draft(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    reader.must_be_staff()
    conclusion = await conclusions.one(session, subject(delivery))
    return review.draft(reader.speech, await _laid_out(session, conclusion, reader), reader.office.calendar)


async def _laid_out(session: Session, conclusion: Conclusion, reader: Reader) -> Draft:
    if conclusion.state is not ConclusionState.DRAFT:
        raise NoLongerHoldsError(f"the conclusion is {conclusion.state}")
    kept = await conclusions.tasks_of(session, conclusion.id)
    register = await units.register(session)
    found = await reach.of_units(session, {unit.id for unit in register.units})
    twin, today = await conclusions.twin(session, conclusion), reader.office.today(reader.now)
    effects, likely = await changes.of_paper(session, conclusion.id), matching.likely(kept, register)
    return compose(
        conclusion, kept, register, found.people, twin=twin, today=today, likely=likely, effects=effects, lost=found.lost
    )


async def _preview(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    reader.must_be_staff()
    conclusion = await conclusions.one(session, subject(delivery))
    draft = await _laid_out(session, conclusion, reader)
    wider = await ladders.of_office(session)
    given = preview_messages.orders(draft, wider)
    outset = await foretelling.outset(session, given, reader.now, reader.office, wider=wider, draft=draft)
    # Playing time forward and drawing the picture take a fifth of a second and more, for which nobody else should wait.
    return await asyncio.to_thread(_foretold, outset, draft, reader, repeated=delivery.repeated)


def _foretold(outset: Outset, draft: Draft, reader: Reader, *, repeated: bool) -> Outgoing:
    return preview_messages.told(reader.speech, draft, outset.foretold(), reader.office, repeated=repeated)


async def _unreadable(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    file = await files.one(session, subject(delivery))
    return refusals.unreadable(reader.speech, file.reason or "lost", file.name)


async def _file_lost(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    return submissions.file_lost(reader.speech, await files.one(session, subject(delivery)))


async def _ended(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    conclusion = await conclusions.one(session, subject(delivery))
    duties = await assignments.of_conclusion(session, conclusion.id)
    mine = [duty for duty in duties if duty.unit.id in reader.standing.unit_ids and duty.assignment.has_ended]
    if not mine:
        raise NoLongerHoldsError("no task of the reader's units ended")
    told = conclusion_messages.told_units(reader.speech, conclusion, mine, repeated=delivery.repeated)
    return await _with_calendar(session, reader, told, mine)


async def _moved(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    duties = await assignments.of_task(session, subject(delivery))
    mine = [duty for duty in duties if duty.unit.id in reader.standing.unit_ids and duty.assignment.is_open]
    if not mine:
        raise NoLongerHoldsError("no unit of the reader's has the task open")
    told = moves.told_units(reader.speech, mine, reader.moment, repeated=delivery.repeated)
    return await _with_calendar(session, reader, told, mine)


async def _series(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    task = await conclusions.task(session, subject(delivery))
    conclusion, recurring = await conclusions.one(session, task.conclusion_id), await series.of_task(session, task.id)
    bound = {unit.id for unit in resolve(task.audience, await units.register(session)).units}
    if recurring is None or conclusion.state is not ConclusionState.PUBLISHED or not bound & reader.standing.unit_ids:
        raise NoLongerHoldsError("the conclusion is out of force, or binds no unit of the reader's")
    still_open = [duty for duty in await series.open_duties(session, task.id) if duty.unit.id in reader.standing.unit_ids]
    told = series_messages.told_units(reader.speech, recurring, conclusion, still_open, repeated=delivery.repeated)
    duties = await assignments.of_conclusion(session, conclusion.id)
    opened = [duty for duty in duties if duty.task.series_id == task.id and duty.unit.id in reader.standing.unit_ids]
    return await _with_calendar(session, reader, told, opened)


async def _with_calendar(session: Session, reader: Reader, told: Outgoing, duties: Sequence[Duty]) -> Outgoing:
    """Join the events that the reader's calendar holds as they were before."""
    taken = await calendar_files.taken(session, reader.person.id, [duty.assignment.id for duty in duties])
    held = [(duty, taken[duty.assignment.id]) for duty in duties if duty.assignment.id in taken]
    outdated = [duty for duty, sequence in held if sequence < calendar_messages.sequence(duty.assignment)]
    if not outdated:
        return told
    salt = await offices.salt(session)
    file = calendar_messages.attachment(reader.speech, outdated, reader.office, reader.now, salt=salt)
    return replace(told, attachment=file)


async def _calendar_file(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    duty = await assignments.duty(session, subject(delivery))
    if duty.unit.id not in reader.standing.unit_ids:
        raise NoLongerHoldsError("no longer of the unit")
    salt = await offices.salt(session)
    return calendar_messages.told(reader.speech, duty, reader.office, reader.now, salt=salt, repeated=delivery.repeated)


async def _calendar_changed(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    taken = set(await calendar_files.taken_by(session, reader.person.id))
    open_ones = await assignments.of_units(session, reader.standing.unit_ids)
    held = [duty for duty in open_ones if duty.assignment.id in taken and duty.deadline.last_day]
    if not held:
        raise NoLongerHoldsError("no open task with a day is in the reader's calendar")
    salt = await offices.salt(session)
    return calendar_messages.renewed(reader.speech, held, reader.office, reader.now, salt=salt, repeated=delivery.repeated)


async def _broadcast(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    broadcast = await broadcasts.one(session, subject(delivery))
    if broadcast.state is not BroadcastState.SENDING:
        raise NoLongerHoldsError(f"the announcement is {broadcast.state}")
    if not reader.standing.roles:
        raise NoLongerHoldsError("no longer has a role")
    return broadcast_messages.announcement(reader.speech, broadcast, repeated=delivery.repeated)


async def _broadcast_report(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    reader.must_be_staff()
    broadcast = await broadcasts.one(session, subject(delivery))
    results = await broadcasts.results(session, broadcast.id)
    return broadcast_messages.progress(reader.speech, broadcast, results)


CONTENTS: dict[Kind, Content] = {
    Kind.DIGEST: digests.due,
    Kind.NUDGE: digests.pressed,
    Kind.OFFICE_ROUND: rounds.for_officer,
    Kind.LEADER_ROUND: rounds.for_leader,
    Kind.SUBMITTED: _submitted,
    Kind.UNDONE: _undone,
    Kind.DECIDED: _decided,
    Kind.REGISTERED: _registered,
    Kind.DRAFT: _draft,
    Kind.UNREADABLE: _unreadable,
    Kind.FILE_LOST: _file_lost,
    Kind.ENDED: _ended,
    Kind.MOVED: _moved,
    Kind.SERIES: _series,
    Kind.BROADCAST: _broadcast,
    Kind.BROADCAST_REPORT: _broadcast_report,
    Kind.CALENDAR_FILE: _calendar_file,
    Kind.CALENDAR_CHANGED: _calendar_changed,
    Kind.PREVIEW: _preview,
    Kind.INCIDENT: watching.told,
}
