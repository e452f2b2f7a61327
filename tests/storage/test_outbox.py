"""Does each message leave once, in its lane, by one worker at a time, and is nothing lost when a worker dies?"""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.deliveries import Delivery, DeliveryState, Kind, Lane
from domain.people import Person
from storage import outbox, people, tables
from storage.outbox import LEASE
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_published_conclusion, a_task

LATER = NOW + timedelta(minutes=10)
AFTER_EVERY_LEASE = NOW + 3 * LEASE


async def put(session: Session, *told: Person, subject: int = 7, lane: Lane = Lane.WORD, at: datetime = NOW) -> int:
    return await outbox.put(session, Kind.DECIDED, [one.id for one in told], lane=lane, at=at, subject=subject)


async def claimed(session: Session, owner: str = "one", now: datetime = NOW) -> Delivery:
    """Claim the only row that waits."""
    (delivery,) = await outbox.claim(session, owner, now, 10)
    return delivery


async def account_of(session: Session, person: Person) -> int:
    account = await people.reachable(session, person.id, ["telegram", "zalo"])
    assert account is not None
    return account.id


async def begun(session: Session, person: Person, owner: str = "one") -> Delivery:
    """Claim the only row that waits and say that its first byte leaves."""
    delivery = await claimed(session, owner)
    assert await outbox.begin(session, delivery, await account_of(session, person), NOW)
    return delivery


async def row(session: Session, delivery: Delivery) -> Delivery:
    await session.refresh(delivery)
    return delivery


async def some_assignments(session: Session, cast: Cast, count: int = 3) -> list[int]:
    tasks = [a_task(position=n) for n in range(count)]
    duties = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=tasks)
    return [duty.assignment.id for duty in duties]


async def digests(session: Session) -> list[Delivery]:
    return list(await session.scalars(select(Delivery).where(tables.outbox.c.kind == Kind.DIGEST).order_by(tables.outbox.c.id)))


async def claim(database: Database, owner: str, limit: int) -> list[int]:
    async with database.transaction() as session:
        return [delivery.id for delivery in await outbox.claim(session, owner, NOW, limit)]


