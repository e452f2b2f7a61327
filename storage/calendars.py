"""Which days does the office work? The holidays library for Viet Nam, overlaid by swaps it lacks and by days of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import holidays
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import OPEN
from domain.calendar import Calendar
from domain.calendar_changes import REACH
from domain.duties import Duty
from domain.office_days import FIRST_YEAR, DayKind, ListedDay, OfficeDay
from storage import tables
from storage.assignments import DUTIES, SEEN_FIRST
from storage.session import changed, insert_new

rows, assignments = tables.office_days.c, tables.assignments.c
_OWN = select(OfficeDay).order_by(rows.day).execution_options(populate_existing=True)
LAW = {"vi": "Bộ luật Lao động 2019, Điều 112", "en": "Labour Code 2019, Article 112"}
CULTURAL_DAY, CULTURAL_SOURCE = (11, 24), "80-NQ/TW"
LAST_ANNOUNCED = 2026
"""Up to this year the days of Tết and the second day of National Day are the Prime Minister's decisions, as the library's
source lists them; for later years it reckons them by a rule of its own."""


@dataclass(frozen=True)
class Swap:
    """A working day that was moved: its day off, the weekend day worked for it, and the paper that says so."""

    off: date
    worked: date
    source: str


SWAPS = (Swap(date(2026, 1, 2), date(2026, 1, 10), "Thông báo 12729/VPCP-KGVX"),)


def of_years(years: Iterable[int]) -> Calendar:
    """Give the calendar of the years, which need not follow each other."""
    known = list(years)
    public = holidays.country_holidays("VN", years=known, language="vi")
    swaps = [swap for swap in SWAPS if swap.off.year in known]
    return Calendar(
        days_off=frozenset(public) | {swap.off for swap in swaps},
        working_weekends=frozenset(public.weekend_workdays) | {swap.worked for swap in swaps},
        expected=frozenset(day for day, name in public.items() if _is_expected(day, name)),
    )


@lru_cache(maxsize=4)
def around(year: int) -> Calendar:
    """Give the calendar of a year and all that its papers can speak of: back to 2015, and ten years on."""
    return of_years(range(min(FIRST_YEAR, year), year + 11))


def _is_expected(day: date, name: str) -> bool:
    """Tell whether a holiday, by its Vietnamese name, hangs on a decision that is still to come.

    Article 112 of the Labour Code fixes every other day itself.
    """
    is_tet = "Tết" in name and not name.startswith("Tết Dương lịch")
    is_second = name == "Quốc khánh" and (day.month, day.day) != (9, 2)
    return day.year > LAST_ANNOUNCED and (is_tet or is_second)


def holiday_name(day: date, language: str) -> str | None:
    """Give the name of a public holiday in a language, None when the day is none."""
    names = holidays.country_holidays("VN", years=day.year, language=_known(language))
    return names.get(day)


def _known(language: str) -> str:
    return "vi" if language == "vi" else "en_US"


def listed(year: int, language: str, own: Iterable[OfficeDay], swapped: dict[DayKind, str]) -> list[ListedDay]:
    """List a year's days that are not as their weekdays say, in order; ``swapped`` names the two days of a swap."""
    expected = of_years([year]).expected
    public = holidays.country_holidays("VN", years=year, language=_known(language))
    days = {day: ListedDay(day, DayKind.OFF, name, _law(day, name, language), day in expected) for day, name in public.items()}
    worked = [day for day in public.weekend_workdays if day.year == year]
    days |= {day: ListedDay(day, DayKind.WORKING, swapped[DayKind.WORKING], None) for day in worked}
    for swap in SWAPS:
        for day, kind in ((swap.off, DayKind.OFF), (swap.worked, DayKind.WORKING)):
            days[day] = ListedDay(day, kind, swapped[kind], swap.source)
    days |= {one.day: ListedDay(one.day, one.kind, one.name, one.source, is_own=True) for one in own}
    return [days[day] for day in sorted(days) if day.year == year]


def _law(day: date, name: str, language: str) -> str | None:
    """Name what makes a day of the library one off, None for its swaps, whose papers it does not name."""
    if name.startswith(("Ngày nghỉ (thay cho", "Day off (substituted")):
        return None
    return CULTURAL_SOURCE if (day.month, day.day) == CULTURAL_DAY else LAW["vi" if language == "vi" else "en"]


async def own(session: AsyncSession) -> list[OfficeDay]:
    """Give the days that the office has set, in order."""
    return list(await session.scalars(_OWN))


async def keep(session: AsyncSession, day: OfficeDay) -> None:
    """Set a day, in the place of what the office had set for it."""
    values = {"kind": day.kind, "name": day.name, "source": day.source, "set_by": day.set_by, "set_at": day.set_at}
    new = insert_new(session, tables.office_days, {"day": day.day, **values})
    if not changed(await session.execute(new)):
        await session.execute(update(tables.office_days).where(rows.day == day.day).values(values))


async def forget(session: AsyncSession, day: date) -> bool:
    """Let a day be again what the law says; False when the office had not set it."""
    return bool(changed(await session.execute(delete(tables.office_days).where(rows.day == day))))


async def open_around(session: AsyncSession, days: Iterable[date]) -> list[Duty]:
    """Give the open duties whose last working day or reminders can hang on one of the days."""
    known = sorted(days)
    last = assignments.deadline_last_day
    near = DUTIES.where(assignments.state.in_(OPEN), last.between(known[0] - REACH, known[-1] + REACH))
    return [Duty(*row) for row in await session.execute(near.order_by(*SEEN_FIRST))]


async def plan_anew(session: AsyncSession, at: datetime) -> None:
    """Have the reminders of every open assignment planned anew; the ledger keeps what was said from being said again."""
    await session.execute(update(tables.assignments).where(assignments.state.in_(OPEN)).values(look_at=at))
