"""Is a transaction whole, kept apart from others, and safe against a power cut?"""

import asyncio
import contextlib
import sqlite3
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.people import Person
from domain.units import Unit
from storage import people, units
from storage.migrations import step_of
from storage.session import Database, Session, UnavailableError, UnreachableError, changed, database_url, insert_new, tell_of_work
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


@pytest.mark.parametrize(
    "url",
    [
        "",
        "office.db",
        "mysql://u@db/office",
        "oracle://u@db/office",
        "sqlite:/office.db",
        "sqlite://geheim/office.db",
        "postgresql://u:p@db:geheim/office",
        "postgresql://u:p@db:65536/office",
        "postgresql://u:p@db:0/office",
    ],
)
def test_a_wrong_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="is no database address") as raised:
        Database(url)
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"])
def test_a_hosted_url_s_sslmode_is_told_to_the_driver_in_its_own_word(mode: str) -> None:
    given = database_url(f"postgresql://u:p@db/office?sslmode={mode}&channel_binding=require&connect_timeout=10")
    assert given.query == {"ssl": mode}
    assert database_url(given.render_as_string(hide_password=False)) == given


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@db/office?geheim=1",
        "postgresql://u:p@db/office?sslmode=geheim",
        "postgresql://u@db/office?password=geheim",
        "postgresql://u:p@db/office?sslmode=require&sslmode=geheim",
        "sqlite:///office.db?geheim=1",
    ],
)
def test_a_parameter_that_the_driver_does_not_know_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValueError, match="parameter") as raised:
        Database(url)
    assert "geheim" not in str(raised.value)


@asynccontextmanager
async def a_server_without_tls() -> AsyncIterator[int]:
    """Say no to TLS, as PostgreSQL does, and give the port."""
    gone = asyncio.Event()

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(8)
        writer.write(b"N")
        await reader.read()
        writer.close()
        await writer.wait_closed()
        gone.set()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        await asyncio.wait_for(gone.wait(), 5)


async def test_a_server_that_has_no_tls_is_not_used_where_the_url_requires_it() -> None:
    async with (
        a_server_without_tls() as port,
        databases.opened(f"postgresql://u:p@127.0.0.1:{port}/office?sslmode=require") as database,
    ):
        with pytest.raises(UnreachableError, match="SSL"):
            await step_of(database)


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
async def test_a_url_with_sslmode_opens_the_database(blank: Database) -> None:
    async with databases.opened(f"{blank.url.render_as_string(hide_password=False)}&sslmode=prefer") as database:
        assert await step_of(database) is None


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


async def test_an_error_tells_nothing_of_the_row_that_was_refused(database: Database) -> None:
    async with database.transaction() as session:
        first = await a_unit(session, "Chi bộ Bí mật")
        second = Unit(first.name, short_name="BM")
        with pytest.raises(IntegrityError) as raised:
            await add_within_a_savepoint(session, second)
    told = str(raised.value) + "".join(traceback.format_exception(raised.value))
    assert "unique" in told.lower()
    assert [value for value in (second.name, second.folded_name, "BM") if value in told] == []


async def test_an_error_tells_nothing_of_a_row_that_lacks_something(database: Database) -> None:
    row = people_rows.insert().values(id=None, name=None, language="geheim")
    async with database.transaction() as session:
        with pytest.raises(IntegrityError) as raised:
            async with session.begin_nested():
                await session.execute(row)
    assert "geheim" not in str(raised.value) + "".join(traceback.format_exception(raised.value))


async def test_what_points_at_nothing_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        account = await people.account(session, "telegram", "101")
        account.person_id = 404
        with pytest.raises(IntegrityError):
            await session.flush()


async def test_a_row_is_inserted_unless_its_key_is_there(database: Database) -> None:
    async with database.transaction() as session:
        new = insert_new(session, accounts, {"channel": "telegram", "address": "101", "wrong_codes": 0})
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


async def test_other_processes_hear_of_work_when_it_is_committed(database: Database, replica: Database) -> None:
    heard = asyncio.Event()
    listening = asyncio.create_task(replica.listen(heard.set))
    if database.is_sqlite:  # where there is no other process, nothing is to be heard
        await listening
        return
    async with asyncio.timeout(10):
        while not heard.is_set():  # the listener may still be coming up
            async with database.transaction() as session:
                await tell_of_work(session)
            await asyncio.sleep(0.05)
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    async with databases.opened("postgresql://office@127.0.0.1:1/office") as database:
        with pytest.raises(UnavailableError):
            await names(database)
        with pytest.raises(UnavailableError):
            await database.listen(lambda: None)


async def cut_while_open(database: Database, replica: Database) -> None:
    """Let another session end the connection in the middle of a transaction."""
    async with database.transaction() as session:
        await people.add(session, Person("Lan"))
        backend = await session.scalar(text("SELECT pg_backend_pid()"))
        async with replica.transaction() as other:
            await other.execute(text("SELECT pg_terminate_backend(:backend)"), {"backend": backend})
        await people.add(session, Person("Hoa"))


async def fill_the_disk(database: Database) -> None:
    async with database.transaction() as session:
        await people.add(session, Person("Lan"))
        await session.execute(text("PRAGMA max_page_count = 1"))
        await session.execute(text("CREATE TABLE much AS SELECT zeroblob(1000000)"))


async def test_what_interrupts_a_transaction_is_unavailable_and_keeps_nothing(database: Database, replica: Database) -> None:
    interrupted = fill_the_disk(database) if database.is_sqlite else cut_while_open(database, replica)

    with pytest.raises(UnavailableError):
        await interrupted

    assert await names(replica) == []
    if not database.is_sqlite:  # whose disk stays full
        async with database.transaction() as session:
            await people.add(session, Person("Minh"))
        assert await names(replica) == ["Minh"]


async def test_a_statement_that_is_wrong_is_a_mistake_and_no_outage(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await ask_for_nothing(database)


async def ask_for_nothing(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("SELECT nothing FROM people"))
