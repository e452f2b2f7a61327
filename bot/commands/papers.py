"""What does a paper say, and what would follow from it? ``dondoc read`` and ``dondoc preview``."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table

from bot.commands import CannotError
from bot.commands.offices import basis
from bot.settings import Settings
from channels.markup import plain
from documents.readers import read_bytes
from documents.reading import read
from domain.errors import Unreadable
from domain.ladders import STANDARD, Ladder, effective
from domain.offices import Office
from domain.previews import Order, Planned
from domain.readings import Reading
from domain.units import Register, Unit, resolve
from messages import steps
from messages.i18n import Speech
from messages.previews import picture
from messages.refusals import why_unreadable
from messages.tasks import name
from schedules.clock import wall_clock
from schedules.foretelling import Outset, outset
from storage import ladders, units
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
    """What publishing a paper would send, by the office's time, and what there is to say beside it, a line each."""

    title: str
    office: Office
    planned: tuple[Planned, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """When a paper is published (now where that is None), and what the office decides then."""

    at: datetime | None = None
    at_once: bool = False
    early: bool = False


def preview(settings: Settings, file: Path, wish: Wish) -> Preview:
    """Tell what publishing a notice would send; nothing is sent, and nothing is kept."""
    now = wish.at or wall_clock()
    found = basis(settings, now)
    office = found.office
    reading = read_file(settings, file, office)
    if found.is_kept:
        register, outset = asyncio.run(_kept(settings, reading, now, office))
    else:
        register = _or_named(Register(()), reading)
        outset = Outset(tuple(_orders(reading, register, STANDARD)), (), (), now, office)
    planned = outset.planned(at_once=wish.at_once, is_early=wish.early)
    remarks = (*_remarks(reading, register), *_choices(outset, wish), found.told)
    return Preview(reading.header.title or file.name, office, tuple(planned), remarks)


async def _kept(settings: Settings, reading: Reading, now: datetime, office: Office) -> tuple[Register, Outset]:
    """Look up who is registered and how they stand."""
    database = Database(settings.database_url)
    try:
        async with database.transaction() as session:
            register = _or_named(await units.register(session), reading)
            wider = await ladders.of_office(session)
            given = _orders(reading, register, effective(wider))
            return register, await outset(session, given, now, office, wider=wider)
    finally:
        await database.close()


def _remarks(reading: Reading, register: Register) -> list[str]:
    undecided = [one.ref for one in reading.directives if one.unsure or not resolve(one.audience, register).decided]
    told = (
        f"To be decided before publishing: item {', '.join(undecided)}." if undecided else None,
        "What it changes of older notices is foretold in the chat, where that is asked about." if reading.amendments else None,
    )
    return [one for one in told if one is not None]


def _choices(outset: Outset, wish: Wish) -> list[str]:
    """Tell which decisions of the office would send something else."""
    late = len(outset.often_late)
    told = (
        None if wish.at_once or outset.office.works(outset.now) else "That is a day off; --at-once tells the units then.",
        f"Units that were late before: {late}; --early reminds them one step earlier." if late and not wish.early else None,
    )
    return [one for one in told if one is not None]


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
