"""What would follow from a paper? ``dondoc preview``: the draft that the chat would make of it, played forward and not kept."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table

from bot.commands import CannotError
from bot.commands.offices import basis
from bot.commands.papers import read_file
from bot.settings import Settings
from channels.markup import plain
from documents import matching
from documents.codes import Oddity
from domain.changes import Effect
from domain.drafts import Draft, compose
from domain.offices import Office
from domain.previews import Order, Planned
from domain.readings import Reading
from domain.units import Register, Unit
from handlers import changes as proposed
from handlers.papers import drafted
from messages import changes, doubts, previews, steps
from messages.i18n import Speech
from schedules.clock import wall_clock
from schedules.foretelling import Outset, outset
from storage import changes as change_rows
from storage import ladders, units
from storage.session import Database, Session

NOBODY = 0
"""The author of a draft that is not kept."""
AMENDS = (Oddity.AMENDS_UNKNOWN, Oddity.AMENDS_WITHOUT_DAY)


@dataclass(frozen=True)
class Told:
    """What tells one unit at a moment (UTC) of changes to what it has to do already, and how many people read that."""

    when: datetime
    unit: Unit
    people: int
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class Preview:
    """What publishing a paper would send, by the office's time, and what there is to say beside it, a line each."""

    title: str
    office: Office
    planned: tuple[Planned, ...]
    told: tuple[Told, ...]
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
        draft, known = asyncio.run(_kept(settings, reading, now, office))
    else:
        draft = _numbered(reading, Register(()), now, office)
        known = Outset(tuple(previews.orders(draft, None)), (), (), now, office)
    planned = known.planned(at_once=wish.at_once, is_early=wish.early)
    unknown = None if found.is_kept or not reading.amendments else "Without the office's database it cannot tell what changes."
    remarks = (*_remarks(draft, settings), *_choices(known, wish), *([unknown] if unknown else []), found.told)
    return Preview(reading.header.title or file.name, office, tuple(planned), tuple(_told(known)), remarks)


async def _kept(settings: Settings, reading: Reading, now: datetime, office: Office) -> tuple[Draft, Outset]:
    """Look up who is registered and how they stand, and what the paper would change of older ones."""
    database = Database(settings.database_url)
    try:
        async with database.transaction() as session:
            draft = await _changing(session, _numbered(reading, await units.register(session), now, office), reading)
            wider = await ladders.of_office(session)
            given = previews.orders(draft, wider)
            return draft, await outset(session, given, now, office, wider=wider, draft=draft)
    finally:
        await database.close()


def _numbered(reading: Reading, known: Register, now: datetime, office: Office) -> Draft:
    """Give the draft that a paper becomes; its tasks have numbers that no row has."""
    register = _or_named(known, reading)
    conclusion, tasks = drafted(reading, register, by=NOBODY, at=now)
    conclusion.id = NOBODY
    for number, task in enumerate(tasks, 1):
        task.id, task.conclusion_id = -number, conclusion.id
    likely = matching.likely(tasks, register)
    return compose(conclusion, tasks, register, (), today=office.today(now), likely=likely)


async def _changing(session: Session, draft: Draft, reading: Reading) -> Draft:
    """Give the draft with what it changes of older papers, which the chat asks about."""
    tasks = [one.task for one in draft.tasks]
    found = await proposed.proposals(session, draft.conclusion, tasks, reading.amendments)
    for number, change in enumerate(found, 1):
        change.id = -number
    return replace(draft, effects=await change_rows.foreseen(session, draft.conclusion, tasks, found))


def _or_named(register: Register, reading: Reading) -> Register:
    """Give the registered units, or those that the paper names while none is registered."""
    if register.units:
        return register
    named = [Unit(name) for name in reading.units]
    for number, unit in enumerate(named, 1):
        unit.id = -number
    return Register(tuple(named))


def _told(known: Outset) -> Iterator[Told]:
    """Give what tells of changes, one a unit."""
    for one in known.notices:
        for unit in one.units:
            people = sum(1 for each in known.listeners if unit.id in each.unit_ids)
            yield Told(one.when, unit, people, one.effects)


def _remarks(draft: Draft, settings: Settings) -> list[str]:
    speech = Speech("en", settings.zone)
    undecided = ", ".join(one.ref for one in draft.undecided)
    told = (
        f"To be decided before publishing: item {undecided}." if undecided else None,
        "What it changes of older notices is asked about in the chat, and taken as right here:" if draft.changes else None,
        *(plain(line) for effect in draft.changes for line in changes.told(speech, draft, effect)),
        *(plain(doubts.finding(speech, one)) for one in draft.conclusion.findings if one.code in AMENDS),
    )
    return [one for one in told if one is not None]


def _choices(known: Outset, wish: Wish) -> list[str]:
    """Tell which decisions of the office would send something else."""
    late = len(known.often_late)
    told = (
        None if wish.at_once or known.office.works(known.now) else "That is a day off; --at-once tells the units then.",
        f"Units that were late before: {late}; --early reminds them one step earlier." if late and not wish.early else None,
    )
    return [one for one in told if one is not None]


def as_json(shown: Preview) -> list[dict[str, object]]:
    """Give the JSON form of a preview: what tells of changes first, then what brings up tasks."""
    zone = shown.office.zone
    told: list[dict[str, object]] = [
        {
            "when": one.when.astimezone(zone).isoformat(),
            "unit": one.unit.name,
            "people": one.people,
            "tasks": [],
            "changes": [_change(effect) for effect in one.effects],
        }
        for one in shown.told
    ]
    planned: list[dict[str, object]] = [
        {
            "when": one.when.astimezone(zone).isoformat(),
            "unit": one.unit.name,
            "people": one.people,
            "tasks": [
                {"ref": said.order.ref, "step": said.step, "last_day": _day(said.order), "literal": said.order.deadline.literal}
                for said in one.mentions
            ],
            "changes": [],
        }
        for one in shown.planned
    ]
    return [*told, *planned]


def _change(effect: Effect) -> dict[str, object]:
    """Tell what a change is of: a task, or of the whole notice where the item is null."""
    task, new = effect.occurrence or effect.task, effect.says.deadline if effect.says else None
    last_day = new.last_day.isoformat() if new and new.last_day else None
    literal = new.literal if new else None
    kind, notice = effect.change.kind.value, effect.earlier.label
    return {"kind": kind, "notice": notice, "ref": task.ref if task else None, "last_day": last_day, "literal": literal}


def _day(order: Order) -> str | None:
    return order.deadline.last_day.isoformat() if order.deadline.last_day else None


def table(shown: Preview, speech: Speech) -> RenderableType:
    """Lay a preview out as a table, one line a message."""
    laid_out = Table(*steps.headings(speech), show_lines=True)
    for told in shown.told:
        what = "\n".join(plain(changes.short(speech, effect)) for effect in told.effects)
        laid_out.add_row(speech.moment(told.when), told.unit.name, str(told.people), what)
    for one in shown.planned:
        what = "\n".join(f"{said.order.ref}: {plain(steps.step(speech, said.step))}" for said in one.mentions)
        laid_out.add_row(speech.moment(one.when), one.unit.name, str(one.people), what)
    return laid_out


def write_picture(shown: Preview, speech: Speech, target: Path) -> None:
    """Write the timeline of a preview; raise ``CannotError`` when the file cannot be written."""
    try:
        target.write_bytes(previews.picture(speech, shown.title, shown.planned, shown.office))
    except OSError as error:
        raise CannotError(f"{target} cannot be written: {error.strerror}.") from None
