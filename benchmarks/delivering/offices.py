"""Who reads, and what is to be sent to them? An office in a database, set up as handlers do, and the program that runs on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from benchmarks.delivering.processes import DONDOC, Program, Twin
from benchmarks.delivering.watch import ASKERS_FROM, READERS_FROM
from domain.assignments import Assignment
from domain.broadcasts import Broadcast, BroadcastState
from domain.deliveries import Kind, Lane
from domain.people import Account, Person, Role, RoleKind
from domain.readings import Audience, AudienceKind
from domain.units import Unit
from schedules.clock import wall_clock
from storage import broadcasts, conclusions, outbox, units
from storage.migrations import migrate
from storage.session import Database, Session
from tests import builders

HOA = 1
TEXT = "Mời các đồng chí dự giao ban lúc 14 giờ, phòng họp số 2. Mang theo báo cáo tháng."
FASTEST = "10000"
MONTH = timedelta(days=30)
TOLD = "Khối được thông báo"


@dataclass
class Office:
    """A database with an officer, whom the program may know, and secretaries, each of a unit of their own."""

    database: Database
    folder: Path
    author: int = 0
    readers: list[Person] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    async def registers(
        self, readers: int, *, askers: int = 0, channel: str = "telegram", hoa: RoleKind = RoleKind.OFFICER
    ) -> None:
        """Register Hoa, the readers, and people beside them who are of no group that is written to."""
        now, number = wall_clock(), readers + askers
        addresses = [*range(READERS_FROM, READERS_FROM + readers), *range(ASKERS_FROM, ASKERS_FROM + askers)]
        async with self.database.transaction() as session:
            self.author = (await builders.a_person(session, "Hoa", hoa, address=str(HOA), since=now)).id
            self.units = [Unit(f"Chi bộ số {at}", group=TOLD if at < readers else None) for at in range(number)]
            await units.add(session, self.units)
            made = [Person(f"Thư ký {at}") for at in range(number)]
            await _keep(session, made)
            await _keep(session, [Role(one.id, RoleKind.SECRETARY, now, self.units[at].id) for at, one in enumerate(made)])
            await _keep(session, [Account(channel, str(addresses[at]), one.id) for at, one in enumerate(made)])
        self.readers = made[:readers]

    async def drafts(self) -> Broadcast:
        """Write an announcement to the readers, which is ready to be sent."""
        async with self.database.transaction() as session:
            broadcast = await broadcasts.add(session, Broadcast(self.author, TEXT, wall_clock()))
            broadcast.choose(Audience(AudienceKind.GROUP, phrase=TOLD))
        return broadcast

    async def queues(self) -> int:
        """Let an announcement wait to be sent to every reader, and give its number."""
        now, broadcast = wall_clock(), await self.drafts()
        async with self.database.transaction() as session:
            (await broadcasts.one(session, broadcast.id)).send(now, broadcast.revision)
            readers = [one.id for one in self.readers]
            await outbox.put(session, Kind.BROADCAST, readers, lane=Lane.BROADCAST, at=now, subject=broadcast.id)
        return broadcast.id

    async def assigns(self) -> list[Assignment]:
        """Give every reader's unit one task, of which nobody is reminded soon."""
        now = wall_clock()
        async with self.database.transaction() as session:
            draft, task = builders.a_conclusion(created_by=self.author, created_at=now), builders.a_task()
            await conclusions.keep(session, draft, [task])
            draft.publish([task], now)
            made = [Assignment(task.id, unit.id, remind_from=now, look_at=now + MONTH) for unit in self.units]
            await _keep(session, made)
        return made

    async def waiting(self, broadcast_id: int) -> int:
        """Count the readers whose message is still to leave."""
        async with self.database.transaction() as session:
            return (await broadcasts.results(session, broadcast_id)).waiting

    async def is_sent(self, broadcast_id: int) -> bool:
        """Tell whether an announcement was pressed to go out and nothing of it waits any more."""
        async with self.database.transaction() as session:
            if (await broadcasts.one(session, broadcast_id)).state is BroadcastState.DRAFT:
                return False
        return await self.waiting(broadcast_id) == 0

    async def starts(self, twin: Twin, *, fast: bool = False) -> Program:
        """Start the program on the database, without quiet hours, and without limits when it is to be fast."""
        limits = {"DONDOC_TELEGRAM_RATE": FASTEST, "DONDOC_TELEGRAM_CHAT_RATE": FASTEST} if fast else {}
        return await twin.starts(DONDOC, self.folder, self.environment(twin) | limits)

    def environment(self, twin: Twin) -> dict[str, str]:
        """Give the settings of a process on the database."""
        return {
            "DONDOC_DATABASE_URL": plain(self.database),
            "DONDOC_DATA_DIR": str(self.folder / "data"),
            "DONDOC_TELEGRAM_TOKEN": twin.token,
            "DONDOC_TELEGRAM_API_URL": twin.url,
            "DONDOC_QUIET_FROM": "00:00",
            "DONDOC_QUIET_UNTIL": "00:00",
            "DONDOC_LOG_LEVEL": "WARNING",
        }


async def _keep(session: Session, rows: list[Person] | list[Role] | list[Account] | list[Assignment]) -> None:
    session.add_all(rows)
    await session.flush()


def plain(database: Database) -> str:
    """Give a database's URL as it is written in a setting."""
    return database.url.set(drivername=database.url.get_backend_name()).render_as_string(hide_password=False)


@asynccontextmanager
async def opened(url: str, folder: Path) -> AsyncIterator[Office]:
    """Give an office in an empty database."""
    database = Database(url)
    try:
        await migrate(database)
        yield Office(database, folder)
    finally:
        await database.close()
