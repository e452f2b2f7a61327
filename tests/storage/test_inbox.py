"""Is each event kept once, worked on in order, and set aside when it fails three times?"""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from domain.deliveries import UNFINISHED, Event, EventState
from storage import inbox, leases, tables
from storage.inbox import Claimant
from storage.session import Database
from tests.builders import NOW


def said(key: str, *, chat: str = "101", channel: str = "telegram", text: str = "/viec") -> Event:
    return Event(channel, key, chat, {"text": text}, NOW)


async def remember(database: Database, *events: Event) -> None:
    async with database.transaction() as session:
        await inbox.remember(session, events)


async def waiting(database: Database) -> list[Event]:
    async with database.transaction() as session:
        return list(await session.scalars(select(Event).where(tables.inbox.c.state.in_(UNFINISHED)).order_by(tables.inbox.c.id)))


def claimant(owner: str = "worker", at: datetime = NOW, *, alone: bool = False) -> Claimant:
    return Claimant(owner, at, at, alone=alone)


async def keys(database: Database, *busy: tuple[str, str], limit: int = 10, by: Claimant | None = None) -> list[str]:
    """Take what may be taken, as a round does, and give its keys."""
    async with database.transaction() as session:
        return [event.key for event in await inbox.take(session, by or claimant(), busy, limit)]


async def take(database: Database, event_id: int) -> int | None:
    """Take an event and handle it, as dispatch does."""
    async with database.transaction() as session:
        event = await inbox.claim(session, claimant(), event_id)
        if event is None or event.state is not EventState.WAITING:
            return None
        inbox.handled(event, [{"text": "Đã nộp"}])
        return event.id


async def state_of(database: Database, event_id: int) -> EventState:
    async with database.transaction() as session:
        return (await session.get_one(Event, event_id)).state


async def test_an_event_that_comes_twice_is_kept_once_as_it_came_first(database: Database) -> None:
    await remember(database, said("1"), said("1", text="khác"))
    await remember(database, said("1"), said("2"))
    assert [(event.key, event.incoming) for event in await waiting(database)] == [
        ("1", {"text": "/viec"}),
        ("2", {"text": "/viec"}),
    ]


async def test_one_key_on_two_channels_is_two_events(database: Database) -> None:
    await remember(database, said("1"), said("1", channel="zalo"))
    assert len(await waiting(database)) == 2


async def test_two_replicas_that_get_the_same_event_at_once_keep_it_once(database: Database, replica: Database) -> None:
    await asyncio.gather(*(remember(one, said("1")) for one in [database, replica] * 3))
    assert [event.key for event in await waiting(database)] == ["1"]


async def test_of_each_chat_the_oldest_event_is_taken_and_the_oldest_chats_come_first(database: Database) -> None:
    chats = {"3": "103", "1": "101", "4": "103", "2": "102", "5": "101", "6": "104"}
    await remember(database, *(said(key, chat=chat) for key, chat in chats.items()))
    assert await keys(database, limit=3) == ["3", "1", "2"]
    assert await keys(database) == ["3", "1", "2", "6"]


async def test_what_another_worker_has_is_left_to_it_with_the_whole_chat(database: Database, replica: Database) -> None:
    await remember(database, said("1"), said("2"), said("3", chat="102"), said("4", chat="103"))
    assert await keys(database, by=claimant("first"), limit=2) == ["1", "3"]
    assert await keys(replica, by=claimant("second"), limit=1) == ["4"]
    assert await keys(replica, by=claimant("second", NOW + 2 * inbox.LEASE)) == ["1", "3", "4"]
    assert await keys(replica, by=claimant("third", alone=True)) == ["1", "3", "4"]


