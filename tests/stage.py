"""How is the whole program tried? The real application, over HTTP, against the loopback twin, with a clock that tests move."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy import select

from bot.app import Application, Pulse, channels_of
from bot.commands.staff import new_code
from bot.settings import Settings
from domain.incidents import Cause
from domain.paces import Rates
from domain.people import RoleKind
from domain.units import Unit
from sandbox.telegram import BotApi, Message, Person
from storage import health_tables, people, units

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOTICE = "thong-bao-52.txt"
NOTICE_BYTES = files("sandbox").joinpath("notices", NOTICE).read_bytes()
logging.getLogger("apscheduler").setLevel(logging.ERROR)
QUICK = Pulse(plan=0.2, deliver=0.1, papers=0.1, progress=0.2, recover=5.0, paused=0.1, watch=0.5)


def at(day: str, clock: str = "09:00") -> datetime:
    """Give a moment in the office's zone."""
    return datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=ZONE)


@dataclass
class Stage:
    """The office's database and clock, the twin, and the program while it runs; ``gaps`` are those that a test makes."""

    twin: BotApi
    settings: Settings
    moment: datetime
    rates: Rates = field(default_factory=lambda: Rates(overall=0, chat=0))
    gaps: int = 0
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        """Read the clock."""
        return self.moment

    async def starts(self) -> None:
        """Start the program, whether or not it may go on."""
        self._stopped = asyncio.Event()
        self.app = Application(self.settings, channels_of(self.settings), now=self.now, rates=self.rates, pulse=QUICK)
        self._running = asyncio.create_task(self.app.run(self._stopped))

    async def opens(self) -> None:
        """Start the program, and wait until it asks what came in."""
        await self.starts()
        await self.twin.waits_for_request("getUpdates", times=self.twin.requests["getupdates"] + 1)

    async def closes(self) -> None:
        """Stop the program."""
        self._stopped.set()
        await self.ends()

    async def ends(self) -> None:
        """Wait until the program has ended."""
        if self._running is not None:
            await self._running
            self._running = None

    async def moves(self, day: str, clock: str = "08:00") -> None:
        """Set the clock on, and wait until all that is due then is done."""
        self.moment = at(day, clock)
        await self.app.settle()

    async def passes(self, **span: float) -> None:
        """Let a span of time pass, and wait until all that is due then is done."""
        self.moment += timedelta(**span)
        await self.app.settle()

    async def looks(self) -> int:
        """Let the program look after itself, as it does each minute, and count the gaps that it filled."""
        filled = await self.app.sweeper.sweep(self.app.office(self.moment), self.moment)
        await self.app.watch.look(self.moment, leads=True)
        await self.app.settle()
        return filled

    async def sweeps(self) -> None:
        """Let the program compare what should exist with what exists: whatever was played, nothing was ever missing."""
        if self._running is None:  # its database is closed, and what is opened of it would stay open
            return
        await self.app.sweeper.sweep(self.app.office(self.moment), self.moment)
        assert await self.filled() == self.gaps

    async def filled(self) -> int:
        """Count the gaps that were filled, whoever looked: the program does so by itself, too."""
        async with self.app.database.transaction() as session:
            counts = select(health_tables.incidents.c.count).where(health_tables.incidents.c.cause == Cause.GAP)
            return sum(await session.scalars(counts))

    async def hears(self, person: Person, text: str) -> None:
        """Let a person say something that gets no answer, and wait until it is worked on."""
        polls = self.twin.requests["getupdates"]
        await person.says(text)
        # The program asks for more only when it has remembered what came.
        await self.twin.waits_for_request("getUpdates", times=polls + 1)
        await self.app.settle()

    async def registers(self, *names: str | Unit) -> None:
        """Register units."""
        async with self.app.database.transaction() as session:
            await units.add(session, [name if isinstance(name, Unit) else Unit(name) for name in names])

    async def code(self, kind: RoleKind, *, unit: str | None = None, name: str | None = None) -> str:
        """Make an invitation code."""
        code = new_code()
        async with self.app.database.transaction() as session:
            found = (await units.register(session)).named(unit) if unit else None
            await people.invite(session, code, kind, self.moment, name=name, unit_id=found.id if found else None)
        return code

    async def enrols(self, person: Person, kind: RoleKind, unit: str | None = None) -> None:
        """Let a person come in with a code."""
        await person.starts(await self.code(kind, unit=unit))
        await person.waits_for(person.name)

    async def publishes(
        self, officer: Person, *, name: str = NOTICE, content: bytes | None = None, decide: str = "19/02/2021"
    ) -> None:
        """Let an officer load a notice, choose the day of its unsure deadline, and publish it, warned or not."""
        await self.loads(officer, name=name, content=content)
        await officer.presses("Công bố")
        asked = await officer.wait_for(_is_answer_to_publish)
        if "Xử lý mục" in " ".join(asked.labels):
            await officer.presses(asked.labels[0], asked)
            question = await officer.wait_for(lambda message: "Ngày khác" in message.labels)
            await officer.presses(next(label for label in question.labels if decide in label), question)
            await officer.wait_for(lambda message: "Công bố" in message.labels)
            await officer.presses("Công bố")
            asked = await officer.wait_for(_is_answer_to_publish)
        if "Vẫn công bố" in asked.labels:
            await officer.presses("Vẫn công bố", asked)
            await officer.waits_for("Đã công bố")
        await self.app.settle()

    async def announces(self, officer: Person, text: str) -> Message:
        """Let an officer write an announcement to all units, and give its preview."""
        await officer.says("/thongbao")
        await officer.wait_for(lambda message: "Hủy" in message.labels)
        await officer.says(text)
        await officer.presses("Tất cả đơn vị", await officer.wait_for(lambda message: "Tất cả đơn vị" in message.labels))
        return await officer.wait_for(lambda message: "Xem trước" in message.text)

    async def loads(self, officer: Person, *, name: str = NOTICE, content: bytes | None = None) -> Message:
        """Let an officer send a notice, and give the draft."""
        await officer.sends_file(name, content or NOTICE_BYTES)
        return await officer.wait_for(lambda message: "Công bố" in message.labels, 15)


def _is_answer_to_publish(message: Message) -> bool:
    labels = " ".join(message.labels)
    return "Đã công bố" in message.text or "Xử lý mục" in labels or "Vẫn công bố" in labels


@asynccontextmanager
async def stage(folder: Path, moment: datetime, *, database_url: str | None = None) -> AsyncIterator[Stage]:
    """Give a stage with the program running."""
    async with BotApi(limited=False) as twin:
        settings = Settings(
            database_url=database_url or f"sqlite:///{folder / 'office.db'}",
            telegram_token=SecretStr(twin.token),
            telegram_api_url=twin.url,
            data_dir=folder,
        )
        made = Stage(twin, settings, moment)
        await made.opens()
        try:
            yield made
            await made.sweeps()
        finally:
            await made.closes()
