"""What does a printed notice look like? PDF files set like real ones: letterhead, wrapped body, footnotes, tables, signature."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import font_source_serif_pro  # type: ignore[import-untyped] # the package of a font ships no types
import pypdfium2  # type: ignore[import-untyped] # as the reader
from fpdf import FPDF

Row = tuple[str, ...]
_FONTS = Path(font_source_serif_pro.__file__).parent / "files"
_WIDTH, _HEIGHT = 595.0, 842.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 85.0, 552.0, 71.0, 780.0
_MIDDLE = (_LEFT + _RIGHT) / 2
_BODY, _SMALL, _MARK = 13.0, 10.0, 0.6
_INDENT, _PITCH, _GAP = 36.0, 1.3, 5.0
_SCANNED = 200 / 72
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_AS_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")


@dataclass(frozen=True)
class Notice:
    """A notice before it is printed: a paragraph is a string, a table a sequence of rows, a mark a superscript digit."""

    body: Sequence[str | Sequence[Row]]
    letterhead: Sequence[tuple[str, str]] = ()
    title: Sequence[str] = ()
    notes: dict[str, str] = field(default_factory=dict)
    ending: Sequence[tuple[str, str]] = ()
    running: str = ""
    justified: bool = True
    indent: float = _INDENT
    ruled: bool = True


def text(notice: Notice) -> str:
    """Give a notice as a text file holds it, a paragraph a line."""
    heads = [*(left for left, _ in notice.letterhead), *(right for _, right in notice.letterhead)]
    body = [line for block in notice.body for line in (*([block] if isinstance(block, str) else map(" | ".join, block)), "")]
    notes = [f"{mark} {words}" for mark, words in notice.notes.items()]
    ends = [*(left for left, _ in notice.ending), *(right for _, right in notice.ending)]
    return "\n".join([*heads, "", *notice.title, "", *body, *ends, "", "", *(line for note in notes for line in (note, ""))])


def pdf(notice: Notice) -> bytes:
    """Print a notice on A4."""
    printer = _Printer(notice)
    printer.pairs(notice.letterhead)
    for line in notice.title:
        printer.centred(line)
    printer.down += _GAP
    for block in notice.body:
        if isinstance(block, str):
            printer.paragraph(block)
        else:
            printer.table(block)
    printer.pairs(notice.ending)
    printer.foot()
    return bytes(printer.paper.output())


def pictured(content: bytes) -> bytes:
    """Print pictures of the pages of a PDF file, as a scanner does."""
    paper = FPDF(unit="pt", format=(_WIDTH, _HEIGHT))
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            paper.add_page()
            paper.image(page.render(scale=_SCANNED).to_pil().convert("L"), 0, 0, _WIDTH, _HEIGHT)
    return bytes(paper.output())


def empty(pages: int) -> bytes:
    """Print pages with nothing on them."""
    paper = FPDF(unit="pt", format=(_WIDTH, _HEIGHT))
    for _ in range(pages):
        paper.add_page()
    return bytes(paper.output())


def written(instructions: bytes, *, box: str = "0 0 595 842", count: int = 1, turned: int = 0) -> bytes:
    """Write a file by hand whose page has these instructions and this box, is shown turned, and claims to be so many."""
    packed = zlib.compress(instructions)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[3 0 R]/Count {count}>>".encode(),
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Rotate {turned}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".encode(),
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Size 6/Root 1 0 R>>\n%%EOF"


def pieced(pieces: Sequence[tuple[str, float, float]], *, backwards: bool = False) -> bytes:
    """Print pieces of a line, each with its size and how far it is raised, in points; ``backwards`` draws the last one first."""
    paper, left, placed = _paper(), _LEFT, []
    for piece, size, raised in pieces:
        paper.set_font("Serif", size=size)
        placed.append((left, raised, size, piece))
        left += paper.get_string_width(piece)
    for left, raised, size, piece in placed[::-1] if backwards else placed:
        paper.set_font("Serif", size=size)
        paper.text(left, _TOP - raised, piece)
    return bytes(paper.output())


def lined(lines: Sequence[str]) -> bytes:
    """Print lines one below the other."""
    paper = _paper()
    paper.set_font("Serif", size=_BODY)
    for number, line in enumerate(lines):
        paper.text(_LEFT, _TOP + number * _BODY * _PITCH, line)
    return bytes(paper.output())


def locked(content: str, password: str) -> bytes:
    """Print a line in a file that opens with a password only."""
    paper = _paper()
    paper.set_encryption(owner_password=f"{password} of the owner", user_password=password)
    paper.set_font("Serif", size=_BODY)
    paper.text(_LEFT, _TOP, content)
    return bytes(paper.output())


def _paper() -> FPDF:
    """Give an empty first page with the font of the tests at hand."""
    paper = FPDF(unit="pt", format=(_WIDTH, _HEIGHT))
    paper.set_auto_page_break(False)
    paper.add_font("Serif", "", _FONTS / "SourceSerifPro-Regular.ttf")
    paper.add_font("Serif", "B", _FONTS / "SourceSerifPro-Bold.ttf")
    paper.add_page()
    return paper


class _Printer:
    """A page being set from its top, with the notes that its foot must hold."""

    def __init__(self, notice: Notice) -> None:
        self.notice, self.paper = notice, _paper()
        self.down, self.notes = _TOP, list[str]()

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """Set rows of two columns side by side, each line in the middle of its column or at its left if it is a list's."""
        if self.down + len(rows) * _BODY * _PITCH > _BOTTOM - self._foot_height([]):
            self._turn()
        for left, right in rows:
            self.down += _BODY * _PITCH
            listed = left.startswith(("-", "Nơi nhận"))
            self._set(left, _LEFT if listed else self._centre(left, 170), size=_SMALL + 1 if listed else _BODY)
            self._set(right, self._centre(right, 420))
        self.down += 2 * _GAP

    def centred(self, line: str) -> None:
        """Set a line in the middle of the page."""
        self.paper.set_font("Serif", style="B", size=_BODY)
        self.down += _BODY * _PITCH
        self.paper.text(_MIDDLE - self.paper.get_string_width(line) / 2, self.down, line)

    def paragraph(self, words: str) -> None:
        """Set a paragraph, its first line indented, turning pages where one is full."""
        lines = self._wrapped(words, _RIGHT - _LEFT, indent=self.notice.indent)
        for number, line in enumerate(lines):
            notes = [mark for mark in re.findall(f"[{_SUPERSCRIPTS}]+", line) if mark in self.notice.notes]
            if self.down + _BODY * _PITCH > _BOTTOM - self._foot_height(notes):
                self._turn()
            self.notes += notes
            self.down += _BODY * _PITCH
            start = _LEFT + (self.notice.indent if number == 0 else 0)
            last = number == len(lines) - 1
            self._set(line, start, until=_RIGHT if self.notice.justified and not last else None)
        self.down += _GAP

    def table(self, rows: Sequence[Row]) -> None:
        """Set a table, the second column wide, with rules around its cells where the notice has them."""
        share = (_RIGHT - _LEFT - 34) / len(rows[0])
        widths = [34.0, share * 2 - 34, *[share + 34 / (len(rows[0]) - 2)] * (len(rows[0]) - 2)]
        for row in rows:
            cells = [self._wrapped(cell, width - 10) for cell, width in zip(row, widths, strict=True)]
            height = max(map(len, cells)) * _BODY * _PITCH + 6
            if self.down + height > _BOTTOM - self._foot_height([]):
                self._turn()
            left = _LEFT
            for lines, width in zip(cells, widths, strict=True):
                if self.notice.ruled:
                    self.paper.rect(left, self.down, width, height)
                for number, line in enumerate(lines):
                    self._set(line, left + 5, down=self.down + (number + 0.9) * _BODY * _PITCH)
                left += width
            self.down += height
        self.down += _GAP

    def foot(self) -> None:
        """Set the notes of the page below a short rule."""
        if not self.notes:
            return
        down = _BOTTOM - self._foot_height([]) + _GAP
        self.paper.line(_LEFT, down, _LEFT + 144, down)
        for line in self._note_lines(self.notes):
            down += _SMALL * 1.2
            self._set(line, _LEFT, down=down, size=_SMALL)
        self.notes = []

    def _turn(self) -> None:
        """End a page and begin the next with its number and the running title."""
        self.foot()
        self.paper.add_page()
        number = str(self.paper.page_no())
        self._set(number, self._centre(number, _MIDDLE), down=40)
        if self.notice.running:
            self._set(self.notice.running, self._centre(self.notice.running, _MIDDLE), down=55, size=_SMALL)
        self.down = _TOP

    def _foot_height(self, more: list[str]) -> float:
        """Give the height of the notes below the page, with ``more`` of them."""
        lines = len(self._note_lines([*self.notes, *more]))
        return lines * _SMALL * 1.2 + 3 * _GAP if lines else 0

    def _note_lines(self, marks: list[str]) -> list[str]:
        """Give the lines of the notes with their marks."""
        texts = (f"{mark} {self.notice.notes[mark]}" for mark in marks)
        return [line for note in texts for line in self._wrapped(note, _RIGHT - _LEFT, size=_SMALL)]

    def _wrapped(self, words: str, width: float, *, indent: float = 0, size: float = _BODY) -> list[str]:
        """Break a text into lines of a width in points, the first one shorter by its indent."""
        self.paper.set_font("Serif", size=size)
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.paper.get_string_width(longer) > width - (indent if len(lines) == 1 else 0):
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _centre(self, line: str, middle: float) -> float:
        """Give where a line begins whose middle is known."""
        self.paper.set_font("Serif", size=_BODY)
        return middle - self.paper.get_string_width(line) / 2

    def _set(self, line: str, left: float, *, down: float | None = None, size: float = _BODY, until: float | None = None) -> None:
        """Set a line word by word, stretched to end at ``until``; marks are smaller and raised."""
        words, place = line.split(" "), self.down if down is None else down
        self.paper.set_font("Serif", size=size)
        wide = self.paper.get_string_width(" ")
        if until is not None and len(words) > 1:
            wide = (until - left - self._width(words)) / (len(words) - 1)
        for word in words:
            for piece in _pieces(word):
                raised = piece[0] in _SUPERSCRIPTS
                self.paper.set_font("Serif", size=size * _MARK if raised else size)
                self.paper.text(left, place - (size * 0.33 if raised else 0), piece.translate(_AS_DIGITS))
                left += self.paper.get_string_width(piece.translate(_AS_DIGITS))
            left += wide
            self.paper.set_font("Serif", size=size)

    def _width(self, words: list[str]) -> float:
        """Give the width of words set without spaces."""
        width = 0.0
        for piece in (piece for word in words for piece in _pieces(word)):
            width += float(self.paper.get_string_width(piece.translate(_AS_DIGITS))) * (_MARK if piece[0] in _SUPERSCRIPTS else 1)
        return width


def _pieces(word: str) -> list[str]:
    """Part a word from its marks."""
    return re.findall(f"[{_SUPERSCRIPTS}]+|[^{_SUPERSCRIPTS}]+", word)
