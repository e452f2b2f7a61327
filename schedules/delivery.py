"""How does a planned message leave? Claimed, looked at once more, sent with no transaction open, and what came of it recorded."""

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from channels import AddressGone, Channel, Moved, NotSent, OutcomeUnknown, Outgoing, Refused, TooFast
from domain.broadcasts import Hindrance
from domain.deliveries import CHANGES, Delivery, DeliveryState, Lane
from domain.offices import Office
from domain.people import Account, Person
from messages.i18n import Speech
from schedules import contents
from schedules.pacing import Pacer
from schedules.readers import NoLongerHoldsError, Reader, WaitUntilError
from storage import outbox, people
from storage.session import UNAVAILABLE, Database, Session

BATCH = 24
LONGEST_WAIT = timedelta(minutes=5)
BUG_WAIT = timedelta(minutes=1)
BUG_LIFE = timedelta(days=1)
"""For so long a row whose words cannot be found is tried again, so that a mended program can still send it."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Courier:
    """Everything a worker needs to deliver: ``owner`` names it among others, ``language`` is for people who chose none."""

    database: Database
    channels: Mapping[str, Channel]
    pacer: Pacer
    owner: str
    language: str


@dataclass(frozen=True)
class Letter:
    """A delivery that is ready to leave."""

    delivery: Delivery
    account: Account
    outgoing: Outgoing


async def deliver(courier: Courier, office: Office, now: datetime) -> int:
    """Send one batch of what is due and count the rows that were taken; one person's messages go in order."""
    if not courier.channels:
        return 0
    async with courier.database.transaction() as session:
        batch = await outbox.claim(session, courier.owner, now, BATCH)
    by_person = groupby(sorted(batch, key=lambda row: row.person_id), key=lambda row: row.person_id)
    async with asyncio.TaskGroup() as workers:
        for _, rows in by_person:
            workers.create_task(_deliver_in_order(courier, office, list(rows), now))
    return len(batch)


async def recover(courier: Courier, now: datetime, *, alone: bool) -> int:
    """Take up what workers left behind when they died, and count it; ``alone`` when no other worker can be alive."""
    async with courier.database.transaction() as session:
        lost, freed = await outbox.abandoned(session, now, courier.owner if alone else None)
        for delivery in lost:
            await _unknown(session, delivery, now, "the program ended while sending")
    if lost or freed:
        log.warning("deliveries were taken up again", extra={"action": "recover", "sending": len(lost), "claimed": freed})
    return len(lost) + freed


async def _deliver_in_order(courier: Courier, office: Office, rows: Sequence[Delivery], now: datetime) -> None:
    for delivery in rows:
        letter: Letter | None = None
        try:
            await _turn(courier, delivery)
            letter = await _prepare(courier, office, delivery, now)
            if letter is not None:
                await _send(courier, letter, now)
        except Exception:  # a door: one bad row must not stop the others; it is logged whole and tried again
            log.exception("a delivery failed by a bug", extra={"action": "deliver", "delivery": delivery.id})
            await _give_back(courier, delivery, now, has_left=letter is not None)


async def _give_back(courier: Courier, delivery: Delivery, now: datetime, *, has_left: bool) -> None:
    """Queue a row again that failed by a bug; where that fails too, its lease ends and it is taken up then."""
    try:
        async with courier.database.transaction() as session:
            if has_left:
                await _unknown(session, delivery, now, "bug")
            elif now - delivery.created_at > BUG_LIFE:
                await outbox.finish(session, delivery, DeliveryState.FAILED, "bug")
            else:
                await outbox.postpone(session, delivery, now + BUG_WAIT, "bug")
    except UNAVAILABLE:
        log.warning("the database could not be reached", extra={"action": "deliver", "delivery": delivery.id})


async def _turn(courier: Courier, delivery: Delivery) -> None:
    """Wait until the person's chat may be written to; before the row is looked at, so that what is said holds when it leaves."""
    async with courier.database.transaction() as session:
        account = await people.reachable(session, delivery.person_id, courier.channels)
    if account is not None:
        await courier.pacer.turn(account.address)


