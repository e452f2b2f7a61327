"""Does a statement cost SQLite one trip to its thread, and is what is cancelled in the middle of one undone?"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from storage import tables
from storage.session import Database, changed
from tests import databases

COUNT = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT i FROM n")
LONG = 300_000
names = tables.people.c.name


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Give an office in a file."""
    async with databases.fresh(databases.SqliteFolder(tmp_path)) as database:
        yield database


@pytest.mark.parametrize("statement", [select(names), insert(tables.people).values(name="Lan")])
async def test_a_statement_is_one_trip_and_its_transaction_two(
    database: Database, statement: object, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.transaction() as session:  # which opens the connection
        await session.execute(text("SELECT 1"))
    with caplog.at_level(logging.DEBUG, "aiosqlite"):
        async with database.transaction() as session:
            await session.execute(statement)  # type: ignore[call-overload]  # either kind
    assert sum(record.message.startswith("executing") for record in caplog.records) == 3


async def test_rows_are_given_one_by_one_in_pieces_and_together(database: Database) -> None:
    async with database.transaction() as session:
        found = await session.scalars(COUNT, {"last": 9})
        assert (found.fetchmany(2), found.first()) == ([1, 2], 3)
        assert list(await session.scalars(COUNT, {"last": 3})) == [1, 2, 3]
        assert (await session.scalars(COUNT, {"last": 2})).all() == [1, 2]
        assert await session.scalar(select(names)) is None
        assert [row async for row in await session.stream_scalars(COUNT, {"last": 3})] == [1, 2, 3]


async def test_it_is_known_how_many_rows_a_statement_changed_and_what_a_new_one_is_numbered(database: Database) -> None:
    async with database.transaction() as session:
        connection = await session.connection()
        made = await connection.execute(insert(tables.people).values(name="Lan"))
        many = await connection.execute(insert(tables.people), [{"name": "Minh"}, {"name": "Hoa"}])
        everyone = await session.execute(update(tables.people).values(language="vi"))
        assert (made.inserted_primary_key, changed(many), changed(everyone)) == ((1,), 2, 3)


async def test_the_program_goes_on_during_a_long_query_and_what_is_cancelled_is_undone(database: Database) -> None:
    counting = asyncio.Event()

    async def count() -> None:
        async with database.transaction() as session:
            await session.execute(insert(tables.people).values(name="Lan"))
            counting.set()
            while True:
                await session.execute(COUNT, {"last": LONG})

    task = asyncio.create_task(count())
    await counting.wait()
    await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task

    assert task.cancelled()
    async with database.transaction() as session:
        assert list(await session.scalars(select(names))) == []
        await session.execute(insert(tables.people).values(name="Minh"))


async def test_transactions_go_on_in_the_order_in_which_they_came(database: Database) -> None:
    order: list[int] = []

    async def one(place: int) -> None:
        async with database.transaction() as session:
            await session.execute(text("SELECT 1"))
            order.append(place)

    async with asyncio.TaskGroup() as waiting, database.transaction() as session:
        await session.execute(text("SELECT 1"))
        for place in range(5):
            waiting.create_task(one(place))
            await asyncio.sleep(0)
    assert order == [0, 1, 2, 3, 4]
