"""Is anybody missed or told twice when the program stands still, or its clock jumps?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from domain.deliveries import DeliveryState
from tests.faults.offices import Office, an_office, until
from tests.faults.programs import ITS_CLOCK_JUMPS, jump, run

READERS = 150
BLOCKED_SECONDS = 5.0
TAKEN = (DeliveryState.CLAIMED, DeliveryState.SENDING)


async def test_a_blocked_event_loop_ends_in_no_burst(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=READERS) as office:
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


async def test_a_clock_that_jumps_back_and_is_set_right(tmp_path: Path, sqlite: str) -> None:
    async with announcing(tmp_path, sqlite) as (office, broadcast):
        jump(tmp_path, timedelta(hours=-3))
        doubt = await office.sending(broadcast)
        await until(lambda: _rests(office, broadcast))  # nothing is due in the past
        jump(tmp_path, timedelta(0))
        assert (await office.finished(broadcast)).complaints(doubt=doubt) == {}


async def test_a_clock_that_jumps_ahead_while_messages_leave_doubles_none(tmp_path: Path, sqlite: str) -> None:
    async with announcing(tmp_path, sqlite) as (office, broadcast):
        jump(tmp_path, timedelta(hours=3))
        assert (await office.finished(broadcast)).complaints() == {}


async def test_a_clock_that_ran_hours_ahead_is_set_right_and_nothing_waits_as_long(tmp_path: Path, sqlite: str) -> None:
    async with announcing(tmp_path, sqlite, ahead=timedelta(hours=3)) as (office, broadcast):
        jump(tmp_path, timedelta(0))
        doubt = await office.sending(broadcast)
        assert (await office.finished(broadcast)).complaints(doubt=doubt) == {}


@asynccontextmanager
async def announcing(folder: Path, url: str, *, ahead: timedelta = timedelta(0)) -> AsyncIterator[tuple[Office, int]]:
    """Give an office in the middle of an announcement, with its number; its clock is so far ahead and may jump."""
    async with an_office(folder, url, readers=READERS) as office:
        jump(folder, ahead)
        await (await office.starts(command=run(ITS_CLOCK_JUMPS))).is_ready()
        broadcast = await office.announces()
        await office.taken(20)
        yield office, broadcast


async def _rests(office: Office, broadcast: int) -> bool:
    return not any(row.state in TAKEN for row in await office.rows(broadcast))