async def _prepare(courier: Courier, office: Office, delivery: Delivery, now: datetime) -> Letter | None:
    """Find the account, look whether the message still holds, and put it into the reader's words."""
    async with courier.database.transaction() as session:
        account = await people.reachable(session, delivery.person_id, courier.channels)
        if account is None:
            await outbox.finish(session, delivery, DeliveryState.FAILED, await _why_unreachable(session, delivery))
            return None
        person = await people.person(session, delivery.person_id)
        held_until = _rest_ends(delivery, person, office, now)
        if held_until > now:
            await outbox.postpone(session, delivery, held_until, "quiet hours")
            return None
        speech = Speech(person.language or courier.language, office.zone)
        reader = Reader(person, await people.standing(session, person.id), speech, office, now)
        try:
            outgoing = await contents.content(session, delivery, reader)
        except NoLongerHoldsError as error:
            await outbox.finish(session, delivery, DeliveryState.CANCELLED, f"{Hindrance.VOID}: {error}")
            return None
        except WaitUntilError as wait:
            await outbox.postpone(session, delivery, wait.moment, "outside the office's hours")
            return None
        mine = await outbox.begin(session, delivery, account.id, now)
    return Letter(delivery, account, outgoing) if mine else None


def _rest_ends(delivery: Delivery, person: Person, office: Office, now: datetime) -> datetime:
    """Give the first moment, not before now, at which the quiet hours let a delivery leave.

    Word between a unit and the office is never held, nor is an urgent announcement, which travels in its lane; what the office
    changes for its units can wait for the morning. A person's own quiet hours hold reminders only.
    """
    if delivery.lane == Lane.WORD and delivery.kind not in CHANGES:
        return now
    if delivery.lane == Lane.REMINDER:
        office = office.quieter(quiet_from=person.quiet_from, quiet_until=person.quiet_until)
    return office.next_allowed(now)


async def _why_unreachable(session: Session, delivery: Delivery) -> str:
    suspended = await people.suspended(session, delivery.person_id)
    return Hindrance.NO_ACCOUNT if suspended is None else f"{Hindrance.UNREACHABLE}: {suspended}"


async def _send(courier: Courier, letter: Letter, now: datetime) -> None:
    delivery, account = letter.delivery, letter.account
    failure: Exception | None = None
    message_id = ""
    try:
        message_id = await courier.channels[account.channel].send(account.address, letter.outgoing)
    except (AddressGone, Moved, NotSent, OutcomeUnknown, Refused, TooFast) as error:
        failure = error
    async with courier.database.transaction() as session:
        if failure is None:
            await outbox.sent(session, delivery, message_id, now)
        else:
            await _record(courier, session, letter, failure, now)
    outcome = "sent" if failure is None else type(failure).__name__
    log.info(
        "a delivery was tried", extra={"action": "deliver", "delivery": delivery.id, "kind": delivery.kind, "outcome": outcome}
    )


async def _record(courier: Courier, session: Session, letter: Letter, failure: Exception, now: datetime) -> None:
    delivery = letter.delivery
    match failure:
        case AddressGone(reason):
            # Another account of the person may take it; without one, the next round ends the row with the reason.
            await people.suspend(session, letter.account.id, reason)
            await outbox.postpone(session, delivery, now, Hindrance.UNREACHABLE)
        case Moved(address):
            await people.move(session, letter.account.id, address)
            await outbox.postpone(session, delivery, now, "moved")
        case TooFast(seconds):
            courier.pacer.pause(seconds)
            await outbox.postpone(session, delivery, now + timedelta(seconds=seconds), "too fast")
        case Refused(reason):
            await outbox.finish(session, delivery, DeliveryState.FAILED, f"{Hindrance.REFUSED}: {reason}")
        case OutcomeUnknown():
            await _unknown(session, delivery, now, str(failure))
        case _:
            await outbox.postpone(session, delivery, now + backoff(delivery.tries), f"not sent: {failure}")


async def _unknown(session: Session, delivery: Delivery, now: datetime, reason: str) -> None:
    """Send once more what may not have arrived, marked as sent again; after that say honestly that nobody knows."""
    if delivery.repeated:
        await outbox.finish(session, delivery, DeliveryState.UNKNOWN, f"{Hindrance.UNKNOWN}: {reason}")
    else:
        await outbox.postpone(session, delivery, now + backoff(0), reason, repeated=True)


def backoff(tries: int) -> timedelta:
    """Give the wait before the next try: doubled each time from two seconds, at most five minutes, with jitter."""
    longest = min(LONGEST_WAIT, timedelta(seconds=2 ** min(tries + 1, 10)))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311  # jitter, no secret
