"""Is there one incident a cause at a time, whoever sees it, and is the last work that was done known?"""

from datetime import timedelta

from domain.incidents import Cause
from storage import incidents, ticks
from storage.session import Database
from tests.builders import NOW

MINUTE = timedelta(minutes=1)


async def test_what_happens_again_is_counted_with_the_one_that_is_open(database: Database, replica: Database) -> None:
    for number, place in enumerate((database, replica, database)):
        async with place.transaction() as session:
            await incidents.note(session, Cause.UNKNOWN, NOW + number * MINUTE, count=2, subject=number)
            await incidents.note(session, Cause.GAP, NOW)

    async with database.transaction() as session:
        unknown, gap = await incidents.not_over(session)
        found = (unknown.cause, unknown.since, unknown.last_at, unknown.count, unknown.subject_id)
    assert found == (Cause.UNKNOWN, NOW, NOW + 2 * MINUTE, 6, 2)
    assert (gap.cause, gap.count) == (Cause.GAP, 3)


async def test_what_begins_when_the_last_is_over_is_a_new_one(database: Database) -> None:
    async with database.transaction() as session:
        await incidents.lasts(session, Cause.UNSENT, NOW, count=4)
    async with database.transaction() as session:
        await incidents.lasts(session, Cause.UNSENT, NOW + MINUTE, count=3)
        (first,) = await incidents.not_over(session, held=True)
        assert (first.count, first.since, first.last_at) == (3, NOW, NOW + MINUTE)
        first.told_at = first.over_at = NOW + MINUTE
    async with database.transaction() as session:
        await incidents.lasts(session, Cause.UNSENT, NOW + 2 * MINUTE, count=1)
        (second,) = await incidents.not_over(session)
        told = [await incidents.last_told(session, cause) for cause in (Cause.UNSENT, Cause.GAP)]
    assert (second.id != first.id, second.since) == (True, NOW + 2 * MINUTE)
    assert told == [NOW + MINUTE, None]


async def test_the_last_tick_is_kept(database: Database, replica: Database) -> None:
    async with database.transaction() as session:
        assert await ticks.last(session, ticks.PLAN) is None
    for place, at in ((database, NOW), (replica, NOW + MINUTE)):
        async with place.transaction() as session:
            await ticks.record(session, ticks.PLAN, at)
    async with database.transaction() as session:
        assert await ticks.last(session, ticks.PLAN) == NOW + MINUTE
