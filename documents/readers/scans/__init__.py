"""What does the picture of a page say? Pillow sets it straight, Tesseract reads it, and its lines are laid out as printed."""

from dataclasses import replace

from PIL import Image

from documents.codes import Doubt
from documents.papers import Paper
from documents.readers import texts
from documents.readers.scans import layouts, pictures, tesseract
from documents.reasons import Reason
from domain.errors import Unreadable


def read(name: str, content: bytes) -> Paper:
    """Read a page that was scanned or photographed into a JPEG or PNG file; nothing in it is sure.

    Raises Unreadable with "broken-file", "too-large", "empty", "too-slow" or "needs-tesseract".
    """
    return replace(texts.bounded(name, lines_of(pictures.opened(content))), doubt=Doubt.SCANNED)


def is_ready() -> bool:
    """Tell whether pictures can be read on this machine."""
    return tesseract.installed() is not None


def lines_of(picture: Image.Image) -> tuple[str, ...]:
    """Give the printed lines of a page, top down, with their indents; a blank line parts paragraphs, footnotes stand last.

    Raises Unreadable with "needs-tesseract" where Tesseract or its Vietnamese is not installed, and with "too-slow".
    """
    reader = tesseract.installed()
    if reader is None:
        raise Unreadable(Reason.NEEDS_TESSERACT)
    if not pictures.is_page(picture):
        return ()
    page = pictures.prepared(picture)
    page = pictures.levelled(page.rotate(-reader.turn(page), expand=True))
    return layouts.lines(reader.lines(page), lambda word: reader.digits(page, word))
