"""How long does reading take? A notice, a printed one beside bare extraction of its text, and hostile texts beside a common one.

Figures of two things that are compared come from the same run, one after the other in each round.
"""

import asyncio
import re
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped] # the library ships no types

from documents import readers, reading
from documents.confinement import Confinement
from documents.readers import pdfs, texts
from domain.calendar import Calendar
from domain.errors import Unreadable
from domain.readings import Reading
from storage import calendars

sys.path.append(str(Path(__file__).parents[1]))  # The tests are not installed.
from tests.documents import prints

NOTICE = Path(__file__).parents[1] / "tests" / "notices" / "tet.txt"
TITLE, TASKS, SIGNED = "-----", "2. Nhiệm vụ", "Thừa lệnh"
PARAGRAPH, PARAGRAPHS_A_PAGE = 90, 16
MARGIN = 1000
ROUNDS, FEW = 21, 3
WIDTH = texts.LONGEST_LINE - 1000
# A line over and over, as wide as a line may be.
WIDE = {
    "brackets": "(a ",
    "capitals": "Sở Tài ",
    "citations": "Công văn số 12-CV/ĐUK ngày 22/02/2021 của Đảng ủy Khối, ",
    "commas": "Chi bộ A, ",
    "dates": "trước ngày 1/1/2026 ",
    "days": "ngày ",
    "digits": "1",
    "dots": "1.1.",
    "lists": "các chi bộ: A, B; ",
    "marks": "chữ [1] ",
    "orders": "Giao Sở Tài chính ",
    "semicolons": "a; ",
    "slashes": "1/",
    "symbols": "số 1-",
}
# Short lines, as many as a paper may have.
SHORT = {
    "bullets": "- Giao Sở Tài chính, Sở Y tế báo cáo trước ngày 20/3/2026;",
    "headings": "BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI",
    "items of one number": "I. Giao",
    "items": "1. a",
    "one paragraph": "và các đơn vị có liên quan thuộc",
    "rows": "1 | Giao Sở Tài chính báo cáo | Sở Tài chính | 20/3/2026",
}


@cache
def calendar() -> Calendar:
    """Give the office's days; not when this module is imported, which every process that reads does."""
    return calendars.around(2021)


def seconds(act: Callable[[], object]) -> float:
    """Give the seconds that an act takes; a refusal is an end like any other."""
    begun = time.perf_counter()
    with suppress(Unreadable):
        act()
    return time.perf_counter() - begun


def beside(*acts: Callable[[], object], rounds: int) -> list[float]:
    """Give the median seconds of several acts, done in turn."""
    return [statistics.median(times) for times in zip(*([seconds(act) for act in acts] for _ in range(rounds)), strict=True)]


def read(text: str) -> Reading:
    """Read a text."""
    return reading.read(readers.read_text(text), calendar())


async def confined(name: str, content: bytes) -> float:
    """Give the median seconds of a paper that is read in a process of its own."""
    days, confinement = calendar(), Confinement(preload=["font_source_serif_pro", "fpdf", "storage.calendars"])
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        await confinement.read(name, content, days)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def notice() -> None:
    """Measure one notice, here and confined."""
    text = NOTICE.read_text("utf-8")
    (here,) = beside(lambda: read(text), rounds=ROUNDS)
    there = asyncio.run(confined(NOTICE.name, NOTICE.read_bytes()))
    print(f"a notice of two pages, median of {ROUNDS}: {here * 1000:.0f} ms; in a process of its own: {there * 1000:.0f} ms")


def printed(pages: int) -> bytes:
    """Print the paragraphs of the notice over and over, and give the first so many pages."""
    paragraphs = [line for line in NOTICE.read_text("utf-8").splitlines() if len(line) > PARAGRAPH]
    whole = prints.pdf(prints.Notice(list(islice(cycle(paragraphs), PARAGRAPHS_A_PAGE * pages)), title=["THÔNG BÁO", "KẾT LUẬN"]))
    cut, content = pypdfium2.PdfDocument.new(), BytesIO()
    cut.import_pages(pypdfium2.PdfDocument(whole), range(pages))
    cut.save(content)
    return content.getvalue()


def bare(content: bytes) -> list[str]:
    """Take the text out of a PDF file as the library gives it."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def prints_beside_bare_extraction() -> None:
    """Measure printed papers: the lines, and the whole reading."""
    few, some, many = (printed(pages) for pages in (10, 20, 100))
    paper = pdfs.read("a.pdf", some)
    plain, lines, rest = beside(
        lambda: bare(some), lambda: pdfs.read("a.pdf", some), lambda: reading.read(paper, calendar()), rounds=ROUNDS
    )
    short, long = beside(lambda: pdfs.read("a.pdf", few), lambda: pdfs.read("a.pdf", many), rounds=ROUNDS // FEW)
    print(
        f"20 printed pages: bare text {plain * 1000:.0f} ms; their lines {lines * 1000:.0f} ms, {lines / plain:.1f} times that; "
        f"what they say {rest * 1000:.0f} ms more; 100 pages took {long / short:.1f} times as long as 10"
    )


def full(line: str) -> str:
    """Give the letterhead and a line, as often as a paper may hold it."""
    text = NOTICE.read_text("utf-8")
    head = text[: text.index(TITLE)]
    times = min(texts.MOST_LINES - MARGIN, (texts.MOST_SIGNS - len(head)) // (len(line) + 1))
    return head + f"{line}\n" * times


def common() -> str:
    """Give a text as long as a paper may be: the sections with tasks, numbered on and on."""
    text = NOTICE.read_text("utf-8")
    head, section = text[: text.index(TITLE)], text[text.index(TASKS) : text.index(SIGNED)]
    made, number = head, 1
    while len(made) + len(section) < texts.MOST_SIGNS - MARGIN:
        made, number = made + re.sub(r"^2\.", f"{number}.", section, flags=re.MULTILINE), number + 1
    return made


def hostile_beside_common() -> None:
    """Measure hostile texts, each as long as is admitted, and a common one."""
    made = {name: full("1. " + (unit * WIDTH)[:WIDTH]) for name, unit in WIDE.items()} | {
        name: full(line) for name, line in SHORT.items()
    }
    directives = read(text := common()).directives
    (usual,) = beside(partial(read, text), rounds=FEW)
    taken = {name: seconds(partial(read, made[name])) for name in made}
    worst = sorted(taken, key=lambda name: taken[name], reverse=True)[:FEW]
    print(
        f"a common text of {len(text):,} signs and {len(directives)} tasks: {usual:.2f} s; "
        f"the slowest of {len(taken)} hostile ones as long: "
        + ", ".join(f"{name} {taken[name]:.2f} s, {taken[name] / usual:.1f} times that" for name in worst)
    )


if __name__ == "__main__":
    notice()
    prints_beside_bare_extraction()
    hostile_beside_common()
