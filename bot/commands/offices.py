"""By whose calendar does a command reckon that changes nothing? By the office's own where its database stands, else the law's."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app import office_of
from bot.settings import Settings
from domain.offices import Office
from storage import calendars
from storage.migrations import newest, step_of
from storage.session import Database, UnreachableError, database_url


@dataclass(frozen=True)
class Basis:
    """The office's time around a moment, whether its database stands, and one line that says where the days are from."""

    office: Office
    is_kept: bool
    told: str


def basis(settings: Settings, now: datetime) -> Basis:
    """Find the office's own days; a database that is not there is not made, and one of another step is left as it is."""
    return asyncio.run(_basis(settings, now))


async def _basis(settings: Settings, now: datetime) -> Basis:
    missing = None if _is_there(settings) else "there is no database yet"
    if missing is None:
        database = Database(settings.database_url)
        try:
            missing = await _what_is_missing(database)
            if missing is None:
                async with database.transaction() as session:
                    own = await calendars.own(session)
                told = f"By the office's calendar in {database.shown}; days of its own: {len(own)}."
                return Basis(office_of(settings, now, own), True, told)
        finally:
            await database.close()
    return Basis(office_of(settings, now), False, f"By the law's calendar alone, and the standard ladder: {missing}.")


def _is_there(settings: Settings) -> bool:
    """Tell whether there is something to open: to open what is not there would make it."""
    url = database_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        return True
    file = Path(url.database or "")
    return file.is_file() and file.stat().st_size > 0


async def _what_is_missing(database: Database) -> str | None:
    try:
        step = await step_of(database)
    except UnreachableError as error:
        return f"the database {database.shown} cannot be reached ({' '.join(str(error).split())})"
    if step is None:
        return f"the database {database.shown} is empty"
    return None if step == newest() else f"the database {database.shown} is not up to date, which “dondoc migrate” mends"
