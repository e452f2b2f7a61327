"""Does each message leave once, in its lane, by one worker at a time, and is nothing lost when a worker dies?"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from domain.deliveries import Delivery, DeliveryState, Kind, Lane
from domain.people import Person
from storage import claims, leases, outbox, people, tables
from storage.claims import LEASE
from storage.outbox import Taken
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_person, a_published_conclusion, a_task, an_account

LATER = NOW + timedelta(minutes=10)
AFTER_EVERY_LEASE = NOW + 3 * LEASE


async def put(session: Session, *told: Person, subject: int = 7, lane: Lane = Lane.WORD, at: datetime = NOW) -> int:
    return await outbox.put(session, Kind.DECIDED, [one.id for one in told], lane=lane, at=at, subject=subject)


async def claimed(session: Session, owner: str = "one", now: datetime = NOW) -> Delivery:
    """Claim the only row that waits."""
    (delivery,) = await claims.claim(session, owner, now, 10)
    return delivery


async def account_of(session: Session, person: Person) -> int:
    account = (await people.addressees(session, [person.id], ["telegram", "zalo"]))[person.id].account
    assert account is not None
    return account.id


async def begun(session: Session, owner: str = "one") -> Delivery:
    """Claim the only row that waits and say that its first byte leaves."""
    delivery = await claimed(session, owner)
    assert await claims.begin(session, owner, {delivery.id: NOW}, NOW) == {delivery.id}
    return delivery


async def was_taken(session: Session, delivery: Delivery, person: Person) -> None:
    """Record that the platform took a message."""
    await outbox.sent(session, [Taken(delivery, await account_of(session, person), "m1", LATER)])


async def row(session: Session, delivery: Delivery) -> Delivery:
    (found,) = await outbox.found(session, outbox.DELIVERIES.where(tables.outbox.c.id == delivery.id))
    return found


async def some_assignments(session: Session, cast: Cast, count: int = 3) -> list[int]:
    tasks = [a_task(position=n) for n in range(count)]
    duties = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=tasks)
    return [duty.assignment.id for duty in duties]


async def digests(session: Session) -> list[Delivery]:
    mine = outbox.DELIVERIES.where(tables.outbox.c.kind == Kind.DIGEST)
    return await outbox.found(session, mine.order_by(tables.outbox.c.id))


async def claim(database: Database, owner: str, limit: int) -> list[int]:
    async with database.transaction() as session:
        return [delivery.id for delivery in await claims.claim(session, owner, NOW, limit)]


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
        assert await claims.claim(session, "one", LATER - timedelta(seconds=1), 10) == []
        assert (await claimed(session, now=LATER)).person_id == cast.lan.id


async def test_rows_leave_by_lane_then_by_when_they_are_due(database: Database, cast: Cast) -> None:
    queued = [
        (1, cast.lan, Lane.BROADCAST, NOW - timedelta(hours=2)),
        (2, cast.lan, Lane.REMINDER, NOW),
        (3, cast.minh, Lane.WORD, NOW),
        (4, cast.hoa, Lane.WORD, NOW - timedelta(hours=1)),
        (5, cast.hoa, Lane.REMINDER, NOW),
    ]
    async with database.transaction() as session:
        for subject, person, lane, at in queued:
            await put(session, person, subject=subject, lane=lane, at=at)
        batches = []
        while batch := await claims.claim(session, "one", NOW, 2):
            batches.append([one.subject_id for one in batch])
            for one in batch:
                await outbox.finish(session, one, DeliveryState.CANCELLED, "void")
    assert batches == [[4, 3], [2, 5], [1]]


async def test_a_person_is_written_to_once_at_a_time_and_in_order(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        for subject in (1, 2):
            await put(session, cast.lan, cast.minh, subject=subject)
        first = await claims.claim(session, "one", NOW, 10)
        assert await claims.claim(session, "two", NOW, 10) == []
        assert await claims.begin(session, "one", {first[0].id: NOW}, NOW) == {first[0].id}
        assert await claims.claim(session, "two", NOW, 10) == []
        await outbox.finish(session, first[0], DeliveryState.FAILED, "refused")
        second = await claims.claim(session, "two", NOW, 10)
    assert [(one.person_id, one.subject_id) for one in [*first, *second]] == [
        (cast.lan.id, 1),
        (cast.minh.id, 1),
        (cast.lan.id, 2),
    ]


async def test_word_that_comes_later_leaves_before_what_waits(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan, subject=1, lane=Lane.REMINDER, at=NOW - timedelta(days=1))
        await put(session, cast.lan, subject=2)
        assert (await claimed(session)).subject_id == 2


async def test_what_is_not_due_yet_holds_up_nothing(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan, subject=1, at=LATER)
        await put(session, cast.lan, subject=2, lane=Lane.BROADCAST)
        assert (await claimed(session)).subject_id == 2


async def test_announcements_share_their_lane(database: Database, cast: Cast) -> None:
    everyone = (cast.lan, cast.minh, cast.hoa)
    async with database.transaction() as session:
        people = [*everyone, *[await a_person(session, f"Nam {n}") for n in range(3)]]
        for subject, some in ((1, people[:4]), (2, people[4:5]), (3, people[5:])):
            await put(session, *some, subject=subject, lane=Lane.BROADCAST)
        first = await claims.claim(session, "one", NOW, 3)
        second = await claims.claim(session, "one", NOW, 2, after=1)
        third = await claims.claim(session, "one", NOW, 2, after=3)
    assert [[one.subject_id for one in batch] for batch in (first, second, third)] == [[1, 2, 3], [1, 1], [1]]


async def test_the_announcement_behind_the_last_one_comes_first(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        for subject, person in ((1, cast.lan), (2, cast.minh), (3, cast.hoa)):
            await put(session, person, subject=subject, lane=Lane.BROADCAST)
        order = [(await claims.claim(session, "one", NOW, 1, after=2))[0].subject_id for _ in range(3)]
    assert order == [3, 1, 2]


async def test_a_chat_rests_after_each_message(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan, subject=1)
        await put(session, cast.lan, subject=2)
        first = await claimed(session)
        await claims.begin(session, "one", {first.id: LATER}, NOW)
        await was_taken(session, first, cast.lan)
        assert await claims.claim(session, "one", NOW, 10, rested=LATER - timedelta(seconds=1)) == []
        assert len(await claims.claim(session, "one", NOW, 10, rested=LATER)) == 1


async def test_a_chat_does_not_rest_for_hours_when_the_clock_was_set_back(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan, subject=1)
        await put(session, cast.lan, subject=2)
        first = await claimed(session)
        await claims.begin(session, "one", {first.id: NOW + timedelta(hours=3)}, NOW)
        await was_taken(session, first, cast.lan)
        assert len(await claims.claim(session, "one", NOW, 10, rested=NOW)) == 1


async def test_each_row_leaves_at_its_own_place(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan, cast.minh)
        batch = await claims.claim(session, "one", NOW, 10)
        places = {one.id: NOW + n * timedelta(seconds=3) for n, one in enumerate(batch)}
        assert await claims.begin(session, "one", {**places, 404: NOW}, NOW) == places.keys()
        assert {one.id: (await row(session, one)).leaves_at for one in batch} == places


async def test_nothing_is_taken_for_a_channel_that_is_full(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await an_account(session, cast.minh, "z1", channel="zalo")
        nobody = await a_person(session, "Nam")
        await put(session, cast.lan, cast.minh, nobody)
        taken = await claims.claim(session, "one", NOW, 10, full=["zalo"])
        await an_account(session, cast.minh, "104")
        now_on_telegram = await claims.claim(session, "one", NOW, 10, full=["zalo"])
        assert {one.person_id for one in taken} == {cast.lan.id, nobody.id}
        assert [one.person_id for one in now_on_telegram] == [cast.minh.id]


async def test_a_claimed_row_belongs_to_its_worker_for_a_time(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery = await claimed(session)
        assert (delivery.state, delivery.owner, delivery.lease_until) == (DeliveryState.CLAIMED, "one", NOW + LEASE)
        assert await claims.claim(session, "two", NOW, 10) == []


async def test_workers_that_claim_at_once_never_get_the_same_row(database: Database, replica: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, *[await a_person(session, f"Nam {n}") for n in range(12)])
    workers = {"one": database, "two": replica, "three": database, "four": replica}
    taken = await asyncio.gather(*(claim(one, owner, 5) for owner, one in workers.items()))
    taken.append(await claim(database, "last", 12))
    numbers = [number for batch in taken for number in batch]
    assert sorted(numbers) == list(range(1, 13))
    assert max(map(len, taken[:-1])) <= 5


async def test_only_the_worker_that_has_the_row_begins_to_send(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery = await claimed(session)
        await claims.abandoned(session, AFTER_EVERY_LEASE, moment=NOW)
        assert await claims.begin(session, "one", {delivery.id: LATER}, NOW) == set()
    async with database.transaction() as session:
        mine = await claimed(session, "two")
        assert await claims.begin(session, "one", {delivery.id: LATER}, NOW) == set()
        assert await claims.begin(session, "two", {mine.id: LATER}, NOW) == {mine.id}
        assert await claims.begin(session, "two", {mine.id: LATER}, NOW) == set()
        now = await row(session, mine)
        assert (now.state, now.owner, now.leaves_at, now.tries) == (DeliveryState.SENDING, "two", LATER, 1)


async def test_what_the_platform_took_is_sent(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery = await begun(session)
        await was_taken(session, delivery, cast.lan)
        now = await row(session, delivery)
        assert (now.state, now.message_id, now.sent_at, now.owner) == (DeliveryState.SENT, "m1", LATER, None)
        assert now.account_id == await account_of(session, cast.lan)
        assert await claims.claim(session, "two", LATER, 10) == []


async def test_a_worker_that_lost_the_row_records_nothing(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery = await claimed(session)
        await claims.abandoned(session, AFTER_EVERY_LEASE, moment=NOW)
        await was_taken(session, delivery, cast.lan)
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
        await outbox.postpone(session, await begun(session), LATER, "r" * 400, repeated=repeated)
        assert await claims.claim(session, "two", NOW, 10) == []
        again = await claimed(session, "two", LATER)
        assert (again.repeated, again.reason, again.tries) == (repeated, "r" * 300, 1)


async def test_a_try_that_left_nothing_does_not_count(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        await outbox.postpone(session, await begun(session), NOW, "held", tried=False)
        again = await claimed(session)
        assert (again.tries, again.repeated) == (0, False)


async def test_a_copy_that_may_have_arrived_is_never_forgotten(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        await outbox.postpone(session, await begun(session), NOW, "timeout", repeated=True)
        await outbox.postpone(session, await begun(session), NOW, "too fast")
        assert (await claimed(session)).repeated


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.CANCELLED])
async def test_a_finished_row_leaves_no_more(database: Database, cast: Cast, state: DeliveryState) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        delivery = await begun(session)
        await outbox.finish(session, delivery, state, "refused: blocked")
        now = await row(session, delivery)
        assert (now.state, now.reason, now.owner) == (state, "refused: blocked", None)
        assert await claims.claim(session, "two", LATER, 10) == []


async def test_what_a_dead_worker_had_claimed_goes_back_and_what_it_was_sending_is_lost(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        sending = await begun(session)
        await put(session, cast.minh)
        await claimed(session)
    async with database.transaction() as session:
        lost, freed = await claims.abandoned(session, AFTER_EVERY_LEASE, moment=NOW)
        assert ([one.id for one in lost], freed) == ([sending.id], 1)
        assert (await claimed(session, "two")).person_id == cast.minh.id


async def test_a_worker_is_not_held_for_dead_while_its_lease_lasts(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await put(session, cast.lan)
        await claimed(session)
        await put(session, cast.minh, at=NOW)
        await begun(session, "two")
        assert await claims.abandoned(session, NOW + LEASE, moment=NOW) == ([], 0)


async def test_a_worker_that_stops_saying_that_it_lives_is_held_for_dead(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        for owner, person in {"dead": cast.lan, "alive": cast.minh}.items():
            await put(session, person)
            await claimed(session, owner)
            await leases.lives(session, owner, NOW if owner == "dead" else LATER, timedelta(seconds=15))
        assert await claims.abandoned(session, NOW, moment=NOW + timedelta(seconds=15)) == ([], 0)
        assert await claims.abandoned(session, NOW, moment=NOW + timedelta(seconds=16)) == ([], 1)
        assert (await claimed(session, "alive")).person_id == cast.lan.id


@pytest.mark.parametrize("ends", [leases.forget_dead, lambda session, _: leases.release(session, "one")], ids=["dies", "stops"])
async def test_a_worker_that_leaves_rows_behind_is_known_until_they_are_taken_up(
    database: Database, cast: Cast, ends: Callable[[Session, datetime], Awaitable[None]]
) -> None:
    moment = NOW + timedelta(seconds=16)
    async with database.transaction() as session:
        await put(session, cast.lan)
        await leases.lives(session, "one", NOW, timedelta(seconds=15))
        delivery = await begun(session)
        await ends(session, moment)
        assert await claims.abandoned(session, NOW, moment=moment) == ([await row(session, delivery)], 0)
        await outbox.finish(session, delivery, DeliveryState.UNKNOWN, "the program ended")
        await ends(session, moment)
        assert list(await session.scalars(leases.dead(moment))) == []


async def test_a_worker_that_starts_alone_holds_every_other_for_dead(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        for owner, person in {"old": cast.lan, "new": cast.minh}.items():
            await put(session, person)
            await claimed(session, owner)
        assert await claims.abandoned(session, NOW, moment=NOW, alone="new") == ([], 1)
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
        assert await claims.claim(session, "one", NOW, 10) == []
