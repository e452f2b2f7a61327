"""Does the look ahead tell what would be sent, and change nothing?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.deliveries import Event, Kind, Lane
from domain.duties import Duty
from domain.series import Series
from schedules import reminders
from schedules.prospects import Prospect, prospect
from storage import assignments, claims, inbox, outbox, series
from storage.session import Database
from tests.builders import NOW, Cast, a_published_conclusion, a_task, a_unit, at, due
from tests.schedules.scenes import OFFICE, deliveries, ledger

DEADLINE = due("2026-03-20")


async def looked(database: Database, now: datetime = NOW) -> Prospect:
    async with database.transaction() as session:
        return await prospect(session, OFFICE, now)


async def published(database: Database, cast: Cast, *, tasks: int = 1) -> list[Duty]:
    """Publish tasks for both units, and for one in which nobody answers."""
    given = [a_task(position=number, deadline=DEADLINE) for number in range(1, tasks + 1)]
    async with database.transaction() as session:
        nobodys = await a_unit(session, "Chi bộ Khoa Hóa")
        to = [cast.maths, cast.physics, nobodys]
        return await a_published_conclusion(session, to=to, by=cast.hoa, tasks=given)


async def told(database: Database, kind: Kind, *, moment: datetime, subject: int) -> None:
    async with database.transaction() as session:
        await outbox.put(session, kind, [1, 2], lane=Lane.WORD, at=moment, subject=subject)


async def test_where_nothing_is_due_nothing_would_be_sent(database: Database, cast: Cast) -> None:
    assert await looked(database) == Prospect(NOW, {}, None, 0, 0, 0, 0)


async def test_messages_are_counted_by_kind_and_only_those_that_are_due(database: Database, cast: Cast) -> None:
    await told(database, Kind.DECIDED, moment=NOW - timedelta(days=3), subject=1)
    await told(database, Kind.DECIDED, moment=NOW - timedelta(days=2), subject=2)
    await told(database, Kind.ENDED, moment=NOW - timedelta(days=1), subject=1)
    await told(database, Kind.MOVED, moment=NOW + timedelta(minutes=1), subject=1)
    async with database.transaction() as session:
        await claims.claim(session, "worker", NOW, limit=1)

    found = await looked(database)

    assert (found.messages, found.oldest) == ({Kind.DECIDED: 4, Kind.ENDED: 2}, NOW - timedelta(days=3))


async def test_tasks_are_counted_that_would_be_brought_up_to_somebody(database: Database, cast: Cast) -> None:
    first, *_ = await published(database, cast, tasks=2)
    async with database.transaction() as session:
        await assignments.hand_in(session, await assignments.duty(session, first.assignment.id), cast.lan.id, NOW)

    found = await looked(database)

    assert (found.tasks, found.people) == (3, 2)


async def test_what_was_brought_up_already_is_not_counted(database: Database, cast: Cast) -> None:
    await published(database, cast)
    await reminders.plan(database, OFFICE, NOW)

    assert (await looked(database)).tasks == 0
    assert (await looked(database, at("2026-03-13"))).tasks == 2


@pytest.mark.parametrize(
    ("now", "until"),
    [
        pytest.param(at("2026-03-13", "10:00"), at("2026-03-13", "10:00"), id="in the hours"),
        pytest.param(at("2026-03-13", "21:00"), at("2026-03-16", "08:00"), id="on Friday night"),
        pytest.param(at("2026-03-14", "10:00"), at("2026-03-16", "08:00"), id="on a Saturday"),
    ],
)
async def test_outside_the_hours_the_next_round_is_looked_at(
    database: Database, cast: Cast, now: datetime, until: datetime
) -> None:
    await published(database, cast)

    found = await looked(database, now)

    assert (found.at, found.tasks) == (until.astimezone(UTC), 2)


async def test_events_that_wait_and_series_that_open_are_counted(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await inbox.remember(session, [Event("telegram", "1", "101", {"text": "/viec"}, NOW)])
        (recurring,) = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa)
        await series.keep(session, Series(recurring.task.id, date(2026, 3, 24), NOW))

    found = await looked(database)

    assert (found.events, found.series) == (1, 1)


async def test_looking_changes_nothing(database: Database, cast: Cast) -> None:
    duties = await published(database, cast)

    await looked(database)

    assert (await deliveries(database), await ledger(database)) == ([], [])
    assert await reminders.plan(database, OFFICE, NOW) == 2
    assert [step for _, step, _ in await ledger(database)] == ["published"] * len(duties)
