"""Does every message leave once, in order and still true?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.event import listen

from channels.recording import Recording
from domain.assignments import AssignmentState
from domain.deliveries import DeliveryState, Kind, Lane
from domain.digests import Snooze
from domain.duties import Duty
from messages import digests
from messages.digests import Digest
from messages.i18n import Speech
from messages.tasks import Moment
from schedules import delivery, reminders
from schedules.delivery import BATCH, Courier
from storage import assignments, outbox, people
from storage.session import Database
from tests.builders import NOW, ZONE, Cast, a_duty, a_person, an_account, at, due
from tests.schedules.scenes import LATER, OFFICE, a_courier, account, announced, deliveries, only, outcome, texts, until_all_left


async def lans_digest(database: Database, cast: Cast, *, moment: datetime = NOW) -> Duty:
    """Plan a digest for Lan, with one task."""
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-03-20"), at=moment)
    await reminders.plan(database, OFFICE, moment)
    return duty


@pytest.mark.parametrize(("chosen", "expected"), [("en", "en"), ("vi", "vi"), (None, "en")])
async def test_a_message_leaves_in_its_reader_s_language(
    database: Database, cast: Cast, telegram: Recording, chosen: str | None, expected: str
) -> None:
    async with database.transaction() as session:
        (await people.person(session, cast.lan.id)).language = chosen
    duty = await lans_digest(database, cast)
    row = await only(database)

    await delivery.deliver(a_courier(database, telegram), OFFICE, NOW)

    digest = Digest(row.id, "Lan", [duty], snoozes=list(Snooze))
    assert telegram.to("101") == [digests.told(Speech(expected, ZONE), digest, Moment(NOW, OFFICE.calendar))]


async def test_what_was_sent_is_recorded(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    await lans_digest(database, cast)

    await delivery.deliver(courier, OFFICE, LATER)

    row, lans = await only(database), await account(database, "101")
    assert (row.state, row.message_id, row.sent_at, row.account_id) == (DeliveryState.SENT, telegram.sent[0].id, LATER, lans.id)
    assert (row.tries, row.owner, row.reason) == (1, None, None)


async def test_what_was_sent_is_not_sent_again(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    await lans_digest(database, cast)

    taken = [await delivery.deliver(courier, OFFICE, moment) for moment in (NOW, NOW, LATER)]

    assert (taken, len(telegram.sent)) == ([1, 0, 0], 1)


async def test_nothing_leaves_before_its_time(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    await announced(database, cast, "Họp", moment=LATER)

    taken = [await delivery.deliver(courier, OFFICE, moment) for moment in (LATER - timedelta(seconds=1), LATER)]

    assert (taken, texts(telegram)) == ([0, 1], ["Họp"])


async def test_a_person_s_messages_leave_in_order(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    words = [f"Thông báo {number}" for number in range(9)]
    await announced(database, cast, *words, to=[cast.lan, cast.minh])

    await until_all_left(courier)

    assert (texts(telegram, "101"), texts(telegram, "102")) == (words, words)


async def test_word_leaves_before_reminders_and_reminders_before_announcements(
    database: Database, cast: Cast, courier: Courier
) -> None:
    await announced(database, cast, "Họp")
    duty = await lans_digest(database, cast)
    async with database.transaction() as session:
        (await assignments.duty(session, duty.assignment.id)).assignment.move(due("2026-03-27"), NOW)
        await outbox.put(session, Kind.MOVED, [cast.lan.id], lane=Lane.WORD, at=NOW, subject=duty.task.id)

    assert await until_all_left(courier) == [1, 1, 1]

    left = sorted(await deliveries(database), key=lambda row: int(row.message_id or 0))
    assert [row.kind for row in left] == [Kind.MOVED, Kind.DIGEST, Kind.BROADCAST]


async def test_what_is_due_is_taken_in_batches(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    async with database.transaction() as session:
        people = [await a_person(session, f"Nam {n}", unit=cast.maths) for n in range(BATCH + 3)]
        for number, person in enumerate(people):
            await an_account(session, person, f"{900 + number}")
    await announced(database, cast, "Họp", to=people)

    assert await until_all_left(courier) == [BATCH, 3]
    assert sorted(int(sent.address) for sent in telegram.sent) == list(range(900, 900 + BATCH + 3))


async def test_a_round_asks_the_database_as_often_for_many_readers_as_for_few(
    database: Database, cast: Cast, courier: Courier
) -> None:
    asked: list[str] = []
    listen(database.engine.sync_engine, "before_cursor_execute", lambda *event: asked.append(event[2]))
    counts = []
    for readers in ([cast.lan], [cast.lan], [cast.lan, cast.minh, cast.hoa]):  # the first finds no pace of the bot
        await announced(database, cast, "Họp", to=readers)
        asked.clear()
        assert await delivery.deliver(courier, OFFICE, NOW) == len(readers)
        counts.append(len(asked))

    assert counts[1] == counts[2] > 0


async def test_a_digest_does_not_leave_once_its_task_is_handed_in(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    duty = await lans_digest(database, cast)
    async with database.transaction() as session:
        await assignments.hand_in(session, await assignments.duty(session, duty.assignment.id), cast.lan.id, NOW)

    await delivery.deliver(courier, OFFICE, NOW)

    assert (outcome(await only(database)), telegram.sent) == ((DeliveryState.CANCELLED, "void: nothing is due any more"), [])


async def test_a_digest_does_not_leave_once_its_conclusion_is_withdrawn(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    duty = await lans_digest(database, cast)
    async with database.transaction() as session:
        (await assignments.duty(session, duty.assignment.id)).assignment.end(AssignmentState.CANCELLED)

    await delivery.deliver(courier, OFFICE, NOW)

    assert (outcome(await only(database)), telegram.sent) == ((DeliveryState.CANCELLED, "void: nothing is due any more"), [])


async def test_a_digest_does_not_leave_once_its_reader_s_role_has_ended(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await lans_digest(database, cast)
    async with database.transaction() as session:
        (role,) = (await people.standing(session, cast.lan.id)).roles
        role.until = NOW

    await delivery.deliver(courier, OFFICE, NOW)

    assert (outcome(await only(database)), telegram.sent) == ((DeliveryState.CANCELLED, "void: nothing is due any more"), [])


async def test_a_digest_that_missed_the_hours_leaves_at_the_next_round(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    friday_evening, saturday, monday = at("2026-03-06", "20:00"), at("2026-03-07", "10:00"), at("2026-03-09", "08:01")
    await lans_digest(database, cast, moment=at("2026-03-06", "09:00"))

    taken = [await delivery.deliver(courier, OFFICE, moment) for moment in (friday_evening, saturday)]
    waiting = await only(database)
    await delivery.deliver(courier, OFFICE, monday)

    assert (waiting.state, waiting.due_at, waiting.tries) == (DeliveryState.QUEUED, monday, 0)
    assert (taken, len(telegram.sent)) == ([1, 1], 1)
