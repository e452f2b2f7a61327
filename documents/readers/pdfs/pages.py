"""What stands on a page? Its words with their places and sizes, as pdfium tells, and what is drawn around them."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped] # the library ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from documents.readers.pdfs import drawings
from documents.readers.pdfs.drawings import Rule
from documents.reasons import Reason
from domain.errors import Unreadable

MOST_SIGNS = 40_000
_MOST_OBJECTS = 40_000
# What turns a page's objects as the page is shown turned, by degrees.
_TURNS = {90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}
# pdfium writes this sign for a hyphen at a line's end, and leaves the line's end out.
_HYPHEN = "\ufffe"
_WORD = re.compile(rf"[^\s{_HYPHEN}]+{_HYPHEN}?|{_HYPHEN}")
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\uffff]")
_MAY_HOLD_MARK = re.compile(r"[\d*]")
_HYPHENS = str.maketrans(dict.fromkeys((_HYPHEN, "\u2010", "\u2011", "\u0002"), "-"))
_MOST_OF_PAGE = 0.7
# A page of words that are drawn as outlines holds many more.
_FEW_PATHS = 50
_SAMPLE = 100


class Word(NamedTuple):
    """Signs of one size without a space, in points from the left and downwards; ``base`` is what they stand on."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True)
class Page:
    """The words and rules of a page in no order.

    ``pictured`` tells that pictures cover it, ``drawn`` that it holds anything that may show words, ``damaged`` that its text is
    no text, and ``scanned`` what a machine read off it.
    """

    width: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictured: bool = False
    drawn: bool = False
    damaged: bool = False
    scanned: tuple[str, ...] = ()

    @property
    def signs(self) -> int:
        """Count the signs of the words."""
        return sum(len(word.text) for word in self.words)


def of(page: pypdfium2.PdfPage) -> Page:
    """Read a page of an open file; raises Unreadable("too-large") when it holds more than a page of text can."""
    objects = pdfium.FPDFPage_CountObjects(page.raw)
    if objects > _MOST_OBJECTS:
        raise Unreadable(Reason.TOO_LARGE, f"{objects} objects")
    _turn(page, objects)
    print_ = page.get_textpage()
    if print_.count_chars() > MOST_SIGNS:
        raise Unreadable(Reason.TOO_LARGE, f"{print_.count_chars()} signs")
    text = _text(print_)
    drawing = drawings.of(page, objects)
    return Page(
        page.get_width(),
        tuple(_words(print_.raw, text)),
        tuple(drawing.rules),
        drawing.pictured > _MOST_OF_PAGE * page.get_width() * page.get_height(),
        drawing.others > 0 or drawing.paths > _FEW_PATHS,
        _is_damaged(print_.raw, text),
    )


def _turn(page: pypdfium2.PdfPage, count: int) -> None:
    """Turn the objects of a page that is shown turned, as wide tables are."""
    turn = _TURNS.get(page.get_rotation())
    if turn:
        matrix = pdfium.FS_MATRIX(*turn, 0, 0)
        for place in range(count):
            pdfium.FPDFPageObj_TransformF(pdfium.FPDFPage_GetObject(page.raw, place), matrix)


def _text(print_: pypdfium2.PdfTextPage) -> str:
    """Give a page's signs, one for each that pdfium counts."""
    text: str = print_.get_text_range()
    count = print_.count_chars()
    if len(text) == count:
        return text
    # pdfium leaves signs out of its text that it has no letter for; their places must be kept.
    return "".join(chr(min(pdfium.FPDFText_GetUnicode(print_.raw, place), 0xFFFF)) for place in range(count))


def _is_damaged(raw: pdfium.FPDF_TEXTPAGE, text: str) -> bool:
    """Tell whether many signs are no letters: of private use, controls, or shapes that the file gives no letters for."""
    sample = range(0, len(text), max(1, len(text) // _SAMPLE))
    unknown = sum(pdfium.FPDFText_HasUnicodeMapError(raw, place) == 1 for place in sample)
    return unknown * 3 > len(sample) or len(_NO_LETTER.findall(text)) * 3 > len(text)


@dataclass(frozen=True)
class _Gauge:
    """What pdfium is asked about signs; the values that it fills are made once, as this is what reading a file mostly does."""

    raw: pdfium.FPDF_TEXTPAGE
    box: pdfium.FS_RECTF = field(default_factory=pdfium.FS_RECTF)
    matrix: pdfium.FS_MATRIX = field(default_factory=pdfium.FS_MATRIX)
    across: ctypes.c_double = field(default_factory=ctypes.c_double)
    upwards: ctypes.c_double = field(default_factory=ctypes.c_double)

    def word(self, text: str, first: int, last: int) -> Word:
        """Give a word with the place of its first sign and the end of its last; its size is nil where it does not lie level."""
        pdfium.FPDFText_GetCharOrigin(self.raw, first, self.across, self.upwards)
        pdfium.FPDFText_GetMatrix(self.raw, first, self.matrix)
        pdfium.FPDFText_GetLooseCharBox(self.raw, last, self.box)
        size = pdfium.FPDFText_GetFontSize(self.raw, first) * self.matrix.d
        clean = text if text.isalnum() else text.translate(_HYPHENS)
        return Word(clean, self.across.value, self.box.right, -self.upwards.value, size)


def _words(raw: pdfium.FPDF_TEXTPAGE, text: str) -> Iterator[Word]:
    """Give the words of a page's text; asking pdfium for each sign would cost more than all else, so words are measured."""
    gauge = _Gauge(raw)
    for found in _WORD.finditer(text):
        word = gauge.word(found.group(), found.start(), found.end() - 1)
        if word.right <= word.left or _MAY_HOLD_MARK.search(word.text):
            yield from _pieces(gauge, found.group(), found.start())
        elif word.size > 1:
            yield word


def _pieces(gauge: _Gauge, text: str, start: int) -> Iterator[Word]:
    """Give a word in pieces, each of one size, on one line and in order."""
    piece: Word | None = None
    for place, sign in enumerate(text, start):
        word = gauge.word(sign, place, place)
        if piece and _goes_on(piece, word):
            piece = piece._replace(text=piece.text + word.text, right=word.right)
            continue
        if piece:
            yield piece
        piece = word if word.size > 1 else None
    if piece:
        yield piece


def _goes_on(piece: Word, word: Word) -> bool:
    """Tell whether a sign belongs to the piece before it; letters of another font may come later and stand before it."""
    near = piece.size / 8
    return abs(word.size - piece.size) < near and abs(word.base - piece.base) < near and word.left > piece.right - 3 * near
