"""What does a .doc, .odt or .rtf file hold? What LibreOffice makes of it: a Word file, with no macro run and nothing fetched."""

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from documents.papers import Paper
from documents.readers import archives, programs, texts, words
from documents.reasons import Reason
from domain.errors import Unreadable

# Eighty pages with forty pictures, 18 MB, take two seconds and under 300 MB.
LIMITS = programs.Limits(seconds=60, megabytes=600)
_OLE, _RTF, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"PK\x03\x04"
_STARTS = {".doc": (_OLE, _RTF), ".odt": (_ZIP,), ".rtf": (_RTF,)}
# Each kind has its one filter: what a file is stays our judgement, and the filters of a hundred other kinds are never met.
_FILTERS = {_OLE: "MS Word 97", _RTF: "Rich Text Format", _ZIP: "writer8"}
_PARTS = ("mimetype", "META-INF/manifest.xml")
_ODT = b"application/vnd.oasis.opendocument.text"
_SECTOR = 512
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
# Without the second, a picture that an .odt links to is fetched; the proxies of programs.run, where nobody answers, stop it too.
_FORBIDDEN = ("DisableMacrosExecution", "BlockUntrustedRefererLinks")


def read(name: str, content: bytes) -> Paper:
    """Read a .doc, .odt or .rtf file by way of a Word file.

    Raises Unreadable with "needs-libreoffice", "ending-differs", "locked", "too-large", "too-slow" or "broken-file".
    """
    start = _start(PurePosixPath(name).suffix.lower(), content)
    program = programs.find("soffice")
    if program is None:
        raise Unreadable(Reason.NEEDS_LIBREOFFICE)
    return texts.bounded(name, words.lines(_converted(program, content, start)))


def _start(ending: str, content: bytes) -> bytes:
    """Give the bytes that the content starts with and its ending asks for; a .doc is often RTF by another name."""
    start = next((start for start in _STARTS[ending] if content.startswith(start)), None)
    if start is None:
        raise Unreadable(Reason.ENDING_DIFFERS, ending)
    if start == _ZIP:
        _check(content)
    return start


def is_ready() -> bool:
    """Tell whether such files can be read on this machine."""
    return programs.find("soffice") is not None


def _check(content: bytes) -> None:
    """Raise Unreadable when an archive is broken, no text of OpenDocument, locked, or unpacks to more than a paper holds."""
    archives.check(content, ".odt", _PARTS)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            kind, manifest = (archive.read(part) for part in _PARTS)
    # zipfile raises NotImplementedError, a RuntimeError, for ways of packing that it does not know.
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as error:
        raise Unreadable(Reason.BROKEN_FILE, type(error).__name__) from error
    if kind.strip() != _ODT:
        raise Unreadable(Reason.ENDING_DIFFERS, ".odt")
    if b"encryption-data" in manifest:
        raise Unreadable(Reason.LOCKED)


def _converted(program: str, content: bytes, start: bytes) -> bytes:
    """Convert a file to a Word file in a profile of its own; what its entries are called has no part in it."""
    profile = ("-env:UserInstallation=$SYSUSERHOME/profile", "--headless", "--norestore", "--nolockcheck")
    command = (program, *profile, f"--infilter={_FILTERS[start]}", "--convert-to", "docx:Office Open XML Text", "paper")
    files = {"paper": content, "profile/user/registrymodifications.xcu": _settings()}
    try:
        return programs.run(command, files, LIMITS, result="paper.docx")
    except Unreadable as error:
        if error.reason == Reason.BROKEN_FILE and _is_locked(content):
            raise Unreadable(Reason.LOCKED) from error
        raise


def _settings() -> bytes:
    """Write what LibreOffice must not do into a profile, in its own form."""
    items = "".join(
        f'<item oor:path="{_SECURITY}"><prop oor:name="{name}" oor:op="fuse"><value>true</value></prop></item>'
        for name in _FORBIDDEN
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'.encode()


def _is_locked(content: bytes) -> bool:
    """Tell whether an old Word file asks for a password: the head of its text says so, or it wraps a locked new one.

    The head is the FIB of [MS-DOC] 2.5.2; it stands at the start of a sector, with the flag fEncrypted in its twelfth byte.
    """
    heads = (content[place : place + 12] for place in range(_SECTOR, len(content), _SECTOR))
    locked = any(head.startswith(b"\xec\xa5") and len(head) == 12 and head[11] & 0x01 for head in heads)  # noqa: PLR2004 - above
    return locked or "EncryptedPackage".encode("utf-16-le") in content
