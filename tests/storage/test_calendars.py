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
