"""Is anybody missed or told twice when the program stands still, or its clock jumps?"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sandbox.telegram import Rates
from tests import databases
from tests.faults.offices import Office, an_office, furnished
from tests.stage import at, stage

READERS = 150
BLOCKED_SECONDS = 5.0


async def test_a_blocked_event_loop_ends_in_no_burst(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=READERS, rates=Rates()) as office:
        replica = await office.starts()
        broadcast = await office.announces()
        await office.taken(30)
        # To the loop it is the same whether something blocks it or the whole process stands still.
        replica.freezes()
        await asyncio.sleep(BLOCKED_SECONDS)
        replica.thaws()
        # The platform's answers wait meanwhile, so that nothing is in doubt.
        census = await office.finished(broadcast)
        assert census.complaints() == {}


async def test_a_clock_that_jumps_ahead_and_back_and_is_set_right(tmp_path: Path, sqlite: str) -> None:
    # Within the process, since a clock of one's own cannot be given to another one from outside.
    async with stage(tmp_path, at("2026-03-02"), database_url=sqlite) as scene, databases.opened(sqlite) as database:
        office = await furnished(Office(tmp_path, scene.twin, sqlite, database), readers=READERS)
        broadcast = await office.announces(scene.moment)
        scene.app.wake()
        doubt: set[int] = set()
        for point, jump in ((20, timedelta(hours=3)), (60, timedelta(hours=-6)), (60, timedelta(hours=3, minutes=5))):
            await office.taken(point)
            scene.moment += jump
            doubt |= await office.sending(broadcast)
            if jump < timedelta(0):
                await scene.app.settle()  # nothing is due in the past
        running = asyncio.create_task(_ticks(lambda: setattr(scene, "moment", scene.moment + timedelta(seconds=1))))
        census = await office.finished(broadcast)
        running.cancel()
        assert census.complaints(doubt=doubt) == {}


async def _ticks(tick: Callable[[], None]) -> None:
    """Let time go on, second by second, until cancelled."""
    while True:
        tick()
        await asyncio.sleep(1)
