"""May this archive be opened? A bound on what a .docx or .odt file unpacks to, before anything is unpacked."""

import zipfile
from collections.abc import Collection
from io import BytesIO

from documents.reasons import Reason
from domain.errors import Unreadable

LARGEST_UNPACKED = 60 * 1024 * 1024
_MOST_ENTRIES = 3000
_ENCRYPTED = 0x1
_KINDS = "[Content_Types].xml"
_WITH_MACROS = b"vnd.ms-word.document.macroEnabled.main"


def check(content: bytes, ending: str, parts: Collection[str]) -> None:
    """Raise Unreadable when an archive is broken, locked, without the parts of its kind, or unpacks to more than a paper holds.

    The declared sizes bind: zipfile never gives more of an entry than it declares.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    # zipfile raises NotImplementedError for an archive that asks for a newer version of the format than it knows.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(Reason.BROKEN_FILE, type(error).__name__) from error
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable(Reason.LOCKED)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > LARGEST_UNPACKED:
        raise Unreadable(Reason.TOO_LARGE, str(unpacked))
    if not set(parts) <= {entry.filename for entry in entries}:
        raise Unreadable(Reason.ENDING_DIFFERS, ending)


def is_for_macros(content: bytes) -> bool:
    """Tell whether a checked archive is a Word file of the kind that is made to run macros, whatever its ending says."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return _KINDS in archive.namelist() and _WITH_MACROS in archive.read(_KINDS)
