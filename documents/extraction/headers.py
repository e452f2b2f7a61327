"""Who issued the paper, under which number, when and about what? Letterhead and title read."""

import re
from datetime import date

from documents.extraction import citations, dates, issuers, letters
from documents.extraction.paragraphs import Paragraph
from documents.extraction.parts import Parts
from domain.readings import Evidence, Header

_MOTTO = re.compile(r"(?:cong hoa xa hoi|dang cong san viet nam|doc lap ?-|doc lap -)")
_NUMBER = re.compile(r"\bso ?:? ?(?P<number>\d{1,5}[a-z]?)? ?[-/] ?(?P<symbol>[a-z]{1,6}(?: ?[-/] ?[a-z0-9]{1,12}){0,3})")
_DATE = re.compile(r",? ?ngay (?P<day>\d{1,2}) ?(?:thang|/) ?(?P<month>\d{1,2}) ?(?:nam|/) ?(?P<year>\d{4})")
_PLACE_AND_DATE = re.compile(rf"[^,;:]{{2,40}}{_DATE.pattern}")
_LAST_LINES = 15
_ORGAN = re.compile(r" ([A-ZĐ]{2,12})(?!\w)")
_JOINED = re.compile(r"(TB|KL)([A-ZĐ]{2,12})")
_STAMP = re.compile(r"\bden\b(?!.*\bnam\b.*,)|cong van den|den so|ngay den|ngay:")
# A number that is still to be filled in: "Số:      /TB-SYT".
_BLANK_NUMBER = re.compile(r"(\b[Ss]ố ?:?)\s+(?=[-/])")
_COLUMNS = re.compile(r"\s{3,}|\t+|\s*\|\s*")


def read(parts: Parts, body: tuple[str, ...]) -> Header:
    """Read the header; what the paper does not say is None. A paper that is only cited never fills it."""
    cells = _cells(parts.letterhead)
    number, symbol = _number(cells)
    title = _title(parts.title)
    left = [cell for cell in cells if not _is_formal(cell)]
    issuer = issuers.from_letterhead(left, symbol) or issuers.from_title(title, body)
    return Header(issuer, number, symbol, _date(cells) or _signed(parts), title)


def _signed(parts: Parts) -> date | None:
    """Give the date of a place-and-date line below the text, where the letterhead has none."""
    below = (letters.squeezed(line).strip("*_ ") for line in (*parts.body[-_LAST_LINES:], *parts.recipients))
    return _date([line for line in below if _PLACE_AND_DATE.fullmatch(letters.fold(line))])


def evidence(header: Header, parts: Parts, first: int) -> tuple[tuple[Paragraph, ...], dict[str, Evidence]]:
    """Give letterhead and title as paragraphs, counted from ``first``, and where the words of the header stand in them."""
    start = len(parts.letterhead)
    head = Paragraph(letters.squeezed(" ".join(parts.letterhead)), lines=tuple(range(start)))
    title = Paragraph(letters.squeezed(" ".join(parts.title)), lines=tuple(range(start, start + len(parts.title))))
    folded = letters.fold(head.text)
    printed = {
        "number": _NUMBER.search(folded) if header.symbol else None,
        "date": _DATE.search(folded) if header.dated else None,
        "issuer": re.search(re.escape(letters.fold(header.issuer)), folded) if header.issuer else None,
    }
    rule = "letterhead"
    found = {name: Evidence(head.text[slice(*at.span())].strip(" ,"), first, rule) for name, at in printed.items() if at}
    if header.title and header.title in title.text:
        found["title"] = Evidence(header.title, first + 1, "lines under the title line")
    return (head, title), found


def _cells(lines: tuple[str, ...]) -> list[str]:
    """Give the letterhead's cells, the left column first, without rules and marks."""
    whole = (_BLANK_NUMBER.sub(r"\1 ", line) for line in lines if line.strip())
    rows = [[letters.squeezed(cell).strip("*_ ") for cell in _COLUMNS.split(line)] for line in whole]
    rows = [[cell for cell in row if any(sign.isalnum() for sign in cell)] for row in rows]
    return [row[0] for row in rows if row] + [cell for row in rows for cell in row[1:]]


def _is_formal(cell: str) -> bool:
    """Tell whether a cell is a motto, a number, a date or a stamp, and so names no issuer."""
    folded = letters.fold(cell)
    return (
        bool(_MOTTO.match(folded) or _NUMBER.search(folded) or _DATE.search(folded) or _STAMP.search(folded))
        or not cell[0].isupper()
    )


def _number(cells: list[str]) -> tuple[str | None, str | None]:
    """Give number and symbol; a blank number is None."""
    for cell in cells:
        folded = letters.fold(cell)
        found = _NUMBER.search(folded)
        if found and not _STAMP.match(folded):
            start, end = found.span("symbol")
            return found["number"], _symbol(cell, start, end)
    return None, None


def _symbol(cell: str, start: int, end: int) -> str:
    """Give a symbol without spaces; a hyphen before the organ that a scanner lost is put back ("TB BQLKKT", "TBLĐLĐ")."""
    symbol = re.sub(r"\s+", "", cell[start:end])
    if symbol in citations.TYPES and (organ := _ORGAN.match(cell, end)):
        return f"{symbol}-{organ[1]}"
    joined = _JOINED.fullmatch(symbol)
    return f"{joined[1]}-{joined[2]}" if joined and "/" in cell[:start] else symbol


def _date(cells: list[str]) -> date | None:
    """Give the date of the place-and-date line, never that of an incoming stamp."""
    text = letters.fold(" ".join(cell for cell in cells if not _STAMP.match(letters.fold(cell))))
    days = (dates.written(found).on(None) for found in _DATE.finditer(text))
    return next((day for day in days if day), None)


def _title(lines: tuple[str, ...]) -> str | None:
    """Give the lines under the title line, joined; a line in brackets is a remark on the title."""
    texts = [letters.squeezed(line).strip("*# ") for line in lines]
    texts = [text for text in texts if text and not text.startswith("(")]
    if texts and letters.fold(texts[0]) in {"thong bao", "ket luan"}:
        texts = texts[1:]
    elif texts and letters.fold(texts[0]).startswith("thong bao "):
        texts[0] = texts[0][len("thong bao ") :]
    return " ".join(texts) or None
