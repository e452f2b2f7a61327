"""Is a database that was put back told from the one that ran here, and never the other way round?"""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from storage import instances, marks
from storage.instances import Standing
from storage.marks import MarkUnreadableError, MarkUnwritableError
from storage.office_tables import instance
from storage.session import Database
from tests.builders import NOW, Cast

LATER = NOW + timedelta(hours=1)
RENEW = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from storage import instances
from storage.session import Database
async def renew():
    database = Database(sys.argv[1])
    for _ in range(10_000):
        async with database.transaction() as session:
            await instances.renew(session, Path(sys.argv[2]), datetime(2026, 3, 2, tzinfo=UTC))
        print("renewed", flush=True)
asyncio.run(renew())
"""


class Crash(Exception):
    """What ends a process between two steps."""


async def renewed(database: Database, folder: Path, *, known: str | None = None) -> Standing:
    async with database.transaction() as session:
        return await instances.renew(session, folder, NOW, known=known)


async def renewed_halfway(database: Database, folder: Path) -> None:
    async with database.transaction() as session:
        await instances.renew(session, folder, NOW)
        raise Crash


async def standing(database: Database) -> Standing:
    async with database.transaction() as session:
        return await instances.standing(session)


async def put_back(database: Database, mark: str | None) -> None:
    """Let the database bear the mark that it had when a backup was made of it; None for one of a time without marks."""
    async with database.transaction() as session:
        await session.execute(delete(instance))
        if mark is not None:
            await session.execute(instance.insert().values(id=1, mark=mark))


async def resumed(database: Database, folder: Path) -> bool:
    async with database.transaction() as session:
        return await instances.resume(session, folder)


async def test_an_office_without_a_mark_gets_one_and_is_not_paused(database: Database, cast: Cast, tmp_path: Path) -> None:
    assert await standing(database) == Standing(None, None)
    made = await renewed(database, tmp_path)
    assert made.mark is not None
    assert await standing(database) == made == Standing(made.mark, None)


async def test_the_mark_is_another_each_time(database: Database, cast: Cast, tmp_path: Path) -> None:
    assert len({(await renewed(database, tmp_path)).mark for _ in range(5)}) == 5


@pytest.mark.parametrize("renewals", [0, 1, 3])
async def test_a_process_that_ends_before_the_database_takes_the_mark_pauses_nothing(
    database: Database, cast: Cast, tmp_path: Path, renewals: int
) -> None:
    for _ in range(renewals):
        await renewed(database, tmp_path)
    for _ in range(3):
        with pytest.raises(Crash):
            await renewed_halfway(database, tmp_path)
    assert (await renewed(database, tmp_path)).paused_since is None


async def test_a_process_that_is_killed_while_it_renews_pauses_nothing(database: Database, cast: Cast, tmp_path: Path) -> None:
    words = [sys.executable, "-c", RENEW, database.url.render_as_string(hide_password=False), str(tmp_path)]
    for renewals in (1, 2, 5, 9, 14):
        process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(renewals):
            assert await process.stdout.readline() == b"renewed\n"
        process.kill()
        await process.wait()
        assert await standing(database) == Standing((await standing(database)).mark, None)
        assert marks.fits(tmp_path, (await standing(database)).mark)


async def test_a_database_of_two_renewals_ago_is_paused(database: Database, cast: Cast, tmp_path: Path) -> None:
    old = (await renewed(database, tmp_path)).mark
    for _ in range(2):
        await renewed(database, tmp_path)
    await put_back(database, old)
    assert await renewed(database, tmp_path) == Standing(old, NOW)
    assert await standing(database) == Standing(old, NOW)


async def test_a_database_of_a_time_without_marks_is_paused(database: Database, cast: Cast, tmp_path: Path) -> None:
    for _ in range(2):
        await renewed(database, tmp_path)
    await put_back(database, None)
    assert (await renewed(database, tmp_path)).paused_since == NOW


async def test_a_database_without_its_folder_is_paused_and_the_folder_left_alone(
    database: Database, cast: Cast, tmp_path: Path
) -> None:
    await renewed(database, tmp_path / "data")
    assert (await renewed(database, tmp_path / "elsewhere")).paused_since == NOW
    assert not (tmp_path / "elsewhere").exists()


async def test_a_pause_stays_and_does_not_begin_anew(database: Database, cast: Cast, tmp_path: Path) -> None:
    await renewed(database, tmp_path / "data")
    paused = await renewed(database, tmp_path / "elsewhere")
    async with database.transaction() as session:
        assert await instances.renew(session, tmp_path / "data", LATER) == paused


async def test_a_database_that_begins_anew_takes_over_the_folder_of_another(database: Database, tmp_path: Path) -> None:
    marks.write(tmp_path, "first", "second")
    assert (await renewed(database, tmp_path)).paused_since is None
    await put_back(database, "other")
    assert (await renewed(database, tmp_path)).paused_since is None


async def test_a_mark_that_is_known_is_trusted_whatever_the_folder_says(database: Database, cast: Cast, tmp_path: Path) -> None:
    known = (await renewed(database, tmp_path)).mark
    (tmp_path / marks.NAME).unlink()
    assert (await renewed(database, tmp_path, known=known)).paused_since is None
    assert (await renewed(database, tmp_path)).paused_since is None


async def test_resuming_ends_the_pause_for_good(database: Database, cast: Cast, tmp_path: Path) -> None:
    await renewed(database, tmp_path / "data")
    await renewed(database, tmp_path / "elsewhere")
    assert await resumed(database, tmp_path / "elsewhere")
    assert not await resumed(database, tmp_path / "elsewhere")
    assert (await standing(database)).paused_since is None
    assert (await renewed(database, tmp_path / "elsewhere")).paused_since is None


async def test_the_folder_of_before_does_not_fit_a_resumed_copy(database: Database, cast: Cast, tmp_path: Path) -> None:
    await renewed(database, tmp_path / "data")
    await renewed(database, tmp_path / "elsewhere")
    await resumed(database, tmp_path / "elsewhere")
    assert (await renewed(database, tmp_path / "data")).paused_since == NOW


async def test_a_folder_that_cannot_be_used_changes_nothing(database: Database, cast: Cast, tmp_path: Path) -> None:
    before = await renewed(database, tmp_path)
    (tmp_path / marks.NAME).unlink()
    (tmp_path / marks.NAME).mkdir()
    with pytest.raises(MarkUnreadableError):
        await renewed(database, tmp_path)
    with pytest.raises(MarkUnwritableError):
        await renewed(database, tmp_path, known=before.mark)
    assert await standing(database) == before


async def test_replicas_that_renew_at_once_leave_a_mark_that_fits(
    database: Database, replica: Database, cast: Cast, tmp_path: Path
) -> None:
    for _ in range(5):
        found = await asyncio.gather(*(renewed(one, tmp_path) for one in [database, replica] * 3))
        assert [one.paused_since for one in found] == [None] * 6
        assert marks.fits(tmp_path, (await standing(database)).mark)
