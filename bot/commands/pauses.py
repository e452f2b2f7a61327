"""What would a restored office send, and may it go on? ``dondoc resume`` shows the one and lets the other."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.app import office_of
from bot.commands import CannotError, with_database
from bot.settings import Settings
from schedules.clock import wall_clock
from schedules.prospects import Prospect, prospect
from storage import calendars, instances
from storage.marks import MarkUnwritableError
from storage.session import Database


@dataclass(frozen=True)
class Pause:
    """Since when (UTC) the office is paused, and what would be sent."""

    since: datetime
    prospect: Prospect


def pause(settings: Settings) -> Pause | None:
    """Look at the pause, and at what would be sent if it ended now; None when the office is not paused."""

    async def work(database: Database) -> Pause | None:
        now = wall_clock()
        async with database.transaction() as session:
            since = (await instances.standing(session)).paused_since
            if since is None:
                return None
            office = office_of(settings, now, await calendars.own(session))
            return Pause(since, await prospect(session, office, now))

    return with_database(settings, work)


def resume(settings: Settings) -> None:
    """End the pause; raise ``CannotError`` when the folder of the office cannot be written to."""

    async def work(database: Database) -> None:
        async with database.transaction() as session:
            await instances.resume(session, settings.data_dir)

    try:
        with_database(settings, work)
    except MarkUnwritableError as error:
        raise CannotError(f"{error}. Give this user the right to write there, or choose another DONDOC_DATA_DIR.") from None


def told(found: Pause, zone: tzinfo) -> list[str]:
    """Tell line by line since when the office is paused, and what would be sent."""
    ahead = found.prospect
    return [
        f"Paused since {_moment(found.since, zone)}: the database is not the one that ran here last, as after a restored backup.",
        "What happened after the backup is not known to it: what was handed in since would be asked for again.",
        f"Until {_moment(ahead.at, zone)} it would send:",
        *([f"  {line}" for line in _lines(ahead, zone)] or ["  nothing"]),
    ]


def _lines(ahead: Prospect, zone: tzinfo) -> list[str]:
    lines = []
    if ahead.oldest is not None:
        kinds = ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in ahead.messages.items())
        lines.append(
            f"messages that wait: {sum(ahead.messages.values())} ({kinds}), the oldest since {_moment(ahead.oldest, zone)}"
        )
    if ahead.tasks:
        lines.append(f"reminders of tasks: {ahead.tasks}, to people: {ahead.people}")
    if ahead.events:
        lines.append(f"answers to what people wrote or pressed: {ahead.events}")
    if ahead.series:
        lines.append(f"what recurring tasks open: {ahead.series}")
    return lines


def _moment(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
