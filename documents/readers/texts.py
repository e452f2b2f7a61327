"""Which letters do these bytes hold? Text decoded by its byte order mark, in NFC, and bounded."""

import codecs
import unicodedata

from documents.papers import Paper
from documents.reasons import Reason
from domain.errors import Unreadable

# About a hundred and fifty pages; what is longer is no notice, and reading it would only keep others waiting.
MOST_SIGNS = 500_000
LONGEST_LINE = 20_000
MOST_LINES = 15_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MOST_CONTROLS = 0.01


def decoded(content: bytes) -> str:
    """Decode UTF-8, with or without a mark, or UTF-16 with one; raises Unreadable("not-text") for anything else."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(Reason.NOT_TEXT, encoding) from error
    controls = sum(sign < " " and sign not in "\t\r\n\f\v" for sign in text[:MOST_SIGNS])
    if "\0" in text or controls > _MOST_CONTROLS * len(text):
        raise Unreadable(Reason.NOT_TEXT, encoding)
    return text


def paper(name: str, text: str) -> Paper:
    """Give a text's lines in NFC as a paper; raises Unreadable when it is blank or longer than a paper."""
    if not text.strip():
        raise Unreadable(Reason.EMPTY)
    if len(text) > MOST_SIGNS:
        raise Unreadable(Reason.TOO_LARGE, str(len(text)))
    return bounded(name, tuple(unicodedata.normalize("NFC", text).splitlines()))


def bounded(name: str, lines: tuple[str, ...]) -> Paper:
    """Give lines as a paper; raises Unreadable when they are blank, or more or longer than a paper's."""
    if not any(line.strip() for line in lines):
        raise Unreadable(Reason.EMPTY)
    if sum(map(len, lines)) > MOST_SIGNS or max(map(len, lines)) > LONGEST_LINE or len(lines) > MOST_LINES:
        raise Unreadable(Reason.TOO_LARGE, str(sum(map(len, lines))))
    return Paper(name, lines)
