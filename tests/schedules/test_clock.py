"""Does the clockwork run what it is given, in time, again, and to the end?"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from schedules.clock import Clockwork, Every, wall_clock

NOON = datetime(2021, 2, 1, 5, tzinfo=UTC)
SELDOM, OFTEN = 3600.0, 0.01


@asynccontextmanager
async def ticking(clockwork: Clockwork) -> AsyncIterator[Clockwork]:
    clockwork.start()
    try:
        yield clockwork
    finally:
        await clockwork.stop()


class Work:
    """Work that remembers when it ran; ``results`` are what its runs give, an error is raised, and then there is none."""

    def __init__(self, *results: int | Exception, until: int = 1) -> None:
        self.results = list(results)
        self.moments: list[datetime] = []
        self.enough = asyncio.Event()
        self._until = until

    async def __call__(self, now: datetime) -> int:
        self.moments.append(now)
        if len(self.moments) >= self._until:
            self.enough.set()
        result = self.results.pop(0) if self.results else 0
        if isinstance(result, Exception):
            raise result
        return result


async def come(happened: asyncio.Event) -> None:
    async with asyncio.timeout(5):
        await happened.wait()


def clock() -> Clockwork:
    return Clockwork(lambda: NOON)


async def test_work_runs_every_so_often_with_the_moment() -> None:
    clockwork, work = clock(), Work(until=3)
    clockwork.every(OFTEN, "plan", work)

    async with ticking(clockwork):
        await come(work.enough)

    assert work.moments[:3] == [NOON, NOON, NOON]


async def test_work_runs_when_it_is_woken() -> None:
    clockwork, work = clock(), Work()
    clockwork.every(SELDOM, "plan", work)

    async with ticking(clockwork):
        clockwork.wake("plan")
        await come(work.enough)

    assert work.moments == [NOON]


async def test_waking_before_the_start_does_nothing() -> None:
    clockwork, work = clock(), Work()
    clockwork.every(SELDOM, "plan", work)

    clockwork.wake("plan")

    assert work.moments == []


async def test_only_the_work_that_is_named_wakes() -> None:
    clockwork, plan, deliver = clock(), Work(), Work()
    clockwork.every(SELDOM, "plan", plan)
    clockwork.every(SELDOM, "deliver", deliver)

    async with ticking(clockwork):
        clockwork.wake("deliver")
        await come(deliver.enough)

    assert (plan.moments, deliver.moments) == ([], [NOON])


async def test_work_goes_on_at_once_while_it_finds_something_to_do() -> None:
    clockwork, work = clock(), Work(24, 24, 3, until=4)
    clockwork.every(SELDOM, "deliver", work)

    async with ticking(clockwork):
        clockwork.wake("deliver")
        await come(work.enough)

    assert len(work.moments) == 4


async def test_work_runs_on_when_the_clock_was_set_back() -> None:
    clockwork, work = clock(), Work()
    clockwork.every(SELDOM, "deliver", work)

    async with ticking(clockwork):
        # To the scheduler it is the same whether its plan moves ahead or the clock goes back.
        clockwork._scheduler.modify_job("deliver", next_run_time=wall_clock() + timedelta(hours=4))
        await come(work.enough)

    assert work.moments == [NOON]


def test_what_was_missed_while_the_clock_was_wrong_is_due_once() -> None:
    assert Every(1).get_next_fire_time(datetime(1970, 1, 1, tzinfo=UTC), NOON) == NOON + timedelta(seconds=1)


async def test_a_tick_that_fails_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    failure = RuntimeError("the database is away")
    clockwork, work = clock(), Work(failure, until=2)
    clockwork.every(OFTEN, "plan", work)

    with caplog.at_level(logging.ERROR, logger="schedules.clock"):
        async with ticking(clockwork):
            await come(work.enough)

    logged = [record for record in caplog.records if record.name == "schedules.clock"]
    assert [(record.__dict__["action"], record.exc_info and record.exc_info[1]) for record in logged] == [("plan", failure)]


async def test_work_never_runs_beside_itself() -> None:
    clockwork, entered, go_on = clock(), asyncio.Event(), asyncio.Event()
    running = most = 0

    async def work(now: datetime) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        entered.set()
        await go_on.wait()
        running -= 1
        return 0

    other = Work(until=3)
    clockwork.every(OFTEN, "plan", work)
    clockwork.every(OFTEN, "deliver", other)
    async with ticking(clockwork):
        await come(entered)
        await come(other.enough)
        go_on.set()

    assert most == 1


async def test_stopping_waits_for_what_runs() -> None:
    clockwork, entered, go_on = clock(), asyncio.Event(), asyncio.Event()
    ended: list[str] = []

    async def work(now: datetime) -> int:
        entered.set()
        await go_on.wait()
        ended.append("work")
        return 1

    clockwork.every(SELDOM, "deliver", work)
    clockwork.start()
    clockwork.wake("deliver")
    await come(entered)
    stopping = asyncio.create_task(clockwork.stop())
    stopping.add_done_callback(lambda _: ended.append("stop"))
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    await asyncio.sleep(0)

    assert ended == ["work", "stop"]


async def test_nothing_starts_once_it_is_stopped() -> None:
    clockwork, work, other = clock(), Work(), Work(until=3)
    clockwork.every(OFTEN, "plan", work)
    async with ticking(clockwork):
        await come(work.enough)
    ran = len(work.moments)

    async with ticking(clock()) as later:
        later.every(OFTEN, "deliver", other)
        await come(other.enough)

    assert len(work.moments) == ran
