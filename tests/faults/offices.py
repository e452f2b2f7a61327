"""Whom does the program write to while it is treated badly? An office with many readers, and an announcement on its way."""

import asyncio
import contextlib
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from domain.broadcasts import BroadcastState
from domain.deliveries import Delivery, DeliveryState, EventState, Kind, Lane
from domain.people import RoleKind
from sandbox.telegram import BotApi, Group, Happening, Person
from schedules.clock import wall_clock
from storage import broadcasts, outbox, people, tables
from storage.migrations import migrate
from storage.session import Database
from tests import builders, databases
from tests.builders import EVERYONE
from tests.faults.census import ENDS, Census
from tests.faults.replicas import COMMAND, LOOK_SECONDS, PATIENCE, Replica

TEXT = "Họp giao ban lúc 14 giờ, phòng họp số 2."
HOA = 100
FAR = timedelta(days=1)
READERS_OF_A_UNIT = 25


@dataclass
class Office:
    """An office, the twin it writes by, and its replicas; ``readers`` are the rooms of its secretaries by the person's number."""

    folder: Path
    twin: BotApi
    url: str
    database: Database
    tally: Counter[int] = field(default_factory=Counter)
    author: int = 0
    readers: dict[int, Person | Group] = field(default_factory=dict)
    replicas: list[Replica] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let Hoa in, who answers for the office."""
        self.hoa = self.twin.person(HOA, "Hoa", known=True)

    def hear(self, happening: Happening) -> None:
        """Count a copy of the announcement that the platform takes."""
        if happening.kind == "sent" and happening.chat != HOA and TEXT in happening.message.text:
            self.tally[happening.chat] += 1

    async def starts(self, *, url: str | None = None, command: Sequence[str] = COMMAND, **more: str) -> Replica:
        """Start one more replica, which reaches the database by its URL or by another."""
        environment = {
            "DONDOC_DATABASE_URL": url or self.url,
            "DONDOC_DATA_DIR": str(self.folder),
            "DONDOC_TELEGRAM_TOKEN": self.twin.token,
            "DONDOC_TELEGRAM_API_URL": self.twin.url,
            "DONDOC_QUIET_FROM": "00:00",
            "DONDOC_QUIET_UNTIL": "00:00",
            **more,
        }
        replica = Replica(f"replica{len(self.replicas) + 1}", self.folder, environment, command)
        self.replicas.append(replica)
        return await replica.starts()

    async def announces(self, *, held: int = 0) -> int:
        """Let an announcement to everybody go out, as a press of 'Gửi' does, but to so many only when they are let go of."""
        now = wall_clock()
        async with self.database.transaction() as session:
            author = await people.person(session, self.author)
            broadcast = await builders.a_broadcast(session, author, TEXT, at=now)
            broadcast.choose(EVERYONE)
            broadcast.send(now, broadcast.revision)
            readers = list(self.readers)
            for some, at in ((readers[held:], now), (readers[:held], now + FAR)):
                await outbox.put(session, Kind.BROADCAST, some, lane=Lane.BROADCAST, at=at, subject=broadcast.id)
            return broadcast.id

    async def lets_go(self) -> None:
        """Let the announcement go out to those for whom it was held."""
        async with self.database.transaction() as session:
            now = wall_clock()
            await session.execute(update(tables.outbox).where(tables.outbox.c.due_at > now).values(due_at=now))

    async def taken(self, copies: int) -> None:
        """Wait until the platform has taken so many copies in all."""
        await self.twin.world.bell.until(lambda: self.tally.total() >= copies or None, PATIENCE)

    async def sending(self, broadcast: int) -> set[int]:
        """Give whose message is in flight: it may have left, and nothing is known of it yet."""
        rows = await self.rows(broadcast)
        return {row.person_id for row in rows if row.state is DeliveryState.SENDING or (row.repeated and row.state not in ENDS)}

    async def rows(self, broadcast: int) -> list[Delivery]:
        """Give the rows of an announcement."""
        async with self.database.transaction() as session:
            return await outbox.about(session, Kind.BROADCAST, broadcast)

    async def finished(self, broadcast: int) -> Census:
        """Wait until the announcement is through and reported to its author, and count."""
        with contextlib.suppress(TimeoutError):  # The census tells better what did not end.
            await until(lambda: self._is_through(broadcast))
        rows = {row.person_id: row for row in await self.rows(broadcast)}
        copies = {number: [one for one in room.chat if TEXT in one.text] for number, room in self.readers.items()}
        ended = [replica.name for replica in self.replicas if replica.has_failed]
        return Census(copies, rows, self.twin.refusals[429], ended)

    async def _is_through(self, broadcast: int) -> bool:
        async with self.database.transaction() as session:
            one = await broadcasts.one(session, broadcast)
            reports = await outbox.about(session, Kind.BROADCAST_REPORT, broadcast)
        rows = [*await self.rows(broadcast), *reports]
        return one.state is BroadcastState.DONE and bool(reports) and all(row.state in ENDS for row in rows)


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = PATIENCE) -> None:
    """Look again and again whether something holds, or raise ``TimeoutError``."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 - another process makes it hold, which no event tells
            await asyncio.sleep(LOOK_SECONDS)


async def is_done(office: Office) -> bool:
    """Tell whether all that came in is answered."""
    waiting = tables.inbox.c.state.in_((EventState.WAITING, EventState.HANDLED))
    async with office.database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(tables.inbox).where(waiting)) == 0


@asynccontextmanager
async def an_office(
    folder: Path, url: str, *, readers: int, groups: int = 0, of_a_unit: int = READERS_OF_A_UNIT
) -> AsyncIterator[Office]:
    """Give an office with so many readers, the last of whom read in groups, on a platform that keeps to Telegram's rates."""
    async with BotApi() as twin, databases.opened(url) as database:
        await migrate(database)
        office = await furnished(Office(folder, twin, url, database), readers=readers, groups=groups, of_a_unit=of_a_unit)
        try:
            yield office
        finally:
            for replica in office.replicas:
                if replica.is_alive:
                    await replica.gets(signal.SIGKILL)
                sys.stdout.write(f"{replica.name} told:\n{replica.trouble}\n")  # which pytest shows when the test fails


async def furnished(office: Office, *, readers: int, groups: int = 0, of_a_unit: int = READERS_OF_A_UNIT) -> Office:
    """Register Hoa and so many readers, so many of a unit."""
    office.twin.world.listener = office.hear
    numbers = range(HOA + 1, HOA + 1 + readers)
    async with office.database.transaction() as session:
        office.author = (await builders.a_person(session, "Hoa", RoleKind.ADMIN, address=str(HOA))).id
        for number in numbers:
            if (number - HOA - 1) % of_a_unit == 0:
                unit = await builders.a_unit(session, f"Chi bộ số {number - HOA}")
            chat = -number if number > numbers[-1] - groups else number
            person = await builders.a_person(session, f"Thư ký {number}", unit=unit, address=str(chat))
            room = office.twin.group(chat, f"Nhóm {number}") if chat < 0 else office.twin.person(chat, person.name, known=True)
            office.readers[person.id] = room
    return office
