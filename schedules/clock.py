"""What time is it, and what runs when? The only reader of the clock here, and the wiring of APScheduler."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import time

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from storage.session import UnavailableError

STOP_SECONDS = 20.0
LOOK_SECONDS = 1.0
"""How often it is looked whether the clock was set back."""
Now = Callable[[], datetime]
Work = Callable[[datetime], Awaitable[int]]
log = logging.getLogger(__name__)


def wall_clock() -> datetime:
    """Give the moment (UTC)."""
    return datetime.fromtimestamp(time(), UTC)


class Every(BaseTrigger):  # type: ignore[misc]  # ships no types
    """Due so long after the last look, and once however far the clock was set ahead; APScheduler's own lists each time missed."""

    def __init__(self, seconds: float) -> None:
        self.span = timedelta(seconds=seconds)

    def get_next_fire_time(self, _last: datetime | None, now: datetime) -> datetime:
        """Give the next moment."""
        return now + self.span


class Clockwork:
    """Runs pieces of work again and again, each with the moment at which it runs.

    The jobs hold no state, so that nothing is lost when the process ends: what is to be done stands in the database.
    """

    def __init__(self, now: Now) -> None:
        self._now = now
        # A late tick runs once, whatever was missed: by default it would be dropped after one second.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._running: dict[str, asyncio.Task[None] | None] = {}
        self._again: set[str] = set()
        self._stopping = False
        self._looking: asyncio.Task[None] | None = None
        self._scheduler.add_listener(_report, EVENT_JOB_ERROR)

    def every(self, seconds: float, name: str, work: Work) -> None:
        """Run the work every so many seconds, and again at once as long as it finds something to do."""

        async def tick() -> None:
            self._running[name] = asyncio.current_task()
            try:
                self._again.add(name)
                while name in self._again and not self._stopping:
                    self._again.discard(name)
                    if await work(self._now()):
                        self._again.add(name)
            finally:
                del self._running[name]

        self._scheduler.add_job(tick, Every(seconds), id=name)

    def wake(self, name: str) -> None:
        """Run a piece of work now; when it runs already, once more when it is through."""
        if name in self._running:
            self._again.add(name)
        elif self._scheduler.running:
            self._scheduler.modify_job(name, next_run_time=wall_clock())

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()
        self._looking = asyncio.create_task(self._look())

    async def _look(self) -> None:
        """Run what is planned farther ahead than it ever is: the clock was set back since. Until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = wall_clock()
            for job in self._scheduler.get_jobs():
                if job.next_run_time > now + job.trigger.span:
                    self._scheduler.modify_job(job.id, next_run_time=now)

    async def stop(self) -> None:
        """Tick no more, and let what runs come to an end, for a time."""
        self._stopping = True
        if self._looking is not None:
            self._looking.cancel()
        self._scheduler.pause()
        running = [task for task in self._running.values() if task is not None]
        if running:
            await asyncio.wait(running, timeout=STOP_SECONDS)
        self._scheduler.shutdown(wait=False)


def _report(event: JobExecutionEvent) -> None:
    if isinstance(event.exception, UnavailableError):
        log.warning("the database could not be reached", extra={"action": event.job_id})
        return
    log.error("a tick failed and is tried again at the next", extra={"action": event.job_id}, exc_info=event.exception)
