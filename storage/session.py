"""How is the database reached? The engine for SQLite and PostgreSQL, and ``transaction()``, the only place that commits."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from asyncpg import InterfaceError as PostgresInterfaceError
from asyncpg import PostgresError
from sqlalchemy import Connection, CursorResult, ExceptionContext, Insert, Result, Select, Table, event, func, select
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from storage import sqlite

Session = AsyncSession
"""A database session; everything outside this package knows it by this name."""
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
BUSY_SECONDS = 10
ROWS_AT_ONCE = 1000
IDLE_MILLISECONDS = 15_000
SQLITE_PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
PASSING = {"08", "40", "53", "57"}
"""Classes of SQLSTATE that pass: a broken connection, a deadlock, no room or connection left, a server that stops or starts."""
WORK = "dondoc_work"
T = TypeVar("T")
NOT_TAKEN = "the driver does not take a parameter of its address"
LARGEST_PORT = 65535
TLS_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
# What asyncpg is given as it stands in the URL; ``ssl`` is its word for libpq's ``sslmode``.
KNOWN = {"host", "passfile", "port", "ssl", "target_session_attrs", "user"}
# What hosted URLs carry for libpq, and asyncpg has no such thing; without it a connection is none the worse.
PASSED_OVER = {
    "application_name",
    "channel_binding",
    "connect_timeout",
    "gssencmode",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
}


class UnavailableError(Exception):
    """The database is away, full, or locked for too long: nothing was kept, and the work is to be done again."""


class UnreachableError(Exception):
    """The database cannot be reached or opened; the text is the driver's reason."""


def database_url(text: str) -> URL:
    """Give the URL with the driver that the program uses, and the parameters in its words.

    Raise ValueError when it names no database that it knows. The text says what the URL is or has, and holds none of it,
    since a password with a “?” in it reads like a parameter.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = URL.create("none")
    driver = DRIVERS.get(url.get_backend_name())
    is_sqlite = url.get_backend_name() == "sqlite"
    is_port = url.port is None or 0 < url.port <= LARGEST_PORT
    if driver is None or not is_port or (is_sqlite and url.host):
        raise ValueError("is no database address; write sqlite:///data/dondoc.db or postgresql://…")
    return url.set(drivername=driver, query=_parameters(url, set() if is_sqlite else KNOWN))


def _parameters(url: URL, known: set[str]) -> dict[str, str | tuple[str, ...]]:
    if not known and url.query:
        raise ValueError("has a parameter behind a “?”, and SQLite takes none")
    query = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items() if name not in PASSED_OVER}
    if not query.keys() <= known:
        raise ValueError(f"has a parameter that is not known; known are sslmode, {', '.join(sorted(known | PASSED_OVER))}")
    if query.get("ssl", "prefer") not in TLS_MODES:
        raise ValueError(f"has an sslmode parameter that is none of {', '.join(TLS_MODES)}")
    return query


class Database:
    """An engine and its sessions."""

    def __init__(self, url: str) -> None:
        self.url = database_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = (_sqlite_engine if self.is_sqlite else _postgresql_engine)(self.url)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        # Who waits for SQLite's own lock sleeps ever longer between two looks at it; here the next in line goes on at once.
        self._turn = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Give a session whose work is committed when the block ends, and undone when it raises.

        Raise ``UnavailableError`` when the database cannot be had now; a break while it commits may come after it did.
        """
        with _told():
            async with self._in_turn(), self._sessions() as session, session.begin():
                if not self.is_sqlite:  # whose driver raises errors that SQLAlchemy knows, and whose lock is taken late
                    with _connecting():
                        await session.connection()
                yield session

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        """Wait for the transactions that were asked for before, as long as for another program's."""
        if self._turn is None:
            yield
            return
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise UnavailableError("transactions take too long") from error
        try:
            yield
        finally:
            self._turn.release()

    @property
    def file(self) -> Path | None:
        """The file that holds the database, by its real name; None where there is none, as in memory or on a server."""
        name = self.url.database if self.is_sqlite else None
        return Path(name).resolve() if name and name != ":memory:" else None

    @property
    def shown(self) -> str:
        """The URL as it may be shown: without the password, and without the driver's name."""
        return self.url.set(drivername=self.url.get_backend_name()).render_as_string(hide_password=True)

    async def listen(self, heard: Callable[[], None]) -> None:
        """Call back whenever another process says that there is work, until cancelled or the connection ends.

        On SQLite there is no other process, so that it returns at once. Raise ``UnavailableError`` when there is no connection.
        """
        if self.is_sqlite:
            return
        closed = asyncio.Event()
        with _connecting():
            connection = await self.engine.connect()
        try:
            with _connecting():
                driver: Any = (await connection.get_raw_connection()).driver_connection  # asyncpg's own, untyped here
                driver.add_termination_listener(lambda *_: closed.set())
                await driver.add_listener(WORK, lambda *_: heard())
            await closed.wait()
        finally:
            await connection.invalidate()
            await connection.close()

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()


