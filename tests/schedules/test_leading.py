"""Does one process lead, and another one when it is gone?"""

import asyncio
import contextlib
from datetime import timedelta

from schedules.leading import LIFE, Leading
from storage.session import Database
from tests.schedules.scenes import Clock


async def test_one_process_leads_until_it_lets_go(database: Database, replica: Database) -> None:
    one, two = Leading(database, "one", Clock()), Leading(replica, "two", Clock())

    assert (one.is_held, await one.renew(), one.is_held) == (False, True, True)
    if not database.is_sqlite:  # where there is one process, it leads
        assert (await two.renew(), two.is_held) == (False, False)
    await one.release()
    assert (one.is_held, await two.renew(), two.is_held) == (False, True, True)


async def test_who_does_not_renew_in_time_is_followed(database: Database, replica: Database) -> None:
    clock = Clock()
    one, two = Leading(database, "one", clock), Leading(replica, "two", clock)
    assert await one.renew()
    clock.now += LIFE + timedelta(seconds=1)

    assert await two.renew()

    if not database.is_sqlite:
        assert (await one.renew(), one.is_held) == (False, False)


async def test_work_runs_while_the_lead_is_held_and_ends_with_it(database: Database) -> None:
    leading, begun, ended = Leading(database, "one", Clock()), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    kept = asyncio.create_task(leading.while_held(work))
    await asyncio.sleep(0)
    assert not begun.is_set()
    await leading.renew()
    async with asyncio.timeout(5):
        await begun.wait()
        await leading.release()
        await ended.wait()
    kept.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await kept


async def test_work_that_fails_begins_again(database: Database) -> None:
    leading, twice = Leading(database, "one", Clock()), asyncio.Event()
    runs: list[int] = []

    async def work() -> None:
        runs.append(len(runs))
        if len(runs) == 2:
            twice.set()
        raise RuntimeError

    await leading.renew()
    kept = asyncio.create_task(leading.while_held(work))
    async with asyncio.timeout(10):
        await twice.wait()
    kept.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await kept
    assert runs[:2] == [0, 1]
