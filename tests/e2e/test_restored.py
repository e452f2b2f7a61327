"""Is a database that was put back from a backup held until somebody has looked, and does it then say what is true?"""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.commands import pauses
from sandbox.telegram import Message, Person
from storage import instances, marks
from tests.e2e.conftest import Cast, Lines
from tests.stage import Stage, at

SECONDS = 15


def back_up(folder: Path) -> None:
    """Copy the database while the program runs, as docs/operations.md says."""
    with closing(sqlite3.connect(folder / "office.db")) as source, closing(sqlite3.connect(folder / "backup.db")) as copy:
        source.backup(copy)


def restore(folder: Path) -> None:
    for name in ("office.db-wal", "office.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copyfile(folder / "backup.db", folder / "office.db")


def news(person: Person, since: int) -> list[Message]:
    """Give what the bot wrote to a person after so many messages."""
    return [message for message in person.chat[since:] if message.from_bot]


async def restarts(stage: Stage) -> None:
    """Stop and start the program, which renews the mark."""
    await stage.closes()
    await stage.opens()


async def test_a_restored_office_sends_nothing_until_it_is_resumed(published: Cast, lines: Lines, tmp_path: Path) -> None:
    stage, lan, hoa = published.stage, published.lan, published.hoa
    back_up(tmp_path)
    await restarts(stage)
    await lan.presses("Đã nộp", await lan.wait_for(lambda message: "Đã nộp" in message.labels))
    await lan.wait_for(lambda message: "Hoàn tác" in message.labels)
    await hoa.presses("Xác nhận", await hoa.wait_for(lambda message: "Xác nhận" in message.labels))
    await lan.waits_for("Văn phòng đã xác nhận")
    await restarts(stage)
    await stage.closes()
    restore(tmp_path)
    stage.moment = at("2021-02-18", "10:00")
    requests = stage.twin.requests.copy()

    await stage.starts()
    paused = vars(await lines.until("pause"))
    await lan.says("/viec")
    found = await asyncio.to_thread(pauses.pause, stage.settings)

    assert found is not None
    assert found.since == stage.moment
    assert (paused["by"], paused["people"], paused["messages"]) == (stage.moment, 3, "none")
    assert paused["tasks"] > 3
    assert stage.twin.requests == requests

    seen = {person.name: len(person.chat) for person in (lan, published.minh, published.son)}
    await asyncio.to_thread(pauses.resume, stage.settings)
    await lines.until("resume")
    # The list that she asked for comes, and the digest; the task that she handed in after the backup stands on both.
    await lan.waits_for("Đơn vị có 3 việc")
    await stage.app.settle()

    told = {person.name: news(person, seen[person.name]) for person in (lan, published.minh, published.son)}
    assert {name: len(messages) for name, messages in told.items()} == {"Lan": 2, "Minh": 1, "Sơn": 1}
    assert all("Quá hạn 9 ngày" in message.text for messages in told.values() for message in messages)


async def test_a_pause_lasts_over_a_restart_and_the_program_can_be_stopped_in_it(
    published: Cast, lines: Lines, tmp_path: Path
) -> None:
    stage = published.stage
    await stage.closes()
    (tmp_path / marks.NAME).unlink()
    requests = stage.twin.requests.copy()
    for _ in range(2):
        await stage.starts()
        await lines.until("pause")
        await stage.closes()
    assert stage.twin.requests == requests


async def test_an_office_that_is_paused_while_it_runs_ends_and_starts_paused(
    published: Cast, lines: Lines, tmp_path: Path
) -> None:
    stage = published.stage
    async with stage.app.database.transaction() as session:
        # As a program does that runs beside another folder.
        await instances.renew(session, tmp_path / "elsewhere", stage.moment)
    stage.app.clockwork.wake("mark")
    await asyncio.wait_for(stage.ends(), SECONDS)
    requests = stage.twin.requests.copy()
    await stage.starts()
    await lines.until("pause")
    assert stage.twin.requests == requests


async def test_a_folder_that_is_lost_while_the_program_runs_is_made_again(published: Cast, lines: Lines, tmp_path: Path) -> None:
    stage = published.stage
    (tmp_path / marks.NAME).unlink()
    stage.app.clockwork.wake("mark")
    await restarts(stage)
    assert (tmp_path / marks.NAME).exists()
