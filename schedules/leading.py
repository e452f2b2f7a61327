"""Does this process lead? One among all plans, polls, and looks after what all share; the others deliver and answer beside it.

Leading saves work, and nothing is safe by it: what must happen once is unique in the database.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from time import monotonic

from schedules.clock import Now, wall_clock
from storage import leases
from storage.session import Database, UnavailableError

LIFE = timedelta(seconds=15)
RENEWED_SECONDS = 4.0
AGAIN_SECONDS = 1.0
log = logging.getLogger(__name__)


class Leading:
    """The lease of a process, named ``owner``; on SQLite there is no other process, so that it always leads."""

    def __init__(self, database: Database, owner: str, clock: Now = wall_clock) -> None:
        self._database = database
        self._owner = owner
        self._clock = clock
        self._until = 0.0
        self._changed = asyncio.Event()
        self._ended = asyncio.Event()

    @property
    def is_held(self) -> bool:
        """Whether this process leads; not when it could not renew its lease in time, by the monotonic clock."""
        return monotonic() < self._until

    async def renew(self) -> bool:
        """Say that this process lives; take the lead where it is free, or go on leading, and tell whether that worked."""
        begun, led = monotonic(), self.is_held
        try:
            async with self._database.transaction() as session:
                await leases.lives(session, self._owner, self._clock(), LIFE)
                holds = await leases.hold(session, self._owner, self._clock(), LIFE, alone=self._database.is_sqlite)
        except UnavailableError:
            log.warning("the lead could not be renewed", extra={"action": "lead"})
            return self.is_held
        self._until = begun + LIFE.total_seconds() if holds else 0.0
        if holds != led:
            log.info("this process leads" if holds else "another process leads", extra={"action": "lead"})
        self._changed.set()
        return holds

    async def keep(self) -> None:
        """Renew until told to end, and not by being cancelled: that would leave a transaction in the middle."""
        while not self._ended.is_set():
            await self.renew()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), RENEWED_SECONDS)

    def end(self) -> None:
        """Let ``keep`` end."""
        self._ended.set()

    async def while_held(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do a piece of work that has no end whenever this process leads, until cancelled."""
        while True:
            self._changed.clear()
            if self.is_held:
                await self._until_lost(asyncio.ensure_future(work()))
            else:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), RENEWED_SECONDS)

    async def _until_lost(self, running: asyncio.Future[None]) -> None:
        try:
            while self.is_held and not running.done():
                await asyncio.wait([running], timeout=RENEWED_SECONDS / 4)
        finally:
            running.cancel()
            (ended,) = await asyncio.gather(running, return_exceptions=True)
        if isinstance(ended, Exception):
            log.error("work of the leader failed and begins again", extra={"action": "lead"}, exc_info=ended)
            await asyncio.sleep(AGAIN_SECONDS)

    async def release(self) -> None:
        """Lead no more, so that another process can at once."""
        self._until = 0.0
        with contextlib.suppress(UnavailableError):
            async with self._database.transaction() as session:
                await leases.release(session, self._owner)
