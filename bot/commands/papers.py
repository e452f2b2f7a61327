"""What does a paper say, and what would follow from it? ``dondoc read`` and ``dondoc preview``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table

from bot.app import office_of
from bot.commands import CannotError, with_database
from bot.settings import Settings
from channels.markup import plain
from documents.readers import read_bytes
from documents.reading import read
from domain.errors import Unreadable
from domain.offices import Office
from domain.readings import Directive, Reading
from domain.units import Register, Unit, resolve
from messages import steps
from messages.i18n import Speech
from messages.refusals import why_unreadable
from schedules import policy
from schedules.clock import wall_clock
from storage import people, units
from storage.session import Database


def read_file(settings: Settings, file: Path, office: Office) -> Reading:
    """Read a notice; raise ``CannotError`` when the file is none."""
    try:
        return read(read_bytes(file.name, file.read_bytes()), office.calendar)
    except OSError as error:
        raise CannotError(f"{file} cannot be opened: {error.strerror}.") from None
    except Unreadable as error:
        raise CannotError(f"{file.name}: {why_unreadable(Speech('en', settings.zone), error.reason)}") from None


@dataclass(frozen=True)
class Planned:
    """One message that would be sent: when (office's zone), to which unit, to how many people, and what it brings up."""

    when: datetime
    unit: str
    people: int
    tasks: tuple[tuple[str, Directive], ...]


def preview(settings: Settings, file: Path, at: datetime | None) -> tuple[list[Planned], list[str]]:
    """Tell what publishing a notice at a moment would send, and the items that a person must decide on first."""
    now = at or wall_clock()
    office = office_of(settings, now)
    reading = read_file(settings, file, office)

    async def work(database: Database) -> tuple[list[Planned], list[str]]:
        async with database.transaction() as session:
            register = _or_named(await units.register(session), reading)
            answering = await people.of_units(session, [unit.id for unit in register.units])
        counts = {unit_id: len(found) for unit_id, found in answering.items()}
        undecided = [one.ref for one in reading.directives if one.unsure or not resolve(one.audience, register).decided]
        return _planned(reading, register, counts, now, office), undecided

    return with_database(settings, work)


def _or_named(register: Register, reading: Reading) -> Register:
    """Give the registered units, or those that the paper names while none is registered."""
    if register.units:
        return register
    named = [Unit(name) for name in reading.units]
    for number, unit in enumerate(named, 1):
        unit.id = -number
    return Register(tuple(named))


def _planned(reading: Reading, register: Register, answering: dict[int, int], now: datetime, office: Office) -> list[Planned]:
    found: dict[tuple[datetime, int], list[tuple[str, Directive]]] = {}
    names = {unit.id: unit.name for unit in register.units}
    for directive in reading.directives:
        # Of steps that fall on one moment only the newest is said.
        moments = {policy.may_say(one, one.at, office): one.step for one in policy.ladder(directive.deadline, now, office)}
        for unit in resolve(directive.audience, register).units:
            for when, step in moments.items():
                found.setdefault((when, unit.id), []).append((step, directive))
    return [
        Planned(when.astimezone(office.zone), names[unit_id], answering.get(unit_id, 0), tuple(tasks))
        for (when, unit_id), tasks in sorted(found.items(), key=lambda one: (one[0][0], -len(one[1]), names[one[0][1]]))
    ]


def as_json(planned: Sequence[Planned]) -> list[dict[str, object]]:
    """Give the JSON form of a preview."""
    return [
        {
            "when": one.when.isoformat(),
            "unit": one.unit,
            "people": one.people,
            "tasks": [
                {"ref": directive.ref, "step": step, "last_day": _day(directive), "literal": directive.deadline.literal}
                for step, directive in one.tasks
            ],
        }
        for one in planned
    ]


def _day(directive: Directive) -> str | None:
    return directive.deadline.last_day.isoformat() if directive.deadline.last_day else None


def table(planned: Sequence[Planned], speech: Speech) -> RenderableType:
    """Lay a preview out as a table, one line a message."""
    laid_out = Table(*steps.headings(speech), show_lines=True)
    for one in planned:
        what = "\n".join(f"{directive.ref}: {plain(steps.step(speech, step))}" for step, directive in one.tasks)
        laid_out.add_row(speech.moment(one.when), one.unit, str(one.people), what)
    return laid_out
