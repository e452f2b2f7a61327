"""Does what a unit does count once, however often and by whom its press comes in?"""

import asyncio
from pathlib import Path

from sqlalchemy import func, select

from sandbox.telegram import Group, Message, Person
from schedules.clock import wall_clock
from storage import people, tables, units
from tests import builders
from tests.faults.offices import Office, an_office, is_done, until
from tests.faults.replicas import PATIENCE

TIMES = 10
DONE, RECEIPT, TOLD = "Đã nộp", "Hoàn tác", "Xác nhận"


async def publishes(office: Office) -> None:
    """Publish a notice with one task for every unit."""
    async with office.database.transaction() as session:
        hoa = await people.person(session, office.author)
        every = list((await units.register(session)).units)
        await builders.a_published_conclusion(session, to=every, by=hoa, at=wall_clock())


async def asks(reader: Person | Group) -> Message:
    """Let a secretary ask for the tasks, and give the list."""
    assert isinstance(reader, Person)
    await reader.says("/viec")
    return await reader.wait_for(lambda message: DONE in message.labels, PATIENCE)


async def press(reader: Person | Group, listing: Message) -> None:
    assert isinstance(reader, Person)
    await reader.presses(DONE, listing)


def showing(room: Person | Group, label: str) -> int:
    """Count the bot's messages with a button."""
    return sum(1 for message in room.chat if message.from_bot and label in message.labels)


async def submissions(office: Office) -> list[int]:
    """Give how often each task was handed in."""
    counted = select(func.count()).group_by(tables.submissions.c.assignment_id).select_from(tables.submissions)
    async with office.database.transaction() as session:
        return list(await session.scalars(counted))


async def test_presses_that_come_ten_times_out_of_order_to_two_replicas_count_once(
    tmp_path: Path, postgresql: str, seed: int
) -> None:
    async with an_office(tmp_path, postgresql, readers=8, of_a_unit=1) as office:
        readers = list(office.readers.values())
        await publishes(office)
        for _ in range(2):
            await (await office.starts()).is_ready()
        leader, other = office.replicas
        listings = await asyncio.gather(*(asks(reader) for reader in readers))
        await until(lambda: is_done(office))
        # The leader is given the presses and stands still with them, so that the other is given the same ones.
        leader.freezes()
        office.twin.repeats_updates(TIMES, seed=seed, to_all=True)
        for reader, listing in zip(readers, listings, strict=True):
            await press(reader, listing)
        for reader in readers:
            await reader.wait_for(lambda message: RECEIPT in message.labels, PATIENCE)
        leader.thaws()
        await until(lambda: _told(office, len(readers)))
        await office.twin.world.bell.until(lambda: not office.twin.world.updates.pending or None, PATIENCE)
        await until(lambda: is_done(office))
        assert await submissions(office) == [1] * len(readers)
        assert [showing(reader, RECEIPT) for reader in readers] == [1] * len(readers)
        assert showing(office.hoa, TOLD) == len(readers)
        assert [leader.has_failed, other.has_failed] == [False, False]
        assert office.twin.refusals[429] == 0


async def test_two_presses_in_one_millisecond_hand_in_once(tmp_path: Path, postgresql: str) -> None:
    async with an_office(tmp_path, postgresql, readers=2, of_a_unit=2) as office:
        lan, minh = office.readers.values()
        await publishes(office)
        for _ in range(2):
            await (await office.starts()).is_ready()
        first, second = await asks(lan), await asks(minh)
        await asyncio.gather(press(lan, first), press(lan, first), press(minh, second), press(minh, second))
        await until(lambda: _told(office, 1))
        await office.twin.world.bell.until(lambda: not office.twin.world.updates.pending or None, PATIENCE)
        await until(lambda: is_done(office))
        assert await submissions(office) == [1]
        # Each press is answered, and every answer is about the one receipt.
        answers = [message for room in (lan, minh) for message in room.chat if RECEIPT in message.labels]
        assert {message.data(RECEIPT) for message in answers} == {answers[0].data(RECEIPT)}
        assert showing(office.hoa, TOLD) == 1


async def _told(office: Office, times: int) -> bool:
    return showing(office.hoa, TOLD) >= times
