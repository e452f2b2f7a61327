"""Is anybody missed or told twice when several processes share PostgreSQL and some of them, or it, break down?"""

import asyncio
from pathlib import Path
from random import Random

from sqlalchemy import text

from storage.session import Database
from tests import databases
from tests.faults.conftest import url_of
from tests.faults.lines import Line
from tests.faults.offices import Office, an_office
from tests.faults.replicas import PATIENCE, Replica

READERS = 200
OUTAGE_SECONDS = 10.0
STILL_SECONDS = 0.2
HELD_OPEN = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
    " AND state = 'idle in transaction' AND clock_timestamp() - state_change > interval '100 milliseconds'"
)
"""How many transactions have written, and have stood still for a while."""


async def replicas(office: Office, number: int, url: str | None = None) -> None:
    """Start several, one after another, so that each finds the machine to itself."""
    for _ in range(number):
        await (await office.starts(url=url)).is_ready()


async def test_two_of_three_replicas_are_killed(tmp_path: Path, postgresql: str, seed: int) -> None:
    chances = Random(seed)  # noqa: S311 - points of a test, no secret
    async with an_office(tmp_path, postgresql, readers=READERS) as office:
        await replicas(office, 3)
        broadcast = await office.announces()
        doubt: set[int] = set()
        for replica, point in zip(chances.sample(office.replicas, 2), sorted(chances.sample(range(1, 100), 2)), strict=True):
            await office.taken(point)
            await replica.is_killed()
            doubt |= await office.sending(broadcast)
        census = await office.finished(broadcast)
        assert census.complaints(doubt=doubt) == {}


async def test_a_frozen_replica_that_comes_back_does_not_send_what_another_has_by_now(tmp_path: Path, postgresql: str) -> None:
    async with an_office(tmp_path, postgresql, readers=READERS) as office:
        await replicas(office, 2)
        broadcast = await office.announces()
        await office.taken(20)
        frozen = office.replicas[0]
        await _freezes_in_a_transaction(office, frozen)
        doubt = await office.sending(broadcast)
        assert (await office.finished(broadcast)).complaints(doubt=doubt) == {}
        frozen.thaws()
        before = office.twin.requests["getupdates"]
        await office.hoa.says("/trogiup")
        await office.hoa.waits_for("/thongbao", PATIENCE)
        await office.twin.waits_for_request("getUpdates", times=before + 1, timeout=PATIENCE)
        census = await office.finished(broadcast)
        assert census.complaints(doubt=doubt) == {}


async def test_postgresql_is_stopped_at_once_and_started_again(tmp_path: Path, seed: int) -> None:
    with databases.postgres() as server:
        async with databases.fresh(server) as database, an_office(tmp_path, url_of(database), readers=READERS) as office:
            await replicas(office, 3)
            broadcast = await office.announces()
            await office.taken(Random(seed).randrange(20, 100))  # noqa: S311 - a point of a test, no secret
            await server.stop_at_once()
            await asyncio.sleep(OUTAGE_SECONDS)
            await server.start_again()
            await _all_is_well_after(office, broadcast)


async def test_connections_to_the_database_are_cut_for_ten_seconds(
    tmp_path: Path, postgresql: str, server: databases.PostgresServer, seed: int
) -> None:
    async with Line(server.folder) as line, an_office(tmp_path, postgresql, readers=READERS) as office:
        await replicas(office, 3, _by_way_of(line, office.database))
        broadcast = await office.announces()
        await office.taken(Random(seed).randrange(20, 100))  # noqa: S311 - a point of a test, no secret
        async with line.cut():
            await asyncio.sleep(OUTAGE_SECONDS)
        await _all_is_well_after(office, broadcast)


async def _freezes_in_a_transaction(office: Office, replica: Replica) -> None:
    """Let a replica stand still while it holds rows, as a machine does that is suspended or cut off."""
    async with asyncio.timeout(PATIENCE):
        while True:
            replica.freezes()
            await asyncio.sleep(STILL_SECONDS)  # what the others have open is over by then
            async with office.database.transaction() as session:
                if await session.scalar(HELD_OPEN):
                    return
            replica.thaws()
            await asyncio.sleep(STILL_SECONDS / 20)


async def _all_is_well_after(office: Office, broadcast: int) -> None:
    """Check that only what was in flight at the outage was sent again."""
    doubt = await office.sending(broadcast)
    census = await office.finished(broadcast)
    assert census.complaints(doubt=doubt) == {}


def _by_way_of(line: Line, database: Database) -> str:
    return f"postgresql://postgres@/{database.url.database}?host={line.folder}"
