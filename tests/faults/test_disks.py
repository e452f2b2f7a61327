"""Is anybody missed or told twice when the database is full, locked, or away?"""

import asyncio
import resource
import sqlite3
from pathlib import Path

from tests.faults.offices import an_office, is_done, until
from tests.faults.programs import FULL, ITS_DISK_FILLS, run
from tests.faults.replicas import PATIENCE, Replica

FEW = 80
FULL_SECONDS = 10.0
ASKED, WORDS = 3, "xin hỏi về hạn nộp báo cáo. " * 140
LOCKED_SECONDS = 12.0
"""Longer than a connection waits for the lock."""


async def test_a_full_disk_is_waited_out(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=FEW) as office:
        replica = await office.starts()
        broadcast = await office.announces()
        await office.taken(20)
        # A process that may not write to files any more: what fails is the write, as on a quota or a file system that breaks.
        _limits(replica, 0)
        doubt = await office.sending(broadcast)
        await asyncio.sleep(FULL_SECONDS)
        doubt |= await office.sending(broadcast)
        _limits(replica, resource.RLIM_INFINITY)
        census = await office.finished(broadcast)
        assert census.complaints(doubt=doubt) == {}


async def test_a_database_that_may_not_grow_is_waited_out(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=FEW) as office:
        replica = await office.starts(command=run(ITS_DISK_FILLS))
        broadcast = await office.announces()
        await office.taken(20)
        (tmp_path / FULL).touch()
        for number in range(ASKED):
            await office.hoa.says(f"/trogiup {number} {WORDS}")
        doubt = await office.sending(broadcast)
        await until(lambda: says(replica, "not_remembered"))
        await asyncio.sleep(FULL_SECONDS)
        doubt |= await office.sending(broadcast)
        (tmp_path / FULL).unlink()
        census = await office.finished(broadcast)
        assert census.complaints(doubt=doubt) == {}
        # What people wrote meanwhile is answered, since the platform keeps it until it is remembered.
        await office.twin.world.bell.until(lambda: not office.twin.world.updates.pending or None, PATIENCE)
        await until(lambda: is_done(office))
        assert len([one for one in office.hoa.chat if one.from_bot]) >= ASKED


async def says(replica: Replica, action: str) -> bool:
    return f"action=telegram.{action}" in replica.log


async def test_a_database_locked_for_longer_than_patience_is_waited_for(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=FEW) as office:
        await office.starts()
        broadcast = await office.announces()
        await office.taken(20)
        holder = sqlite3.connect(tmp_path / "office.db", isolation_level=None, timeout=PATIENCE)
        holder.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(LOCKED_SECONDS)
        holder.execute("ROLLBACK")
        holder.close()
        doubt = await office.sending(broadcast)
        census = await office.finished(broadcast)
        assert census.complaints(doubt=doubt) == {}


def _limits(replica: Replica, size: int) -> None:
    assert replica.process is not None
    resource.prlimit(replica.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
