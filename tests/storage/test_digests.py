"""Is what was brought up before known, and is what was asked for out of turn queued once?"""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.deliveries import DeliveryState, Kind
from domain.digests import News
from domain.errors import Refusal
from storage import claims, digests, outbox, tables
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_duty, a_published_conclusion, at, due

AFTERNOON, TOMORROW = at("2026-03-02", "14:01"), at("2026-03-03", "08:01")


async def sent(session: Session, cast: Cast, assignment_id: int) -> None:
    """Let a digest reach Lan."""
    await outbox.remind(session, cast.lan.id, [(assignment_id, 1)], NOW)
    (row,) = await claims.claim(session, "one", NOW, 10)
    left = {"state": DeliveryState.SENT, "sent_at": NOW}
    await session.execute(update(tables.outbox).where(tables.outbox.c.id == row.id).values(left))


async def test_pressing_twice_queues_once_and_another_round_once_more(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        queued = [
            await digests.queue(session, Kind.DIGEST, cast.lan.id, [duty.assignment.id], subject=7, due=moment, now=NOW)
            for moment in (AFTERNOON, AFTERNOON, TOMORROW)
        ]
        waiting = await outbox.found(session, outbox.DELIVERIES.order_by(tables.outbox.c.id))

        assert queued == [True, False, True]
        assert [row.due_at for row in waiting] == [AFTERNOON, TOMORROW]
        assert [await outbox.items(session, row.id) for row in waiting] == [[duty.assignment.id]] * 2


async def test_what_falls_due_joins_what_was_asked_for_and_is_about_to_leave(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        first, second = await a_duty(session, cast), (await a_published_conclusion(session, to=[cast.maths], by=cast.hoa))[0]
        await digests.queue(session, Kind.NUDGE, cast.lan.id, [first.assignment.id], subject=7, due=AFTERNOON, now=NOW)
        await outbox.remind(session, cast.lan.id, [(second.assignment.id, 2)], AFTERNOON - timedelta(minutes=1))
        (row,) = await claims.claim(session, "one", AFTERNOON, 10)

        assert sorted(await outbox.items(session, row.id)) == [first.assignment.id, second.assignment.id]


async def test_a_digest_belongs_to_its_reader(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        await outbox.remind(session, cast.lan.id, [(duty.assignment.id, 1)], NOW)
        (row,) = await claims.claim(session, "one", NOW, 10)

        assert (await digests.of_person(session, row.id, cast.lan.id)).id == row.id
        with pytest.raises(Refusal, match="card-old"):
            await digests.of_person(session, row.id, cast.minh.id)


async def test_digests_that_reached_a_person_are_counted_from_a_moment_on(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await sent(session, cast, (await a_duty(session, cast)).assignment.id)

        counts = [await digests.sent_since(session, cast.lan.id, moment) for moment in (NOW, AFTERNOON)]
        assert (counts, await digests.sent_since(session, cast.minh.id, NOW)) == ([1, 0], 0)


async def test_what_was_told_before_is_not_new(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        old = await a_duty(session, cast, due("2026-03-20"))
        await sent(session, cast, old.assignment.id)
        new = (await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, number="13"))[0]
        await outbox.remind(session, cast.lan.id, [(one.assignment.id, 9) for one in (old, new)], AFTERNOON)
        (row,) = await claims.claim(session, "one", AFTERNOON, 10)

        assert await digests.news(session, row, [old, new], [old, new]) == News(new=1)


async def test_the_first_digest_of_all_tells_no_news(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        await outbox.remind(session, cast.lan.id, [(duty.assignment.id, 1)], NOW)
        (row,) = await claims.claim(session, "one", NOW, 10)

        assert await digests.news(session, row, [duty], [duty]) == News()
