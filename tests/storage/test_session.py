"""Is a transaction whole, kept apart from others, and safe against a power cut?"""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from domain.people import Person
from domain.units import Unit
from storage import people, units
from storage.session import Database, Session, UnreachableError, changed, database_url, insert_new
from storage.tables import accounts
from storage.tables import people as people_rows
from tests import databases
from tests.builders import a_unit


class Crash(Exception):
    """What a handler may raise."""


async def names(database: Database) -> list[str]:
    async with database.transaction() as session:
        return list(await session.scalars(select(people_rows.c.name).order_by(people_rows.c.id)))


async def add_within_a_savepoint(session: Session, *rows: object) -> None:
    async with session.begin_nested():
        for row in rows:
            session.add(row)
            await session.flush()


async def crash_after(database: Database, row: object, *, in_savepoint: bool = False) -> None:
    async with database.transaction() as session:
        if in_savepoint:
            await add_within_a_savepoint(session, row)
        else:
            session.add(row)
            await session.flush()
        raise Crash


@pytest.mark.parametrize(
    ("url", "driver", "name"),
    [
        ("sqlite:///office.db", "sqlite+aiosqlite", "office.db"),
        ("sqlite+aiosqlite:////var/office.db", "sqlite+aiosqlite", "/var/office.db"),
        ("postgresql://u:p@db/office", "postgresql+asyncpg", "office"),
        ("postgres://u:p@db/office", "postgresql+asyncpg", "office"),
        ("postgresql+psycopg://u:p@db/office", "postgresql+asyncpg", "office"),
    ],
)
def test_a_url_is_given_the_driver_that_the_program_uses(url: str, driver: str, name: str) -> None:
    given = database_url(url)
    assert (given.drivername, given.database) == (driver, name)


@pytest.mark.parametrize("url", ["", "office.db", "mysql://u@db/office", "oracle://u@db/office", "sqlite:/office.db"])
def test_a_wrong_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"database URL|neither SQLite nor PostgreSQL"):
        Database(url)


async def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    async with databases.opened(f"sqlite:///{tmp_path / 'data' / 'office.db'}"):
        assert (tmp_path / "data").is_dir()


def test_a_folder_that_cannot_be_made_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(UnreachableError):
        Database(f"sqlite:///{tmp_path / 'data' / 'office.db'}")


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
async def test_every_sqlite_connection_is_set_up(tmp_path: Path, pragma: str, value: object) -> None:
    async with databases.opened(f"sqlite:///{tmp_path / 'office.db'}") as database, database.transaction() as session:
        assert await session.scalar(text(f"PRAGMA {pragma}")) == value


async def test_a_sqlite_transaction_that_has_only_read_keeps_every_other_writer_out(tmp_path: Path) -> None:
    place = tmp_path / "office.db"
    async with databases.opened(f"sqlite:///{place}") as database:
        other = sqlite3.connect(place, timeout=0)
        async with database.transaction() as session:
            await session.execute(text("SELECT 1"))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.close()


async def test_a_block_that_ends_is_kept(database: Database, replica: Database) -> None:
    async with database.transaction() as session:
        await people.add(session, Person("Lan"))
    assert await names(replica) == ["Lan"]


async def test_a_block_that_raises_is_undone(database: Database) -> None:
    with pytest.raises(Crash):
        await crash_after(database, Person("Lan"))
    assert await names(database) == []


async def test_a_savepoint_that_fails_is_undone_whole_and_the_rest_is_kept(database: Database) -> None:
    async with database.transaction() as session:
        await a_unit(session)
        await people.add(session, Person("Lan"))
        with pytest.raises(IntegrityError):
            await add_within_a_savepoint(session, Person("Minh"), Unit("Chi bộ Khoa Toán"))
        await people.add(session, Person("Hoa"))
    assert await names(database) == ["Lan", "Hoa"]


async def test_a_savepoint_goes_when_its_transaction_does(database: Database) -> None:
    with pytest.raises(Crash):
        await crash_after(database, Person("Lan"), in_savepoint=True)
    assert await names(database) == []


async def test_what_points_at_nothing_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        account = await people.account(session, "telegram", "101")
        account.person_id = 404
        with pytest.raises(IntegrityError):
            await session.flush()


async def test_a_row_is_inserted_unless_its_key_is_there(database: Database) -> None:
    async with database.transaction() as session:
        new = insert_new(session, accounts, channel="telegram", address="101", wrong_codes=0)
        assert changed(await session.execute(new)) == 1
        assert changed(await session.execute(new)) == 0


async def test_values_are_still_there_after_the_transaction(database: Database) -> None:
    async with database.transaction() as session:
        unit = await a_unit(session, "Chi bộ Khoa Toán")
    assert (unit.id, unit.name) == (1, "Chi bộ Khoa Toán")


async def test_one_object_stands_for_one_row(database: Database) -> None:
    async with database.transaction() as session:
        unit = await a_unit(session)
        assert await units.one(session, unit.id) is unit
        assert isinstance(unit, Unit)
