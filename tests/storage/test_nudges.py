"""Is a unit reminded by a press at most once an hour, and is it kept who pressed?"""

import asyncio
from datetime import timedelta

from domain.nudges import Told
from storage import nudges
from storage.session import Database
from tests.builders import NOW, Cast

HOUR = timedelta(hours=1)


async def test_a_unit_is_reminded_at_most_once_an_hour(database: Database, cast: Cast) -> None:
    moments = [NOW, NOW + timedelta(minutes=59), NOW + HOUR]

    async with database.transaction() as session:
        claimed = [await nudges.claim(session, cast.maths.id, cast.hoa.id, moment, moment) for moment in moments]
        other = await nudges.claim(session, cast.physics.id, cast.hoa.id, NOW, NOW)

    assert [one is not None for one in claimed] == [True, False, True]
    assert other is not None


async def test_of_two_presses_at_once_one_holds(database: Database, replica: Database, cast: Cast) -> None:
    async def press(one: Database) -> bool:
        async with one.transaction() as session:
            return await nudges.claim(session, cast.maths.id, cast.hoa.id, NOW, NOW) is not None

    assert sorted(await asyncio.gather(press(database), press(replica), press(database))) == [False, False, True]


async def test_the_last_press_for_each_unit_is_known_with_who_pressed(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await nudges.claim(session, cast.maths.id, cast.hoa.id, NOW, NOW)
        await nudges.claim(session, cast.maths.id, cast.minh.id, NOW + HOUR, NOW + HOUR)

        found = await nudges.newest(session, [cast.maths.id, cast.physics.id])

    assert found == {cast.maths.id: Told(NOW + HOUR, "Minh")}
