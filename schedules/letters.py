"""What do messages that were claimed say at this moment, and to whom? Each is looked at once more before it leaves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels import Outgoing
from domain.broadcasts import Hindrance
from domain.deliveries import CHANGES, Delivery, DeliveryState, Kind, Lane
from domain.offices import Office
from domain.people import Account, Person
from domain.quotas import Ways
from messages.i18n import Speech
from schedules import contents, policy
from schedules.readers import NoLongerHoldsError, Reader, WaitUntilError
from storage import broadcasts, claims, outbox, people
from storage.session import Session


@dataclass(frozen=True)
class Letter:
    """A delivery that is ready to leave."""

    delivery: Delivery
    account: Account
    outgoing: Outgoing


async def letters(
    session: Session,
    batch: Sequence[Delivery],
    channels: Collection[str],
    *,
    language: str,
    office: Office,
    now: datetime,
    ways: Ways = claims.ANY,
) -> list[Letter]:
    """Put rows into their readers' words, ``language`` for those who chose none; what does not leave is recorded.

    Each goes to its reader's newest account, by the ``ways`` that are not shunned where there is one.
    """
    announced = {row.subject_id for row in batch if row.kind is Kind.BROADCAST and row.subject_id}
    found = await people.addressees(session, {row.person_id for row in batch}, channels)
    _held = await broadcasts.by_ids(session, announced) if announced else ()  # A session forgets what nobody holds.
    made: list[Letter] = []
    for row in batch:
        one = found[row.person_id]
        account = one.beside(ways.shunned(row.lane))
        if account is None:
            await outbox.finish(session, row, DeliveryState.FAILED, await _why_unreachable(session, row))
            continue
        speech = Speech(one.person.language or language, office.zone)
        rests = row.lane == Lane.BROADCAST and account.channel in ways.rest
        late = Hindrance.QUOTA if rests else Hindrance.EXPIRED
        outgoing = await _outgoing(session, row, Reader(one.person, one.standing, speech, office, now), late)
        if outgoing is not None:
            made.append(Letter(row, account, outgoing))
    return made


async def _outgoing(session: Session, delivery: Delivery, reader: Reader, late: Hindrance) -> Outgoing | None:
    """Give what a row says now; None when it does not leave, which is recorded, and why where it is too ``late``."""
    if delivery.has_had_its_day(reader.now):
        await _end_late(session, delivery, late)
        return None
    held_until = _rest_ends(delivery, reader.person, reader.office, reader.now)
    if held_until > reader.now:
        await outbox.postpone(session, delivery, held_until, "quiet hours")
        return None
    try:
        return await contents.content(session, delivery, reader)
    except NoLongerHoldsError as error:
        await outbox.finish(session, delivery, DeliveryState.CANCELLED, f"{Hindrance.VOID}: {error}")
    except WaitUntilError as wait:
        await outbox.postpone(session, delivery, wait.moment, "outside the office's hours")
    return None


async def _end_late(session: Session, delivery: Delivery, why: Hindrance) -> None:
    """End a row that has had its day; of one whose first copy may have arrived nobody knows."""
    if delivery.repeated:
        await outbox.finish(session, delivery, DeliveryState.UNKNOWN, f"{Hindrance.UNKNOWN_ONCE}: {why}")
    else:
        await outbox.finish(session, delivery, DeliveryState.CANCELLED, why)


def _rest_ends(delivery: Delivery, person: Person, office: Office, now: datetime) -> datetime:
    """Give the first moment, not before now, at which the quiet hours let a delivery leave.

    Word between a unit and the office is never held, nor is an urgent announcement, which travels in its lane; what the office
    changes for its units can wait for the morning. A person's own quiet hours hold reminders only.
    """
    if delivery.lane == Lane.WORD and delivery.kind not in CHANGES:
        return now
    if delivery.lane == Lane.REMINDER:
        return policy.rest_ends(now, office, quiet_from=person.quiet_from, quiet_until=person.quiet_until)
    return policy.rest_ends(now, office)


async def _why_unreachable(session: Session, delivery: Delivery) -> str:
    suspended = await people.suspended(session, delivery.person_id)
    return Hindrance.NO_ACCOUNT if suspended is None else f"{Hindrance.UNREACHABLE}: {suspended}"
