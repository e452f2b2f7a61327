"""Which tasks does a table give? The rows of an annex or a table that name an executor and a time."""

import re
from dataclasses import dataclass

from documents.extraction import deadlines, letters, lists
from documents.extraction.deadlines import Anchor
from documents.extraction.lines import Line
from domain.deadlines import NO_DEADLINE
from domain.readings import Audience, AudienceKind, Directive, Evidence

_NUMBER = re.compile(r"(?:tt|stt|so tt|so thu tu)\.?")
_WHO = re.compile(
    r"(?:don vi|co quan|dia phuong|chi bo|to chuc dang|don vi (?:chu tri|thuc hien)|chu tri|nguoi thuc hien|"
    r"phu trach)[^,.;]{0,40}"
)
_WHEN = re.compile(r"(?:thoi han|thoi gian|han|ngay (?:hoan thanh|nop|bao cao)|tien do)[^,.;]{0,40}")
_HELPS = re.compile(r"(?:don vi )?phoi hop[^,.;]{0,30}")
_REMARK = re.compile(r"(?:ghi chu|luu y)[^,.;]{0,30}")
_MOST_COLUMNS = 10


@dataclass(frozen=True)
class Table:
    """A table's heading and rows; all rows have as many cells as the heading."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(lines: tuple[Line, ...]) -> tuple[Table, ...]:
    """Find the tables of an annex: rows with bars, or one cell a line below a heading that begins with "TT"."""
    barred = [tuple(cell.strip() for cell in line.text.strip("|").split("|")) for line in lines if "|" in line.text]
    barred = [row for row in barred if any(any(sign.isalnum() for sign in cell) for cell in row)]
    if len(barred) > 1:
        return (_even(barred),)
    return tuple(table for number in range(len(lines)) if (table := _stacked([line.text for line in lines[number:]])))


def _even(rows: list[tuple[str, ...]]) -> Table:
    """Make a table of rows, the short ones filled up."""
    heading = rows[0]
    filled = (tuple([*row, *[""] * len(heading)][: len(heading)]) for row in rows[1:])
    return Table(heading, tuple(filled))


def _stacked(texts: list[str]) -> Table | None:
    """Make a table of cells that stand one below the other: the heading ends where the first row's number stands."""
    if not texts or not _NUMBER.fullmatch(letters.fold(texts[0])):
        return None
    width = next((n for n, text in enumerate(texts[: _MOST_COLUMNS + 1]) if text.strip(". ") in {"1", "01"}), 0)
    if width < 2:  # noqa: PLR2004 - a number and nothing else is no row
        return None
    cells = texts[width:]
    rows: list[tuple[str, ...]] = []
    for place in range(0, len(cells) - width + 1, width):
        if cells[place].strip(". ").lstrip("0") != str(len(rows) + 1):
            break
        rows.append(tuple(cells[place : place + width]))
    return Table(tuple(texts[:width]), tuple(rows)) if rows else None


def directives(table: Table, anchor: Anchor, *, first: int, paragraph: int) -> tuple[Directive, ...]:
    """Give a directive for each row with an executor and a time, PL.n from ``first``; ``paragraph`` is the first row's place."""
    folded = [letters.fold(cell) for cell in table.heading]
    who, when = _column(folded, _WHO, but=_HELPS), _column(folded, _WHEN)
    if who is None or when is None:
        return ()
    return tuple(
        _row(row, _Columns(folded, who, when), anchor, Evidence(f"PL.{first + number}", paragraph + number))
        for number, row in enumerate(table.rows)
        if row[who].strip()
    )


@dataclass(frozen=True)
class _Columns:
    """The folded heading of a table, and which column names the executor and which the time."""

    heading: list[str]
    who: int
    when: int


def _column(folded: list[str], kind: re.Pattern[str], but: re.Pattern[str] | None = None) -> int | None:
    """Give the column whose heading says what it holds."""
    return next(
        (n for n, cell in enumerate(folded) if kind.fullmatch(cell.strip()) and not (but and but.fullmatch(cell.strip()))), None
    )


def _row(row: tuple[str, ...], columns: _Columns, anchor: Anchor, place: Evidence) -> Directive:
    """Make a directive of one row; ``place`` holds its reference and its paragraph."""
    who, when = row[columns.who], row[columns.when]
    found = deadlines.find(when, anchor, cell=True)
    doubts = {"deadline": str(found[0].doubt)} if found and found[0].doubt else {}
    return Directive(
        place.words,
        row_text(row, columns.heading),
        _audience(who, _helpers(row, columns.heading)),
        found[0].deadline if found else NO_DEADLINE,
        unsure=tuple(doubts),
        doubts=doubts,
        evidence={"audience": Evidence(who, place.paragraph), "deadline": Evidence(when, place.paragraph)},
    )


def _audience(who: str, helpers: tuple[str, ...]) -> Audience:
    """Give the audience of a cell: units by name, or a class of them."""
    if letters.fold(who).startswith(("cac ", "tat ca", "toan ")):
        return Audience(AudienceKind.GROUP, (), who, helpers)
    named = lists.names_at(who, 0)
    return Audience(AudienceKind.NAMED, named.units if named else (who,), who, helpers)


def _helpers(row: tuple[str, ...], heading: list[str]) -> tuple[str, ...]:
    """Give the units of the column of those who help."""
    column = _column(heading, _HELPS)
    if column is None or not row[column].strip():
        return ()
    named = lists.names_at(row[column], 0)
    return named.units if named else (row[column],)


def row_text(row: tuple[str, ...], heading: list[str]) -> str:
    """Give a row's words: its cells but the number and remarks."""
    return " ".join(
        cell
        for cell, head in zip(row, heading, strict=True)
        if cell and not _NUMBER.fullmatch(head.strip()) and not _REMARK.fullmatch(head.strip())
    )
