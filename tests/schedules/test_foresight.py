"""Does a preview foretell every message that leaves: its minute, its reader, its tasks and the step that is the reason?

Ladders are played through planner and delivery, from each moment at which something is due to the next.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from domain import series as rules
from domain.assignments import OPEN
from domain.conclusions import Task
from domain.deadlines import Deadline, DeadlineKind
from domain.deliveries import DeliveryState, Kind
from domain.duties import Duty
from domain.people import Person, Role, RoleKind
from domain.previews import Order, Planned
from domain.units import Unit
from messages.tasks import name
from schedules import errands, foretelling, reminders
from schedules.delivery import Courier, deliver
from storage import assignments, conclusions, outbox, people, series, series_tables, tables
from storage.reminders import SAID
from storage.session import Database, Session
from tests.builders import Cast, a_conclusion, a_person, a_task, a_unit, at, due
from tests.schedules.scenes import OFFICE

BEHIND = timedelta(days=25)
"""So long after the last message that was foretold nothing else may leave, but weekly reminders."""
Key = tuple[int, date | None, int, str]
"""What is brought up: the place in the paper, the last day, the unit, and the step."""
Told = set[tuple[datetime, int, frozenset[Key]]]


def by_clock(day: str, clock: str) -> Deadline:
    return Deadline(DeadlineKind.DATETIME, f"trước {clock}", date.fromisoformat(day), time.fromisoformat(clock))


WEEKLY = Deadline(DeadlineKind.RECURRING, "thứ Sáu hằng tuần", recurrence="FREQ=WEEKLY;BYDAY=FR")


@dataclass(frozen=True)
class Scene:
    """What is published and when; ``earlier`` are deadlines that other papers of these moments gave the same units."""

    moment: datetime
    deadlines: Sequence[Deadline]
    at_once: bool = False
    early: bool = False
    earlier: Sequence[tuple[datetime, Deadline]] = field(default=())


SCENES = {
    "on a Monday morning": Scene(at("2026-03-02"), [due("2026-03-11"), due("2026-03-15"), due(None), due("2026-04-30")]),
    "in the evening before a weekend": Scene(at("2026-03-06", "21:00"), [due("2026-03-11"), due("2026-03-27")]),
    "at dawn": Scene(at("2026-03-04", "06:10"), [due("2026-03-04"), due("2026-03-11")]),
    "on a Saturday": Scene(at("2026-03-07", "10:00"), [due("2026-03-11"), due("2026-03-15"), due("2026-03-16")]),
    "on a Saturday, at once": Scene(at("2026-03-07", "10:00"), [due("2026-03-09"), due("2026-03-16")], at_once=True),
    "on a Saturday night, at once": Scene(at("2026-03-07", "22:00"), [due("2026-03-09"), due("2026-03-16")], at_once=True),
    "before Tet": Scene(at("2026-02-13", "16:00"), [due("2026-02-14"), due("2026-02-20"), due("2026-02-24"), due("2026-03-02")]),
    "within Tet": Scene(at("2026-02-18", "09:00"), [due("2026-02-19"), due("2026-02-23"), by_clock("2026-02-23", "09:00")]),
    "with short deadlines": Scene(
        at("2026-03-03", "10:30"), [due("2026-03-03"), due("2026-03-04"), due("2026-03-01"), by_clock("2026-03-03", "17:00")]
    ),
    "with clock times": Scene(
        at("2026-03-03"), [by_clock("2026-03-12", "17:00"), by_clock("2026-03-13", "07:30"), by_clock("2026-03-16", "11:30")]
    ),
    "when three messages fall on one day": Scene(
        at("2026-03-03"), [due("2026-03-12"), by_clock("2026-03-12", "17:00"), by_clock("2026-03-13", "16:00")]
    ),
    "when the day of publishing is full": Scene(
        at("2026-03-03", "13:10"),
        [due("2026-03-03"), by_clock("2026-03-03", "17:30"), due("2026-03-20")],
        earlier=[(at("2026-03-03", "09:00"), due("2026-03-17")), (at("2026-03-03", "11:00"), due("2026-03-03"))],
    ),
    "when two messages wait for one morning": Scene(
        at("2026-03-03", "11:00"),
        [due("2026-03-20")],
        earlier=[(at("2026-03-03", "09:00"), by_clock("2026-03-03", "17:30")), (at("2026-03-03", "10:00"), due("2026-03-17"))],
    ),
    "beside what other papers bring up": Scene(
        at("2026-03-03"),
        [by_clock("2026-03-12", "17:00"), due("2026-03-20")],
        earlier=[
            (at("2026-02-24"), due("2026-03-12")),
            (at("2026-02-25"), due("2025-10-01")),
            (at("2026-02-25", "10:30"), due(None)),
        ],
    ),
    "beside what recurs of another paper": Scene(
        at("2026-03-03"),
        [by_clock("2026-03-13", "18:00"), due("2026-03-20")],
        earlier=[(at("2026-02-25", "10:00"), replace(WEEKLY, at=time(17)))],
    ),
    "to units that are reminded early": Scene(at("2026-03-03"), [due("2026-03-20"), WEEKLY, due("2026-03-05")], early=True),
    "with what recurs": Scene(at("2026-03-04", "15:00"), [WEEKLY, due("2026-03-13")]),
}


@pytest.fixture
async def house(database: Database, cast: Cast) -> list[Unit]:
    """Give Lan's unit, and Minh's, who rests until half past nine; Sơn answers for both, too, and nobody for a third one."""
    async with database.transaction() as session:
        son = await a_person(session, "Sơn", unit=cast.maths, address="104")
        await people.take_role(session, Role(son.id, RoleKind.SECRETARY, at("2026-01-01"), cast.physics.id))
        (await session.get_one(Person, cast.minh.id)).quiet_until = time(9, 30)
        return [cast.maths, cast.physics, await a_unit(session, "Chi bộ Khoa Hóa")]


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES.keys())
async def test_what_was_foretold_leaves_and_nothing_else(
    database: Database, cast: Cast, courier: Courier, house: list[Unit], scene: Scene
) -> None:
    for number, (moment, deadline) in enumerate(scene.earlier):
        await lets_pass(database, courier, moment)
        await publishes(database, cast, [a_task(position=90 + number, deadline=deadline)], house, moment)
    await lets_pass(database, courier, scene.moment)
    tasks = [a_task(position=number, deadline=deadline) for number, deadline in enumerate(scene.deadlines, 1)]
    foretold = await foretells(database, tasks, house, scene)

    await publishes(database, cast, tasks, house, scene.moment, at_once=scene.at_once, early=scene.early)
    await lets_pass(database, courier, foretold[-1].when + BEHIND, since=scene.moment)

    real = await left(database, scene.moment)
    assert sorted(real) == sorted(as_told(foretold))
    assert len(real) > len(scene.deadlines)


async def foretells(database: Database, tasks: Sequence[Task], units: Sequence[Unit], scene: Scene) -> list[Planned]:
    early = frozenset(unit.id for unit in units) if scene.early else frozenset()
    orders = [Order(one.position, one.ref, name(one), one.deadline, tuple(units), early=early) for one in tasks]
    async with database.transaction() as session:
        outset = await foretelling.outset(session, orders, scene.moment, OFFICE)
    return outset.planned(at_once=scene.at_once)


async def publishes(
    database: Database,
    cast: Cast,
    tasks: Sequence[Task],
    units: Iterable[Unit],
    moment: datetime,
    *,
    at_once: bool = False,
    early: bool = False,
) -> None:
    """Publish a paper as the office does; a task that recurs begins its series."""
    async with database.transaction() as session:
        paper = a_conclusion(created_by=cast.hoa.id, created_at=moment)
        await conclusions.keep(session, paper, tasks)
        paper.publish(list(tasks), moment)
        paper.at_once = at_once
        for task in tasks:
            begun = rules.begin(task, moment, OFFICE)
            if begun is not None:
                await series.keep(session, begun)
            else:
                await assignments.assign(session, task, [unit.id for unit in units], moment)
    await reminders.plan(database, OFFICE, moment)
    async with database.transaction() as session:
        for duty in await assignments.of_conclusion(session, paper.id) if early else ():
            duty.assignment.early, duty.assignment.look_at = duty.deadline.last_day is not None, moment


async def lets_pass(database: Database, courier: Courier, until: datetime, *, since: datetime | None = None) -> None:
    """Plan and deliver at every moment at which something is due."""
    now = since or at("2026-01-01")
    while (moment := await upcoming(database)) is not None and moment <= until:
        now = max(now, moment)
        await reminders.plan(database, OFFICE, now)
        await deliver(courier, OFFICE, now)


async def upcoming(database: Database) -> datetime | None:
    given, rows = tables.assignments.c, tables.outbox.c
    async with database.transaction() as session:
        found = [
            await session.scalar(select(func.min(given.look_at)).where(given.state.in_(OPEN))),
            await session.scalar(select(func.min(series_tables.series.c.opens_at))),
            await session.scalar(select(func.min(rows.due_at)).where(rows.state == DeliveryState.QUEUED)),
        ]
    return min((moment for moment in found if moment is not None), default=None)


async def left(database: Database, since: datetime) -> Told:
    """Give every digest that left: when, to whom, and what the ledger says that it brought up."""
    told: dict[tuple[datetime, int], dict[int, str]] = {}
    async with database.transaction() as session:
        duties = {duty.assignment.id: duty for duty in await _given_since(session, since)}
        digests = await _digests(session)
        for number, step, moment in await _said(session, duties):
            for person_id in {reader for _, reader, items in digests if number in items}:
                held = (sent for sent, reader, items in digests if reader == person_id and number in items and sent >= moment)
                told.setdefault((next(held), person_id), {})[number] = step
    return {
        (when, person_id, frozenset(_key(duties[number], step) for number, step in steps.items()))
        for (when, person_id), steps in _without_later_weeks(told).items()
    }


async def _digests(session: Session) -> list[tuple[datetime, int, Collection[int]]]:
    """Give every digest, all of which have left, but those that went with another, in order: when, to whom, its assignments."""
    rows = await outbox.found(session, outbox.DELIVERIES.where(tables.outbox.c.kind == Kind.DIGEST))
    found = []
    for row in [row for row in rows if row.state is not DeliveryState.CANCELLED]:
        assert row.sent_at is not None
        found.append((row.sent_at, row.person_id, await outbox.items(session, row.id)))
    assert len({(sent, reader) for sent, reader, _ in found}) == len(found), "one message a person a round"
    return sorted(found)


async def _said(session: Session, duties: Collection[int]) -> list[tuple[int, str, datetime]]:
    """Give what the ledger says was said of duties, in order: the assignment, the step, and the moment of planning."""
    lines = tables.reminders.c
    found = select(lines.assignment_id, lines.step, lines.at).where(lines.outcome == SAID).order_by(lines.at)
    return [(number, step, moment) for number, step, moment in await session.execute(found) if number in duties]


def _without_later_weeks(told: dict[tuple[datetime, int], dict[int, str]]) -> dict[tuple[datetime, int], dict[int, str]]:
    """Leave out the weekly reminders behind the first one of each assignment and person."""
    known: set[tuple[int, int]] = set()
    kept: dict[tuple[datetime, int], dict[int, str]] = {}
    for (when, person_id), steps in sorted(told.items()):
        for number, step in steps.items():
            if step.startswith("+w") and (person_id, number) in known:
                continue
            known |= {(person_id, number)} if step.startswith("+w") else set()
            kept.setdefault((when, person_id), {})[number] = step
    return kept


async def _given_since(session: Session, since: datetime) -> Collection[Duty]:
    """Give what was published at a moment and, of what recurs, given within the time that is foreseen."""
    found = assignments.DUTIES.where(tables.conclusions.c.published_at >= since)
    duties = [Duty(*row) for row in await session.execute(found)]
    return [duty for duty in duties if duty.assignment.remind_from < since + errands.FORESEEN]


def as_told(planned: Sequence[Planned]) -> Told:
    """Put what is told of several units at one moment together, as each reader gets it."""
    told: dict[tuple[datetime, int], set[Key]] = {}
    for one in planned:
        for person_id in one.readers:
            keys = {(said.order.position, said.order.deadline.last_day, one.unit.id, said.step) for said in one.mentions}
            told.setdefault((one.when, person_id), set()).update(keys)
    return {(when, person_id, frozenset(keys)) for (when, person_id), keys in told.items()}


def _key(duty: Duty, step: str) -> Key:
    return duty.task.position, duty.deadline.last_day, duty.unit.id, step
