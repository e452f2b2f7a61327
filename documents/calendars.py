"""What does a list of days say? The days off and worked of a CSV file, or the all-day events of an ICS file."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from io import StringIO
from pathlib import PurePath

from icalendar import Calendar, Event

from documents.reasons import Reason
from domain.errors import Unreadable
from domain.files import FILE_LIMIT
from domain.names import fold
from domain.office_days import FIRST_YEAR, LAST_YEAR, DayKind

HEADINGS = {
    "day": {"day", "date", "ngày"},
    "kind": {"kind", "loại"},
    "name": {"name", "tên", "tên ngày"},
    "source": {"source", "căn cứ", "nguồn"},
}
KINDS = {
    **dict.fromkeys(map(fold, ("off", "nghỉ")), DayKind.OFF),
    **dict.fromkeys(map(fold, ("working", "làm bù", "làm việc")), DayKind.WORKING),
}
ONE_DAY, LONGEST_EVENT = timedelta(days=1), timedelta(days=31)


class Fault(StrEnum):
    """Why a row cannot be taken."""

    NO_COLUMNS = "no-columns"
    NO_DAY = "no-day"
    NO_KIND = "no-kind"
    NO_NAME = "no-name"
    TWICE = "twice"
    NOT_ALL_DAY = "not-all-day"
    TOO_LONG = "too-long"
    REPEATS = "repeats"


@dataclass(frozen=True)
class Row:
    """A day of a list, with the line it stands on, or in an ICS file the number of its event."""

    line: int
    day: date
    kind: DayKind
    name: str
    source: str | None


@dataclass(frozen=True)
class Faulty:
    """A row that cannot be taken, by its line, with the words it is about."""

    line: int
    fault: Fault
    words: str


Found = Row | Faulty


def rows_of(name: str, content: bytes) -> list[Found]:
    """Read the days of a list, faulty ones as such; raise ``Unreadable`` when it is none."""
    if len(content) > FILE_LIMIT:
        raise Unreadable(Reason.TOO_LARGE)
    readers: dict[str, Callable[[bytes], list[Found]]] = {".csv": _csv, ".ics": _ics}
    read = readers.get(PurePath(name).suffix.lower())
    if read is None:
        raise Unreadable(Reason.UNKNOWN_ENDING)
    found = _once_each(read(content))
    if not found:
        raise Unreadable(Reason.EMPTY)
    return found


def day_of(text: str) -> date | None:
    """Read a day like 2026-01-02 or 02/01/2026; None when it is none, or lies in no year of a calendar."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    return None


def _csv(content: bytes) -> list[Found]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(Reason.NOT_TEXT) from None
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        table = list(csv.reader(StringIO(text), delimiter=delimiter))
    except csv.Error:
        raise Unreadable(Reason.BROKEN_FILE) from None
    if not table:
        raise Unreadable(Reason.EMPTY)
    headings = {fold(heading): place for place, heading in enumerate(table[0])}
    places = {
        field: next((headings[fold(one)] for one in names if fold(one) in headings), None) for field, names in HEADINGS.items()
    }
    if places["day"] is None or places["kind"] is None:
        return [Faulty(1, Fault.NO_COLUMNS, ", ".join(headings))]
    return [_row(line, cells, places) for line, cells in enumerate(table[1:], 2) if any(cell.strip() for cell in cells)]


def _row(line: int, cells: Sequence[str], places: dict[str, int | None]) -> Found:
    words = {field: _cell(cells, place) for field, place in places.items()}
    day, kind = day_of(words["day"]), KINDS.get(fold(words["kind"]))
    if day is None:
        return Faulty(line, Fault.NO_DAY, words["day"])
    if kind is None:
        return Faulty(line, Fault.NO_KIND, words["kind"])
    if not words["name"]:
        return Faulty(line, Fault.NO_NAME, words["day"])
    return Row(line, day, kind, words["name"], words["source"] or None)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return " ".join(cells[place].split()) if place is not None and place < len(cells) else ""


def _ics(content: bytes) -> list[Found]:
    try:
        events = [event for event in Calendar.from_ical(content).walk("VEVENT") if isinstance(event, Event)]
    except ValueError:
        raise Unreadable(Reason.BROKEN_FILE) from None
    return [row for number, event in enumerate(events, 1) for row in _days_off(number, event)]


def _days_off(number: int, event: Event) -> list[Found]:
    """Give every day of an all-day event, whose end is the day after its last one (RFC 5545, 3.6.1)."""
    name = " ".join(str(event.get("SUMMARY", "")).split())
    try:
        begin, end = event.start, event.end
    except (AttributeError, ValueError):  # what the library raises for a day that is missing, broken, or there twice
        return [Faulty(number, Fault.NOT_ALL_DAY, name)]
    if isinstance(begin, datetime) or isinstance(end, datetime):
        return [Faulty(number, Fault.NOT_ALL_DAY, name)]
    if "RRULE" in event or "RDATE" in event:
        return [Faulty(number, Fault.REPEATS, name)]
    days = end - begin
    if not (ONE_DAY <= days <= LONGEST_EVENT and FIRST_YEAR <= begin.year <= LAST_YEAR):
        return [Faulty(number, Fault.TOO_LONG if days > LONGEST_EVENT else Fault.NO_DAY, name)]
    if not name:
        return [Faulty(number, Fault.NO_NAME, begin.isoformat())]
    source = " ".join(str(event.get("DESCRIPTION", "")).split()) or None
    return [Row(number, begin + ONE_DAY * after, DayKind.OFF, name, source) for after in range(days.days)]


def _once_each(found: Sequence[Found]) -> list[Found]:
    seen: set[date] = set()
    rows: list[Found] = []
    for one in found:
        if isinstance(one, Row) and one.day in seen:
            rows.append(Faulty(one.line, Fault.TWICE, one.day.isoformat()))
            continue
        rows.append(one)
        if isinstance(one, Row):
            seen.add(one.day)
    return rows
