"""Is it known who got an announcement, who did not and why, and who confirmed it?"""

import asyncio

import pytest
from sqlalchemy import update

from domain.broadcasts import BroadcastState, Hindrance, Miss, Results
from domain.deliveries import DeliveryState, Kind, Lane
from domain.errors import Refusal
from domain.people import Person
from storage import broadcasts, outbox, tables
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_broadcast, a_person

rows = tables.outbox.c


async def tell(session: Session, broadcast_id: int, *people: Person) -> None:
    numbers = [person.id for person in people]
    await outbox.put(session, Kind.BROADCAST, numbers, lane=Lane.BROADCAST, at=NOW, subject=broadcast_id)


async def came_to(session: Session, person: Person, state: DeliveryState, reason: str | None = None) -> None:
    outcome = update(tables.outbox).where(rows.person_id == person.id, rows.kind == Kind.BROADCAST)
    await session.execute(outcome.values(state=state, reason=reason))


async def acknowledge(database: Database, person: Person, broadcast_id: int = 1) -> bool:
    async with database.transaction() as session:
        return await broadcasts.acknowledge(session, broadcast_id, person.id, NOW)


async def test_results_tell_who_got_and_missed_it_and_at_the_end_who_has_not_seen_it(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        broadcast = await a_broadcast(session, cast.hoa)
        nga, bach, tam = [await a_person(session, name) for name in ("Nga", "Bạch", "Tâm")]
        await tell(session, broadcast.id, cast.lan, cast.minh, nga, bach, tam)
        await came_to(session, cast.lan, DeliveryState.SENT)
        await came_to(session, cast.minh, DeliveryState.SENT)
        await came_to(session, nga, DeliveryState.CANCELLED, "no-account")
        await came_to(session, bach, DeliveryState.FAILED, "refused: chat not found")
        await broadcasts.acknowledge(session, broadcast.id, cast.lan.id, NOW)
        results = await broadcasts.results(session, broadcast.id)
        await came_to(session, tam, DeliveryState.SENT)
        through = await broadcasts.results(session, broadcast.id)
    missed = (Miss("Nga", Hindrance.NO_ACCOUNT), Miss("Bạch", Hindrance.REFUSED))
    assert results == Results(total=5, sent=2, acknowledged=1, missed=missed, unseen=())
    assert results.waiting == 1
    assert through == Results(total=5, sent=3, acknowledged=1, missed=missed, unseen=("Minh", "Tâm"))


@pytest.mark.parametrize(
    ("state", "reason", "hindrance"),
    [
        (DeliveryState.CANCELLED, "no-account", Hindrance.NO_ACCOUNT),
        (DeliveryState.FAILED, "unreachable: blocked", Hindrance.UNREACHABLE),
        (DeliveryState.UNKNOWN, "unknown", Hindrance.UNKNOWN),
        (DeliveryState.UNKNOWN, "unknown-once: read timeout", Hindrance.UNKNOWN_ONCE),
        (DeliveryState.CANCELLED, "void", Hindrance.VOID),
        (DeliveryState.CANCELLED, "expired", Hindrance.EXPIRED),
        (DeliveryState.FAILED, "something else", Hindrance.VOID),
        (DeliveryState.FAILED, None, Hindrance.VOID),
    ],
)
async def test_the_reason_of_a_miss_is_told(
    database: Database, cast: Cast, state: DeliveryState, reason: str | None, hindrance: Hindrance
) -> None:
    async with database.transaction() as session:
        broadcast = await a_broadcast(session, cast.hoa)
        await tell(session, broadcast.id, cast.lan)
        await came_to(session, cast.lan, state, reason)
        assert (await broadcasts.results(session, broadcast.id)).missed == (Miss("Lan", hindrance),)


@pytest.mark.parametrize("state", [DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.QUEUED])
async def test_whoever_has_confirmed_it_got_it(database: Database, cast: Cast, state: DeliveryState) -> None:
    async with database.transaction() as session:
        broadcast = await a_broadcast(session, cast.hoa)
        await tell(session, broadcast.id, cast.lan)
        await came_to(session, cast.lan, state)
        await broadcasts.acknowledge(session, broadcast.id, cast.lan.id, NOW)
        assert await broadcasts.results(session, broadcast.id) == Results(total=1, sent=1, acknowledged=1, missed=(), unseen=())


async def test_another_announcement_s_people_are_not_counted(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        one, other = await a_broadcast(session, cast.hoa), await a_broadcast(session, cast.hoa)
        await tell(session, other.id, cast.lan, cast.minh)
        await broadcasts.acknowledge(session, other.id, cast.lan.id, NOW)
        assert await broadcasts.results(session, one.id) == Results(0, 0, 0, (), ())


async def test_a_confirmation_is_kept_once(database: Database, replica: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await a_broadcast(session, cast.hoa)
    kept = await asyncio.gather(*(acknowledge(one, cast.lan) for one in [database, replica] * 3))
    assert sorted(kept) == [False] * 5 + [True]
    assert await acknowledge(database, cast.minh)


async def test_announcements_that_go_out_are_found(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await a_broadcast(session, cast.hoa)
        going = await a_broadcast(session, cast.hoa)
        going.send(NOW, going.revision)
    async with database.transaction() as session:
        found = await broadcasts.going_out(session)
    assert [(one.id, one.state, one.sent_at) for one in found] == [(going.id, BroadcastState.SENDING, NOW)]


async def test_a_number_that_nobody_has_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(Refusal, match="no-such-broadcast"):
            await broadcasts.one(session, 404)