async def test_of_rounds_at_once_each_takes_other_chats(database: Database, replica: Database) -> None:
    await remember(database, *(said(str(number), chat=str(number)) for number in range(12)))
    workers = [(database, "first"), (replica, "second"), (database, "third"), (replica, "fourth")]
    rounds = await asyncio.gather(*(keys(one, by=claimant(owner), limit=3) for one, owner in workers))
    again = [await keys(one, by=claimant(owner), limit=12) for one, owner in workers]
    # What one was kept from, since another was just taking it, it takes the next time.
    assert sorted(key for taken in again for key in taken) == sorted(str(number) for number in range(12))
    assert all(set(before) <= set(after) for before, after in zip(rounds, again, strict=True))


async def test_events_of_a_dead_worker_are_free_at_once_and_those_of_a_living_one_are_not(database: Database) -> None:
    life, later = timedelta(seconds=15), NOW + timedelta(seconds=20)
    await remember(database, said("1"), said("2", chat="102"), said("3", chat="103"))
    async with database.transaction() as session:
        for owner, moment in (("dead", NOW), ("living", later)):
            await leases.lives(session, owner, moment, life)
    assert await keys(database, by=claimant("dead"), limit=1) == ["1"]
    assert await keys(database, by=claimant("living"), limit=1) == ["2"]
    async with database.transaction() as session:
        assert await inbox.claim(session, claimant("other"), 1) is None
        assert await inbox.claim(session, claimant("other", later), 2) is None
        assert await inbox.claim(session, claimant("third", later), 1) is not None
    assert await keys(database, by=claimant("other", later)) == ["3"]


async def test_a_dead_worker_is_not_forgotten_before_its_events_are_taken_up(database: Database) -> None:
    later = NOW + timedelta(seconds=20)

    async def forgets() -> list[str]:
        async with database.transaction() as session:
            await leases.forget_dead(session, later)
            return list(await session.scalars(leases.dead(later)))

    await remember(database, said("1"))
    async with database.transaction() as session:
        for owner in ("dead", "idle"):
            await leases.lives(session, owner, NOW, timedelta(seconds=15))
    assert await keys(database, by=claimant("dead")) == ["1"]
    assert await forgets() == ["dead"]
    assert await keys(database, by=claimant("other", later)) == ["1"]
    assert await forgets() == []


async def test_chats_that_are_being_worked_on_are_left_out(database: Database) -> None:
    await remember(database, said("1"), said("2", chat="102"), said("3"), said("4", channel="zalo"))
    assert await keys(database, ("telegram", "101")) == ["2", "4"]
    assert await keys(database, ("telegram", "101"), ("zalo", "101")) == ["2"]
    assert await keys(database) == ["1", "2", "4"]


async def test_an_event_is_taken_while_it_waits_and_not_again(database: Database) -> None:
    await remember(database, said("1"))
    assert await take(database, 1) == 1
    assert await take(database, 1) is None
    assert await take(database, 404) is None


async def test_of_workers_at_once_one_takes_an_event(database: Database, replica: Database) -> None:
    await remember(database, said("1"))
    taken = await asyncio.gather(*(take(one, 1) for one in [database, replica] * 3))
    assert [number for number in taken if number] == [1]


async def test_a_handled_event_waits_until_its_answer_went_out(database: Database) -> None:
    await remember(database, said("1"))
    await take(database, 1)
    (event,) = await waiting(database)
    assert (event.state, event.answer) == (EventState.HANDLED, [{"text": "Đã nộp"}])
    async with database.transaction() as session:
        await inbox.answered(session, [1])
    assert await waiting(database) == []
    assert await state_of(database, 1) is EventState.ANSWERED


async def test_an_event_that_nobody_handled_is_not_answered(database: Database) -> None:
    await remember(database, said("1"))
    async with database.transaction() as session:
        await inbox.answered(session, [1])
    assert await state_of(database, 1) is EventState.WAITING


async def test_an_answer_is_shortened_to_what_is_still_to_be_given(database: Database) -> None:
    await remember(database, said("1"))
    await take(database, 1)
    async with database.transaction() as session:
        await inbox.shorten(session, 1, [])
    (event,) = await waiting(database)
    assert event.answer == []


