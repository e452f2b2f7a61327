"""What came of a message that was to leave? Recorded in its row, and made up for as far as can be."""

import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels import AddressGone, ChannelError, Moved, OutcomeUnknown, Refused, ServerFailed, TooFast
from domain.broadcasts import Hindrance
from domain.deliveries import Delivery, DeliveryState, Kind
from domain.incidents import Cause
from domain.people import Account
from schedules.readers import subject
from storage import broadcasts, incidents, outbox, people
from storage.outbox import Taken
from storage.session import Session

LONGEST_WAIT = timedelta(minutes=5)
BUG_WAIT = timedelta(minutes=1)
BUG_LIFE = timedelta(days=1)
"""For so long a row whose words cannot be found is tried again, so that a mended program can still send it."""
SERVER_TRIES = 12
"""For a quarter of an hour or more a server that fails is asked again; after that nobody knows."""
MOST_TRIES = 1000
"""Some three days of tries, five minutes apart at most; then the message has failed."""
log = logging.getLogger(__name__)


class Held(Exception):
    """The message has not left, for no fault of its own: it is to be looked at again, and its try does not count."""


@dataclass(frozen=True)
class Outcome:
    """What came of a delivery at a moment (UTC): the id under which the platform took it, or why it did not.

    ``account`` is the one that it was sent to, None when it had not begun to leave.
    """

    delivery: Delivery
    account: Account | None
    result: str | Exception
    at: datetime

    @property
    def name(self) -> str:
        """A word for the log."""
        return "sent" if isinstance(self.result, str) else type(self.result).__name__


async def record(session: Session, outcomes: list[Outcome]) -> None:
    """Record what came of deliveries; nothing of one that another worker has by now."""
    taken = [
        Taken(one.delivery, one.account.id, one.result, one.at)
        for one in outcomes
        if one.account is not None and isinstance(one.result, str)
    ]
    if taken:
        await outbox.sent(session, taken)
    for one in outcomes:
        if isinstance(one.result, Exception):
            await _failed(session, one, one.result)


async def unknown(session: Session, delivery: Delivery, now: datetime, reason: str) -> None:
    """Send once more what may not have arrived, marked as sent again; after that say honestly that nobody knows.

    An announcement is sent once more only where its author did not wish otherwise.
    """
    if delivery.repeated:
        await _end_unknown(session, delivery, now, f"{Hindrance.UNKNOWN}: {reason}")
    elif await _may_repeat(session, delivery):
        await outbox.postpone(session, delivery, now + backoff(0), reason, repeated=True)
    else:
        await _end_unknown(session, delivery, now, f"{Hindrance.UNKNOWN_ONCE}: {reason}")


async def _end_unknown(session: Session, delivery: Delivery, now: datetime, reason: str) -> None:
    ended = await outbox.finish(session, delivery, DeliveryState.UNKNOWN, reason)
    if ended and delivery.kind is not Kind.INCIDENT:
        await incidents.note(session, Cause.UNKNOWN, now, subject=delivery.id)


async def _may_repeat(session: Session, delivery: Delivery) -> bool:
    if delivery.kind is not Kind.BROADCAST:
        return True
    return (await broadcasts.one(session, subject(delivery))).again


async def _failed(session: Session, outcome: Outcome, failure: Exception) -> None:
    delivery, now = outcome.delivery, outcome.at
    match failure:
        case Held():
            await outbox.postpone(session, delivery, delivery.due_at, "held", tried=False)
        case TooFast(seconds):
            await outbox.postpone(session, delivery, now + timedelta(seconds=seconds), "too fast", tried=False)
        case AddressGone(reason) if outcome.account is not None:
            # Another account of the person may take it; without one, the next round ends the row with the reason.
            await people.suspend(session, outcome.account.id, reason, now)
            await outbox.postpone(session, delivery, now, Hindrance.UNREACHABLE)
        case Moved(address) if outcome.account is not None:
            await people.move(session, outcome.account.id, address)
            await outbox.postpone(session, delivery, now, "moved")
        case Refused(reason):
            await outbox.finish(session, delivery, DeliveryState.FAILED, f"{Hindrance.REFUSED}: {reason}")
        case ServerFailed() if delivery.kind is Kind.INCIDENT:
            # That the platform fails is what it is to tell, as soon as it can.
            await _try_again(session, delivery, now, failure)
        case ServerFailed() if delivery.tries + 1 < SERVER_TRIES and await _may_repeat(session, delivery):
            # It has most likely not taken the message, so that a storm is outlasted, and each copy says that it is one.
            reason = f"not sent, most likely: {failure}"
            await outbox.postpone(session, delivery, now + backoff(delivery.tries), reason, repeated=True)
        case OutcomeUnknown():
            await unknown(session, delivery, now, str(failure))
        case ChannelError():
            await _try_again(session, delivery, now, failure)
        case _:
            await _broken(session, outcome)


async def _try_again(session: Session, delivery: Delivery, now: datetime, failure: ChannelError) -> None:
    if delivery.tries + 1 >= MOST_TRIES:
        await outbox.finish(session, delivery, DeliveryState.FAILED, f"{Hindrance.UNSENT}: {failure}")
    else:
        await outbox.postpone(session, delivery, now + backoff(delivery.tries), f"not sent: {failure}")


async def _broken(session: Session, outcome: Outcome) -> None:
    delivery, now = outcome.delivery, outcome.at
    if outcome.account is not None:
        await unknown(session, delivery, now, "bug")
    elif now - delivery.created_at > BUG_LIFE:
        await outbox.finish(session, delivery, DeliveryState.FAILED, "bug")
    else:
        await outbox.postpone(session, delivery, now + BUG_WAIT, "bug")


def backoff(tries: int) -> timedelta:
    """Give the wait before the next try: doubled each time from two seconds, at most five minutes, with jitter."""
    longest = min(LONGEST_WAIT, timedelta(seconds=2 ** min(tries + 1, 10)))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311  # jitter, no secret
