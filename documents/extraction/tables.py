"""Which tasks does a table give? The rows of an annex or a table that name an executor and a time."""

import re
from dataclasses import dataclass, replace

from documents.extraction import deadlines, letters, lists, names
from documents.extraction.deadlines import Anchor
from documents.extraction.lines import Line
from domain.deadlines import NO_DEADLINE
from domain.readings import Audience, AudienceKind, Directive, Evidence

_NUMBER = re.compile(r"(?:tt|stt|so tt|so thu tu)\.?")
_WHO = re.compile(
    r"(?:(?:ten )?don vi|thon|xa|phuong|ap|khu pho|to dan pho|huyen|khoa|truong|co quan|dia phuong|chi bo|to chuc dang|"
    r"don vi (?:chu tri|thuc hien)|chu tri|nguoi thuc hien|"
    r"phu trach)[^,.;]{0,40}"
)
_WHEN = re.compile(r"(?:thoi han|thoi gian|thoi diem|han|ngay (?:hoan thanh|nop|bao cao)|hoan thanh|tien do|moc)[^,.;]{0,40}")
_HELPS = re.compile(r"(?:don vi )?phoi hop[^,.;]{0,30}")
_REMARK = re.compile(r"(?:ghi chu|luu y)[^,.;]{0,30}")
_MOST_COLUMNS = 10


@dataclass(frozen=True)
class Row:
    """A table's row: its cells, and the numbers of the lines in which they stand."""

    cells: tuple[str, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """A table's heading, folded, and its rows; all rows have as many cells as the heading."""

    heading: tuple[str, ...]
    rows: tuple[Row, ...]

    def text(self, row: Row) -> str:
        """Give a row's words: its cells but the number and remarks."""
        said = zip(row.cells, self.heading, strict=True)
        return " ".join(cell for cell, head in said if cell and not _NUMBER.fullmatch(head) and not _REMARK.fullmatch(head))


def tables(lines: tuple[Line, ...]) -> tuple[Table, ...]:
    """Find the tables among lines: rows with bars, or one cell a line below a heading that begins with "TT"."""
    barred = tuple(_even(rows) for rows in _barred(lines) if len(rows) > 1)
    return barred or tuple(table for number in range(len(lines)) if (table := _stacked(lines[number:])))


def _barred(lines: tuple[Line, ...]) -> list[list[Row]]:
    """Give the rows with bars, those of one table together: other words, or a new heading, begin another one."""
    found: list[list[Row]] = [[]]
    for line in lines:
        cells = tuple(cell.strip() for cell in line.text.strip("| ").split("|"))
        if "|" not in line.text or (_NUMBER.fullmatch(letters.fold(cells[0])) and found[-1]):
            found.append([])
        if "|" in line.text and any(sign.isalpha() for sign in line.text):
            found[-1].append(Row(cells, (line.number,)))
    return found


def _even(rows: list[Row]) -> Table:
    """Make a table of rows: short ones filled up, and those that go on with the row above joined to it."""
    heading = tuple(letters.fold(cell) for cell in rows[0].cells)
    made: list[Row] = []
    for row in rows[1:]:
        cells = tuple([*row.cells, *[""] * len(heading)][: len(heading)])
        if made and not cells[0] and _NUMBER.fullmatch(heading[0]):
            above = made.pop()
            joined = (f"{over} {under}".strip() for over, under in zip(above.cells, cells, strict=True))
            made.append(Row(tuple(joined), above.lines + row.lines))
        else:
            made.append(Row(cells, row.lines))
    return Table(heading, tuple(made))


def _stacked(lines: tuple[Line, ...]) -> Table | None:
    """Make a table of cells that stand one below the other: the heading ends where the first row's number stands."""
    if not lines or not _NUMBER.fullmatch(letters.fold(lines[0].text)):
        return None
    width = next((n for n, line in enumerate(lines[: _MOST_COLUMNS + 1]) if line.text.strip(". ") in {"1", "01"}), 0)
    if width < 2:  # noqa: PLR2004 - a number and nothing else is no row
        return None
    rows: list[Row] = []
    for place in range(width, len(lines) - width + 1, width):
        cells = lines[place : place + width]
        if cells[0].text.strip(". ").lstrip("0") != str(len(rows) + 1):
            break
        rows.append(Row(tuple(cell.text for cell in cells), tuple(cell.number for cell in cells)))
    return Table(tuple(letters.fold(line.text) for line in lines[:width]), tuple(rows)) if rows else None


def listed(table: Table) -> tuple[str, ...]:
    """Give the units of a table that lists them: the cells of the first column whose cells all begin as names."""
    columns = zip(*(row.cells for row in table.rows), strict=True)
    return next((column for column in columns if all(names.begins(cell, 0) for cell in column)), ())


def directives(table: Table, anchor: Anchor, *, first: int, paragraph: int) -> tuple[Directive, ...]:
    """Give a directive for each row with an executor and a time, PL.n from ``first``; ``paragraph`` is the first row's place."""
    who, when = _column(table, _WHO, but=_HELPS), _column(table, _WHEN)
    if who is None or when is None:
        return ()
    made: list[Directive] = []
    for number, row in enumerate(table.rows, paragraph):
        if row.cells[who].strip():
            place = Evidence(f"PL.{first + len(made)}", number, "a row with an executor and a time")
            made.append(_row(table, row, (who, when), anchor, place))
    return tuple(made)


def _column(table: Table, kind: re.Pattern[str], but: re.Pattern[str] | None = None) -> int | None:
    """Give the column whose heading says what it holds."""
    heads = enumerate(table.heading)
    return next((n for n, head in heads if kind.fullmatch(head) and not (but and but.fullmatch(head))), None)


def _row(table: Table, row: Row, columns: tuple[int, int], anchor: Anchor, place: Evidence) -> Directive:
    """Make a directive of one row from its columns of executor and time; ``place`` holds its reference and its paragraph."""
    who, when = (row.cells[column] for column in columns)
    found = deadlines.find(when, anchor, cell=True)
    doubts = {"deadline": str(found[0].doubt)} if found and found[0].doubt else {}
    words = table.text(row)
    choices = found[0].choices if found else ()
    return Directive(
        place.words,
        words,
        _audience(who, _helpers(table, row)),
        found[0].deadline if found else NO_DEADLINE,
        unsure=tuple(doubts),
        doubts=doubts,
        evidence={
            "text": replace(place, words=words),
            "audience": Evidence(who, place.paragraph, "column of the executor"),
            "deadline": Evidence(when, place.paragraph, found[0].rule if found else "column of the time"),
        },
        choices=choices,
    )


def _audience(who: str, helpers: tuple[str, ...]) -> Audience:
    """Give the audience of a cell: units by name, or a class of them."""
    if letters.fold(who).startswith(("cac ", "tat ca", "toan ")):
        return Audience(AudienceKind.GROUP, (), who, helpers)
    named = lists.names_at(who, 0)
    return Audience(AudienceKind.NAMED, named.units if named else (who,), who, helpers)


def _helpers(table: Table, row: Row) -> tuple[str, ...]:
    """Give the units of the column of those who help."""
    column = _column(table, _HELPS)
    if column is None or not any(sign.isalnum() for sign in row.cells[column]):
        return ()
    named = lists.names_at(row.cells[column], 0)
    return named.units if named else (row.cells[column],)
