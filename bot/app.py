"""How do the parts run together? Builds database, channels and workers; starts and stops them in order."""

import asyncio
import logging
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.pauses import Guard
from bot.settings import Settings
from channels import Channel
from channels.telegram import Telegram
from documents.confinement import Confinement
from domain.office_days import OfficeDay, overlay
from domain.offices import Office
from domain.paces import Rates
from domain.quotas import Limits
from handlers import papers
from handlers.answers import Answers
from handlers.inbox import Inbox
from handlers.papers import Desk
from schedules import delivery, progress, reminders
from schedules.clock import Clockwork, Now, Work, wall_clock
from schedules.delivery import Courier
from schedules.leading import Leading
from schedules.pacing import Pacer
from schedules.sweeping import Sweeper
from schedules.watching import Watch
from storage import backlog, calendars, locks, quotas, ticks
from storage.files import Store
from storage.migrations import migrate
from storage.session import Database, Session, UnavailableError

SETTLE_SECONDS = 0.03
HEAR_AGAIN_SECONDS = 2.0
STOP_SECONDS = 15.0
"""For so long answers that are being given may go on when the program is told to stop."""
TICK = timedelta(seconds=15)
"""That planning was done is written down so often at most: it is done anew whenever somebody has done something."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pulse:
    """How often each piece of work is looked for, in seconds; being woken makes it faster, and nothing depends on that."""

    plan: float = 20.0
    deliver: float = 1.0
    papers: float = 1.0
    progress: float = 5.0
    recover: float = 5.0
    mark: float = 60.0
    paused: float = 5.0
    tidy: float = 3600.0
    watch: float = 60.0


def office_of(settings: Settings, day_of: datetime, own: Sequence[OfficeDay] = ()) -> Office:
    """Give the office's time around a moment, by the law's calendar under the days that the office has set itself."""
    return Office(
        overlay(calendars.around(day_of.astimezone(settings.zone).year), own),
        settings.zone,
        morning=settings.morning_round,
        afternoon=settings.afternoon_round,
        quiet_from=settings.quiet_from,
        quiet_until=settings.quiet_until,
        urgent_at_night=settings.urgent_at_night,
    )


def limits_of(settings: Settings, bots: Iterable[str]) -> Limits:
    """Give the quotas of bots, by the months of the office's zone."""
    known = frozenset(bots)
    return Limits(settings.zone, {bot: most for bot, most in settings.quotas.items() if bot in known}, known)


def channels_of(settings: Settings) -> dict[str, Channel]:
    """Give the channels that the settings name; none is indispensable."""
    if settings.telegram_token is None:
        return {}
    telegram = Telegram(
        settings.telegram_token.get_secret_value(), api_url=settings.telegram_api_url, proxy=settings.telegram_proxy
    )
    return {telegram.name: telegram}