async def test_each_person_is_told_of_a_subject_once(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        assert await put(session, cast.lan, cast.minh) == 2
        assert await put(session, cast.lan, cast.minh, cast.hoa) == 1
        assert await put(session, cast.lan, subject=8) == 1
        assert len(await outbox.about(session, Kind.DECIDED, 7)) == 3


async def test_the_same_subject_is_told_again_about_something_else(database: Database, cast: Cast) -> None:
    async def put_about(session: Session, about: str, kind: Kind = Kind.ENDED) -> int:
        return await outbox.put(session, kind, [cast.lan.id], lane=Lane.WORD, at=NOW, subject=7, about=about)

    async with database.transaction() as session:
        counts = [
            await put_about(session, "withdrawn"),
            await put_about(session, "superseded"),
            await put_about(session, "withdrawn"),
        ]
        assert counts == [1, 1, 0]
        assert await put_about(session, "withdrawn", Kind.DRAFT) == 1


async def test_a_row_waits_until_it_is_due(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan, at=LATER)
        assert await outbox.claim(session, "one", LATER - timedelta(seconds=1), 10) == []
        assert (await claimed(session, now=LATER)).person_id == cast.lan.id


async def test_rows_leave_by_lane_then_by_when_they_are_due(database: Database, cast: Cast) -> None:
    queued = [
        (1, Lane.BROADCAST, NOW - timedelta(hours=2)),
        (2, Lane.REMINDER, NOW),
        (3, Lane.WORD, NOW),
        (4, Lane.WORD, NOW - timedelta(hours=1)),
        (5, Lane.WORD, NOW),
    ]
    async with database.transaction() as session:
        for subject, lane, at in queued:
            await put(session, cast.lan, subject=subject, lane=lane, at=at)
        first = await outbox.claim(session, "one", NOW, 2)
        rest = await outbox.claim(session, "one", NOW, 10)
    assert [[one.subject_id for one in batch] for batch in (first, rest)] == [[4, 3], [5, 2, 1]]


async def test_a_claimed_row_belongs_to_its_worker_for_a_time(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery = await claimed(session)
        assert (delivery.state, delivery.owner, delivery.lease_until) == (DeliveryState.CLAIMED, "one", NOW + LEASE)
        assert await outbox.claim(session, "two", NOW, 10) == []


async def test_workers_that_claim_at_once_never_get_the_same_row(database: Database, replica: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        for subject in range(12):
            await put(session, cast.lan, subject=subject)
    workers = {"one": database, "two": replica, "three": database, "four": replica}
    taken = await asyncio.gather(*(claim(one, owner, 5) for owner, one in workers.items()))
    taken.append(await claim(database, "last", 12))
    numbers = [number for batch in taken for number in batch]
    assert sorted(numbers) == list(range(1, 13))
    assert max(map(len, taken[:-1])) <= 5


async def test_only_the_worker_that_has_the_row_begins_to_send(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery, account_id = await claimed(session), await account_of(session, cast.lan)
        await outbox.abandoned(session, AFTER_EVERY_LEASE)
        assert not await outbox.begin(session, delivery, account_id, NOW)
    async with database.transaction() as session:
        mine = await claimed(session, "two")
        assert not await outbox.begin(session, delivery, account_id, NOW)
        assert await outbox.begin(session, mine, account_id, NOW)
        assert not await outbox.begin(session, mine, account_id, NOW)
        now = await row(session, mine)
        assert (now.state, now.owner, now.account_id, now.tries) == (DeliveryState.SENDING, "two", account_id, 1)


async def test_what_the_platform_took_is_sent(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery = await begun(session, cast.lan)
        await outbox.sent(session, delivery, "m1", LATER)
        now = await row(session, delivery)
        assert (now.state, now.message_id, now.sent_at, now.owner) == (DeliveryState.SENT, "m1", LATER, None)
        assert await outbox.claim(session, "two", LATER, 10) == []


async def test_a_worker_that_lost_the_row_records_nothing(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery = await claimed(session)
        await outbox.abandoned(session, AFTER_EVERY_LEASE)
        await outbox.sent(session, delivery, "m1", LATER)
        await outbox.finish(session, delivery, DeliveryState.FAILED, "refused")
        await outbox.postpone(session, delivery, LATER, "busy")
        now = await row(session, delivery)
        assert (now.state, now.reason, now.due_at, now.message_id) == (DeliveryState.QUEUED, None, NOW, None)


@pytest.mark.parametrize("repeated", [False, True])
async def test_a_postponed_row_waits_again_and_remembers_whether_it_may_have_arrived(
    database: Database, cast: Cast, repeated: bool
) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        await outbox.postpone(session, await begun(session, cast.lan), LATER, "r" * 400, repeated=repeated)
        assert await outbox.claim(session, "two", NOW, 10) == []
        again = await claimed(session, "two", LATER)
        assert (again.repeated, again.reason, again.tries) == (repeated, "r" * 300, 1)


async def test_a_copy_that_may_have_arrived_is_never_forgotten(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        await outbox.postpone(session, await begun(session, cast.lan), NOW, "timeout", repeated=True)
        await outbox.postpone(session, await begun(session, cast.lan), NOW, "too fast")
        assert (await claimed(session)).repeated


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.CANCELLED])
async def test_a_finished_row_leaves_no_more(database: Database, cast: Cast, state: DeliveryState) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery = await begun(session, cast.lan)
        await outbox.finish(session, delivery, state, "refused: blocked")
        now = await row(session, delivery)
        assert (now.state, now.reason, now.owner) == (state, "refused: blocked", None)
        assert await outbox.claim(session, "two", LATER, 10) == []


async def test_what_a_dead_worker_had_claimed_goes_back_and_what_it_was_sending_is_lost(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        sending = await begun(session, cast.lan)
        await put(session, cast.minh)
        await claimed(session)
    async with database.transaction() as session:
        lost, freed = await outbox.abandoned(session, AFTER_EVERY_LEASE)
        assert ([one.id for one in lost], freed) == ([sending.id], 1)
        assert (await claimed(session, "two")).person_id == cast.minh.id


async def test_a_worker_is_not_held_for_dead_while_its_lease_lasts(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        await claimed(session)
        await put(session, cast.minh, at=NOW)
        await begun(session, cast.minh, "two")
        assert await outbox.abandoned(session, NOW + LEASE) == ([], 0)


async def test_a_worker_that_starts_alone_holds_every_other_for_dead(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        for owner, person in {"old": cast.lan, "new": cast.minh}.items():
            await put(session, person)
            await claimed(session, owner)
        assert await outbox.abandoned(session, NOW, owner="new") == ([], 1)
        assert (await claimed(session, "new")).person_id == cast.lan.id


async def test_what_falls_due_is_added_to_the_digest_that_still_waits(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        one, two, three = await some_assignments(session, cast)
        await outbox.remind(session, cast.lan.id, [(one, 1)], NOW)
        await outbox.remind(session, cast.lan.id, [(two, 2), (one, 3), (three, 4)], NOW)
        (digest,) = await digests(session)
        assert sorted(await outbox.items(session, digest.id)) == [one, two, three]
        assert (digest.lane, digest.person_id, digest.due_at) == (Lane.REMINDER, cast.lan.id, NOW)


async def test_a_digest_that_is_claimed_is_left_alone_and_a_new_one_is_made(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        one, two, _ = await some_assignments(session, cast)
        await outbox.remind(session, cast.lan.id, [(one, 1)], NOW)
        await claimed(session)
        await outbox.remind(session, cast.lan.id, [(two, 2)], NOW)
        found = [await outbox.items(session, digest.id) for digest in await digests(session)]
    assert found == [[one], [two]]


async def test_each_person_has_their_own_digest(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        one, two, _ = await some_assignments(session, cast)
        await outbox.remind(session, cast.lan.id, [(one, 1)], NOW)
        await outbox.remind(session, cast.minh.id, [(two, 2)], NOW)
        found = {digest.person_id: await outbox.items(session, digest.id) for digest in await digests(session)}
    assert found == {cast.lan.id: [one], cast.minh.id: [two]}


async def test_planners_at_once_put_everything_on_one_digest(database: Database, replica: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        given = await some_assignments(session, cast, 6)

    async def remind(one: Database, assignment_id: int) -> None:
        async with one.transaction() as session:
            await outbox.remind(session, cast.lan.id, [(assignment_id, assignment_id)], NOW)

    await asyncio.gather(*(remind((database, replica)[number % 2], number) for number in given))
    async with database.transaction() as session:
        (digest,) = await digests(session)
        assert sorted(await outbox.items(session, digest.id)) == given


@pytest.mark.parametrize(("kind", "subject", "was"), [(Kind.DECIDED, 7, True), (Kind.DECIDED, 8, False), (Kind.ENDED, 7, False)])
async def test_it_is_known_whom_a_message_was_meant_for(
    database: Database, cast: Cast, kind: Kind, subject: int, was: bool
) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        assert await outbox.was_sent_to(session, kind, subject, cast.lan.id) == was
        assert not await outbox.was_sent_to(session, kind, subject, cast.minh.id)


async def test_what_is_put_in_a_transaction_that_fails_is_not_sent(database: Database, cast: Cast) -> None:
    async def tell(*told: Person) -> None:
        async with database.transaction() as session:
            await put(session, *told)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await tell(cast.lan, cast.minh)
    async with database.transaction() as session:
        assert await outbox.claim(session, "one", NOW, 10) == []
