"""What does a digest say when it leaves, and may it leave now? At most two a day, but what was asked for out of turn."""

from datetime import datetime

from channels import Outgoing
from domain.deliveries import Delivery
from domain.digests import Reason, snoozes
from domain.duties import Duty
from messages import digests as messages
from schedules import policy
from schedules.readers import NoLongerHoldsError, Reader, WaitUntilError, subject
from storage import assignments, digests, outbox
from storage.session import Session


async def due(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    """Bring up what is still open of what fell due, or of what the reader wished to be reminded of once more."""
    await _must_hold(session, delivery, reader)
    is_wished = delivery.subject_id is not None
    got_today = 0 if is_wished else await digests.sent_since(session, reader.person.id, reader.office.midnight(reader.now))
    _wait_until(policy.digest_leaves(delivery.created_at, reader.now, reader.office, got_today=got_today), reader)
    return await _told(session, delivery, reader, Reason.WISHED if is_wished else Reason.DUE)


async def pressed(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    """Bring up what is still open of what an officer pressed for, within the office's hours."""
    subject(delivery)
    await _must_hold(session, delivery, reader)
    _wait_until(policy.pressed_leaves(reader.now, reader.office), reader)
    return await _told(session, delivery, reader, Reason.PRESSED)


def _wait_until(moment: datetime, reader: Reader) -> None:
    if moment > reader.now:
        raise WaitUntilError(moment)


async def _open(session: Session, delivery: Delivery, reader: Reader) -> list[Duty]:
    duties = await assignments.by_ids(session, await outbox.items(session, delivery.id))
    return [duty for duty in duties if duty.assignment.is_open and duty.unit.id in reader.standing.unit_ids]


async def _must_hold(session: Session, delivery: Delivery, reader: Reader) -> None:
    if not await _open(session, delivery, reader):
        raise NoLongerHoldsError("nothing is due any more")


async def _told(session: Session, delivery: Delivery, reader: Reader, reason: Reason) -> Outgoing:
    """Tell it with what else is due by now, so that a round brings one message."""
    if not delivery.repeated:
        await digests.gather(session, delivery, reader.now)
    duties = await _open(session, delivery, reader)
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
