"""What does a list of units say? Rows of a CSV or Excel file, and how they differ from the register."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO, StringIO
from pathlib import PurePath
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from documents.matching import spelled_nearly
from documents.reasons import Reason
from domain.errors import Unreadable
from domain.files import FILE_LIMIT
from domain.names import fold
from domain.units import Register, Unit

HEADINGS = {
    "name": {"name", "tên", "tên đơn vị", "đơn vị"},
    "short_name": {"short name", "tên tắt", "tên viết tắt", "viết tắt"},
    "group": {"group", "nhóm", "khối", "cụm"},
    "also": {"also", "tên khác", "tên cũ"},
}


@dataclass(frozen=True)
class Row:
    """One unit of a list, with the line it stands on; ``also`` are other names, divided by semicolons."""

    line: int
    name: str
    short_name: str | None
    group: str | None
    also: str = ""

    @property
    def others(self) -> tuple[str, ...]:
        """The other names by which papers call the unit."""
        return tuple(name.strip() for name in self.also.split(";") if fold(name))


class Change(StrEnum):
    """What a row does to the register."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    NEAR_ANOTHER = "near-another"
    TWICE = "twice"


DOUBTFUL = (Change.NEAR_ANOTHER, Change.TWICE)


@dataclass(frozen=True)
class Difference:
    """A row with what it does; ``other`` is the unit it changes, or the name that it comes near."""

    row: Row
    change: Change
    unit: Unit | None = None
    other: str | None = None


def rows_of(name: str, content: bytes) -> list[Row]:
    """Read the rows of a list; raise ``Unreadable`` when it is none, or has no column of names."""
    if len(content) > FILE_LIMIT:
        raise Unreadable(Reason.TOO_LARGE)
    ending = PurePath(name).suffix.lower()
    if ending == ".csv":
        return _rows(_csv(content))
    if ending == ".xlsx":
        return _rows(_xlsx(content))
    raise Unreadable(Reason.UNKNOWN_ENDING, ending)


def _csv(content: bytes) -> list[Sequence[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(Reason.NOT_TEXT) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return list(csv.reader(StringIO(text), delimiter=delimiter))


def _xlsx(content: bytes) -> list[Sequence[str]]:
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError):
        raise Unreadable(Reason.BROKEN_FILE) from None


def _rows(table: Sequence[Sequence[str]]) -> list[Row]:
    if not table:
        raise Unreadable(Reason.EMPTY)
    columns = {fold(heading): number for number, heading in enumerate(table[0])}
    places = {
        field: next((columns[fold(one)] for one in names if fold(one) in columns), None) for field, names in HEADINGS.items()
    }
    if places["name"] is None:
        raise Unreadable(Reason.NO_NAME_COLUMN)
    rows = [Row(line, *(_cell(cells, places[field]) for field in HEADINGS)) for line, cells in enumerate(table[1:], 2)]
    return [row for row in rows if row.name]


def _cell(cells: Sequence[str], place: int | None) -> str:
    return " ".join(cells[place].split()) if place is not None and place < len(cells) else ""


def differences(rows: Iterable[Row], register: Register) -> list[Difference]:
    """Tell what each row does to the register."""
    seen: set[str] = set()
    found = []
    for row in rows:
        found.append(_difference(row, register, seen))
        seen.add(fold(row.name))
    return found


def _difference(row: Row, register: Register, seen: set[str]) -> Difference:
    folded = fold(row.name)
    if folded in seen:
        return Difference(row, Change.TWICE)
    unit = next((unit for unit in register.units if unit.folded_name == folded), None)
    if unit is not None:
        same = (unit.name, unit.short_name or "", unit.group or "") == (row.name, row.short_name or "", row.group or "")
        known = {fold(name) for name in unit.names}
        knows = all(fold(name) in known for name in row.others)
        return Difference(row, Change.SAME if same and knows else Change.CHANGED, unit)
    near = spelled_nearly(row.name, register)
    if near is not None:
        return Difference(row, Change.NEAR_ANOTHER, other=near)
    return Difference(row, Change.NEW)
