"""Does one worker at a time hold a lease, and another one when it dies?"""

import asyncio
from datetime import timedelta

import pytest

from storage import leases
from storage.session import Database
from tests.builders import NOW

LIFE = timedelta(seconds=15)


async def hold(database: Database, owner: str, *, after: float = 0, alone: bool = False) -> bool:
    async with database.transaction() as session:
        return await leases.hold(session, owner, NOW + timedelta(seconds=after), LIFE, alone=alone)


async def test_who_comes_first_holds_it_as_long_as_it_is_renewed(database: Database, replica: Database) -> None:
    held = [
        await hold(database, "one"),
        await hold(replica, "two"),
        await hold(database, "one", after=10),
        await hold(replica, "two", after=16),
        await hold(replica, "two", after=25),
    ]
    assert held == [True, False, True, False, False]


async def test_another_takes_it_when_it_is_not_renewed(database: Database, replica: Database) -> None:
    assert await hold(database, "one")
    assert [await hold(replica, "two", after=after) for after in (15, 15.1)] == [False, True]
    assert not await hold(database, "one", after=16)
    async with database.transaction() as session:
        named = [await leases.holder(session, NOW + timedelta(seconds=after)) for after in (16, 30.1, 30.2)]
    assert named == ["two", "two", None]


async def test_one_that_was_let_go_is_free_at_once(database: Database, replica: Database) -> None:
    assert await hold(database, "one")
    async with database.transaction() as session:
        await leases.release(session, "two")
    assert not await hold(replica, "two")
    async with database.transaction() as session:
        await leases.release(session, "one")
    assert await hold(replica, "two")


async def test_who_is_alone_does_not_wait_for_the_dead(database: Database) -> None:
    assert await hold(database, "one")
    assert await hold(database, "two", after=1, alone=True)


@pytest.mark.parametrize(("back", "free"), [(0.0, False), (0.5, True), (3600, True)])
async def test_a_clock_that_is_set_back_does_not_make_a_lease_longer(database: Database, back: float, *, free: bool) -> None:
    assert await hold(database, "one")
    assert await hold(database, "two", after=-back) is free


async def test_of_many_at_once_one_gets_it(database: Database, replica: Database) -> None:
    held = await asyncio.gather(*(hold((database, replica)[n % 2], f"{n}") for n in range(6)))
    assert sum(held) == 1


async def test_a_worker_is_dead_when_it_does_not_say_any_more_that_it_lives(database: Database) -> None:
    async with database.transaction() as session:
        for owner, after in (("one", 0), ("two", 10)):
            await leases.lives(session, owner, NOW + timedelta(seconds=after), LIFE)
        await leases.hold(session, "leads", NOW, LIFE, alone=False)
        dead = [list(await session.scalars(leases.dead(NOW + timedelta(seconds=after)))) for after in (15, 16, 26)]
        await leases.forget_dead(session, NOW + timedelta(seconds=16))
        await leases.lives(session, "one", NOW + timedelta(seconds=20), LIFE)
        left = list(await session.scalars(leases.dead(NOW + timedelta(seconds=26))))
    assert (dead, left) == ([[], ["one"], ["one", "two"]], ["two"])
