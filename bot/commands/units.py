"""Which units does the office follow up? ``dondoc units import`` and ``dondoc units list``."""

from dataclasses import dataclass
from pathlib import Path

from bot.commands import CannotError, with_database
from bot.settings import Settings
from channels.markup import plain
from documents import registers
from documents.registers import DOUBTFUL, Change, Difference
from domain.errors import Unreadable
from domain.reach import Reach
from domain.units import Unit
from messages import reach as reach_messages
from messages.i18n import Speech
from messages.refusals import why_unreadable
from storage import reach, units
from storage.session import Database, Session

WORDS = {
    Change.NEW: "new",
    Change.CHANGED: "changed",
    Change.SAME: "as before",
    Change.NEAR_ANOTHER: "doubtful: much like",
    Change.TWICE: "doubtful: stands in the file twice",
}


def import_file(settings: Settings, file: Path, *, dry_run: bool, accept_doubtful: bool) -> list[Difference]:
    """Compare a list with the register and take it over, but what is doubtful; a dry run changes nothing."""
    try:
        rows = registers.rows_of(file.name, file.read_bytes())
    except OSError as error:
        raise CannotError(f"{file} cannot be opened: {error.strerror}.") from None
    except Unreadable as error:
        raise CannotError(f"{file.name}: {why_unreadable(Speech('en', settings.zone), error.reason)}") from None

    async def work(database: Database) -> list[Difference]:
        async with database.transaction() as session:
            found = registers.differences(rows, await units.register(session))
            if not dry_run:
                await _take_over(session, found, accept_doubtful=accept_doubtful)
        return found

    return with_database(settings, work)


async def _take_over(session: Session, found: list[Difference], *, accept_doubtful: bool) -> None:
    taken = {Change.NEW, Change.NEAR_ANOTHER} if accept_doubtful else {Change.NEW}
    new = [one.row for one in found if one.change in taken]
    await units.add(session, [Unit(row.name, row.short_name or None, row.group or None, row.others) for row in new])
    for one in found:
        if one.change is Change.CHANGED and one.unit is not None:
            one.unit.name, one.unit.short_name, one.unit.group = one.row.name, one.row.short_name or None, one.row.group or None
            for name in one.row.others:
                one.unit.learn(name)


def told(one: Difference) -> str:
    """Tell a difference in one line."""
    other = f" “{one.other}”" if one.other else ""
    return f"line {one.row.line}: {one.row.name} – {WORDS[one.change]}{other}"


def summary(found: list[Difference], *, dry_run: bool, accept_doubtful: bool) -> str:
    """Tell in one sentence what was done."""
    counts = {change: sum(1 for one in found if one.change is change) for change in Change}
    doubtful = sum(counts[change] for change in DOUBTFUL)
    left_out = "" if accept_doubtful or not doubtful else " (left out; mend the file, or repeat with --accept-doubtful)"
    done = "Nothing was changed (dry run)" if dry_run else "Done"
    new, changed, same = (counts[change] for change in (Change.NEW, Change.CHANGED, Change.SAME))
    return f"{done}: {new} new, {changed} changed, {same} as before, {doubtful} doubtful{left_out}."


@dataclass(frozen=True)
class Listed:
    """A unit with the number of people who receive its messages, and who does not and why."""

    name: str
    short_name: str | None
    group: str | None
    people: int
    unreached: tuple[str, ...]


def listed(settings: Settings) -> list[Listed]:
    """Give the units, and whom their messages reach."""
    speech = Speech("en", settings.zone)

    async def work(database: Database) -> list[Listed]:
        async with database.transaction() as session:
            registered = (await units.register(session)).units
            found = await reach.of_units(session, [unit.id for unit in registered])
        return [_row(unit, found, speech) for unit in registered]

    return with_database(settings, work)


def _row(unit: Unit, found: Reach, speech: Speech) -> Listed:
    unreached = tuple(plain(reach_messages.lost(speech, one)) for one in found.lost.get(unit.id, ()))
    return Listed(unit.name, unit.short_name, unit.group, len(found.people.get(unit.id, ())), unreached)
