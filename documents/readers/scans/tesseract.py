"""What does Tesseract read on a page? Its words with their boxes, which way is up, and digits read anew."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median

from PIL import Image, ImageOps

from documents.readers import programs
from documents.reasons import Reason
from domain.errors import Unreadable

# A page takes three seconds and 150 MB; one that is covered with specks may take minutes, and says nothing.
LIMITS = programs.Limits(seconds=45, megabytes=400)
_LANGUAGE, _ORIENTATION, _DPI = "vie", "osd", "300"
_SURE_TURN, _SURE_WORD = 2.0, 40.0
# Gaps between columns, in heights of letters.
_COLUMN_GAP = 1.2
_RIM, _BORDER = 5, 40


@dataclass(frozen=True)
class Word:
    """A word as Tesseract read it, its box in pixels, and how sure it is, in percent."""

    text: str
    left: int
    right: int
    bottom: int
    height: int
    sure: float


@dataclass(frozen=True)
class Line:
    """The words of a printed line."""

    words: tuple[Word, ...]

    @property
    def height(self) -> float:
        """Give the height of its letters."""
        return median(word.height for word in self.words)

    @property
    def bottom(self) -> float:
        """Give the place on the page where its words stand."""
        return median(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        """Give its words; where a column ends, the gap is kept."""
        wide = _COLUMN_GAP * self.height
        gaps = ("     " if right.left - left.right > wide else " " for left, right in pairwise(self.words))
        return self.words[0].text + "".join(gap + word.text for gap, word in zip(gaps, self.words[1:], strict=True))


@dataclass(frozen=True)
class Tesseract:
    """The program, and whether it can tell which way is up."""

    program: str
    knows_turns: bool

    def lines(self, page: Image.Image) -> list[Line]:
        """Give the lines of a page, without the specks, strokes and stamps that look like words."""
        lines: defaultdict[tuple[str, ...], list[Word]] = defaultdict(list)
        table = self._asked(page, "-l", _LANGUAGE, "tsv")
        for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["level"] == "5" and (text := (row["text"] or "").strip()):
                left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
                word = Word(text, left, left + width, top + height, height, float(row["conf"]))
                if word.sure >= _SURE_WORD or any(sign.isalnum() for sign in text):
                    lines[row["block_num"], row["par_num"], row["line_num"]].append(word)
        return [Line(tuple(words)) for words in lines.values() if _says_something(words)]

    def turn(self, page: Image.Image) -> int:
        """Give the degrees, clockwise, by which a page lies on its side or head; none where that cannot be told."""
        if not self.knows_turns:
            return 0
        try:
            told = self._asked(page, "--psm", "0", "-l", _ORIENTATION)
        except Unreadable as error:
            if error.reason == Reason.TOO_SLOW:
                raise
            return 0  # there are too few letters to tell
        found = re.search(r"Rotate: (\d+)\nOrientation confidence: ([\d.]+)", told)
        return int(found[1]) if found and float(found[2]) > _SURE_TURN else 0

    def digits(self, page: Image.Image, word: Word) -> str:
        """Read a word anew and larger, as digits alone; blank where it is none."""
        around = (word.left - _RIM, word.bottom - word.height - _RIM, word.right + _RIM, word.bottom + _RIM)
        large = ImageOps.expand(ImageOps.scale(page.crop(around), 2), _BORDER, 255)
        return self._asked(large, "--psm", "10", "-l", _LANGUAGE, "-c", "tessedit_char_whitelist=0123456789").strip()

    def _asked(self, page: Image.Image, *arguments: str) -> str:
        """Ask about a page."""
        content = BytesIO()
        page.save(content, "PNG", compress_level=1)
        command = (self.program, "page.png", "stdout", "--dpi", _DPI, *arguments)
        answer = programs.run(command, {"page.png": content.getvalue()}, LIMITS)
        return unicodedata.normalize("NFC", answer.decode(errors="replace"))


def installed() -> Tesseract | None:
    """Give Tesseract where it is installed with its Vietnamese, else None."""
    program = programs.find("tesseract")
    if program is None:
        return None
    languages = programs.run([program, "--list-langs"], {}, LIMITS).decode(errors="replace").splitlines()
    return Tesseract(program, knows_turns=_ORIENTATION in languages) if _LANGUAGE in languages else None


def _says_something(words: Sequence[Word]) -> bool:
    """Tell whether a line holds a word that is sure, or at least looks like one."""
    return any(word.sure >= _SURE_WORD or re.search(r"[^\W\d_]{3}", word.text) for word in words)
