"""Is anything lost or done twice when the process is killed between any two steps and started again?"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from domain.assignments import AssignmentState
from sandbox.story import CULTURE, UNITS
from sandbox.telegram import BotApi, Message, Person
from storage import assignments, conclusions, marks
from storage.session import Database
from tests.stage import NOTICE, NOTICE_BYTES

COMMAND = Path(sys.executable).with_name("dondoc")
PATIENCE = 20.0
"""Seconds that a person waits for an answer while the program starts anew."""


@dataclass
class Office:
    """The program as its administrator runs it: a command with an environment, started and killed."""

    folder: Path
    twin: BotApi
    process: asyncio.subprocess.Process | None = field(default=None)

    @property
    def environment(self) -> dict[str, str]:
        """The settings; nothing else of this machine's surroundings counts."""
        return {
            "PATH": os.environ["PATH"],
            "DONDOC_DATABASE_URL": f"sqlite:///{self.folder / 'office.db'}",
            "DONDOC_DATA_DIR": str(self.folder),
            "DONDOC_TELEGRAM_TOKEN": self.twin.token,
            "DONDOC_TELEGRAM_API_URL": self.twin.url,
        }

    async def does(self, *words: str, code: int = 0) -> str:
        """Run a command to its end, which is to give an exit code, and give what it prints."""
        pipe = asyncio.subprocess.PIPE
        run = await asyncio.create_subprocess_exec(COMMAND, *words, env=self.environment, cwd=self.folder, stdout=pipe)
        printed, _ = await run.communicate()
        assert run.returncode == code
        return printed.decode()

    async def starts(self) -> None:
        """Start the bot."""
        log = (self.folder / "log.txt").open("ab")
        with log:
            self.process = await asyncio.create_subprocess_exec(
                COMMAND, "run", env=self.environment, cwd=self.folder, stdout=log, stderr=log
            )

    async def ends(self, by: signal.Signals) -> int:
        """End the bot by a signal and give its exit code."""
        assert self.process is not None
        self.process.send_signal(by)
        return await self.process.wait()

    async def survives(self, act: Callable[[], Awaitable[object]], delay: float) -> None:
        """Let a person act, kill the bot a moment later, and start it again."""
        await act()
        await asyncio.sleep(delay)
        await self.ends(signal.SIGKILL)
        await self.starts()


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Give an office whose program can be killed."""
    async with BotApi(limited=False) as twin:
        made = Office(tmp_path, twin)
        yield made
        if made.process is not None and made.process.returncode is None:
            await made.ends(signal.SIGKILL)


def shows(label: str) -> Callable[[Message], bool]:
    """Give the test whether a message has a button."""
    return lambda message: label in message.labels


def about(person: Person, fragment: str) -> int:
    """Count the messages with words in them."""
    return sum(1 for message in person.chat if message.from_bot and fragment in message.text)


@pytest.mark.parametrize("delay", [0.02, 0.3])
async def test_killed_after_every_step_nothing_is_lost_and_nothing_done_twice(office: Office, delay: float) -> None:
    (office.folder / "units.csv").write_text("name,short_name,group\n" + "".join(f"{name},,\n" for name in UNITS))
    await office.does("units", "import", "units.csv")
    code = json.loads(await office.does("staff", "invite", "--name", "Hoa", "--role", "admin", "--json"))["code"]
    unit_code = json.loads(await office.does("units", "invite", "--unit", CULTURE, "--json"))[0]["code"]
    hoa, lan = office.twin.person(101, "Hoa"), office.twin.person(102, "Lan")
    await office.starts()

    await office.survives(lambda: hoa.starts(code), delay)
    await hoa.wait_for(lambda message: "Hoa" in message.text, PATIENCE)
    await office.survives(lambda: lan.starts(unit_code), delay)
    await lan.wait_for(lambda message: CULTURE in message.text, PATIENCE)
    await office.survives(lambda: hoa.sends_file(NOTICE, NOTICE_BYTES), delay)
    await hoa.wait_for(shows("Công bố"), PATIENCE)
    await office.survives(lambda: hoa.presses("Công bố"), delay)
    await hoa.presses("Xử lý mục 2.2", await hoa.wait_for(shows("Xử lý mục 2.2"), PATIENCE))
    await hoa.presses("Sửa", await hoa.wait_for(shows("Sửa"), PATIENCE))
    await hoa.presses("Hạn", await hoa.wait_for(shows("Hạn"), PATIENCE))
    await hoa.wait_for(shows("Hủy"), PATIENCE)
    await office.survives(lambda: hoa.says("19/02/2021"), delay)
    await hoa.wait_for(shows("Sửa"), PATIENCE)
    await office.survives(lambda: hoa.presses("Công bố"), delay)
    # The notice is of 2021, so that its deadlines are over today.
    await hoa.wait_for(shows("Vẫn công bố"), PATIENCE)
    await office.survives(lambda: hoa.presses("Vẫn công bố"), delay)
    await hoa.wait_for(lambda message: "Đã công bố" in message.text, PATIENCE)
    await office.survives(lambda: lan.says("/viec"), delay)
    listing = await lan.wait_for(shows("Đã nộp"), PATIENCE)
    await office.survives(lambda: lan.presses("Đã nộp", listing), delay)
    await lan.wait_for(shows("Hoàn tác"), PATIENCE)
    told = await hoa.wait_for(shows("Xác nhận"), PATIENCE)
    await office.survives(lambda: hoa.presses("Xác nhận", told), delay)
    await lan.wait_for(lambda message: "Văn phòng đã xác nhận" in message.text, PATIENCE)
    await lan.says("/trogiup")
    await lan.wait_for(lambda message: "/viec" in message.text, PATIENCE)
    assert await office.ends(signal.SIGTERM) == 0

    database = Database(office.environment["DONDOC_DATABASE_URL"])
    async with database.transaction() as session:
        published = await conclusions.one(session, 1)
        duties = await assignments.of_conclusion(session, published.id)
        accepted = [duty for duty in duties if duty.assignment.state is AssignmentState.ACCEPTED]
        newest = await assignments.newest_submission(session, accepted[0].assignment.id)
    await database.close()
    assert len(duties) == 24
    assert len(accepted) == 1
    assert newest is not None
    assert newest.id == 1
    assert about(hoa, "Đã công bố") == 1


async def test_sigterm_stops_the_program_cleanly(office: Office) -> None:
    await office.starts()
    await office.twin.waits_for_request("getUpdates", timeout=PATIENCE)
    assert await office.ends(signal.SIGTERM) == 0
    assert "Traceback" not in (office.folder / "log.txt").read_text()


async def test_a_second_process_on_the_file_is_refused_until_the_first_is_killed(office: Office) -> None:
    await office.starts()
    await office.twin.waits_for_request("getUpdates", timeout=PATIENCE)
    second = await asyncio.create_subprocess_exec(
        COMMAND, "run", env=office.environment, cwd=office.folder, stderr=asyncio.subprocess.PIPE
    )
    _, told = await second.communicate()
    assert (second.returncode, told.decode().count("Another “dondoc run” uses this database")) == (2, 1)
    assert await office.does("units", "list") == "0 units.\n"
    await office.ends(signal.SIGKILL)
    polls = office.twin.requests["getupdates"]
    await office.starts()
    await office.twin.waits_for_request("getUpdates", times=polls + 1, timeout=PATIENCE)


async def test_a_database_without_its_folder_is_held_until_it_is_resumed(office: Office) -> None:
    code = json.loads(await office.does("staff", "invite", "--name", "Hoa", "--role", "admin", "--json"))["code"]
    hoa = office.twin.person(101, "Hoa")
    await office.starts()
    await hoa.starts(code)
    await hoa.wait_for(lambda message: "Hoa" in message.text, PATIENCE)
    await office.ends(signal.SIGKILL)
    (office.folder / marks.NAME).unlink()
    polls = office.twin.requests["getupdates"]

    await office.starts()
    await hoa.says("/trogiup")
    # The other program tells of the pause only when the first has found it, which is when it may be ended.
    async with asyncio.timeout(PATIENCE):
        while "✗ Paused" not in await office.does("check", code=1):
            assert office.twin.requests["getupdates"] == polls
    assert "Paused since " in await office.does("resume", "--yes")

    await hoa.wait_for(lambda message: "/tinhhinh" in message.text, PATIENCE)
    assert await office.ends(signal.SIGTERM) == 0
    assert "action=pause" in (office.folder / "log.txt").read_text()
