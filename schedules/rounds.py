"""What does the office hear each morning? One round a working day, for officers and for leaders, when there is anything."""

import logging
from collections.abc import Iterable
from datetime import datetime

from channels import Outgoing
from domain.deliveries import Delivery, Kind, Lane
from domain.offices import Office
from domain.people import DECIDING, RoleKind
from messages import rounds as messages
from schedules import surveys
from schedules.readers import NoLongerHoldsError, Reader, WaitUntilError, subject
from storage import outbox, people, rounds
from storage.session import Database, Session

log = logging.getLogger(__name__)


async def plan(database: Database, office: Office, now: datetime) -> int:
    """Make the round of a working day once, from its morning round on, and count the messages that it brings."""
    if not office.is_in_hours(now):
        return 0
    async with database.transaction() as session:
        if not await rounds.begin(session, office.today(now), now):
            return 0
        found = await surveys.survey(session, office, now)
        officers = [one for one in await people.staff(session, DECIDING) if not found.for_officer(one).is_empty]
        leaders = await people.staff(session, [RoleKind.LEADER]) if found.concerns_leader else []
        told = await _put(session, Kind.OFFICE_ROUND, officers, office, now)
        told += await _put(session, Kind.LEADER_ROUND, leaders, office, now)
    log.info("the office's round is made", extra={"action": "round", "told": told})
    return told


async def _put(session: Session, kind: Kind, readers: Iterable[int], office: Office, now: datetime) -> int:
    day = office.today(now).toordinal()
    return await outbox.put(session, kind, list(readers), lane=Lane.REMINDER, at=now, subject=day)


async def for_officer(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    """Tell an officer what is to be looked after, as it is now."""
    _must_be_today(delivery, reader)
    if not reader.standing.decides:
        raise NoLongerHoldsError("no longer of the office")
    found = (await surveys.survey(session, reader.office, reader.now)).for_officer(reader.person.id)
    if found.is_empty:
        raise NoLongerHoldsError("nothing is to be looked after any more")
    return messages.for_officer(reader.speech, found, reader.moment, repeated=delivery.repeated)


async def for_leader(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    """Tell a leader which units do not answer, as it is now."""
    _must_be_today(delivery, reader)
    if RoleKind.LEADER not in reader.standing.kinds:
        raise NoLongerHoldsError("no longer of the office")
    found = await surveys.for_leader(session, reader.office, reader.now)
    if found is None:
        raise NoLongerHoldsError("every unit has answered meanwhile")
    return messages.for_leader(reader.speech, found, reader.moment, repeated=delivery.repeated)


def _must_be_today(delivery: Delivery, reader: Reader) -> None:
    """Let a round be told on its own day only: the next one tells how things stand then."""
    if subject(delivery) != reader.office.today(reader.now).toordinal():
        raise NoLongerHoldsError("another day's round")
    if not reader.office.is_in_hours(reader.now):
        raise WaitUntilError(reader.office.next_round(reader.now))
