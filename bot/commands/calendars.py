"""When does the office work? ``dondoc calendar`` lists its days, and sets them once it has shown what that moves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table

from bot.app import office_of
from bot.commands import CannotError, with_database
from bot.settings import Settings
from channels.markup import plain
from documents import calendars as lists
from documents.calendars import Fault, Faulty, Row
from domain.calendar_changes import Change, Effect
from domain.errors import Unreadable
from domain.office_days import ListedDay, OfficeDay, changed
from messages import calendars as messages
from messages import steps, tasks
from messages.i18n import Speech
from messages.refusals import why_unreadable
from schedules.clock import wall_clock
from storage import calendar_files, calendars, ladders, reminders
from storage.session import Database, Session

SHOWN = 30
FAULTS = {
    Fault.NO_COLUMNS: "has no columns “day” and “kind” among: {words}",
    Fault.NO_DAY: "“{words}” is no day; write it like 2026-01-02 or 02/01/2026",
    Fault.NO_KIND: "“{words}” is neither “off” nor “working”",
    Fault.NO_NAME: "“{words}” has no name",
    Fault.TWICE: "{words} stands in the file twice",
    Fault.NOT_ALL_DAY: "“{words}” does not last whole days",
    Fault.TOO_LONG: "“{words}” lasts longer than a month",
    Fault.REPEATS: "“{words}” repeats; write each of its days",
}


@dataclass(frozen=True)
class Wish:
    """What is to be set and unset."""

    setting: Sequence[Row] = ()
    unsetting: Collection[date] = ()

    def own_days(self, at: datetime) -> list[OfficeDay]:
        """Give the days that are set, as the office's own."""
        return [OfficeDay(row.day, row.kind, row.name, row.source, at) for row in self.setting]


def the_day(text: str) -> date:
    """Read a typed day; raise ``CannotError`` when it is none."""
    day = lists.day_of(text)
    if day is None:
        raise CannotError(f"“{text}” is no day; write it like 2026-01-02.")
    return day


def rows_in(settings: Settings, file: Path) -> list[Row]:
    """Read the days of a file; raise ``CannotError`` that tells every bad row by its line."""
    try:
        found = lists.rows_of(file.name, file.read_bytes())
    except OSError as error:
        raise CannotError(f"{file} cannot be opened: {error.strerror}.") from None
    except Unreadable as error:
        raise CannotError(f"{file.name}: {why_unreadable(Speech('en', settings.zone), error.reason)}") from None
    unit = "event" if file.suffix.lower() == ".ics" else "line"
    bad = [f"{unit} {one.line}: {FAULTS[one.fault].format(words=one.words)}" for one in found if isinstance(one, Faulty)]
    if bad:
        raise CannotError("\n".join([f"{file.name} cannot be taken, so nothing was changed.", *bad]))
    return [one for one in found if isinstance(one, Row)]


def listed(settings: Settings, year: int | None) -> list[ListedDay]:
    """List the days of a year, of the present one when none is named, that are not as their weekdays say."""
    speech = Speech(settings.locale, settings.zone)

    async def work(database: Database) -> list[ListedDay]:
        async with database.transaction() as session:
            own = await calendars.own(session)
        shown = year or wall_clock().astimezone(settings.zone).year
        return calendars.listed(shown, speech.language, own, messages.swap_names(speech))

    return with_database(settings, work)


def propose(settings: Settings, wish: Wish) -> Effect:
    """Tell what a change would move; nothing is changed."""

    async def work(database: Database) -> Effect:
        async with database.transaction() as session:
            return await _proposed(session, settings, wish, wall_clock())

    return with_database(settings, work)


async def _proposed(session: Session, settings: Settings, wish: Wish, now: datetime) -> Effect:
    own = await calendars.own(session)
    missing = set(wish.unsetting) - {one.day for one in own}
    if missing:
        raise CannotError(f"The office has not set {min(missing).isoformat()}. “dondoc calendar list” shows what it has set.")
    before = office_of(settings, now, own)
    after = office_of(settings, now, changed(own, wish.own_days(now), wish.unsetting))
    duties = await calendars.open_around(session, [*(row.day for row in wish.setting), *wish.unsetting])
    said = await reminders.brought_up(session, [duty.assignment for duty in duties])
    return Change(before, after, now).effect(duties, said, await ladders.of_office(session))


def apply(settings: Settings, wish: Wish) -> None:
    """Make a change, all of it or nothing, and have reminders planned anew."""

    async def work(database: Database) -> None:
        now = wall_clock()
        async with database.transaction() as session:
            moved = (await _proposed(session, settings, wish, now)).days
            for day in wish.own_days(now):
                await calendars.keep(session, day)
            for gone in wish.unsetting:
                await calendars.forget(session, gone)
            await calendars.plan_anew(session, now)
            office = office_of(settings, now, await calendars.own(session))
            ids = [one.duty.assignment.id for one in moved]
            await calendar_files.renew(session, ids, now=now, at=office.tells_at(now))

    with_database(settings, work)


def told(effect: Effect, speech: Speech) -> list[str]:
    """Tell line by line what a change would move."""
    days = [
        f"  {tasks.name(one.duty.task)} – {one.duty.unit.name}: {one.before.isoformat()} → {one.after.isoformat()}"
        for one in effect.days
    ]
    moments = [
        f"  {tasks.name(one.duty.task)} – {one.duty.unit.name}, {plain(steps.step(speech, one.step))}: "
        f"{_moment(one.before, speech)} → {_moment(one.after, speech)}"
        for one in effect.reminders
    ]
    return [
        f"Deadlines with another last working day: {len(days)}",
        *_first(days),
        f"Reminders that move: {len(moments)}",
        *_first(moments),
    ]


def _first(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], f"  … and {more} more"] if more > 0 else lines


def _moment(moment: datetime, speech: Speech) -> str:
    return moment.astimezone(speech.zone).strftime("%Y-%m-%d %H:%M")


def as_json(days: Sequence[ListedDay]) -> list[dict[str, object]]:
    """Give the JSON form of a listing."""
    return [
        {
            "day": one.day.isoformat(),
            "kind": one.kind,
            "name": one.name,
            "source": one.source,
            "expected": one.is_expected,
            "own": one.is_own,
        }
        for one in days
    ]


def table(days: Sequence[ListedDay], speech: Speech) -> RenderableType:
    """Lay a listing out as a table, one line a day."""
    laid_out = Table()
    for heading in messages.headings(speech):
        laid_out.add_column(heading, overflow="fold")
    for one in days:
        laid_out.add_row(speech.day(one.day), *messages.cells(speech, one))
    return laid_out
