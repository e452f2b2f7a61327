"""Does a preview tell just what is really sent when time passes?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from domain.conclusions import Task
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.deliveries import DeliveryState, Kind
from domain.duties import Duty
from domain.ladders import parse
from domain.previews import Order, Planned
from domain.units import Unit
from messages.tasks import name
from schedules import previews, reminders
from schedules.delivery import Courier, deliver
from storage import outbox
from storage.session import Database
from tests.builders import NOW, Cast, a_published_conclusion, a_task, at, due, numbered
from tests.schedules.scenes import OFFICE, deliveries

MONTH = timedelta(days=31)
TICK = timedelta(hours=1)
Told = set[tuple[datetime, int, frozenset[str]]]
BY_CLOCK = Deadline(DeadlineKind.DATETIME, "trước 17 giờ", date(2026, 3, 12), time(17))


def an_order(deadline: Deadline = NO_DEADLINE, *units: Unit, ref: str = "1") -> Order:
    return Order(1, ref, "Kế hoạch", deadline, units)


def orders(tasks: Sequence[Task], *units: Unit) -> list[Order]:
    return [Order(one.position, one.ref, name(one), one.deadline, units) for one in tasks]


async def simulated(database: Database, courier: Courier, moment: datetime, duties: Sequence[Duty]) -> Told:
    """Plan and deliver every hour of a month; give what was sent, by moment, unit and items."""
    tick = moment
    while tick < moment + MONTH:
        await reminders.plan(database, OFFICE, tick)
        await deliver(courier, OFFICE, tick)
        tick += TICK
    known = {duty.assignment.id: duty for duty in duties}
    told: Told = set()
    for row in [one for one in await deliveries(database) if one.kind is Kind.DIGEST]:
        assert row.state is DeliveryState.SENT
        async with database.transaction() as session:
            said = [known[number] for number in await outbox.items(session, row.id)]
        assert row.sent_at is not None
        told.add((row.sent_at, said[0].unit.id, frozenset(duty.task.ref for duty in said)))
    return told


def as_told(planned: Sequence[Planned], until: datetime) -> Told:
    return {(one.when, one.unit.id, frozenset(said.order.ref for said in one.mentions)) for one in planned if one.when < until}


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(NOW, id="on a Monday morning"),
        pytest.param(at("2026-03-06", "21:00"), id="in the evening before a weekend"),
        pytest.param(at("2026-03-07", "10:00"), id="on a Saturday"),
    ],
)
async def test_what_was_foretold_is_sent_in_a_month_and_no_other_reminder(
    database: Database, cast: Cast, courier: Courier, moment: datetime
) -> None:
    deadlines = [due("2026-03-11"), due("2026-03-15"), due("2026-03-15"), due(None), BY_CLOCK, due("2026-04-30")]
    tasks = [a_task(position=number, deadline=deadline) for number, deadline in enumerate(deadlines, 1)]
    async with database.transaction() as session:
        duties = await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa, tasks=tasks, at=moment)

    foretold = previews.planned(orders(tasks, cast.maths, cast.physics), {}, moment, OFFICE)
    sent = await simulated(database, courier, moment, duties)

    assert sent == as_told(foretold, moment + MONTH)


def test_the_ladder_of_an_order_is_followed(numbered_units: tuple[Unit, Unit]) -> None:
    order = replace(an_order(due("2026-03-20"), numbered_units[0]), ladder=parse("3, +2"))

    planned = previews.planned([order], {}, NOW, OFFICE)

    assert [(one.mentions[0].step, one.when) for one in planned] == [
        ("published", NOW),
        ("-3", at("2026-03-17", "08:00")),
        ("+2", at("2026-03-24", "08:00")),
    ]


def test_a_step_that_would_come_when_it_is_over_is_not_told(numbered_units: tuple[Unit, Unit]) -> None:
    published_at_night = at("2026-03-12", "21:00")
    early = Deadline(DeadlineKind.DATETIME, "trước 07 giờ 30", date(2026, 3, 13), time(7, 30))

    planned = previews.planned([an_order(early, numbered_units[0])], {}, published_at_night, OFFICE)

    assert [step for one in planned for step in [one.mentions[0].step] if step.startswith(("-", "0"))] == []


def test_of_what_recurs_the_occurrences_of_a_month_are_told(numbered_units: tuple[Unit, Unit]) -> None:
    weekly = Deadline(DeadlineKind.RECURRING, "thứ Sáu hằng tuần", recurrence="FREQ=WEEKLY;BYDAY=FR")

    planned = previews.planned([an_order(weekly, numbered_units[0])], {}, NOW, OFFICE)

    days = {said.order.deadline.last_day for one in planned for said in one.mentions}
    assert days == {date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 20), date(2026, 3, 27), date(2026, 4, 3)}


def test_a_rule_without_a_day_left_is_told_of_once(numbered_units: tuple[Unit, Unit]) -> None:
    over = Deadline(DeadlineKind.RECURRING, "hằng tuần", recurrence="FREQ=WEEKLY;BYDAY=FR;UNTIL=20251231")

    (only,) = previews.planned([an_order(over, numbered_units[0])], {}, NOW, OFFICE)

    assert [said.step for said in only.mentions] == ["published"]


def test_messages_are_in_order_and_count_the_people_of_their_unit(numbered_units: tuple[Unit, Unit]) -> None:
    first, second = numbered_units
    given = [an_order(due("2026-03-20"), first, second, ref="1"), an_order(due("2026-03-20"), first, ref="2")]

    planned = previews.planned(given, {first.id: 2}, NOW, OFFICE)

    assert [(one.unit.name, one.people, len(one.mentions)) for one in planned][:2] == [("B", 2, 2), ("A", 0, 1)]
    assert [one.when for one in planned] == sorted(one.when for one in planned)
    assert {said.step for said in planned[0].mentions} == {"published"}


def test_of_steps_that_fall_on_one_moment_the_newest_is_told(numbered_units: tuple[Unit, Unit]) -> None:
    saturday = at("2026-03-07", "10:00")

    planned = previews.planned([an_order(due("2026-03-11"), numbered_units[0])], {}, saturday, OFFICE)

    moments = [one.when for one in planned]
    assert len(moments) == len(set(moments))
    assert moments[0] == at("2026-03-09", "08:00")


def test_orders_without_units_bring_no_message() -> None:
    assert previews.planned([an_order(due("2026-03-20"))], {}, NOW, OFFICE) == []


@pytest.fixture
def numbered_units() -> tuple[Unit, Unit]:
    """Give two units."""
    return numbered(1, Unit("B")), numbered(2, Unit("A"))
