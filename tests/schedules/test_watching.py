"""Are administrators told what is wrong, seldom, and once more when it is over?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from channels import NotSent, OutcomeUnknown, Outgoing, ServerFailed
from channels.recording import Recording
from domain.deliveries import DeliveryState, Kind
from domain.incidents import Cause, Incident
from domain.people import Person
from schedules import outcomes
from schedules.delivery import Courier
from schedules.watching import Watch
from storage import incidents, people, tables
from storage.session import Database, Session, UnavailableError
from tests.builders import NOW, Cast
from tests.schedules.scenes import announced, deliveries, until_all_left

MINUTE = timedelta(minutes=1)
RATE = 30.0


@pytest.fixture
def watch(database: Database, nga: Person) -> Watch:
    """Give a leader's look."""
    return Watch(database, RATE)


def read(telegram: Recording) -> list[str]:
    """Give the first lines of what the administrator got."""
    return [outgoing.text.splitlines()[0] for outgoing in telegram.to("109")]


def text(telegram: Recording) -> str:
    last: Outgoing = telegram.to("109")[-1]
    return last.text


async def note(database: Database, cause: Cause, moment: datetime, *, count: int = 1) -> None:
    async with database.transaction() as session:
        await incidents.note(session, cause, moment, count=count)


async def passes(watch: Watch, courier: Courier, first: datetime, minutes: int, *, every: int = 1) -> None:
    """Let minutes pass, each with a look and a round of delivery."""
    for minute in range(0, minutes, every):
        moment = first + minute * MINUTE
        await watch.look(moment, leads=True)
        await until_all_left(courier, moment)


async def open_ones(database: Database) -> list[tuple[Cause, int]]:
    async with database.transaction() as session:
        return [(one.cause, one.count) for one in await incidents.not_over(session)]


@pytest.mark.parametrize("cause", [Cause.UNKNOWN, Cause.SET_ASIDE, Cause.FILE_LOST, Cause.GAP])
async def test_what_happens_many_times_is_one_message_with_a_number_and_one_when_it_is_over(
    database: Database, watch: Watch, courier: Courier, telegram: Recording, cause: Cause
) -> None:
    await note(database, cause, NOW, count=12)
    await passes(watch, courier, NOW, 30)
    assert len(read(telegram)) == 1
    assert "12 cases" in text(telegram)
    await note(database, cause, NOW + 30 * MINUTE)
    await passes(watch, courier, NOW + 31 * MINUTE, 29)
    assert len(read(telegram)) == 1
    await passes(watch, courier, NOW + 60 * MINUTE, 30)
    assert len(read(telegram)) == 2
    assert "13 cases" in text(telegram)
    await passes(watch, courier, NOW + 90 * MINUTE, 120)

    assert len(read(telegram)) == 3
    assert read(telegram)[2].startswith("✅")
    assert "From 09:00" in text(telegram)
    assert "to 09:30" in text(telegram)
    assert await open_ones(database) == []


