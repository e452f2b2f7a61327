"""Is everybody else told when readers block the bot, move, or vanish in the middle of an announcement?"""

from pathlib import Path

from sandbox.telegram import Group, Person
from tests.faults.offices import TEXT, an_office

READERS, GROUPS = 80, 6


async def test_who_blocks_moves_or_vanishes_in_the_middle_stops_nobody_else(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=READERS, groups=GROUPS) as office:
        await office.starts()
        broadcast = await office.announces()
        await office.taken(10)
        people = {number: room for number, room in office.readers.items() if isinstance(room, Person) and not room.chat}
        groups = {number: room for number, room in office.readers.items() if isinstance(room, Group) and not room.chat}
        blocking, leaving, *_ = list(people.items())[-2:]
        moving, expelling, deleted, *_ = groups.items()
        blocking[1].blocks()
        leaving[1].deactivates()
        office.readers[moving[0]] = moving[1].moves(-100_000_000_000 + moving[1].id)
        expelling[1].removes_the_bot()
        deleted[1].ends()
        census = await office.finished(broadcast)
        unreachable = {blocking[0], leaving[0], expelling[0], deleted[0]}
        assert census.complaints(unreachable=unreachable) == {}
        assert census.failed == unreachable
        report = await office.hoa.waits_for(TEXT)
        assert f"{READERS - len(unreachable)}/{READERS}" in report.text
        assert "đã chặn tin" in report.text
