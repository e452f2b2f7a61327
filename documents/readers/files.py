"""Which reader takes a file? The one its ending names, when size and content fit."""

from pathlib import PurePosixPath

from documents.papers import Paper
from documents.readers import texts, words
from documents.reasons import Reason
from domain.errors import Unreadable
from domain.files import FILE_LIMIT

LARGEST = FILE_LIMIT
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_KINDS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"GIF8")
TEXT_ENDINGS = frozenset({".txt", ".md"})


def admit(name: str, size: int | None) -> str:
    """Give the ending of a file that can be read by its name and its size in bytes, where that is known before its content.

    Raises Unreadable with "unknown-ending" or "too-large".
    """
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if size is not None and size > LARGEST:
        raise Unreadable(Reason.TOO_LARGE, str(size))
    if ending not in {*TEXT_ENDINGS, ".docx"}:
        raise Unreadable(Reason.UNKNOWN_ENDING, ending)
    return ending


def read_bytes(name: str, content: bytes) -> Paper:
    """Read a file by its name's ending (.txt, .md or .docx) and its content.

    Raises Unreadable with a code of documents.reasons when it is empty, over 20 MB, of another kind, broken or locked.
    """
    ending = admit(name, len(content))
    if not content.strip():
        raise Unreadable(Reason.EMPTY)
    if ending == ".docx":
        return _read_words(name, content)
    if content.startswith((_OLE, *_ZIP, *_OTHER_KINDS)):
        raise Unreadable(Reason.ENDING_DIFFERS, ending)
    return texts.from_bytes(name, content)


def _read_words(name: str, content: bytes) -> Paper:
    """Read a Word file; a locked one is wrapped as the old Office did."""
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Unreadable(Reason.LOCKED if locked else Reason.ENDING_DIFFERS, ".docx")
    if not content.startswith(_ZIP):
        raise Unreadable(Reason.ENDING_DIFFERS, ".docx")
    return texts.bounded(name, words.lines(content))


def read_text(text: str) -> Paper:
    """Read pasted text; raises Unreadable("empty") for blank text and Unreadable("too-large") for more than a paper holds."""
    if not text.strip():
        raise Unreadable(Reason.EMPTY)
    return texts.paper("", text)