@dataclass
class Application:
    """The running program; ``now`` is the clock, which a demo or a test may move, and ``rates`` other ones than the settings'."""

    settings: Settings
    channels: Mapping[str, Channel]
    now: Now = wall_clock
    rates: Rates | None = None
    pulse: Pulse = field(default_factory=Pulse)

    def __post_init__(self) -> None:
        """Build the parts; nothing runs yet."""
        self.database = Database(self.settings.database_url)
        self._own_days: Sequence[OfficeDay] = ()
        store = Store(self.settings.data_dir / "files")
        self.limits = limits_of(self.settings, self.channels)
        self.courier = Courier(
            self.database,
            self.channels,
            Pacer(self.rates or self.settings.rates),
            secrets.token_hex(8),
            self.settings.locale,
            self.limits,
        )
        self.sweeper = Sweeper(self.database)
        self.watch = Watch(self.database, self.courier.pacer.rates.overall, self.limits)
        self._ticked_at: datetime | None = None
        self.leading = Leading(self.database, self.courier.owner)
        confinement = Confinement(seconds=self.settings.read_seconds, preload=["bot.cli"])
        self.desk = Desk(self.database, self.channels, store, confinement)
        self.clockwork = Clockwork(self.now)
        self.guard = Guard(self.database, self.settings.data_dir, self._fresh_office, self.now, self.pulse.paused)
        self.inbox = Inbox(
            database=self.database,
            answers=Answers(self.database, self.channels, store, self.courier.pacer),
            office_now=self._office_now,
            zone=self.settings.zone,
            language=self.settings.locale,
            owner=self.courier.owner,
            now=self.now,
            wall=wall_clock,
            woken=self.wake,
            limits=self.limits,
        )

    def office(self, now: datetime) -> Office:
        """Give the office's time around a moment, by the days that it had set when they were last read."""
        return office_of(self.settings, now, self._own_days)

    async def _office_now(self, session: Session, now: datetime) -> Office:
        """Read the office's own days anew, since another process may have set one; they are few, so that reading is the check."""
        self._own_days = await calendars.own(session)
        return self.office(now)

    async def _fresh_office(self, now: datetime) -> Office:
        async with self.database.transaction() as session:
            return await self._office_now(session, now)

    def wake(self, names: Collection[str] = ("plan", "papers", "deliver")) -> None:
        """Look for work now, of the kinds that are named."""
        for name in names:
            self.clockwork.wake(name)
        if "deliver" in names:
            self.courier.ring()

    async def run(self, stopped: asyncio.Event) -> None:
        """Run until told to stop, or until the office is paused, and hold off while it is.

        Then what is being sent is recorded, and everything is let go of in reverse order.
        """
        async with AsyncExitStack() as stack:
            for channel in self.channels.values():
                stack.push_async_callback(channel.close)
            stack.enter_context(locks.alone(self.database))
            stack.push_async_callback(self.database.close)
            await self._bring_up_to_date()
            if not await self.guard.passes(stopped):
                return
            await self.start()
            stack.push_async_callback(self.leading.release)
            stack.push_async_callback(self._end_sending)
            stack.push_async_callback(self.clockwork.stop)
            async with asyncio.TaskGroup() as workers:
                inbox = workers.create_task(self.inbox.run())
                workers.create_task(self.leading.keep())
                beside = [workers.create_task(work) for work in (self._hear(), self.leading.while_held(self._receive))]
                await self.guard.watch(stopped)
                self.leading.end()
                for task in beside:
                    task.cancel()
                self.inbox.stop()
                await asyncio.wait([inbox], timeout=STOP_SECONDS)
                inbox.cancel()
            log.info("stopped", extra={"action": "stop"})

    async def _receive(self) -> None:
        """Take in events from every channel, which only one process may."""
        async with asyncio.TaskGroup() as listening:
            for channel in self.channels.values():
                listening.create_task(channel.receive(self.inbox.remember))

    async def _hear(self) -> None:
        """Look for work when another process says that there is some; a connection that breaks is opened anew."""
        while True:
            try:
                await self.database.listen(self._heard)
            except UnavailableError:
                log.warning("what other processes say cannot be heard", extra={"action": "hear"})
            await asyncio.sleep(HEAR_AGAIN_SECONDS)

    def _heard(self) -> None:
        self.inbox.ring()
        self.clockwork.wake("deliver")
        self.courier.ring()

    async def _bring_up_to_date(self) -> None:
        migrated = await migrate(self.database, now=self.now())
        if migrated.before != migrated.after:
            log.info("the database was brought up to date", extra={"action": "migrate", "step": migrated.after})

    async def start(self) -> None:
        """Take up what was left behind, and begin to tick."""
        await self._fresh_office(self.now())
        # On SQLite there is one process, which the lock sees to, so whatever was being sent belonged to one that is dead.
        await delivery.recover(self.courier, self.now(), alone=self.database.is_sqlite)
        pulse = self.pulse
        await self.leading.renew()
        self.clockwork.every(pulse.deliver, "deliver", self._deliver)
        self.clockwork.every(pulse.plan, "plan", self._led(self._plan))
        self.clockwork.every(pulse.papers, "papers", self._led(self._papers))
        self.clockwork.every(pulse.progress, "progress", self._led(self._progress))
        self.clockwork.every(pulse.recover, "recover", self._led(self._recover))
        self.clockwork.every(pulse.mark, "mark", self._led(self.guard.renew))
        self.clockwork.every(pulse.tidy, "tidy", self._led(self.inbox.tidy))
        self.clockwork.every(pulse.watch, "watch", self._watch)
        self.clockwork.start()
        self.wake()
        reached = {"channels": ",".join(self.channels) or "none", "database": self.database.shown}
        log.info("started", extra={"action": "start", **reached})

    async def _end_sending(self) -> None:
        """Let what is under way leave and be recorded, for a time; what is not is found out at the next start."""
        try:
            await asyncio.wait_for(self.courier.settled(self.now()), STOP_SECONDS)
        except (TimeoutError, UnavailableError):
            log.warning("stopped while messages were under way", extra={"action": "stop"})

    async def settle(self) -> None:
        """Wait until nothing is due at the moment that the clock shows; for clocks that are moved by hand."""
        while any((await self._backlog()).values()):
            self.wake()
            await asyncio.sleep(SETTLE_SECONDS)

    async def _backlog(self) -> dict[str, int]:
        async with self.database.transaction() as session:
            now = self.now()
            return await backlog.backlog(session, now, await quotas.ways(session, self.limits, now))

    def _led(self, work: Work) -> Work:
        """Let a piece of work rest while another process leads."""

        async def leads(now: datetime) -> int:
            return await work(now) if self.leading.is_held else 0

        return leads

    async def _plan(self, now: datetime) -> int:
        planned = await reminders.plan(self.database, await self._fresh_office(now), now)
        if planned:
            self.clockwork.wake("deliver")
        if self._ticked_at is None or not self._ticked_at <= now < self._ticked_at + TICK:
            async with self.database.transaction() as session:
                await ticks.record(session, ticks.PLAN, now)
            self._ticked_at = now
        return 0

    async def _deliver(self, now: datetime) -> int:
        taken = await self.courier.deliver(self._office_now, now)
        return await self.courier.rest(taken)

    async def _papers(self, now: datetime) -> int:
        return await papers.work(self.desk, self.office(now), now)

    async def _progress(self, now: datetime) -> int:
        await progress.show(self.courier, self.office(now), now)
        return 0

    async def _watch(self, now: datetime) -> int:
        """Compare what should be there with what is, and look whether administrators are to know of anything."""
        try:
            if self.leading.is_held and await self.sweeper.sweep(self.office(now), now):
                self.wake()
        finally:
            await self.watch.look(now, leads=self.leading.is_held)
        return 0

    async def _recover(self, now: datetime) -> int:
        await delivery.recover(self.courier, now, alone=False)
        return 0
