"""Is a hostile paper kept in its place? Readings that are too long, too large or dead, and what is left after them."""

import asyncio
import io
import os
import pickle
import signal
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from pebble import ProcessExpired

from documents import readers, reading
from documents.confinement import Confinement
from documents.readers import programs
from documents.reasons import Reason
from domain.errors import Unreadable
from domain.files import FILE_LIMIT
from tests.documents import papers

SHORT = 0.5
MEGABYTE = 1024 * 1024
MOST = 500
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def confinement() -> Confinement:
    return Confinement(seconds=60)


@pytest.fixture
def short() -> Confinement:
    return Confinement(seconds=SHORT)


def loop_for_ever() -> None:
    while True:
        pass


def take(megabytes: int) -> int:
    return len(bytearray(megabytes * MEGABYTE))


def die(by: signal.Signals) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.kill(os.getpid(), by)


def name_own_process() -> int:
    return os.getpid()


def run_a_program_for_ever(note: Path) -> None:
    """Run a program that writes down its number and its folder, and goes on."""
    told = f"import os, pathlib; pathlib.Path({str(note)!r}).write_text(f'{{os.getpid()}} {{os.getcwd()}}')"
    programs.run([sys.executable, "-c", f"{told}\nwhile True: pass"], {}, programs.Limits(seconds=60, megabytes=100))


async def comes_true(claim: Callable[[], bool]) -> None:
    while not claim():  # noqa: ASYNC110 - another process sets no event
        await asyncio.sleep(0)


def program(note: Path) -> tuple[Path, Path]:
    """Give the program's place among those that run, and its folder."""
    number, folder = note.read_text().split()
    return Path("/proc", number), Path(folder)


def most_megabytes(name: str, content: bytes) -> int:
    """Read a paper as far as that goes, and give the most of the machine's memory that this process ever had."""
    with suppress(Unreadable, MemoryError):
        reading.read(readers.read_bytes(name, content), papers.TET)
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) // 1024


def word_file(body: str) -> bytes:
    """Give a .docx with a body in Word's own language."""
    with zipfile.ZipFile(io.BytesIO(papers.word_file([]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = f'<w:document xmlns:w="{SPACE}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    return papers.zipped(parts | {"word/document.xml": document.encode()})


def bomb() -> bytes:
    """Give a .docx of some kilobytes that unpacks to nearly all that is admitted, in millions of elements."""
    return word_file("<w:p/>" * (58 * MEGABYTE // 6))


def long() -> bytes:
    """Give a .docx of one paragraph that unpacks to nearly all that is admitted."""
    return word_file("<w:p><w:r><w:t>" + "a" * 58 * MEGABYTE + "</w:t></w:r></w:p>")


def nested() -> bytes:
    """Give a .docx with elements inside elements."""
    return word_file("<w:ins>" * 200_000 + "</w:ins>" * 200_000)


def many() -> bytes:
    """Give a .docx of a hundred thousand paragraphs."""
    return word_file("<w:p><w:r><w:t>Giao Sở Tài chính</w:t></w:r></w:p>" * 100_000)


def trap() -> bytes:
    """Give a text as large as a file may be, of beginnings without an end."""
    begun = "ngày (".encode()
    return begun * (FILE_LIMIT // len(begun))


async def test_a_paper_is_read_as_it_is_without_confinement(confinement: Confinement) -> None:
    actual = await confinement.read("tet.txt", papers.SAMPLE.read_bytes(), papers.TET)

    assert actual == reading.read(papers.file(papers.SAMPLE), papers.TET)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", Reason.EMPTY),
        ("a.exe", b"a", Reason.UNKNOWN_ENDING),
        ("a.docx", b"PK\x03\x04", Reason.BROKEN_FILE),
        ("a.txt", "Kính gửi các đồng chí.".encode(), Reason.NOT_A_NOTICE),
    ],
)
async def test_a_refused_paper_comes_back_with_its_reason(
    confinement: Confinement, name: str, content: bytes, reason: Reason
) -> None:
    with pytest.raises(Unreadable) as refused:
        await confinement.read(name, content, papers.TET)

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "error", [Unreadable("too-large"), Unreadable("too-large", "9"), Unreadable(reason="too-large", detail="9")]
)
def test_a_refusal_crosses_the_border_whole(error: Unreadable) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - made on the line itself

    assert (copy.reason, copy.detail) == (error.reason, error.detail)


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        pytest.param(take, 600, id="memory"),
        pytest.param(die, signal.SIGKILL, id="killed"),
        pytest.param(die, signal.SIGSEGV, id="crashed"),
    ],
)
async def test_what_takes_too_much_is_too_large(
    confinement: Confinement, function: Callable[[object], object], argument: object
) -> None:
    with pytest.raises(Unreadable) as refused:
        await confinement.run(function, argument)

    assert refused.value.reason == Reason.TOO_LARGE


async def test_a_process_that_was_told_to_end_says_nothing_about_its_paper(confinement: Confinement) -> None:
    with pytest.raises(ProcessExpired):
        await confinement.run(die, signal.SIGTERM)


async def test_what_goes_on_for_ever_is_too_slow_and_the_next_paper_is_read(short: Confinement) -> None:
    with pytest.raises(Unreadable) as refused:
        await short.run(loop_for_ever)

    assert refused.value.reason == Reason.TOO_SLOW
    assert await short.run(take, 1) == MEGABYTE


async def test_everybody_else_is_served_meanwhile(short: Confinement) -> None:
    turns = 0
    busy = asyncio.create_task(short.run(loop_for_ever))

    while not busy.done():
        await asyncio.sleep(0)
        turns += 1

    assert isinstance(busy.exception(), Unreadable)
    assert turns > 100


async def test_each_paper_has_a_process_of_its_own(confinement: Confinement) -> None:
    first, second = await asyncio.gather(confinement.run(name_own_process), confinement.run(name_own_process))

    assert len({first, second, os.getpid()}) == 3


async def test_a_program_ends_with_the_reading_that_started_it_and_leaves_nothing(tmp_path: Path) -> None:
    note = tmp_path / "note"

    with pytest.raises(Unreadable) as refused:
        await Confinement(seconds=2).run(run_a_program_for_ever, note)

    assert refused.value.reason == Reason.TOO_SLOW
    assert [place for place in program(note) if place.exists()] == []


async def test_a_reading_that_is_given_up_ends_with_its_program(confinement: Confinement, tmp_path: Path) -> None:
    note = tmp_path / "note"
    begun = asyncio.create_task(confinement.run(run_a_program_for_ever, note))
    await comes_true(lambda: note.exists() and bool(note.read_text()))

    begun.cancel()

    await comes_true(lambda: not any(place.exists() for place in program(note)))
    with pytest.raises(asyncio.CancelledError):
        await begun


@pytest.mark.parametrize(
    ("name", "made"),
    [
        pytest.param("a.docx", bomb, id="a bomb"),
        pytest.param("a.docx", long, id="one paragraph"),
        pytest.param("a.docx", nested, id="deeply nested"),
        pytest.param("a.docx", many, id="many paragraphs"),
        pytest.param("a.txt", trap, id="a trap of 20 MB"),
    ],
)
async def test_a_hostile_paper_takes_no_more_memory_than_it_may(
    confinement: Confinement, name: str, made: Callable[[], bytes]
) -> None:
    assert await confinement.run(most_megabytes, name, made()) < MOST
