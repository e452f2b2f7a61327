"""Is anybody missed or told twice when the database is full, locked, or away?"""

import asyncio
import resource
import sqlite3
from pathlib import Path

from tests.faults.offices import an_office
from tests.faults.replicas import Replica

FEW = 80
FULL_SECONDS = 10.0
LOCKED_SECONDS = 12.0
"""Longer than a connection waits for the lock."""


async def test_a_full_disk_is_waited_out(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=FEW) as office:
        replica = await office.starts()
        broadcast = await office.announces()
        await office.taken(20)
        # The limit of one process is a full disk to it; SQLite's own ``max_page_count`` belongs to a connection.
        _limits(replica, 0)
        doubt = await office.sending(broadcast)
        await asyncio.sleep(FULL_SECONDS)
        doubt |= await office.sending(broadcast)
        _limits(replica, resource.RLIM_INFINITY)
        census = await office.finished(broadcast)
        assert replica.is_alive
        assert census.complaints(doubt=doubt) == {}


async def test_a_database_locked_for_longer_than_patience_is_waited_for(tmp_path: Path, sqlite: str) -> None:
    async with an_office(tmp_path, sqlite, readers=FEW) as office:
        replica = await office.starts()
        broadcast = await office.announces()
        await office.taken(20)
        holder = sqlite3.connect(tmp_path / "office.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(LOCKED_SECONDS)
        holder.execute("ROLLBACK")
        holder.close()
        doubt = await office.sending(broadcast)
        census = await office.finished(broadcast)
        assert replica.is_alive
        assert census.complaints(doubt=doubt) == {}


def _limits(replica: Replica, size: int) -> None:
    assert replica.process is not None
    resource.prlimit(replica.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