@contextmanager
def _connecting() -> Iterator[None]:
    """Tell that there is no connection: drivers raise errors of their own there, not all of which SQLAlchemy knows."""
    try:
        yield
    except (OSError, PostgresError, PostgresInterfaceError, DBAPIError) as error:
        raise UnavailableError(str(error)) from error


@contextmanager
def _told() -> Iterator[None]:
    """Tell what says that the database is away from what says that a statement is wrong."""
    try:
        yield
    except ConnectionError as error:
        raise UnavailableError(str(error)) from error
    except DBAPIError as error:
        if _passes(error):
            raise UnavailableError(str(error.orig)) from error
        raise


def _passes(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in SQLITE_PASSING
    gone = isinstance(error, (OperationalError, InterfaceError)) or error.connection_invalidated
    return gone or str(getattr(error.orig, "sqlstate", ""))[:2] in PASSING


async def tell_of_work(session: AsyncSession) -> None:
    """Let the other processes look for work as soon as the transaction is committed; nothing depends on their hearing it."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_notify(WORK, "")))


def insert_new(session: AsyncSession, table: Table, *rows: Mapping[str, object]) -> Insert:
    """Give the statement that inserts rows, but those that a unique key has already.

    Many rows are given to it as parameters instead, so that it is compiled once and not for each number of rows.
    """
    new = _insert(session)(table).on_conflict_do_nothing()
    return new.values([dict(row) for row in rows]) if rows else new


def insert_found(session: AsyncSession, table: Table, names: Sequence[str], found: Select[Any]) -> Insert:
    """Give the statement that inserts the rows of a SELECT, but those that a unique key has already."""
    return _insert(session)(table).from_select(names, found).on_conflict_do_nothing()


def _insert(session: AsyncSession) -> type[SqliteInsert] | type[PostgresqlInsert]:
    return SqliteInsert if session.get_bind().dialect.name == "sqlite" else PostgresqlInsert


def batched(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut rows into pieces that one statement takes: SQLite and PostgreSQL bound the number of values."""
    return (rows[start : start + ROWS_AT_ONCE] for start in range(0, len(rows), ROWS_AT_ONCE))


def changed(done: Result[Any]) -> int:  # Any: the row type of a statement that gives no rows
    """Count the rows that a conditional UPDATE or INSERT took."""
    return done.rowcount if isinstance(done, CursorResult) else 0


def _postgresql_engine(url: URL) -> AsyncEngine:
    try:
        # A process that freezes in the middle of a transaction must not hold up the others with its locks.
        # A plan that is made for any values reads all that waits, where one for these values reads the first.
        terms = {"idle_in_transaction_session_timeout": f"{IDLE_MILLISECONDS}", "plan_cache_mode": "force_custom_plan"}
        engine = create_async_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args={"server_settings": terms})
    except ArgumentError as error:
        raise UnreachableError(NOT_TAKEN) from error

    # The server quotes the refused row in the details of its error, which the driver writes into the error's text.
    @event.listens_for(engine.sync_engine, "handle_error")
    def _hide_row(context: ExceptionContext) -> None:
        original = context.original_exception
        for error in (context.sqlalchemy_exception, original, original.__cause__):
            if error is not None:
                error.args = tuple(part.partition("\nDETAIL:")[0] if isinstance(part, str) else part for part in error.args)
            if isinstance(getattr(error, "detail", None), str):
                vars(error)["detail"] = None

    return engine


def _sqlite_engine(url: URL) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        try:
            Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UnreachableError(str(error)) from error
    engine = create_async_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine.sync_engine, "do_connect", sqlite.connect)

    # The driver's own transactions lose the atomicity of savepoints and begin too late to keep two writers apart, so it
    # is told to begin none, and every transaction takes the write lock at once.
    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # Any: SQLAlchemy's adapter over aiosqlite is untyped
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
