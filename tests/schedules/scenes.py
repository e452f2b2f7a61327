"""What do tests of plan and delivery share? The office's time in 2026, what is queued, and the rows as they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import select

from channels.recording import Recording
from domain.assignments import Assignment
from domain.deliveries import Delivery, DeliveryState, Kind, Lane
from domain.offices import Office
from domain.paces import Rates
from domain.people import Account, Person
from domain.quotas import Limits
from schedules import delivery
from schedules.clock import Now, wall_clock
from schedules.delivery import Courier
from schedules.pacing import Pacer
from storage import calendars, outbox, people, tables
from storage.session import Database, Session
from tests.builders import NOW, ZONE, Cast, a_broadcast

OFFICE = Office(calendars.around(2026), ZONE)
WITHOUT_RATES = Rates(overall=0, chat=0)
LATER = NOW + timedelta(minutes=10)


@dataclass
class Clock:
    """A wall clock that stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def a_courier(
    database: Database,
    *channels: Recording,
    owner: str = "worker-1",
    language: str = "en",
    rates: Rates = WITHOUT_RATES,
    clock: Now = wall_clock,
    quotas: Mapping[str, int] = MappingProxyType({}),
) -> Courier:
    """Give a worker, which waits for no rate and keeps to no quota unless one is given."""
    by_name = {channel.name: channel for channel in channels}
    return Courier(database, by_name, Pacer(rates, clock), owner, language, Limits(ZONE, quotas, frozenset(by_name)))


async def office_now(_session: Session, _now: datetime) -> Office:
    return OFFICE


async def until_all_left(courier: Courier, moment: datetime = NOW) -> list[int]:
    """Let everything leave that is due at a moment, and give how many rows were taken each time."""
    taken: list[int] = []
    while count := await delivery.deliver(courier, OFFICE, moment):
        taken.append(count)
    return taken


async def deliveries(database: Database) -> list[Delivery]:
    """Give the whole outbox, in the order in which it was filled."""
    async with database.transaction() as session:
        return await outbox.found(session, outbox.DELIVERIES.order_by(tables.outbox.c.id))


async def only(database: Database) -> Delivery:
    """Give the one delivery that there is."""
    (delivery,) = await deliveries(database)
    return delivery


async def digests(database: Database) -> list[tuple[int, set[int]]]:
    """Give the digests, each as its reader and the assignments on it."""
    planned = [delivery for delivery in await deliveries(database) if delivery.kind is Kind.DIGEST]
    async with database.transaction() as session:
        return [(one.person_id, set(await outbox.items(session, one.id))) for one in planned]


async def ledger(database: Database) -> list[tuple[int, str, str]]:
    """Give the ledger, each line as its assignment, step and outcome."""
    lines = tables.reminders.c
    async with database.transaction() as session:
        found = await session.execute(select(lines.assignment_id, lines.step, lines.outcome).order_by(lines.id))
        return [(assignment, step, outcome) for assignment, step, outcome in found]


async def assignment(database: Database, assignment_id: int) -> Assignment:
    """Give an assignment as it stands."""
    async with database.transaction() as session:
        return await session.get_one(Assignment, assignment_id)


async def announced(
    database: Database, cast: Cast, *texts: str, to: Sequence[Person] = (), moment: datetime = NOW, again: bool = True
) -> None:
    """Queue announcements of Hoa's, for Lan unless others are named."""
    async with database.transaction() as session:
        for text in texts:
            broadcast = await a_broadcast(session, cast.hoa, text, at=moment)
            broadcast.repeat(again=again)
            broadcast.send(moment, broadcast.revision)
            readers = [person.id for person in to or [cast.lan]]
            await outbox.put(session, Kind.BROADCAST, readers, lane=Lane.BROADCAST, at=moment, subject=broadcast.id)


def texts(telegram: Recording, address: str = "101") -> list[str]:
    """Give the last lines of what an address got."""
    return [outgoing.text.splitlines()[-1] for outgoing in telegram.to(address)]


def outcome(row: Delivery) -> tuple[DeliveryState, str | None]:
    return row.state, row.reason


async def account(database: Database, address: str) -> Account:
    async with database.transaction() as session:
        return await people.account(session, "telegram", address)
