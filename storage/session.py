"""How is the database reached? The engine for SQLite and PostgreSQL, and ``transaction()``, the only place that commits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, Insert, Result, Table, event
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from storage import mapping  # noqa: F401  # lays the domain's classes onto their tables before any session is used

Session = AsyncSession
"""A database session; everything outside this package knows it by this name."""
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
BUSY_SECONDS = 10


class UnreachableError(Exception):
    """The database cannot be reached or opened; the text is the driver's reason."""


def database_url(text: str) -> URL:
    """Give the URL with the driver that the program uses; raise ValueError when it names no database that it knows."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("not a database URL") from None
    driver = DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise ValueError("neither SQLite nor PostgreSQL")
    return url.set(drivername=driver)


class Database:
    """An engine and its sessions."""

    def __init__(self, url: str) -> None:
        self.url = database_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else create_async_engine(self.url, pool_pre_ping=True)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Give a session whose work is committed when the block ends, and undone when it raises."""
        async with self._sessions() as session, session.begin():
            yield session

    @property
    def shown(self) -> str:
        """The URL as it may be shown: without the password, and without the driver's name."""
        return self.url.set(drivername=self.url.get_backend_name()).render_as_string(hide_password=True)

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()


def insert_new(session: AsyncSession, table: Table, **row: object) -> Insert:
    """Give the statement that inserts a row unless a unique key has it already."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    return insert(table).values(row).on_conflict_do_nothing()


def changed(done: Result[Any]) -> int:  # Any: the row type of a statement that gives no rows
    """Count the rows that a conditional UPDATE or INSERT took."""
    return done.rowcount if isinstance(done, CursorResult) else 0


def _sqlite_engine(url: URL) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        try:
            Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UnreachableError(str(error)) from error
    engine = create_async_engine(url, connect_args={"timeout": BUSY_SECONDS})

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
