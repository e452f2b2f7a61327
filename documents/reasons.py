"""Why can a file or text not be read? The codes that Unreadable carries; messages words each of them."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a paper was refused; the value is the stable code of the message."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNKNOWN_ENDING = "unknown-ending"
    ENDING_DIFFERS = "ending-differs"
    BROKEN_FILE = "broken-file"
    TOO_SLOW = "too-slow"
    HAS_MACROS = "has-macros"
    NEEDS_TESSERACT = "needs-tesseract"
    NEEDS_LIBREOFFICE = "needs-libreoffice"
    LOCKED = "locked"
    NOT_TEXT = "not-text"
    NOT_A_NOTICE = "not-a-notice"
    NO_NAME_COLUMN = "no-name-column"
