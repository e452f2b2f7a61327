"""Which days has the office set itself? Days off and working days, laid over the law's calendar."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import Calendar

FIRST_YEAR, LAST_YEAR = 2015, 2100


class DayKind(StrEnum):
    """What a day is, whatever its weekday."""

    OFF = "off"
    WORKING = "working"


@dataclass(eq=False)
class OfficeDay:
    """A day that the office has set; ``source`` names the paper that says so, ``set_by`` is None where a command set it."""

    id: int = field(init=False)
    day: date
    kind: DayKind
    name: str
    source: str | None
    set_at: datetime
    set_by: int | None = None


@dataclass(frozen=True)
class ListedDay:
    """A day of the calendar that is not as its weekday says; ``is_expected`` while no decision has announced it."""

    day: date
    kind: DayKind
    name: str
    source: str | None
    is_expected: bool = False
    is_own: bool = False


def overlay(calendar: Calendar, own: Iterable[OfficeDay]) -> Calendar:
    """Lay the office's own days over a calendar."""
    days = list(own)
    off = {one.day for one in days if one.kind is DayKind.OFF}
    return calendar.overlaid(off=off, working={one.day for one in days} - off)


def changed(own: Iterable[OfficeDay], setting: Iterable[OfficeDay] = (), unsetting: Collection[date] = ()) -> list[OfficeDay]:
    """Give the office's own days as they are after some are set, in the place of what stood there, and others are unset."""
    by_day = {one.day: one for one in [*own, *setting] if one.day not in unsetting}
    return [by_day[day] for day in sorted(by_day)]
