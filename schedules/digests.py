"""What does a digest say when it leaves, and may it leave now? At most two a day, but what was asked for out of turn."""

from collections.abc import Sequence
from datetime import datetime, time

from channels import Outgoing
from domain.deliveries import Delivery
from domain.digests import GATHERING, MOST_A_DAY, Reason, snoozes
from domain.duties import Duty
from domain.offices import Office
from messages import digests as messages
from schedules import policy
from schedules.readers import NoLongerHoldsError, Reader, WaitUntilError, subject
from storage import assignments, digests, outbox
from storage.session import Session


async def due(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    """Bring up what is still open of what fell due, or of what the reader wished to be reminded of once more."""
    duties = await _open(session, delivery, reader)
    leave_at = policy.may_leave(delivery.created_at, reader.now, reader.office)
    if leave_at > reader.now:
        raise WaitUntilError(leave_at + GATHERING)
    is_wished = delivery.subject_id is not None
    if not is_wished and await digests.sent_since(session, reader.person.id, _midnight(reader)) >= MOST_A_DAY:
        raise WaitUntilError(_round_to_come(reader.now, reader.office))
    return await _told(session, delivery, reader, duties, Reason.WISHED if is_wished else Reason.DUE)


async def pressed(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    """Bring up what is still open of what an officer pressed for, within the office's hours."""
    subject(delivery)
    duties = await _open(session, delivery, reader)
    if not reader.office.is_in_hours(reader.now):
        raise WaitUntilError(reader.office.next_round(reader.now) + GATHERING)
    return await _told(session, delivery, reader, duties, Reason.PRESSED)


async def _open(session: Session, delivery: Delivery, reader: Reader) -> list[Duty]:
    duties = await assignments.by_ids(session, await outbox.items(session, delivery.id))
    found = [duty for duty in duties if duty.assignment.is_open and duty.unit.id in reader.standing.unit_ids]
    if not found:
        raise NoLongerHoldsError("nothing is due any more")
    return found


async def _told(session: Session, delivery: Delivery, reader: Reader, duties: Sequence[Duty], reason: Reason) -> Outgoing:
    still_open = await assignments.of_units(session, reader.standing.unit_ids)
    digest = messages.Digest(
        delivery.id,
        reader.person.name,
        duties,
        reason,
        news=await digests.news(session, delivery, duties, still_open),
        snoozes=snoozes(reader.now, reader.office),
        repeated=delivery.repeated,
    )
    return messages.told(reader.speech, digest, reader.moment)


def _midnight(reader: Reader) -> datetime:
    return datetime.combine(reader.office.today(reader.now), time.min, reader.office.zone)


def _round_to_come(now: datetime, office: Office) -> datetime:
    """Give the moment of the next round, of either kind, when what it brings up has joined."""
    afternoon = office.round_of(office.today(now), afternoon=True)
    morning = office.next_round(now)
    return min(morning, afternoon if office.works(now) and now < afternoon else morning) + GATHERING
