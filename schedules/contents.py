"""What does a delivery say at this moment, and does it still hold? Words are found when it is sent, never before."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from channels import Outgoing
from documents import matching
from domain.assignments import SubmissionState
from domain.broadcasts import BroadcastState
from domain.conclusions import ConclusionState
from domain.deliveries import Delivery, Kind
from domain.drafts import compose
from domain.offices import Office
from domain.people import Person, Standing
from messages import broadcasts as broadcast_messages
from messages import conclusions as conclusion_messages
from messages import moves, refusals, registration, review, submissions, tasks
from messages.i18n import Speech
from messages.tasks import Moment
from schedules import policy
from storage import assignments, broadcasts, conclusions, files, outbox, people, units
from storage.session import Session


class NoLongerHoldsError(Exception):
    """What the delivery would say is not true any more; the text is the reason."""


@dataclass(eq=False)
class WaitUntilError(Exception):
    """What the delivery says may not be said before a moment (UTC)."""

    moment: datetime


@dataclass(frozen=True)
class Reader:
    """The person a delivery is for, as they are when it is sent."""

    person: Person
    standing: Standing
    speech: Speech
    office: Office
    now: datetime

    @property
    def moment(self) -> Moment:
        """When and by which calendar the message speaks."""
        return Moment(self.now, self.office.calendar)


Content = Callable[[Session, Delivery, Reader], Awaitable[Outgoing]]


async def content(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    """Give what a delivery says now; raise ``NoLongerHoldsError`` when nothing, ``WaitUntilError`` when not yet."""
    return await CONTENTS[delivery.kind](session, delivery, reader)


def _subject(delivery: Delivery) -> int:
    if delivery.subject_id is None:
        raise ValueError("a delivery of this kind has a subject")
    return delivery.subject_id


def _staff_only(reader: Reader) -> None:
    if not reader.standing.is_staff:
        raise NoLongerHoldsError("no longer of the office")


async def _digest(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    duties = await assignments.by_ids(session, await outbox.items(session, delivery.id))
    due = [duty for duty in duties if duty.assignment.is_open and duty.unit.id in reader.standing.unit_ids]
    if not due:
        raise NoLongerHoldsError("nothing is due any more")
    leave_at = policy.may_leave(delivery.created_at, reader.now, reader.office)
    if leave_at > reader.now:
        raise WaitUntilError(leave_at)
    return tasks.digest(reader.speech, reader.person.name, due, reader.moment, repeated=delivery.repeated)


async def _submitted(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    _staff_only(reader)
    submission = await assignments.submission(session, _subject(delivery))
    if submission.state is not SubmissionState.PENDING:
        raise NoLongerHoldsError(f"the submission is {submission.state}")
    duty = await assignments.duty(session, submission.assignment_id)
    by = await people.person(session, submission.person_id)
    handed_in = await files.handed_in(session, [submission.id])
    return submissions.to_office(
        reader.speech, duty, submission, by.name, files=handed_in, moment=reader.moment, repeated=delivery.repeated
    )


async def _undone(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    _staff_only(reader)
    submission = await assignments.submission(session, _subject(delivery))
    return submissions.taken_back(reader.speech, await assignments.duty(session, submission.assignment_id), submission)


async def _decided(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    submission = await assignments.submission(session, _subject(delivery))
    duty = await assignments.duty(session, submission.assignment_id)
    newest = await assignments.newest_submission(session, duty.assignment.id)
    if duty.unit.id not in reader.standing.unit_ids:
        raise NoLongerHoldsError("no longer of the unit")
    if newest is None or newest.id != submission.id:
        raise NoLongerHoldsError("handed in anew meanwhile")
    return submissions.decision(reader.speech, duty, submission, reader.moment, repeated=delivery.repeated)


async def _registered(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    _staff_only(reader)
    role = await people.role(session, _subject(delivery))
    if role.until is not None:
        raise NoLongerHoldsError("the role has ended")
    who = await people.person(session, role.person_id)
    unit = await units.one(session, role.unit_id) if role.unit_id else None
    return registration.told_office(reader.speech, who.name, unit.name if unit else None, role.kind, repeated=delivery.repeated)


async def _draft(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    _staff_only(reader)
    conclusion = await conclusions.one(session, _subject(delivery))
    if conclusion.state is not ConclusionState.DRAFT:
        raise NoLongerHoldsError(f"the conclusion is {conclusion.state}")
    kept = await conclusions.tasks_of(session, conclusion.id)
    register = await units.register(session)
    staffed = await people.of_units(session, {unit.id for unit in register.units})
    twin, today = await conclusions.twin(session, conclusion), reader.office.today(reader.now)
    laid_out = compose(conclusion, kept, register, staffed, twin=twin, today=today, likely=matching.likely(kept, register))
    return review.draft(reader.speech, laid_out, reader.office.calendar)


async def _unreadable(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    file = await files.one(session, _subject(delivery))
    return refusals.unreadable(reader.speech, file.reason or "lost", file.name)


async def _file_lost(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    return submissions.file_lost(reader.speech, await files.one(session, _subject(delivery)))


async def _ended(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    conclusion = await conclusions.one(session, _subject(delivery))
    duties = await assignments.of_conclusion(session, conclusion.id)
    mine = [duty for duty in duties if duty.unit.id in reader.standing.unit_ids and duty.assignment.has_ended]
    if not mine:
        raise NoLongerHoldsError("no task of the reader's units ended")
    return conclusion_messages.told_units(reader.speech, conclusion, mine, repeated=delivery.repeated)


async def _moved(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    duties = await assignments.of_task(session, _subject(delivery))
    mine = [duty for duty in duties if duty.unit.id in reader.standing.unit_ids and duty.assignment.is_open]
    if not mine:
        raise NoLongerHoldsError("no unit of the reader's has the task open")
    return moves.told_units(reader.speech, mine, reader.moment, repeated=delivery.repeated)


async def _broadcast(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    broadcast = await broadcasts.one(session, _subject(delivery))
    if broadcast.state is not BroadcastState.SENDING:
        raise NoLongerHoldsError(f"the announcement is {broadcast.state}")
    if not reader.standing.roles:
        raise NoLongerHoldsError("no longer has a role")
    return broadcast_messages.announcement(reader.speech, broadcast, repeated=delivery.repeated)


async def _broadcast_report(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    _staff_only(reader)
    broadcast = await broadcasts.one(session, _subject(delivery))
    results = await broadcasts.results(session, broadcast.id)
    return broadcast_messages.progress(reader.speech, broadcast, results)


CONTENTS: dict[Kind, Content] = {
    Kind.DIGEST: _digest,
    Kind.SUBMITTED: _submitted,
    Kind.UNDONE: _undone,
    Kind.DECIDED: _decided,
    Kind.REGISTERED: _registered,
    Kind.DRAFT: _draft,
    Kind.UNREADABLE: _unreadable,
    Kind.FILE_LOST: _file_lost,
    Kind.ENDED: _ended,
    Kind.MOVED: _moved,
    Kind.BROADCAST: _broadcast,
    Kind.BROADCAST_REPORT: _broadcast_report,
}
