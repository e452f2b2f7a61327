"""Does the office's calendar know the holidays, the observed days and the swaps of the years it is asked for?"""

from datetime import date, timedelta

import pytest

from storage import calendars

KNOWN = calendars.of_years([2021, 2025, 2026])


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_tet_of_2021_was_off_from_the_tenth_to_the_sixteenth_of_february() -> None:
    tet = [day("2021-02-10") + timedelta(days) for days in range(7)]
    assert [one for one in tet if KNOWN.is_working(one)] == []
    assert KNOWN.is_working(day("2021-02-09"))
    assert KNOWN.is_working(day("2021-02-17"))


@pytest.mark.parametrize(
    ("when", "works"),
    [
        pytest.param("2026-01-01", False, id="New Year"),
        pytest.param("2026-01-02", False, id="off for a swap that the library does not know"),
        pytest.param("2026-01-10", True, id="the Saturday worked for it"),
        pytest.param("2026-01-17", False, id="another Saturday"),
        pytest.param("2026-02-16", False, id="Tet begins"),
        pytest.param("2026-02-20", False, id="Tet ends"),
        pytest.param("2026-02-23", True, id="after Tet"),
        pytest.param("2026-04-27", False, id="Hung Kings, observed on Monday"),
        pytest.param("2026-04-30", False, id="30 April"),
        pytest.param("2026-05-01", False, id="1 May"),
        pytest.param("2026-08-22", True, id="a working Saturday"),
        pytest.param("2026-08-31", False, id="off for it"),
        pytest.param("2026-09-01", False, id="the day before National Day"),
        pytest.param("2026-09-02", False, id="National Day"),
        pytest.param("2026-09-03", True, id="after National Day"),
        pytest.param("2025-04-26", True, id="a working Saturday of 2025"),
        pytest.param("2025-05-02", False, id="off for it in 2025"),
    ],
)
def test_a_day_is_worked_or_off(when: str, works: bool) -> None:
    assert KNOWN.is_working(day(when)) == works


def test_only_the_years_asked_for_are_known() -> None:
    only_2025 = calendars.of_years([2025])
    assert {one.year for one in only_2025.days_off} == {2025}
    assert only_2025.is_working(day("2026-01-02"))


def test_a_year_s_calendar_reaches_back_to_the_first_papers_and_ten_years_on() -> None:
    assert {one.year for one in calendars.around(2026).days_off} == set(range(2015, 2037))
    assert min(one.year for one in calendars.around(2010).days_off) == 2010


@pytest.mark.parametrize(
    ("when", "language", "name"),
    [
        ("2026-09-02", "vi", "Quốc khánh"),
        ("2026-09-02", "en", "National Day"),
        ("2026-09-02", "fr", "National Day"),
        ("2026-09-03", "vi", None),
        ("2026-09-05", "vi", None),
    ],
)
def test_a_holiday_has_its_name_in_the_reader_s_language(when: str, language: str, name: str | None) -> None:
    assert calendars.holiday_name(day(when), language) == name


# Worked out by hand from the notices of each year: the first and last day off, and the working days on either side.
OFF = [
    ("Tet", "2021-02-10", "2021-02-16", "2021-02-09", "2021-02-17"),
    ("Tet", "2022-01-31", "2022-02-04", "2022-01-28", "2022-02-07"),
    ("Tet", "2023-01-20", "2023-01-26", "2023-01-19", "2023-01-27"),
    ("Tet", "2024-02-08", "2024-02-14", "2024-02-07", "2024-02-15"),
    ("Tet", "2026-02-16", "2026-02-20", "2026-02-13", "2026-02-23"),
    ("30 April and 1 May", "2021-04-30", "2021-05-03", "2021-04-29", "2021-05-04"),
    ("30 April and 1 May", "2022-04-30", "2022-05-03", "2022-04-29", "2022-05-04"),
    ("30 April and 1 May", "2023-04-29", "2023-05-03", "2023-04-28", "2023-05-04"),
    ("30 April and 1 May", "2024-04-27", "2024-05-01", "2024-04-26", "2024-05-02"),
    ("30 April and 1 May", "2025-04-30", "2025-05-04", "2025-04-29", "2025-05-05"),
    ("30 April and 1 May", "2026-04-30", "2026-05-03", "2026-04-29", "2026-05-04"),
    ("National Day", "2021-09-02", "2021-09-05", "2021-09-01", "2021-09-06"),
    ("National Day", "2022-09-01", "2022-09-04", "2022-08-31", "2022-09-05"),
    ("National Day", "2023-09-01", "2023-09-04", "2023-08-31", "2023-09-05"),
    ("National Day", "2024-08-31", "2024-09-03", "2024-08-30", "2024-09-04"),
    ("National Day", "2025-08-30", "2025-09-02", "2025-08-29", "2025-09-03"),
    ("National Day", "2026-08-29", "2026-09-02", "2026-08-28", "2026-09-03"),
    ("the swap of New Year", "2026-01-01", "2026-01-04", "2025-12-31", "2026-01-05"),
]


@pytest.mark.parametrize(("first", "last", "before", "after"), [pytest.param(*row[1:], id=f"{row[0]} {row[1]}") for row in OFF])
def test_a_holiday_lies_between_its_working_days(first: str, last: str, before: str, after: str) -> None:
    calendar = calendars.around(2026)
    days = [day(first) + timedelta(number) for number in range((day(last) - day(first)).days + 1)]
    assert [str(one) for one in days if calendar.is_working(one)] == []
    assert calendar.is_working(day(before))
    assert calendar.is_working(day(after))
    assert calendar.last_working_day(day(last)) == day(before)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        pytest.param("2026-02-17", False, id="Tet that was announced"),
        pytest.param("2027-02-05", True, id="Tet to come"),
        pytest.param("2027-02-04", True, id="a day before Tet to come"),
        pytest.param("2027-09-03", True, id="the second day of National Day"),
        pytest.param("2027-09-02", False, id="National Day, which the law fixes"),
        pytest.param("2027-01-01", False, id="New Year"),
        pytest.param("2027-05-03", False, id="a compensatory day, which the law fixes"),
    ],
)
def test_days_that_hang_on_a_decision_to_come_are_expected(when: str, expected: bool) -> None:
    assert (day(when) in calendars.around(2026).expected) == expected
