"""How does the database become what the tables say? The numbered steps, and the functions that take them."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from storage import tables
from storage.session import NOT_TAKEN, Database, UnreachableError

T = TypeVar("T")
HERE = Path(__file__).parent


class NewerError(Exception):
    """The database stands at a step, which the text names, of a newer version of the program."""


@dataclass(frozen=True)
class Migrated:
    """The step the database stood at, None when it was empty, and the step it stands at now."""

    before: str | None
    after: str | None


async def migrate(database: Database, target: str = "head", *, now: datetime | None = None) -> Migrated:
    """Take the database up to the target step, or down when it lies behind; the whole way is one transaction.

    What an office has done may have to be gone on with from the moment ``now`` (UTC): an empty database needs none.
    """

    def take(connection: Connection) -> Migrated:
        _alone(connection)
        before = _step(connection)
        if before is not None and before > (newest() or before):
            raise NewerError(before)
        going_down = target == "base" or (before is not None and target != "head" and target < before)
        (command.downgrade if going_down else command.upgrade)(configuration(connection, now), target)
        return Migrated(before, _step(connection))

    return await _on(database, take)


async def step_of(database: Database) -> str | None:
    """Give the step the database stands at, None when it is empty."""
    return await _on(database, _step)


async def _on(database: Database, work: Callable[[Connection], T]) -> T:
    async with AsyncExitStack() as opened:
        try:
            connection = await opened.enter_async_context(database.engine.begin())
        except (DBAPIError, OSError) as error:
            raise UnreachableError(str(getattr(error, "orig", error))) from error
        except (TypeError, ValueError, OverflowError) as error:
            # The driver's own words may hold a part of the URL.
            raise UnreachableError(NOT_TAKEN) from error
        return await connection.run_sync(work)


async def differences(database: Database) -> list[object]:
    """Give what autogenerate would still change; empty when the steps lead to just what the tables say."""

    def compare(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, tables.metadata))

    return await _on(database, compare)


def newest() -> str | None:
    """Give the last numbered step."""
    return ScriptDirectory(str(HERE)).get_current_head()


def _alone(connection: Connection) -> None:
    """Let processes that start together migrate one after another; on SQLite the transaction itself sees to that."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("dondoc"))))


def _step(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def configuration(connection: Connection, now: datetime | None = None) -> Config:
    """Give Alembic its place, its connection, and the moment."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"], config.attributes["now"] = connection, now
    return config
