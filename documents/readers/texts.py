"""Which letters do these bytes hold? Text decoded by its mark, or as what it spells; made plain, in NFC, and bounded."""

import codecs
import re
import unicodedata

from documents.codes import Doubt
from documents.papers import Paper
from documents.readers import legacy
from documents.reasons import Reason
from domain.errors import Unreadable

# About a hundred and fifty pages; what is longer is no notice, and reading it would only keep others waiting.
MOST_SIGNS = 500_000
LONGEST_LINE = 20_000
MOST_LINES = 15_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MOST_CONTROLS = 0.01
# Spaces that came between the two signs of a line's end would else make a blank line of it, and part a paragraph.
_LINE_END = re.compile(r"\r[ \t]*\n")
# Signs without any width would part a word for the search: soft hyphens, joiners, marks of order and of direction.
_INVISIBLE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
# The Icelandic and the African letter print as the Vietnamese one does, and keyboards of the time before gave them for it.
_TIDY = _INVISIBLE | str.maketrans("ÐðƉ", "ĐđĐ")


def from_bytes(name: str, content: bytes) -> Paper:
    """Give the lines of a text file as a paper; raises Unreadable with "not-text", "empty" or "too-large"."""
    text, guessed = decoded(content)
    return paper(name, text, guessed=guessed)


def decoded(content: bytes) -> tuple[str, bool]:
    """Decode UTF-8, UTF-16 with its mark, or what the time before Unicode wrote; tell whether that was guessed.

    Raises Unreadable("not-text") for anything else.
    """
    mark = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    guessed = False
    try:
        text = content.decode(mark or "utf-8")
    except UnicodeDecodeError as error:
        if mark:
            raise Unreadable(Reason.NOT_TEXT, mark) from error
        text, guessed = _before_unicode(content), True
    controls = sum(sign < " " and sign not in "\t\r\n\f\v" for sign in text[:MOST_SIGNS])
    if "\0" in text or controls > _MOST_CONTROLS * len(text):
        raise Unreadable(Reason.NOT_TEXT, mark or "utf-8")
    return text, guessed


def _before_unicode(content: bytes) -> str:
    """Decode Windows-1258, TCVN3 or VNI, whichever makes the words Vietnamese; raises Unreadable("not-text") if none does."""
    text = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    if legacy.is_vietnamese(text):
        return text
    text = content.decode("cp1252", errors="replace")
    encoding = legacy.guess(text)
    if encoding is None:
        raise Unreadable(Reason.NOT_TEXT, "utf-8")
    return legacy.DECODERS[encoding](text)


def paper(name: str, text: str, *, guessed: bool = False) -> Paper:
    """Give a text's lines in NFC as a paper; raises Unreadable when it is blank or longer than a paper."""
    if not text.strip():
        raise Unreadable(Reason.EMPTY)
    if len(text) > MOST_SIGNS:
        raise Unreadable(Reason.TOO_LARGE, str(len(text)))
    return bounded(name, tuple(_LINE_END.sub("\n", text).splitlines()), guessed=guessed)


def bounded(name: str, lines: tuple[str, ...], *, guessed: bool = False) -> Paper:
    """Give lines as a paper: old letters decoded, signs without width taken out, NFC.

    Raises Unreadable when they are blank, or more or longer than a paper's.
    """
    signs = sum(map(len, lines))
    if signs > MOST_SIGNS or max(map(len, lines), default=0) > LONGEST_LINE or len(lines) > MOST_LINES:
        raise Unreadable(Reason.TOO_LARGE, str(signs))
    # Before the soft hyphens go: one of the old encodings writes "ư" with their sign.
    encoding = legacy.guess("\n".join(lines))
    if encoding is not None:
        lines, guessed = tuple(map(legacy.DECODERS[encoding], lines)), True
    lines = tuple(unicodedata.normalize("NFC", line.translate(_TIDY)) for line in lines)
    if not any(line.strip() for line in lines):
        raise Unreadable(Reason.EMPTY)
    return Paper(name, lines, Doubt.LETTERS_GUESSED if guessed else None)
