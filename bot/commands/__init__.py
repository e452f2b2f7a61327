"""What does each command do? One module a command, with what all of them share here."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import typer
from rich.console import Console

from bot.settings import Settings
from schedules.clock import wall_clock
from storage.migrations import migrate
from storage.session import Database

T = TypeVar("T")


class CannotError(Exception):
    """A command cannot do what it was asked; the text is one sentence that says what to do."""


def say(text: str) -> None:
    """Print a line for a person."""
    typer.echo(text)


def console() -> Console:
    """Give a console as wide as the window."""
    return Console(highlight=False)


def print_json(value: object) -> None:
    """Print a value as JSON for a program."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


@asynccontextmanager
async def database_of(settings: Settings) -> AsyncIterator[Database]:
    """Give the database, brought up to date."""
    database = Database(settings.database_url)
    try:
        await migrate(database, now=wall_clock())
        yield database
    finally:
        await database.close()


async def updated(settings: Settings) -> str:
    """Bring the database up to date, and say whether that changed it."""
    database = Database(settings.database_url)
    try:
        migrated = await migrate(database, now=wall_clock())
    finally:
        await database.close()
    if migrated.before == migrated.after:
        return f"The database {database.shown} is up to date."
    made = "was created" if migrated.before is None else f"was updated from step {migrated.before}"
    return f"The database {database.shown} {made}: it stands at step {migrated.after}."


def with_database(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    """Run work on the database and give what it gives."""

    async def run() -> T:
        async with database_of(settings) as database:
            return await work(database)

    return asyncio.run(run())
