"""What does a paper say, and what would follow from it? ``dondoc read`` and ``dondoc preview``."""

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
from domain.ladders import Ladder, effective
from domain.offices import Office
from domain.previews import Order, Planned
from domain.readings import Reading
from domain.units import Register, Unit, resolve
from messages import steps
from messages.i18n import Speech
from messages.previews import picture
from messages.refusals import why_unreadable
from messages.tasks import name
from schedules import previews
from schedules.clock import wall_clock
from storage import ladders, people, units
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
class Preview:
    """What publishing a paper would send, by the office's time, and the items that a person must decide on first."""

    title: str
    office: Office
    planned: tuple[Planned, ...]
    undecided: tuple[str, ...]


def preview(settings: Settings, file: Path, at: datetime | None) -> Preview:
    """Tell what publishing a notice at a moment would send; nothing is sent."""
    now = at or wall_clock()
    office = office_of(settings, now)
    reading = read_file(settings, file, office)

    async def work(database: Database) -> Preview:
        async with database.transaction() as session:
            register = _or_named(await units.register(session), reading)
            answering = await people.of_units(session, [unit.id for unit in register.units])
            steps = effective(await ladders.of_office(session))
        counts = {unit_id: len(found) for unit_id, found in answering.items()}
        undecided = tuple(one.ref for one in reading.directives if one.unsure or not resolve(one.audience, register).decided)
        planned = previews.planned(_orders(reading, register, steps), counts, now, office)
        return Preview(reading.header.title or file.name, office, tuple(planned), undecided)

    return with_database(settings, work)


def _or_named(register: Register, reading: Reading) -> Register:
    """Give the registered units, or those that the paper names while none is registered."""
    if register.units:
        return register
    named = [Unit(name) for name in reading.units]
    for number, unit in enumerate(named, 1):
        unit.id = -number
    return Register(tuple(named))


def _orders(reading: Reading, register: Register, steps: Ladder) -> list[Order]:
    return [
        Order(position, one.ref, name(one), one.deadline, resolve(one.audience, register).units, steps)
        for position, one in enumerate(reading.directives)
    ]


def as_json(shown: Preview) -> list[dict[str, object]]:
    """Give the JSON form of a preview."""
    return [
        {
            "when": one.when.astimezone(shown.office.zone).isoformat(),
            "unit": one.unit.name,
            "people": one.people,
            "tasks": [
                {"ref": said.order.ref, "step": said.step, "last_day": _day(said.order), "literal": said.order.deadline.literal}
                for said in one.mentions
            ],
        }
        for one in shown.planned
    ]


def _day(order: Order) -> str | None:
    return order.deadline.last_day.isoformat() if order.deadline.last_day else None


def table(shown: Preview, speech: Speech) -> RenderableType:
    """Lay a preview out as a table, one line a message."""
    laid_out = Table(*steps.headings(speech), show_lines=True)
    for one in shown.planned:
        what = "\n".join(f"{said.order.ref}: {plain(steps.step(speech, said.step))}" for said in one.mentions)
        laid_out.add_row(speech.moment(one.when), one.unit.name, str(one.people), what)
    return laid_out


def write_picture(shown: Preview, speech: Speech, target: Path) -> None:
    """Write the timeline of a preview; raise ``CannotError`` when the file cannot be written."""
    try:
        target.write_bytes(picture(speech, shown.title, shown.planned, shown.office))
    except OSError as error:
        raise CannotError(f"{target} cannot be written: {error.strerror}.") from None
