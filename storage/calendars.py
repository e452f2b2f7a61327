"""Which days does the office work? The holidays library for Viet Nam, overlaid by swaps that it does not know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import holidays

from domain.calendar import Calendar


@dataclass(frozen=True)
class Swap:
    """A working day that was moved: its day off, the weekend day worked for it, and the paper that says so."""

    off: date
    worked: date
    source: str


FIRST_YEAR = 2015
SWAPS = (Swap(date(2026, 1, 2), date(2026, 1, 10), "Thông báo 12729/VPCP-KGVX"),)


def of_years(years: Iterable[int]) -> Calendar:
    """Give the calendar of the years, which need not follow each other."""
    known = list(years)
    public = holidays.country_holidays("VN", years=known)
    swaps = [swap for swap in SWAPS if swap.off.year in known]
    return Calendar(
        days_off=frozenset(public) | {swap.off for swap in swaps},
        working_weekends=frozenset(public.weekend_workdays) | {swap.worked for swap in swaps},
    )


def around(year: int) -> Calendar:
    """Give the calendar of a year and all that its papers can speak of: back to 2015, and ten years on."""
    return of_years(range(min(FIRST_YEAR, year), year + 11))


def holiday_name(day: date, language: str) -> str | None:
    """Give the name of a public holiday in a language, None when the day is none."""
    names = holidays.country_holidays("VN", years=day.year, language="vi" if language == "vi" else "en_US")
    return names.get(day)
