"""Are .doc, .odt and .rtf files read as their Word files are, and the dangerous ones refused or rendered harmless?"""

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pytest

from documents import reading
from documents.readers import archives, conversions, files, programs
from documents.reasons import Reason
from domain.errors import Unreadable
from tests.documents import papers

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SOFFICE = programs.find("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
TASK = "1. Giao Văn phòng Đảng ủy gửi báo cáo{2} trước ngày 22/02/2021."


def notice() -> bytes:
    """Write a notice as a Word file, with a footnote, a table, and a numeral that Word draws itself."""
    document = docx.Document()
    for text in (*papers.LETTERHEAD.splitlines(), TASK):
        document.add_paragraph(text)
    document.add_paragraph("Việc khác", style="List Bullet")
    table = document.add_table(2, 3)
    for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"ô {place}"
    return papers.with_footnotes(papers.saved(document), {2: "Gồm 02 bản."})


def converted(content: bytes, ending: str) -> bytes:
    """Make an older file of a Word file."""
    command = [SOFFICE or "", "-env:UserInstallation=$SYSUSERHOME/profile", "--headless", "--convert-to", ending[1:], "a.docx"]
    return programs.run(command, {"a.docx": content}, conversions.LIMITS, result=f"a{ending}")


def odt(body: str = "<text:p>Xin chào</text:p>", **parts: str) -> bytes:
    """Write an .odt of a body; parts named here replace its own, "manifest" and "mimetype" among them."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
        for name, of in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", "application/vnd.oasis.opendocument.text"), ("content.xml", "text/xml"))
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}</manifest:manifest>'
    )
    made = {
        "mimetype": parts.get("mimetype", "application/vnd.oasis.opendocument.text"),
        "content.xml": f"<office:document-content{spaces} {xlink}>{text}</office:document-content>",
        "META-INF/manifest.xml": parts.get("manifest", manifest),
    }
    return papers.zipped({name: part.encode() for name, part in made.items()})


@dataclass
class Listener:
    """A place on this machine that counts who comes."""

    port: int
    asked: list[bytes] = field(default_factory=list)


@contextmanager
def listener() -> Iterator[Listener]:
    """Listen on the loopback, and turn everyone away."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        made = Listener(server.getsockname()[1])
        thread = threading.Thread(target=_turn_away, args=(server, made.asked))
        thread.start()
        yield made
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _turn_away(server: socket.socket, asked: list[bytes]) -> None:
    """Answer requests until the server is shut down."""
    with suppress(OSError):
        while True:
            visitor, _ = server.accept()
            with visitor:
                asked.append(visitor.recv(100))
                visitor.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")


def linked(kind: str, address: str) -> bytes:
    """Write a file that wants something fetched: a picture, an object, a section, a template."""
    if kind == ".rtf":
        picture = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{address}/a.png"}}{{\fldrslt x}}}}'
        return rf'{{\rtf1\ansi{{\*\template {address}/a.dot}}Xin chào {picture} INCLUDETEXT "{address}/a.doc"\par}}'.encode(
            "cp1258"
        )
    link = f'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad" xlink:href="{address}'
    frame = '<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">'
    return odt(
        f'<text:p>Xin chào {frame}<draw:image {link}/a.png"/></draw:frame></text:p>'
        f'<text:p>{frame}<draw:object {link}/a.ods"/></draw:frame></text:p>'
        f'<text:section text:name="S"><text:section-source {link}/a.odt"/><text:p>Hết</text:p></text:section>'
    )


@needs_libreoffice
@pytest.mark.parametrize("ending", [".doc", ".odt", ".rtf"])
def test_an_older_file_is_read_as_its_word_file_is(ending: str) -> None:
    expected = files.read_bytes("a.docx", notice())

    actual = conversions.read(f"Kết luận{ending}", converted(notice(), ending))

    assert [line for line in actual.lines if line] == [line for line in expected.lines if line]
    assert (actual.name, actual.doubt) == (f"Kết luận{ending}", None)
    assert reading.read(actual, papers.TET).directives == reading.read(expected, papers.TET).directives


@needs_libreoffice
def test_rtf_named_doc_is_read() -> None:
    paper = conversions.read("a.doc", converted(notice(), ".rtf"))

    assert "THÔNG BÁO" in paper.lines


@needs_libreoffice
@pytest.mark.parametrize("kind", [".odt", ".rtf", ".doc"])
def test_nothing_that_a_file_links_to_is_fetched(kind: str) -> None:
    with listener() as visited:
        content = linked(kind if kind == ".rtf" else ".odt", f"http://127.0.0.1:{visited.port}")
        if kind == ".doc":
            content = _as_doc(content)
            visited.asked.clear()
        paper = conversions.read(f"a{kind}", content)

    assert paper.lines[0].startswith("Xin ch")
    assert visited.asked == []


@needs_libreoffice
def test_the_listener_hears_a_reader_that_is_not_held_back() -> None:
    with listener() as visited:
        _as_doc(linked(".odt", f"http://127.0.0.1:{visited.port}"))

    assert visited.asked


def _as_doc(content: bytes) -> bytes:
    """Make an old Word file with LibreOffice as it comes, which fetches what is linked."""
    profile = "-env:UserInstallation=$SYSUSERHOME/profile"
    command = ["/usr/bin/env", "-u", "http_proxy", SOFFICE or "", profile, "--headless", "--convert-to", "doc", "a.odt"]
    return programs.run(command, {"a.odt": content}, conversions.LIMITS, result="a.doc")


@needs_libreoffice
def test_a_locked_doc_says_so() -> None:
    content = bytearray(converted(notice(), ".doc"))
    head = content.index(b"\xec\xa5")
    content[head + 11] |= 1

    with pytest.raises(Unreadable) as refused:
        conversions.read("a.doc", bytes(content))

    assert refused.value.reason == Reason.LOCKED


@needs_libreoffice
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.doc", OLE + bytes(3000), Reason.BROKEN_FILE),
        ("a.doc", OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1000), Reason.LOCKED),
        ("a.rtf", b"{\\rtf1 " + b"{" * 100_000, Reason.BROKEN_FILE),
        ("a.odt", odt("<text:p>"), Reason.BROKEN_FILE),
        ("a.odt", odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>'), Reason.TOO_LARGE),
        ("a.odt", odt(""), Reason.EMPTY),
    ],
)
def test_what_libreoffice_cannot_make_a_paper_of_is_refused(name: str, content: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        conversions.read(name, content)

    assert refused.value.reason == reason


def _bomb() -> bytes:
    """Write a small .odt that unpacks to too much."""
    content = io.BytesIO(odt())
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Pictures/a.bmp", bytes(archives.LARGEST_UNPACKED))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.doc", b"plain text", Reason.ENDING_DIFFERS),
        ("a.doc", papers.word_file(["Xin chào"]), Reason.ENDING_DIFFERS),
        ("a.rtf", OLE, Reason.ENDING_DIFFERS),
        ("a.odt", OLE, Reason.ENDING_DIFFERS),
        ("a.odt", papers.word_file(["Xin chào"]), Reason.ENDING_DIFFERS),
        ("a.odt", odt(mimetype="application/vnd.oasis.opendocument.spreadsheet"), Reason.ENDING_DIFFERS),
        ("a.odt", b"PK\x03\x04broken", Reason.BROKEN_FILE),
        ("a.odt", odt()[:-30], Reason.BROKEN_FILE),
        ("a.odt", odt(manifest="<manifest:encryption-data/>"), Reason.LOCKED),
        ("a.odt", _bomb(), Reason.TOO_LARGE),
    ],
)
def test_what_is_not_what_its_ending_says_never_reaches_libreoffice(name: str, content: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        conversions.read(name, content)

    assert refused.value.reason == reason


def test_without_libreoffice_the_reader_says_what_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Unreadable) as refused:
        conversions.read("a.rtf", b"{\\rtf1 Xin}")

    assert refused.value.reason == Reason.NEEDS_LIBREOFFICE
