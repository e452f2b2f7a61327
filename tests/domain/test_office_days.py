"""Do the days that the office sets hold over the law's calendar?"""

from datetime import date

import pytest

from domain.calendar import Calendar
from domain.office_days import DayKind, OfficeDay, changed, overlay
from tests.builders import NOW

FRIDAY, SATURDAY = date(2026, 3, 20), date(2026, 3, 21)
LAW = Calendar(days_off=frozenset({date(2026, 3, 10)}), working_weekends=frozenset({date(2026, 3, 14)}))


def own(day: date, kind: DayKind, name: str = "Ngày hội") -> OfficeDay:
    return OfficeDay(day, kind, name, None, NOW)


@pytest.mark.parametrize(
    ("day", "kind", "works"),
    [
        pytest.param(FRIDAY, DayKind.OFF, False, id="a working day is off"),
        pytest.param(SATURDAY, DayKind.WORKING, True, id="a Saturday is worked"),
        pytest.param(date(2026, 3, 10), DayKind.WORKING, True, id="a holiday is worked"),
        pytest.param(date(2026, 3, 14), DayKind.OFF, False, id="a swap's Saturday is off"),
    ],
)
def test_what_the_office_sets_holds_over_the_law(day: date, kind: DayKind, works: bool) -> None:
    assert LAW.is_working(day) != works
    assert overlay(LAW, [own(day, kind)]).is_working(day) == works


def test_a_day_that_is_set_is_no_longer_only_expected() -> None:
    tet = date(2027, 2, 5)
    law = Calendar(days_off=frozenset({tet}), expected=frozenset({tet}))
    assert law.rests_on_expected(tet)
    assert not overlay(law, [own(tet, DayKind.OFF)]).rests_on_expected(tet)
    assert overlay(law, [own(FRIDAY, DayKind.OFF)]).rests_on_expected(tet)


def test_nothing_set_leaves_the_law_s_calendar() -> None:
    assert overlay(LAW, []) == LAW


def test_setting_takes_the_place_of_what_was_set_and_unsetting_takes_it_away() -> None:
    before = [own(FRIDAY, DayKind.OFF), own(SATURDAY, DayKind.WORKING)]
    after = changed(before, [own(FRIDAY, DayKind.WORKING, "Làm bù")], [SATURDAY])
    assert [(one.day, one.kind, one.name) for one in after] == [(FRIDAY, DayKind.WORKING, "Làm bù")]


def test_what_was_set_before_stays_and_the_days_stand_in_order() -> None:
    sunday = date(2026, 3, 22)
    after = changed([own(sunday, DayKind.WORKING), own(FRIDAY, DayKind.OFF)], [own(SATURDAY, DayKind.WORKING)])
    assert [one.day for one in after] == [FRIDAY, SATURDAY, sunday]