async def test_a_cause_that_comes_back_within_the_hour_is_told_after_it(
    database: Database, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    async with database.transaction() as session:
        await incidents.keep(session, Incident(Cause.GAP, NOW, NOW, told_at=NOW, over_at=NOW))
    await note(database, Cause.GAP, NOW + 10 * MINUTE)
    await passes(watch, courier, NOW + 10 * MINUTE, 50)
    assert read(telegram) == []
    await passes(watch, courier, NOW + 60 * MINUTE, 5)
    assert len(read(telegram)) == 1


async def test_an_interruption_that_passes_is_not_told(
    database: Database, cast: Cast, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(*[NotSent("no route")] * 6)
    await announced(database, cast, "Họp.")
    await passes(watch, courier, NOW, 30)
    assert len(telegram.to("101")) == 1
    assert (read(telegram), await open_ones(database)) == ([], [])


async def test_a_platform_that_was_away_is_told_from_when_to_when_as_soon_as_it_is_back(
    database: Database, cast: Cast, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(*[NotSent("no route")] * 15)
    await announced(database, cast, "Họp.")

    await passes(watch, courier, NOW, 120)

    assert len(telegram.to("101")) == 1
    assert read(telegram) == ["✅ <b>Over: Messages cannot leave</b>"]
    assert "From 09:0" in text(telegram)
    assert await open_ones(database) == []


async def test_a_server_that_fails_is_told_while_messages_wait_for_it(
    database: Database, cast: Cast, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(*[ServerFailed("server error 502")] * outcomes.SERVER_TRIES)
    await announced(database, cast, "Họp.")
    await passes(watch, courier, NOW, 5)
    assert await open_ones(database) == [(Cause.UNSENT, 1)]
    await passes(watch, courier, NOW + 5 * MINUTE, 55)
    assert read(telegram)[-1] == "✅ <b>Over: Messages cannot leave</b>"


async def test_what_does_not_leave_while_other_messages_do_is_told_meanwhile_and_when_it_is_over(
    database: Database, cast: Cast, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    await announced(database, cast, "Họp.")
    async with database.transaction() as session:
        await session.execute(update(tables.outbox).values(reason="bug", due_at=NOW + 25 * MINUTE))
    await passes(watch, courier, NOW, 25)
    assert read(telegram) == ["⚠️ <b>Messages cannot leave</b>"]
    assert "1 message waits" in text(telegram)
    await passes(watch, courier, NOW + 25 * MINUTE, 60)
    assert read(telegram)[1:] == ["✅ <b>Over: Messages cannot leave</b>"]


async def test_a_long_queue_that_moves_is_no_incident(database: Database, cast: Cast, nga: Person) -> None:
    await announced(database, cast, *(f"Thông báo {number}" for number in range(20)))
    moment = NOW + 11 * MINUTE
    await Watch(database, 0.1).look(moment, leads=True)
    assert await open_ones(database) == []
    await Watch(database, RATE).look(moment, leads=True)
    assert await open_ones(database) == [(Cause.UNSENT, 20)]


async def test_deliveries_of_which_nobody_knows_are_noted_but_for_the_word_of_it(
    database: Database, cast: Cast, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(*[OutcomeUnknown("cut")] * 4)
    await announced(database, cast, "Họp.")
    await passes(watch, courier, NOW, 10)
    assert await open_ones(database) == [(Cause.UNKNOWN, 1)]
    ended = [(one.kind, one.state) for one in await deliveries(database)]
    assert ended == [(Kind.BROADCAST, DeliveryState.UNKNOWN), (Kind.INCIDENT, DeliveryState.UNKNOWN)]


async def test_word_of_an_incident_waits_for_a_platform_that_fails(
    database: Database, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(*[ServerFailed("502")] * 5)
    await note(database, Cause.GAP, NOW)
    await passes(watch, courier, NOW, 10)
    assert read(telegram) == ["⚠️ <b>Reminders or announcements were missing</b>"]


async def test_who_is_no_administrator_any_more_is_told_nothing(
    database: Database, watch: Watch, courier: Courier, telegram: Recording, nga: Person
) -> None:
    await note(database, Cause.GAP, NOW)
    await watch.look(NOW, leads=True)
    async with database.transaction() as session:
        for role in (await people.standing(session, nga.id)).roles:
            role.until = NOW
    await until_all_left(courier)
    assert read(telegram) == []
    assert [one.state for one in await deliveries(database)] == [DeliveryState.CANCELLED]


async def test_who_does_not_lead_tells_nothing(database: Database, watch: Watch) -> None:
    await note(database, Cause.GAP, NOW)
    await watch.look(NOW, leads=False)
    assert await deliveries(database) == []


class Dark(Database):
    """A database that can be away."""

    is_away = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        if self.is_away:
            raise UnavailableError("no server")
        async with super().transaction() as session:
            yield session


@pytest.mark.parametrize(("minutes", "told"), [(0.5, 0), (5, 1)])
@pytest.mark.usefixtures("nga")
async def test_a_database_that_was_away_is_told_when_it_is_back_by_one_of_the_processes(
    database: Database, courier: Courier, telegram: Recording, minutes: float, told: int
) -> None:
    away = Dark(database.url.render_as_string(hide_password=False))
    watches = [Watch(away, RATE), Watch(away, RATE)]
    for moment, away.is_away in ((NOW, True), (NOW + minutes * MINUTE, False), (NOW + 6 * MINUTE, False)):
        for one in watches:
            await one.look(moment, leads=False)
    await away.close()

    await until_all_left(courier, NOW + 7 * MINUTE)

    assert read(telegram) == ["✅ <b>Over: The database could not be reached</b>"] * told
    assert (not told) or ("From 09:00" in text(telegram) and "09:05" in text(telegram))


async def test_a_row_that_another_worker_ended_is_no_unknown_one(database: Database, cast: Cast, courier: Courier) -> None:
    await announced(database, cast, "Họp.")
    await until_all_left(courier)
    (sent,) = await deliveries(database)
    async with database.transaction() as session:
        taken_over = replace(sent, repeated=True, owner="another")
        await outcomes.unknown(session, taken_over, NOW, "cut")
    assert await open_ones(database) == []
