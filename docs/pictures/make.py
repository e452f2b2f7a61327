"""How are the pictures of the readmes made? The program plays a scene on the twin, and reads a notice; Chromium draws both."""

import asyncio
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from pydantic import SecretStr
from rich.console import Console

from bot.app import Application, channels_of, office_of
from bot.commands import pages, papers
from bot.commands.demo import QUICK, Show
from bot.settings import Settings
from domain.paces import Rates
from messages.i18n import Speech
from sandbox.pictures import Phone, page
from sandbox.telegram import BotApi, Message, Person


class Size(NamedTuple):
    """How wide and high a page is, in CSS pixels, and how many dots draw each of them."""

    width: int
    height: int
    scale: float = 1.0


HERE = Path(__file__).parent
NOTICE = HERE.parents[1] / "tests" / "notices" / "tet.txt"
CHATS = Size(800, 1084, 1.4)
READING = Size(1280, 960)
COLOURS = 128
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
NEEDED = (
    "Chromium is needed for the pictures, and for nothing else; on Debian and Ubuntu: "
    "apt-get install chromium fonts-roboto fonts-noto-color-emoji"
)
CULTURE, LIBRARY = "Đảng ủy Sở Văn hóa và Thể thao", "Chi bộ Thư viện tỉnh"
UNITS = (CULTURE, LIBRARY, "Đảng ủy Bệnh viện Đa khoa tỉnh", "Chi bộ Bảo tàng tỉnh")
PLAN = "Kế hoạch công tác quý II"


async def scene(folder: str) -> tuple[Phone, Phone]:
    """Play the scene: a notice, the reminder five working days before a deadline, two units that hand in, and the table."""
    show = Show("vi", Console(quiet=True))
    async with BotApi(limited=False, seconds=show.seconds) as twin:
        settings = Settings(
            database_url=f"sqlite:///{folder}/picture.db",
            telegram_token=SecretStr(twin.token),
            telegram_api_url=twin.url,
            telegram_proxy=None,
            timezone="Asia/Ho_Chi_Minh",
            data_dir=Path(folder),
            locale="vi",
        )
        show.application = Application(settings, channels_of(settings), now=show.now, rates=Rates(0, 0), pulse=QUICK)
        stopped = asyncio.Event()
        running = asyncio.create_task(show.application.run(stopped))
        try:
            await twin.waits_for_request("getUpdates", timeout=20)
            return await _played(show, twin)
        finally:
            stopped.set()
            await running


async def _played(show: Show, twin: BotApi) -> tuple[Phone, Phone]:
    hoa, lan, minh = (twin.person(number, name) for number, name in ((101, "Hoa"), (102, "Lan"), (103, "Minh")))
    published = await _published(show, hoa, {lan: CULTURE, minh: LIBRARY})
    await _at(show, 5, 8)
    reminded = await lan.waits_for("Kính gửi đồng chí Lan")
    await _hands_in(show, minh, 7, "ke-hoach-quy-II-thu-vien.docx", kilobytes=31)
    await hoa.presses("Xác nhận", on=LIBRARY)
    await hoa.waits_for("đã xác nhận lúc")
    await _hands_in(show, lan, 24, "ke-hoach-quy-II.docx", kilobytes=48)
    await _at(show, 5, 8, 31)
    await hoa.says("/tinhhinh")
    await hoa.waits_for("61-TB/ĐUK")
    return (
        Phone("Đồng chí Lan", f"thư ký, {CULTURE}", "Đôn Đốc", [one for one in lan.chat if one.id >= reminded.id]),
        Phone(
            "Đồng chí Hoa", "chuyên viên, Văn phòng Đảng ủy Khối", "Đôn Đốc", [one for one in hoa.chat if one.id >= published.id]
        ),
    )


async def _published(show: Show, hoa: Person, secretaries: dict[Person, str]) -> Message:
    await _at(show, 1, 9)
    await show.registers(UNITS)
    await hoa.starts(await show.code("officer", name="Hoa"))
    await hoa.waits_for("Hoa")
    for person, unit in secretaries.items():
        await person.starts(await show.code("secretary", name=person.name, unit=unit))
        await person.waits_for(person.name)
    await hoa.sends_file("61-TB-DUK.txt", (HERE / "notice.txt").read_bytes())
    await hoa.wait_for(lambda message: "Công bố" in message.labels)
    await hoa.presses("Công bố")
    published = await hoa.waits_for("Đã công bố")
    await _at(show, 1, 9, 5)
    return published


async def _hands_in(show: Show, person: Person, minute: int, file: str, *, kilobytes: int) -> None:
    """Send a file, say which task it is for, and press the one button."""
    await _at(show, 5, 8, minute)
    await person.sends_file(file, bytes(kilobytes * 1024))
    choice = await person.wait_for(lambda message: any(PLAN in label for label in message.labels))
    await person.presses(next(label for label in choice.labels if PLAN in label), choice)
    await person.wait_for(lambda message: "Đã nộp" in message.labels)
    await show.application.settle()
    await person.presses("Đã nộp", on=file)
    await person.waits_for("Biên nhận")
    await show.application.settle()


async def _at(show: Show, day: int, hour: int, minute: int = 0) -> None:
    await show.moves(datetime(2021, 3, day, hour, minute, tzinfo=show.zone))


def reading() -> str:
    """Read a notice, and give the page that shows it."""
    settings = Settings(timezone=str(Show.zone), locale="vi")
    office = office_of(settings, datetime(2021, 2, 1, tzinfo=Show.zone))
    return pages.page(papers.read_file(settings, NOTICE, office), Speech("vi", Show.zone), office.calendar, file=NOTICE.name)


def draw(browser: str, html: str, picture: Path, size: Size, *, at: str = "") -> None:
    """Let a browser without a window draw a page into a PNG file, scrolled to an anchor."""
    with tempfile.TemporaryDirectory(prefix="dondoc-picture-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "page.html")
        source.write_text(html, encoding="utf-8")
        window = [f"--window-size={size.width},{size.height}", f"--force-device-scale-factor={size.scale}", "--hide-scrollbars"]
        # As root, as in a container, Chromium runs without its sandbox only.
        options = ["--headless", "--disable-gpu", *window, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        command = [browser, *options, f"--user-data-dir={folder}/profile", f"--screenshot={picture}", f"{source.as_uri()}#{at}"]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a browser found on the path, a page of ours
    # A readme is fetched over slow lines, too: so many colours are enough for a page of text.
    Image.open(picture).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)


def main() -> None:
    """Make docs/pictures/conversation.png and docs/pictures/reading.png."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(NEEDED)
    logging.basicConfig(level=logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="dondoc-scene-", ignore_cleanup_errors=True) as folder:
        phones = asyncio.run(scene(folder))
    chats = page(phones, Show.zone, width=CHATS.width, height=CHATS.height)
    draw(browser, chats, HERE / "conversation.png", CHATS)
    draw(browser, reading(), HERE / "reading.png", READING, at="task-1-text")


if __name__ == "__main__":
    main()
