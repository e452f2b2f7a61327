"""How does a statement reach SQLite? In one trip to the driver's thread and back, where SQLAlchemy's adapter makes four.

The adapter opens a cursor, executes, fetches and closes in a trip each, and a trip costs more than most statements do. Here the
thread does all of it at once, and a cursor holds only what came of it. It is still the driver's thread that works: a long query
holds up nobody, and what is cancelled is undone behind what the thread had begun.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection
from sqlalchemy.util import await_
from typing_extensions import override


class Answer(NamedTuple):
    """What came of a statement, by the names of PEP 249."""

    description: Any  # As the driver types it.
    rowcount: int
    lastrowid: int | None
    rows: list[Any]


NOTHING = Answer(None, -1, None, [])


class Cursor:
    """A cursor that is there only while the driver's thread executes a statement."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._take(NOTHING)

    def _take(self, answer: Answer) -> None:
        self.description, self.rowcount, self.lastrowid, rows = answer
        self._rows = deque(rows)

    def execute(self, statement: str, values: Any = ()) -> None:  # Values are what the driver takes.
        """Execute a statement, and take all of its rows."""
        self._take(self._connection.run(lambda cursor: cursor.execute(statement, values)))

    def executemany(self, statement: str, values: Any) -> None:
        """Execute a statement for each set of values."""
        self._take(self._connection.run(lambda cursor: cursor.executemany(statement, values)))

    def fetchone(self) -> Any:
        """Give the next row, None behind the last one."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Give the next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        """Give the rows that are left."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Do nothing where SQLAlchemy closes the driver's cursor behind what it fetched: it is closed."""


class Connection(AsyncAdapt_aiosqlite_connection):
    """SQLAlchemy's adapter of a connection of the driver, but for what its cursors do, and trips that would change nothing."""

    __slots__ = ("_is_used",)

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._is_used = True

    @override
    def commit(self) -> None:
        super().commit()
        self._is_used = False

    @override
    def rollback(self) -> None:
        """Undo what was done since the last commit; the pool asks for it whenever it gets a connection back."""
        if self._is_used:
            super().rollback()

    @override
    def cursor(self, server_side: bool = False) -> Any:  # The adapter types only its own cursor.
        return super().cursor(server_side=True) if server_side else Cursor(self)

    def run(self, act: Callable[[sqlite3.Cursor], object]) -> Answer:
        """Let the driver's thread do something with a new cursor, and give what came of it."""
        self._is_used = True
        driver: Any = self._connection  # aiosqlite's, whose only way to its thread is named as its own
        try:
            answer: Answer = await_(driver._execute(_run, driver._conn, act))  # noqa: SLF001
        except Exception as error:  # noqa: BLE001  # the adapter raises it anew, in the driver's words
            self._handle_exception(error)
        return answer


def _run(connection: sqlite3.Connection, act: Callable[[sqlite3.Cursor], object]) -> Answer:
    cursor = connection.cursor()
    try:
        act(cursor)
        return Answer(cursor.description, cursor.rowcount, cursor.lastrowid, cursor.fetchall() if cursor.description else [])
    finally:
        cursor.close()


def connect(dialect: Dialect, _record: object, arguments: Any, terms: Any) -> Connection:
    """Connect as the dialect does; an engine's listener for ``do_connect``."""
    made = dialect.connect(*arguments, **terms)
    return Connection(made.dbapi, made.driver_connection)
