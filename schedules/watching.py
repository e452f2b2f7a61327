"""Is something wrong that administrators are to know? Looked at each minute, told seldom, and told once more when it is over."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from channels import Outgoing
from domain.deliveries import Delivery, DeliveryState, Kind, Lane
from domain.incidents import Cause, Incident
from domain.people import RoleKind
from domain.quotas import Limits, Quota, stage
from messages import incidents as messages
from schedules.readers import NoLongerHoldsError, Reader, subject
from storage import health, incidents, outbox, people, quotas
from storage.session import Database, Session, UnavailableError

DARK = timedelta(minutes=1)
"""A database that is away for a shorter time is waited for, and nobody notices."""
HELD_UP = timedelta(minutes=2)
"""Word to an administrator leaves within seconds; what took so long was held up with all the rest."""
UNFINISHED = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)
log = logging.getLogger(__name__)


@dataclass
class Watch:
    """One process's look at how all goes; ``rate`` is what a bot may send in a second, zero without limit.

    ``limits`` are the quotas of bots.
    Since when the database is away is known here only: there is no row to write it into.
    """

    database: Database
    rate: float
    limits: Limits = field(default_factory=Limits)
    _dark_since: datetime | None = field(default=None)

    async def look(self, now: datetime, *, leads: bool) -> None:
        """Look at everything, or at the database only while another process leads."""
        try:
            async with self.database.transaction() as session:
                await self._light(session, now)
                if leads:
                    await _look(session, now, self.rate, self.limits)
        except UnavailableError:
            self._dark_since = self._dark_since or now
            log.warning("the database could not be reached", extra={"action": "watch"})
        else:
            self._dark_since = None

    async def _light(self, session: Session, now: datetime) -> None:
        """Keep it when the database was away and has come back; each process knows, and one of them tells."""
        last = await incidents.last_told(session, Cause.DATABASE)
        since = self._dark_since
        if since is None or now - since < DARK or (last is not None and last >= since):
            return
        incident = await incidents.keep(session, Incident(Cause.DATABASE, since, now, over_at=now))
        if incident.is_to_be_told(now, last):
            await _tell(session, incident, (), now)
        log.error("the database was away", extra={"action": "incident", "cause": Cause.DATABASE})


async def _look(session: Session, now: datetime, rate: float, limits: Limits) -> None:
    lasting = await _lasting(session, now, rate, limits)
    for cause, count in lasting.items():
        if count:
            await incidents.lasts(session, cause, now, count=count)
    for incident in await incidents.not_over(session, held=True):
        word = await outbox.about(session, Kind.INCIDENT, incident.id)
        # What was held up itself told what was true when it left.
        arrived = [one.sent_at for one in word if one.sent_at is not None]
        incident.told_at = max([*arrived, incident.told_at]) if incident.told_at else None
        if incident.is_calm(now) or not lasting.get(incident.cause, 1):
            await _end(session, incident, word, now)
        elif incident.is_to_be_told(now, await incidents.last_told(session, incident.cause)):
            await _tell(session, incident, word, now)
    # What is told reads them as they are set now.
    await quotas.held(session, limits, limits.month(now), limits.months)


async def _lasting(session: Session, now: datetime, rate: float, limits: Limits) -> dict[Cause, int]:
    """Tell what lasts now, and how bad it is; zero where all is well."""
    kept = await quotas.of(session, limits, now)
    waiting = await health.waiting(session, now, limits.ways(kept))
    used = max((quota.percent for quota in kept), default=0)
    return {
        Cause.UNSENT: waiting.stuck if waiting.is_stuck(now, rate) else 0,
        Cause.QUOTA: used if stage(used) else 0,
    }


async def _tell(session: Session, incident: Incident, word: Sequence[Delivery], now: datetime) -> None:
    """Tell administrators, but when word of it is still to leave: it will say how things stand then."""
    if any(one.state in UNFINISHED for one in word):
        return
    incident.told_at = now
    # Of a quota each stage is told once, which the key of the message sees to.
    about = f"{stage(incident.count)}" if incident.cause is Cause.QUOTA else f"{now.timestamp():.0f}"
    await _put(session, incident, now, about=about)


async def _end(session: Session, incident: Incident, word: Sequence[Delivery], now: datetime) -> None:
    incident.over_at = now
    log.info("an incident is over", extra={"action": "incident", "cause": incident.cause, "count": incident.count})
    if word and not any(one.state in UNFINISHED or _told_the_end(one, incident) for one in word):
        await _put(session, incident, now, about="over")


def _told_the_end(word: Delivery, incident: Incident) -> bool:
    """Tell whether a message told the end, since it had itself to wait for it."""
    sent_at = word.sent_at
    return incident.cause is Cause.UNSENT and sent_at is not None and _was_held_up(word, sent_at, before=word.tries - 1)


def _was_held_up(word: Delivery, left_at: datetime, *, before: int) -> bool:
    """Tell whether word that leaves at a moment had to wait, or was tried ``before``."""
    return before > 0 or left_at - word.created_at >= HELD_UP


async def _put(session: Session, incident: Incident, now: datetime, *, about: str) -> None:
    admins = await people.staff(session, [RoleKind.ADMIN])
    # That a month's messages run out wakes nobody.
    lane = Lane.REMINDER if incident.cause is Cause.QUOTA else Lane.WORD
    await outbox.put(session, Kind.INCIDENT, admins, lane=lane, at=now, subject=incident.id, about=about)


async def told(session: Session, delivery: Delivery, reader: Reader) -> Outgoing:
    """Tell an administrator an incident as it is now.

    What had to wait itself tells of messages that could not leave as over: it leaves now.
    """
    number = subject(delivery)
    if RoleKind.ADMIN not in reader.standing.kinds:
        raise NoLongerHoldsError("no longer an administrator")
    incident = await incidents.one(session, number)
    has_left = incident.cause is Cause.UNSENT and _was_held_up(delivery, reader.now, before=delivery.tries)
    until = incident.ended_at if incident.over_at else reader.now if has_left else None
    used = await _used(session, incident, reader) if until is None else ()
    return messages.told(reader.speech, incident, until=until, repeated=delivery.repeated, quotas=used)


async def _used(session: Session, incident: Incident, reader: Reader) -> Sequence[Quota]:
    """Give the quotas that an incident is about."""
    if incident.cause is not Cause.QUOTA:
        return ()
    month = reader.office.today(incident.last_at).replace(day=1)
    return [quota for quota in await quotas.of_months(session, month, month) if stage(quota.percent)]
