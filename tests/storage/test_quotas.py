"""Is what bots send counted a month, by all processes together, and is it known what waits?"""

import asyncio
from datetime import date, timedelta

from sqlalchemy import event, select, update

from domain.deliveries import Kind, Lane
from domain.offices import Office
from domain.quotas import Limits, Quota
from storage import calendars, claims, health, outbox, people, quotas, tables
from storage.session import Database, Session
from tests.builders import NOW, ZONE, Cast, a_person, an_account, at

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
BOTS = frozenset({"telegram", "zalo"})
LIMITS = Limits(ZONE, {"telegram": 100}, BOTS)
NONE = Limits(ZONE, {}, BOTS)
OFFICE = Office(calendars.around(2026), ZONE)
LATER = NOW + timedelta(days=4)


def standing(found: list[Quota]) -> list[tuple[str, date, int, int]]:
    return [(quota.bot, quota.month, quota.most, quota.used) for quota in found]


async def used(database: Database, count: int, limits: Limits = LIMITS) -> None:
    """Let a bot have sent so many messages this month."""
    async with database.transaction() as session:
        await quotas.count(session, limits, MARCH, {"telegram": count})


async def put(session: Session, *readers: int, lane: Lane = Lane.BROADCAST, subject: int = 1) -> None:
    await outbox.put(session, Kind.BROADCAST, readers, lane=lane, at=NOW, subject=subject)


async def taken(session: Session, limits: Limits = LIMITS, **terms: object) -> list[int]:
    """Claim what may leave, and give whom it is for."""
    ways = await quotas.ways(session, limits, NOW)
    moment = LATER if terms.pop("late", False) else NOW
    full = [str(bot) for bot in terms.values()]
    return [row.person_id for row in await claims.claim(session, "one", moment, 10, full=full, ways=ways)]


async def test_nothing_is_used_before_anything_is_counted(database: Database) -> None:
    async with database.transaction() as session:
        assert standing(await quotas.of(session, LIMITS, NOW)) == [("telegram", MARCH, 100, 0)]


async def test_all_processes_count_into_one_row_a_month(database: Database, replica: Database) -> None:
    async def counts(place: Database, month: date) -> None:
        for _ in range(5):
            async with place.transaction() as session:
                await quotas.count(session, LIMITS, month, {"telegram": 2, "zalo": 7})

    await asyncio.gather(*(counts(place, month) for place in (database, replica) for month in (MARCH, APRIL)))

    async with database.transaction() as session:
        assert standing(await quotas.of(session, LIMITS, NOW)) == [("telegram", MARCH, 100, 20)]
        kept = await quotas.of_months(session, MARCH, APRIL)
    assert standing(kept) == [("telegram", APRIL, 100, 20), ("telegram", MARCH, 100, 20)]


async def test_what_was_not_taken_after_all_is_taken_off_and_never_more(database: Database) -> None:
    await used(database, 3)
    await used(database, -2)
    async with database.transaction() as session:
        assert [quota.used for quota in await quotas.of(session, LIMITS, NOW)] == [1]
    await used(database, -2)
    async with database.transaction() as session:
        assert [quota.used for quota in await quotas.of(session, LIMITS, NOW)] == [0]


async def test_a_month_is_kept_with_the_quota_that_held_last(database: Database) -> None:
    await used(database, 3)
    raised = Limits(ZONE, {"telegram": 200}, BOTS)
    async with database.transaction() as session:
        assert standing(await quotas.of(session, raised, NOW)) == [("telegram", MARCH, 200, 3)]
        assert standing(await quotas.of_months(session, MARCH, MARCH)) == [("telegram", MARCH, 100, 3)]
    await used(database, 1, raised)
    async with database.transaction() as session:
        assert standing(await quotas.of_months(session, MARCH, MARCH)) == [("telegram", MARCH, 200, 4)]
        assert await quotas.of_months(session, APRIL, APRIL) == []


async def test_bots_without_a_quota_cost_no_statement(database: Database) -> None:
    said: list[str] = []
    async with database.transaction() as session:
        connection = await session.connection()
        listened = connection.sync_connection
        event.listen(listened, "before_cursor_execute", lambda *told: said.append(told[2]))
        assert await quotas.of(session, NONE, NOW) == []
        assert (await quotas.ways(session, NONE, NOW)).rest == frozenset()
        await quotas.count(session, NONE, MARCH, {"telegram": 1})
        assert await quotas.resting(session, NONE, 1, OFFICE, NOW) is None
        assert await quotas.lacking(session, NONE, [1, 2], OFFICE, NOW) is None
        assert said == []
        await quotas.of(session, LIMITS, NOW)
        assert len(said) == 1


async def test_announcements_rest_when_95_percent_are_used_and_nothing_else_does(database: Database, cast: Cast) -> None:
    await used(database, 94)
    async with database.transaction() as session:
        await put(session, cast.lan.id)
        assert await taken(session) == [cast.lan.id]
    await used(database, 1)
    async with database.transaction() as session:
        await put(session, cast.minh.id)
        await put(session, cast.hoa.id, lane=Lane.WORD, subject=2)
        assert await taken(session) == [cast.hoa.id]
        assert await taken(session, Limits(ZONE, {"telegram": 101}, BOTS)) == [cast.minh.id]


