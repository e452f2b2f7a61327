"""Is anybody missed or told twice when the platform is overloaded, fails, stalls, or cuts the line?"""

import asyncio
from pathlib import Path

import pytest

from tests.faults.offices import Office, an_office

FEW, MANY = 60, 300
MINUTE = 60.0
STORM_SECONDS = 20.0
ANSWER_SECONDS = 15.0


async def test_too_fast_for_thirty_percent_of_a_minute_everybody_gets_it_once(tmp_path: Path, sqlite: str, seed: int) -> None:
    async with an_office(tmp_path, sqlite, readers=MANY) as office:
        await office.starts()
        broadcast = await office.announces()
        await office.taken(20)
        storm = office.twin.storms(429, share=0.3, seconds=MINUTE, method="sendMessage", seed=seed, retry_after=1)
        census = await office.finished(broadcast)
        assert storm.refused > 0
        assert census.complaints(too_fast=storm.refused) == {}


async def test_a_server_that_fails_for_twenty_seconds_is_outlasted(tmp_path: Path, sqlite: str, seed: int) -> None:
    async with an_office(tmp_path, sqlite, readers=FEW) as office:
        await office.starts()
        broadcast = await office.announces()
        await office.taken(20)
        storm = office.twin.storms(502, seconds=STORM_SECONDS, seed=seed)
        census = await office.finished(broadcast)
        assert storm.refused > 0
        # A server that failed may have taken the message before it did, so that a careful program is in doubt.
        assert census.complaints(doubt=office.readers, too_fast=0) == {}
        assert census.doubled == set()


async def test_out_of_reach_for_ten_seconds_everybody_gets_it(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=FEW) as office:
        await office.starts()
        broadcast = await office.announces()
        await office.taken(20)
        async with office.twin.away():
            doubt = await office.sending(broadcast)
            await asyncio.sleep(10)
        census = await office.finished(broadcast)
        assert census.complaints(doubt=doubt) == {}


@pytest.mark.parametrize("accepted", [True, False], ids=["accepted-then-cut", "cut-before-accepted"])
async def test_a_cut_line_doubles_only_what_was_on_it(tmp_path: Path, sqlite: str, accepted: bool) -> None:
    async with an_office(tmp_path, sqlite, readers=FEW) as office:
        struck = {number for number, room in list(office.readers.items())[10:40:3] if _cuts(office, room.id, accepted=accepted)}
        await office.starts()
        census = await office.finished(await office.announces())
        assert census.complaints(doubt=struck) == {}
        assert census.doubled == (struck if accepted else set())


async def test_a_stall_of_thirty_seconds_holds_up_nobody_who_asks(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=FEW) as office:
        stalled = dict(list(office.readers.items())[10:15])
        for room in stalled.values():
            office.twin.stalls(30, method="sendMessage", chat=room.id)
        replica = await office.starts()
        broadcast = await office.announces()
        await replica.is_ready()
        await office.taken(10)
        await office.hoa.says("/trogiup")
        await office.hoa.waits_for("/thongbao", timeout=ANSWER_SECONDS)
        await office.finished(broadcast)
        await office.taken(FEW + len(stalled))  # What stalled is taken in the end, though nobody waits for the answer any more.
        census = await office.finished(broadcast)
        assert census.complaints(doubt=stalled) == {}
        assert census.doubled == set(stalled)


def _cuts(office: Office, chat: int, *, accepted: bool) -> bool:
    office.twin.cuts(accepted=accepted, method="sendMessage", chat=chat)
    return True
