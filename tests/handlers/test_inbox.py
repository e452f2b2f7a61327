"""Are events that come in together handled together, and does none of them spoil or hold up another?"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event, update

from channels import Incoming
from channels.recording import Recording
from domain.duties import Duty
from domain.offices import Office
from handlers.answers import Answers
from handlers.inbox import Inbox
from schedules.pacing import Pacer
from storage import assignments, calendars, tables
from storage.files import Store
from storage.session import Database, Session
from tests.builders import NOW, ZONE, Cast, a_published_conclusion
from tests.schedules.scenes import WITHOUT_RATES, Clock

PATIENCE = 20.0


class Scene:
    """A worker of the inbox with a channel that remembers, and what it said is due."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.telegram = Recording("telegram")
        self.due: list[str] = []
        answers = Answers(database, {"telegram": self.telegram}, Store(folder), Pacer(WITHOUT_RATES, Clock()))
        self.inbox = Inbox(
            database=database,
            answers=answers,
            office_now=self._office,
            zone=ZONE,
            language="vi",
            owner="worker",
            now=lambda: NOW,
            wall=lambda: NOW,
            woken=self._woken,
        )

    async def _office(self, _session: Session, now: datetime) -> Office:
        return Office(calendars.around(now.year), ZONE)

    def _woken(self, names: Collection[str]) -> None:
        self.due += names

    async def comes(self, *events: Incoming) -> None:
        """Let events come in together."""
        await self.inbox.remember(events)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let the worker run, and end when it has recorded what it answered."""
        running = asyncio.create_task(self.inbox.run())
        try:
            yield
        finally:
            self.inbox.stop()
            await asyncio.wait_for(running, PATIENCE)

    async def answered(self, *chats: str) -> list[str]:
        """Wait until chats were written to, and give the last text of each."""
        async with asyncio.timeout(PATIENCE):
            while not all(self.telegram.to(chat) for chat in chats):  # noqa: ASYNC110 - the channel tells nobody
                await asyncio.sleep(0)
        return [self.telegram.to(chat)[-1].text for chat in chats]


@pytest.fixture
def scene(database: Database, tmp_path: Path) -> Scene:
    return Scene(database, tmp_path)


@pytest.fixture
async def duties(database: Database, cast: Cast) -> list[Duty]:
    async with database.transaction() as session:
        duties = await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa)
        for duty in duties:
            duty.assignment.look_at = None
        return duties


def said(chat: str, text: str = "/viec") -> Incoming:
    return Incoming("telegram", f"{chat}:{text}", chat, chat, "Ai đó", text=text)


def pressed(chat: str, data: str) -> Incoming:
    return Incoming("telegram", f"{chat}:{data}", chat, chat, "Ai đó", press=data, message_id="7")


def submits(chat: str, duty: Duty) -> Incoming:
    return pressed(chat, f"submit:{duty.assignment.id}:{duty.assignment.revision}:card")


def commits(database: Database) -> Callable[[], int]:
    """Give what counts the transactions that are committed from now on."""
    seen: list[object] = []
    event.listen(database.engine.sync_engine, "commit", seen.append)
    return lambda: len(seen)


async def handed_in(database: Database) -> int:
    async with database.transaction() as session:
        return len(await assignments.pending(session))


async def test_presses_that_come_together_are_handled_in_one_transaction(
    scene: Scene, database: Database, duties: list[Duty]
) -> None:
    await scene.comes(submits("101", duties[0]), submits("102", duties[1]), said("404", "xin chào"))
    committed = commits(database)
    async with scene.running():
        await scene.answered("101", "102", "404")
        assert committed() <= 2  # The second may have begun to record what was answered.
    assert await handed_in(database) == 2
    assert scene.due == ["deliver"]


async def test_a_press_that_makes_nothing_due_wakes_nobody(scene: Scene, duties: list[Duty]) -> None:
    await scene.comes(said("101"))
    async with scene.running():
        assert str(duties[0].conclusion.title) in (await scene.answered("101"))[0]
    assert scene.due == []


@pytest.mark.parametrize(
    "other",
    [pressed("103", "submit:1:1:card"), Incoming("telegram", "x", "103", "103", "Hoa", press="snooze:" + "9" * 18)],
    ids=["refused", "of no task"],
)
async def test_an_event_that_is_refused_spoils_none_that_came_with_it(
    scene: Scene, database: Database, duties: list[Duty], other: Incoming
) -> None:
    await scene.comes(submits("101", duties[0]), other, submits("102", duties[1]))
    async with scene.running():
        await scene.answered("101", "102", "103")
    assert await handed_in(database) == 2
    assert [len(scene.telegram.to(chat)) for chat in ("101", "102", "103")] == [2, 2, 1]


async def test_an_event_that_fails_by_a_bug_spoils_none_that_came_with_it(
    scene: Scene, database: Database, duties: list[Duty], caplog: pytest.LogCaptureFixture
) -> None:
    await scene.comes(submits("101", duties[0]), said("103"), said("103", "sau"), submits("102", duties[1]))
    async with database.transaction() as session:
        broken = update(tables.inbox).where(tables.inbox.c.key == "103:/viec")
        await session.execute(broken.values(incoming={"strange": True}))
    async with scene.running():
        await scene.answered("101", "102")
    assert await handed_in(database) == 2
    # What the chat said behind it waits until it has been tried again.
    assert scene.telegram.to("103") == []
    assert "handle" in [vars(record).get("action") for record in caplog.records]


async def test_an_event_whose_rows_another_process_holds_holds_up_no_other(
    scene: Scene, replica: Database, duties: list[Duty]
) -> None:
    if replica.is_sqlite:
        pytest.skip("SQLite has one writer, whom all wait for")
    async with scene.running():
        async with replica.transaction() as session:
            await assignments.duty(session, duties[0].assignment.id)
            await scene.comes(submits("101", duties[0]), submits("102", duties[1]))
            await scene.answered("102")
            assert scene.telegram.to("101") == []
        await scene.answered("101")