async def test_who_has_another_channel_with_room_does_not_wait(database: Database, cast: Cast) -> None:
    await used(database, 95)
    async with database.transaction() as session:
        nobody = await a_person(session, "Nam")
        for person, address in ((cast.lan, "z1"), (cast.hoa, "z3")):
            await an_account(session, person, address, channel="zalo")
        await an_account(session, cast.lan, "105")
        await put(session, cast.lan.id, cast.minh.id, cast.hoa.id, nobody.id)
        await people.suspend(session, (await people.account(session, "zalo", "z3")).id, "blocked", NOW)
        assert await taken(session, full="zalo") == [nobody.id]
        assert await taken(session) == [cast.lan.id]

        found = await people.addressees(session, [cast.lan.id, cast.minh.id, nobody.id], sorted(BOTS))
        shunned = (await quotas.ways(session, LIMITS, NOW)).shunned(Lane.BROADCAST)
        accounts = [found[one].beside(shunned) for one in (cast.lan.id, cast.minh.id, nobody.id)]
        assert [one and one.address for one in accounts] == ["z1", "102", None]
        assert [one and one.address for one in (found[cast.lan.id].account, found[nobody.id].account)] == ["105", None]


async def test_an_account_on_a_channel_that_is_not_there_any_more_is_no_way_around(database: Database, cast: Cast) -> None:
    await used(database, 95)
    async with database.transaction() as session:
        await an_account(session, cast.lan, "z1", channel="zalo")
        await put(session, cast.lan.id)
        alone = Limits(ZONE, {"telegram": 100}, frozenset({"telegram"}))
        assert await taken(session, alone) == []
        assert (await quotas.resting(session, alone, 1, OFFICE, NOW)) is not None
        assert await taken(session) == [cast.lan.id]


async def test_what_rests_is_still_taken_when_it_has_had_its_day_so_that_it_ends(database: Database, cast: Cast) -> None:
    await used(database, 95)
    async with database.transaction() as session:
        await put(session, cast.lan.id, cast.minh.id)
        await session.execute(update(tables.outbox).where(tables.outbox.c.person_id == cast.minh.id).values(expires_at=None))
        alone = Limits(ZONE, {"telegram": 100}, frozenset({"telegram"}))
        for limits in (LIMITS, alone):
            assert await taken(session, limits) == []
            assert await taken(session, limits, late=True) == [cast.lan.id]
            await claims.release(session, "one", list(await session.scalars(select(tables.outbox.c.id))))


async def test_only_what_one_worker_has_claimed_is_given_back(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan.id)
        await taken(session)
        (number,) = await session.scalars(select(tables.outbox.c.id))
        await claims.release(session, "two", [number])
        assert await taken(session) == []
        await claims.release(session, "one", [number])
        assert await taken(session) == [cast.lan.id]


async def test_what_rests_is_counted_for_its_announcement_and_is_not_held_for_stuck(database: Database, cast: Cast) -> None:
    await used(database, 95)
    async with database.transaction() as session:
        await an_account(session, cast.hoa, "z3", channel="zalo")
        await put(session, cast.lan.id, cast.minh.id, cast.hoa.id)
        await put(session, cast.lan.id, subject=2)
        await put(session, cast.hoa.id, lane=Lane.WORD, subject=3)

        rest = await quotas.resting(session, LIMITS, 1, OFFICE, NOW)
        assert rest is not None
        assert (rest.count, standing(list(rest.quotas))) == (2, [("telegram", MARCH, 100, 95)])
        assert (rest.ends_at, rest.expires_at, rest.outlasts) == (at("2026-04-01", "07:00"), NOW + timedelta(days=3), True)
        assert await quotas.resting(session, LIMITS, 3, OFFICE, NOW) is None

        waiting = await health.waiting(session, NOW, await quotas.ways(session, LIMITS, NOW))
        assert (waiting.due, waiting.resting) == (2, 3)
        assert (await health.waiting(session, NOW)).due == 5


async def test_where_announcements_rest_on_every_way_whoever_has_none_rests_as_well(database: Database, cast: Cast) -> None:
    await used(database, 95)
    async with database.transaction() as session:
        nobody = await a_person(session, "Nam")
        await put(session, nobody.id)
        alone = Limits(ZONE, {"telegram": 100}, frozenset({"telegram"}))
        waiting = await health.waiting(session, NOW, await quotas.ways(session, alone, NOW))
        assert (await taken(session, alone), waiting.due, waiting.resting) == ([], 0, 1)
        assert await taken(session, Limits(ZONE, {"telegram": 200}, alone.bots)) == [nobody.id]


async def test_who_would_not_be_reached_at_once_is_counted_behind_what_waits_already(database: Database, cast: Cast) -> None:
    everyone = [cast.lan.id, cast.minh.id, cast.hoa.id]
    async with database.transaction() as session:
        await an_account(session, cast.hoa, "z3", channel="zalo")
        outcomes = []
        for count in (92, 1, 1, 1):
            await quotas.count(session, LIMITS, MARCH, {"telegram": count})
            outcomes.append(await quotas.lacking(session, LIMITS, everyone, OFFICE, NOW))
        assert [rest.count if rest else 0 for rest in outcomes] == [0, 0, 1, 2]
        assert outcomes[3] is not None
        assert (outcomes[3].ends_at, outcomes[3].expires_at) == (at("2026-04-01", "07:00"), NOW + timedelta(days=3))

        await quotas.count(session, LIMITS, MARCH, {"telegram": -2})
        await put(session, cast.minh.id)
        behind = await quotas.lacking(session, LIMITS, everyone, OFFICE, NOW)
        assert behind is not None
        assert behind.count == 1
        assert await quotas.lacking(session, LIMITS, [cast.hoa.id], OFFICE, NOW) is None
        assert await quotas.lacking(session, LIMITS, everyone, OFFICE, at("2026-04-01")) is None
