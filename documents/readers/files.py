"""Which reader takes a file? The one its ending names, when size and content fit."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from documents.papers import Paper
from documents.readers import conversions, pdfs, scans, texts, words
from documents.reasons import Reason
from domain.errors import Unreadable
from domain.files import FILE_LIMIT

LARGEST = FILE_LIMIT
TEXT_ENDINGS = frozenset({".txt", ".md"})
_OLE, _RTF, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"PK\x03\x04"
_PDF, _PNG, _JPEG = b"%PDF-", b"\x89PNG", b"\xff\xd8\xff"
_OTHERS = (_OLE, _RTF, _ZIP, _PDF, _PNG, _JPEG, b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"GIF8")
# Some programs put a few bytes of their own before a PDF file, and readers everywhere forgive it.
_LEAD = 1024


def _read_words(name: str, content: bytes) -> Paper:
    """Read a Word file; a locked one is wrapped as the old Office did."""
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Unreadable(Reason.LOCKED if locked else Reason.ENDING_DIFFERS, ".docx")
    return texts.bounded(name, words.lines(content))


@dataclass(frozen=True)
class _Kind:
    """A kind of file: who reads it, and the bytes that its files begin with; None where they begin with any but others' bytes."""

    read: Callable[[str, bytes], Paper]
    starts: tuple[bytes, ...] | None = None

    def fits(self, content: bytes) -> bool:
        """Tell whether content begins as files of the kind do."""
        if self.starts is None:
            return not content.startswith(_OTHERS)
        return content.startswith(self.starts) or (_PDF in self.starts and _PDF in content[:_LEAD])


_KINDS = {
    **dict.fromkeys(TEXT_ENDINGS, _Kind(texts.from_bytes)),
    ".docx": _Kind(_read_words, (_ZIP, _OLE)),
    ".pdf": _Kind(pdfs.read, (_PDF,)),
    **dict.fromkeys((".jpg", ".jpeg", ".png"), _Kind(scans.read, (_JPEG, _PNG))),
    ".doc": _Kind(conversions.read, (_OLE, _RTF)),
    ".rtf": _Kind(conversions.read, (_RTF,)),
    ".odt": _Kind(conversions.read, (_ZIP,)),
}


def admit(name: str, size: int | None) -> str:
    """Give the ending of a file that can be read by its name and its size in bytes, where that is known before its content.

    Raises Unreadable with "unknown-ending", "has-macros" or "too-large".
    """
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if size is not None and size > LARGEST:
        raise Unreadable(Reason.TOO_LARGE, str(size))
    if ending not in _KINDS:
        raise Unreadable(Reason.HAS_MACROS if ending in {".docm", ".dotm"} else Reason.UNKNOWN_ENDING, ending)
    return ending


def read_bytes(name: str, content: bytes) -> Paper:
    """Read a file by its name's ending and its content.

    Raises Unreadable with a code of documents.reasons when it is empty, over 20 MB, of another kind, broken or locked,
    or needs a program that is not installed.
    """
    ending = admit(name, len(content))
    if not content.strip():
        raise Unreadable(Reason.EMPTY)
    if not _KINDS[ending].fits(content):
        raise Unreadable(Reason.ENDING_DIFFERS, ending)
    return _KINDS[ending].read(name, content)


def read_text(text: str) -> Paper:
    """Read pasted text; raises Unreadable("empty") for blank text and Unreadable("too-large") for more than a paper holds."""
    if not text.strip():
        raise Unreadable(Reason.EMPTY)
    return texts.paper("", text)
