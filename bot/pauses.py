"""May the program go on, or was its database put back from a backup? Then it waits until somebody has looked."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from domain.offices import Office
from schedules.clock import Now
from schedules.prospects import prospect
from storage import instances
from storage.instances import Standing
from storage.marks import MarkUnreadableError, MarkUnwritableError
from storage.session import Database, UnavailableError

log = logging.getLogger(__name__)


@dataclass
class Guard:
    """Keeps the mark that a database and its folder share, and holds the program while the office is paused.

    ``seconds`` is how often a paused program looks whether it may go on. ``alarm`` is set when the office was paused, or
    another database put in place of its own, while the program ran.
    """

    database: Database
    folder: Path
    office: Callable[[datetime], Awaitable[Office]]
    now: Now
    seconds: float
    alarm: asyncio.Event = field(default_factory=asyncio.Event)
    _known: str | None = None

    async def passes(self, stopped: asyncio.Event) -> bool:
        """Wait until the office is not paused, and renew its mark; False when the program was told to stop meanwhile.

        Raises ``MarkUnreadableError`` when nobody can tell whose database this is.
        """
        standing = await self._renewed(self.now())
        while standing.paused_since is not None and not stopped.is_set():
            await self._tell(standing)
            await self._release(stopped)
            standing = await self._renewed(self.now())
        return not stopped.is_set()

    async def watch(self, stopped: asyncio.Event) -> None:
        """Wait until the program is told to stop, or the alarm is raised."""
        waiting = [asyncio.create_task(event.wait()) for event in (stopped, self.alarm)]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    async def renew(self, now: datetime) -> int:
        """Renew the mark while the program runs, which is no work that leads to more; raise the alarm when there is cause."""
        try:
            standing = await self._renewed(now)
        except MarkUnreadableError as error:
            log.warning("the mark could not be renewed", extra={"action": "mark", "reason": str(error)})
        else:
            if standing.paused_since is not None:
                self.alarm.set()
        return 0

    async def _renewed(self, now: datetime) -> Standing:
        """Renew the mark; a folder that cannot be written to stops nothing, since the old mark still fits."""
        try:
            async with self.database.transaction() as session:
                standing = await instances.renew(session, self.folder, now, known=self._known)
        except MarkUnwritableError as error:
            log.warning("the mark could not be renewed", extra={"action": "mark", "reason": str(error)})
            return Standing(self._known, None)
        self._known = standing.mark
        return standing

    async def _release(self, stopped: asyncio.Event) -> None:
        """Wait until somebody has ended the pause, and trust the database that they have looked at."""
        while not stopped.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), self.seconds)
            try:
                async with self.database.transaction() as session:
                    standing = await instances.standing(session)
            except UnavailableError:
                log.warning("the database could not be reached", extra={"action": "pause"})
                continue
            if standing.paused_since is None:
                self._known = standing.mark
                log.info("the pause is over", extra={"action": "resume"})
                return

    async def _tell(self, standing: Standing) -> None:
        office = await self.office(self.now())
        async with self.database.transaction() as session:
            found = await prospect(session, office, self.now())
        kinds = ",".join(f"{kind}:{count}" for kind, count in found.messages.items()) or "none"
        due = {"by": found.at, "messages": kinds, "oldest": found.oldest, "tasks": found.tasks, "people": found.people}
        log.warning(
            "paused as after a restored backup: “dondoc resume” shows what would be sent, and lets it",
            extra={"action": "pause", "since": standing.paused_since, **due, "events": found.events, "series": found.series},
        )
