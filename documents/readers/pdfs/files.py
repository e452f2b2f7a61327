"""How is a PDF file opened? In memory, without forms or scripts, page by page, within bounds; pictures of pages are read off."""

from collections.abc import Iterator
from dataclasses import replace
from math import sqrt
from threading import Lock

import PIL.Image
import pypdfium2  # type: ignore[import-untyped] # the library ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from documents.codes import Doubt
from documents.papers import Paper
from documents.readers import scans, texts
from documents.readers.pdfs import layouts, pages
from documents.readers.pdfs.pages import Page
from documents.reasons import Reason
from domain.errors import Unreadable

MOST_PAGES, MOST_SCANNED = 200, 40
_DOTS, _POINTS = 300, 72
_MOST_PIXELS = 25_000_000
# A picture with fewer signs on it is a scanned page that was stamped or numbered.
_FEWEST_ON_PICTURE = 300
# pdfium keeps state of its own for all files, and must not be entered twice at a time.
_ALONE = Lock()


def read(name: str, content: bytes) -> Paper:
    """Read a PDF file: paragraphs, tables by rows, columns one after the other, footnotes at the end.

    Raises Unreadable with "broken-file", "locked", "too-large", "empty", or "needs-tesseract" where pages are pictures.
    """
    with _ALONE:
        try:
            with pypdfium2.PdfDocument(content) as document:
                read_pages = tuple(_pages(document))
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
            raise Unreadable(Reason.LOCKED if locked else Reason.BROKEN_FILE, str(error)) from error
    paper = texts.bounded(name, layouts.lines(read_pages))
    return replace(paper, doubt=Doubt.SCANNED) if any(page.scanned or page.pictured for page in read_pages) else paper


def _pages(document: pypdfium2.PdfDocument) -> Iterator[Page]:
    """Give the pages of an open file; those without text are read off their pictures."""
    if len(document) > MOST_PAGES:
        raise Unreadable(Reason.TOO_LARGE, f"{len(document)} pages")
    signs = scanned = 0
    for number in range(len(document)):
        sheet = document[number]
        page = pages.of(sheet)
        sheet.close()
        if _is_scan(page):
            scanned += 1
            if scanned > MOST_SCANNED:
                raise Unreadable(Reason.TOO_LARGE, f"{scanned} scanned pages")
            page = Page(page.width, scanned=_scanned(document[number], number))
        signs += page.signs
        if signs > texts.MOST_SIGNS:
            raise Unreadable(Reason.TOO_LARGE, f"{signs} signs")
        yield page


def _is_scan(page: Page) -> bool:
    """Tell whether only the picture of a page tells what it says; a page with nothing on it does not."""
    if page.pictured:
        return page.damaged or page.signs < _FEWEST_ON_PICTURE
    return page.damaged or (page.drawn and page.signs == 0)


def _scanned(sheet: pypdfium2.PdfPage, number: int) -> tuple[str, ...]:
    """Give the lines read off a page; its end is kept as its number, so that a sentence which it breaks is healed."""
    lines = scans.lines_of(_picture(sheet))
    return (*lines, f"- {number + 1} -") if any(line.strip() for line in lines) else ()


def _picture(sheet: pypdfium2.PdfPage) -> PIL.Image.Image:
    """Draw a page at 300 dots an inch, or as many as keep it within bounds."""
    width, height = sheet.get_size()
    scale = min(_DOTS / _POINTS, sqrt(_MOST_PIXELS / max(width * height, 1)))
    picture: PIL.Image.Image = sheet.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil()
    return picture
