"""Does a preview tell every message of an order, with its step, its unit and its readers?"""

from dataclasses import replace
from datetime import date, time

import pytest

from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.ladders import parse
from domain.previews import Listener, Order
from domain.units import Unit
from schedules import previews
from tests.builders import NOW, at, due, numbered
from tests.schedules.scenes import OFFICE


def an_order(deadline: Deadline = NO_DEADLINE, *units: Unit, ref: str = "1") -> Order:
    return Order(1, ref, "Kế hoạch", deadline, units)


def test_the_ladder_of_an_order_is_followed(numbered_units: tuple[Unit, Unit]) -> None:
    order = replace(an_order(due("2026-03-20"), numbered_units[0]), ladder=parse("3, +2"))

    planned = previews.planned([order], [], NOW, OFFICE)

    assert [(one.mentions[0].step, one.when) for one in planned] == [
        ("published", NOW),
        ("-3", at("2026-03-17", "08:00")),
        ("+2", at("2026-03-24", "08:00")),
    ]


def test_a_step_that_would_come_when_it_is_over_is_not_told(numbered_units: tuple[Unit, Unit]) -> None:
    published_at_night = at("2026-03-12", "21:00")
    early = Deadline(DeadlineKind.DATETIME, "trước 07 giờ 30", date(2026, 3, 13), time(7, 30))

    planned = previews.planned([an_order(early, numbered_units[0])], [], published_at_night, OFFICE)

    assert [step for one in planned for step in [one.mentions[0].step] if step.startswith(("-", "0"))] == []


def test_of_what_recurs_the_occurrences_of_a_month_are_told(numbered_units: tuple[Unit, Unit]) -> None:
    weekly = Deadline(DeadlineKind.RECURRING, "thứ Sáu hằng tuần", recurrence="FREQ=WEEKLY;BYDAY=FR")

    planned = previews.planned([an_order(weekly, numbered_units[0])], [], NOW, OFFICE)

    days = {said.order.deadline.last_day for one in planned for said in one.mentions}
    assert days == {date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 20), date(2026, 3, 27), date(2026, 4, 3)}


def test_a_rule_without_a_day_left_is_told_of_once(numbered_units: tuple[Unit, Unit]) -> None:
    over = Deadline(DeadlineKind.RECURRING, "hằng tuần", recurrence="FREQ=WEEKLY;BYDAY=FR;UNTIL=20251231")

    (only,) = previews.planned([an_order(over, numbered_units[0])], [], NOW, OFFICE)

    assert [said.step for said in only.mentions] == ["published"]


def test_messages_are_in_order_and_count_the_people_of_their_unit(numbered_units: tuple[Unit, Unit]) -> None:
    first, second = numbered_units
    given = [an_order(due("2026-03-20"), first, second, ref="1"), an_order(due("2026-03-20"), first, ref="2")]

    planned = previews.planned(given, [Listener(one, frozenset({first.id})) for one in (7, 8)], NOW, OFFICE)

    assert [(one.unit.name, one.people, len(one.mentions)) for one in planned][:2] == [("B", 2, 2), ("A", 0, 1)]
    assert [one.when for one in planned] == sorted(one.when for one in planned)
    assert {said.step for said in planned[0].mentions} == {"published"}


def test_of_steps_that_fall_on_one_moment_the_newest_is_told(numbered_units: tuple[Unit, Unit]) -> None:
    saturday = at("2026-03-07", "10:00")

    planned = previews.planned([an_order(due("2026-03-11"), numbered_units[0])], [], saturday, OFFICE)

    moments = [one.when for one in planned]
    assert len(moments) == len(set(moments))
    assert moments[0] == at("2026-03-09", "08:00")


def test_who_answers_for_two_units_is_told_of_both_at_one_moment(numbered_units: tuple[Unit, Unit]) -> None:
    both = Listener(7, frozenset(unit.id for unit in numbered_units))

    planned = previews.planned([an_order(due("2026-03-20"), *numbered_units)], [both], NOW, OFFICE)

    assert {one.readers for one in planned} == {frozenset({7})}
    assert [one.unit.name for one in planned if one.when == NOW] == ["A", "B"]


def test_people_of_a_unit_who_rest_longer_read_it_later(numbered_units: tuple[Unit, Unit]) -> None:
    unit = numbered_units[0]
    people = [Listener(7, frozenset({unit.id})), Listener(8, frozenset({unit.id}), quiet_until=time(10))]

    first, second, *_ = previews.planned([an_order(due("2026-03-20"), unit)], people, NOW, OFFICE)

    assert (first.when, first.readers) == (NOW, frozenset({7}))
    assert (second.when, second.readers) == (at("2026-03-02", "10:00"), frozenset({8}))


def test_orders_without_units_bring_no_message() -> None:
    assert previews.planned([an_order(due("2026-03-20"))], [], NOW, OFFICE) == []


@pytest.fixture
def numbered_units() -> tuple[Unit, Unit]:
    """Give two units."""
    return numbered(1, Unit("B")), numbered(2, Unit("A"))