async def test_the_third_failure_sets_an_event_aside(database: Database) -> None:
    await remember(database, said("1"), said("2"))
    states = []
    for _ in range(3):
        async with database.transaction() as session:
            states.append((await inbox.stumbled(session, 1)).state)
    assert states == [EventState.WAITING, EventState.WAITING, EventState.SET_ASIDE]
    assert await keys(database) == ["2"]
    assert await take(database, 1) is None


async def test_failures_at_once_are_all_counted(database: Database, replica: Database) -> None:
    await remember(database, said("1"))

    async def stumble(one: Database) -> EventState:
        async with one.transaction() as session:
            return (await inbox.stumbled(session, 1)).state

    states = await asyncio.gather(stumble(database), stumble(replica), stumble(database))
    assert sorted(states) == [EventState.SET_ASIDE, EventState.WAITING, EventState.WAITING]


async def test_a_claim_keeps_other_workers_away_while_its_lease_lasts(database: Database, replica: Database) -> None:
    await remember(database, said("1"))

    async def claims(one: Database, owner: str, at: datetime, *, alone: bool = False) -> bool:
        async with one.transaction() as session:
            return await inbox.claim(session, claimant(owner, at, alone=alone), 1) is not None

    assert await claims(database, "first", NOW)
    assert not await claims(replica, "second", NOW)
    assert await claims(database, "first", NOW)
    assert await claims(replica, "second", NOW, alone=True)
    assert await claims(database, "first", NOW + 2 * inbox.LEASE)


async def test_what_was_written_is_forgotten_once_it_is_handled_and_answered(database: Database) -> None:
    await remember(database, said("1", text="12345678"))
    await take(database, 1)
    (event,) = await waiting(database)
    assert event.incoming == {}
    async with database.transaction() as session:
        await inbox.answered(session, [1])
    async with database.transaction() as session:
        assert (await session.get_one(Event, 1)).answer is None


async def forget(database: Database, now: datetime) -> int:
    async with database.transaction() as session:
        return await inbox.forget_answered(session, now)


async def answer(database: Database, *event_ids: int) -> None:
    for event_id in event_ids:
        await take(database, event_id)
        async with database.transaction() as session:
            await inbox.answered(session, [event_id])


async def test_an_answered_event_is_forgotten_when_it_is_old_and_not_before(database: Database) -> None:
    await remember(database, said("1"), Event("telegram", "2", "101", {}, NOW + timedelta(days=1)))
    await answer(database, 1, 2)

    assert await forget(database, NOW + inbox.KEPT) == 0
    assert await forget(database, NOW + inbox.KEPT + timedelta(seconds=1)) == 1
    assert await state_of(database, 2) is EventState.ANSWERED
    assert await forget(database, NOW + inbox.KEPT + timedelta(days=2)) == 1


async def test_what_is_not_answered_is_never_forgotten(database: Database) -> None:
    await remember(database, said("1"), said("2", chat="102"), said("3", chat="103"))
    await take(database, 2)
    for _ in range(inbox.TRIES):
        async with database.transaction() as session:
            await inbox.stumbled(session, 3)

    assert await forget(database, NOW + timedelta(days=3650)) == 0
    assert [await state_of(database, number) for number in (1, 2, 3)] == [
        EventState.WAITING,
        EventState.HANDLED,
        EventState.SET_ASIDE,
    ]


async def test_events_are_forgotten_some_at_once_by_replicas_side_by_side(database: Database, replica: Database) -> None:
    old = [{"key": str(number), "received_at": NOW} for number in range(inbox.AT_ONCE + 500)]
    same = {"channel": "telegram", "chat": "101", "incoming": {}, "state": EventState.ANSWERED, "tries": 0}
    async with database.transaction() as session:
        await session.execute(insert(tables.inbox), [{**row, **same} for row in old])
    later = NOW + timedelta(days=31)

    first = await forget(database, later)
    rest = await asyncio.gather(forget(database, later), forget(replica, later))

    assert (first, sum(rest)) == (inbox.AT_ONCE, 500)
    assert await forget(database, later) == 0
