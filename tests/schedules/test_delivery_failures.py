"""Is what goes wrong on the way recorded, and made up for as far as can be?"""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import update

from channels import AddressGone, ChannelError, Moved, NotSent, OutcomeUnknown, Outgoing, Refused, ServerFailed, TooFast
from channels.recording import Recording
from domain.deliveries import DeliveryState, Kind, Lane
from schedules import delivery, outcomes
from schedules.delivery import Courier
from storage import outbox, tables
from storage.session import Database
from tests.builders import NOW, Cast, a_person, an_account
from tests.schedules.scenes import (
    LATER,
    OFFICE,
    Clock,
    a_courier,
    account,
    announced,
    deliveries,
    only,
    outcome,
    texts,
    until_all_left,
)


async def test_what_could_not_leave_is_tried_again_a_little_later(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(NotSent("no route to host"))
    await announced(database, cast, "Họp")

    await delivery.deliver(courier, OFFICE, NOW)
    waiting = await only(database)
    await delivery.deliver(courier, OFFICE, LATER)

    assert (waiting.state, waiting.reason, waiting.tries) == (DeliveryState.QUEUED, "not sent: no route to host", 1)
    assert NOW < waiting.due_at <= NOW + timedelta(seconds=2)
    assert texts(telegram) == ["Họp"]
    assert (await only(database)).repeated is False


@pytest.mark.parametrize(("tries", "longest"), [(0, 2), (1, 4), (2, 8), (7, 256), (8, 300), (50, 300), (10_000, 300)])
def test_each_wait_is_longer_up_to_five_minutes(tries: int, longest: int) -> None:
    waits = [outcomes.backoff(tries).total_seconds() for _ in range(50)]

    assert longest / 2 <= min(waits)
    assert max(waits) <= longest


async def test_a_platform_that_is_asked_too_fast_is_left_alone_for_a_time(
    database: Database, replica: Database, cast: Cast, telegram: Recording
) -> None:
    clock = Clock()
    here, there = (a_courier(one, telegram, owner=name, clock=clock) for one, name in ((database, "1"), (replica, "2")))
    telegram.fails(TooFast(3))
    await announced(database, cast, "Họp", to=[cast.lan, cast.minh])

    taken = [await delivery.deliver(here, OFFICE, NOW)]
    waiting = [outcome(row) for row in await deliveries(database)]
    taken += [await delivery.deliver(courier, OFFICE, LATER) for courier in (here, there)]
    clock.now += timedelta(seconds=3)
    taken += [await delivery.deliver(courier, OFFICE, LATER) for courier in (there, here)]

    assert waiting == [(DeliveryState.QUEUED, "too fast"), (DeliveryState.QUEUED, "held")]
    assert taken == [2, 0, 0, 2, 0]
    assert (texts(telegram), texts(telegram, "102")) == (["Họp"], ["Họp"])
    assert [(row.tries, row.repeated) for row in await deliveries(database)] == [(1, False), (1, False)]


async def test_one_channel_s_pause_does_not_hold_up_another(database: Database, cast: Cast, telegram: Recording) -> None:
    zalo = Recording("zalo")
    async with database.transaction() as session:
        await an_account(session, cast.minh, "z1", channel="zalo")
    courier = a_courier(database, telegram, zalo)
    telegram.fails(TooFast(60))
    await announced(database, cast, "Họp")
    await delivery.deliver(courier, OFFICE, NOW)
    await announced(database, cast, "Nghỉ", to=[cast.lan, cast.minh])

    await delivery.deliver(courier, OFFICE, LATER)

    assert (texts(zalo, "z1"), telegram.sent) == (["Nghỉ"], [])


async def test_a_platform_out_of_reach_for_days_is_given_up(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await announced(database, cast, "Họp")
    async with database.transaction() as session:
        await session.execute(update(tables.outbox).values(tries=outcomes.MOST_TRIES - 2))
    telegram.fails(NotSent("no route to host"), NotSent("no route to host"))

    for n in range(3):
        await delivery.deliver(courier, OFFICE, NOW + n * timedelta(minutes=10))

    assert (outcome(await only(database)), telegram.sent) == ((DeliveryState.FAILED, "not-sent: no route to host"), [])


async def test_who_blocked_the_bot_is_written_to_no_more(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(AddressGone("bot was blocked by the user"))
    await announced(database, cast, "Họp", "Nghỉ")

    await until_all_left(courier)

    expected = (DeliveryState.FAILED, "unreachable: bot was blocked by the user")
    assert [outcome(row) for row in await deliveries(database)] == [expected, expected]
    assert ((await account(database, "101")).suspended, telegram.sent) == ("bot was blocked by the user", [])


async def test_another_account_takes_over_from_one_that_is_gone(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    async with database.transaction() as session:
        await an_account(session, cast.lan, "201")
    telegram.fails(AddressGone("user is deactivated"))
    await announced(database, cast, "Họp")

    for _ in range(2):
        await delivery.deliver(courier, OFFICE, NOW)

    assert (texts(telegram, "201"), texts(telegram, "101")) == ([], ["Họp"])
    assert (await only(database)).state is DeliveryState.SENT


async def test_a_chat_that_moved_is_followed(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    telegram.fails(Moved("-100101"))
    await announced(database, cast, "Họp")

    for _ in range(2):
        await delivery.deliver(courier, OFFICE, NOW)

    assert (texts(telegram, "-100101"), (await only(database)).repeated) == (["Họp"], False)
    assert (await account(database, "-100101")).person_id == cast.lan.id


async def test_what_the_platform_refuses_has_failed(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(Refused("message is too long"))
    await announced(database, cast, "Họp", "Nghỉ")

    await until_all_left(courier)

    refused, sent = await deliveries(database)
    assert outcome(refused) == (DeliveryState.FAILED, "refused: message is too long")
    assert (sent.state, texts(telegram)) == (DeliveryState.SENT, ["Nghỉ"])


async def test_what_may_not_have_arrived_is_sent_once_more_and_says_so(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(OutcomeUnknown("read timeout"))
    await announced(database, cast, "Họp")

    await delivery.deliver(courier, OFFICE, NOW)
    waiting = await only(database)
    await delivery.deliver(courier, OFFICE, LATER)

    assert (waiting.state, waiting.reason, waiting.repeated) == (DeliveryState.QUEUED, "read timeout", True)
    assert [outgoing.text.splitlines()[0] for outgoing in telegram.to("101")] == ["(sent again)"]
    assert (await only(database)).state is DeliveryState.SENT


async def test_what_is_unknown_twice_stays_unknown(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    telegram.fails(OutcomeUnknown("read timeout"), OutcomeUnknown("read timeout"))
    await announced(database, cast, "Họp")

    taken = [await delivery.deliver(courier, OFFICE, NOW + n * timedelta(minutes=10)) for n in range(4)]

    assert (taken, outcome(await only(database))) == ([1, 1, 0, 0], (DeliveryState.UNKNOWN, "unknown: read timeout"))


async def test_a_server_that_fails_is_outlasted(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    telegram.fails(*[ServerFailed("server error 502")] * 4)
    await announced(database, cast, "Họp")

    for n in range(5):
        await delivery.deliver(courier, OFFICE, NOW + n * timedelta(minutes=10))

    assert [outgoing.text.splitlines()[0] for outgoing in telegram.to("101")] == ["(sent again)"]
    assert (await only(database)).state is DeliveryState.SENT


async def test_what_a_server_fails_for_long_stays_unknown(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(*[ServerFailed("server error 502")] * outcomes.SERVER_TRIES)
    await announced(database, cast, "Họp")

    for n in range(outcomes.SERVER_TRIES + 1):
        await delivery.deliver(courier, OFFICE, NOW + n * timedelta(minutes=10))

    assert outcome(await only(database)) == (DeliveryState.UNKNOWN, "unknown: server error 502")


@pytest.mark.parametrize("failure", [OutcomeUnknown("read timeout"), ServerFailed("server error 502")])
async def test_what_its_author_wants_sent_only_once_is_not_repeated(
    database: Database, cast: Cast, courier: Courier, telegram: Recording, failure: ChannelError
) -> None:
    telegram.fails(failure)
    await announced(database, cast, "Họp", again=False)

    taken = [await delivery.deliver(courier, OFFICE, NOW + n * timedelta(minutes=10)) for n in range(2)]

    assert (taken, telegram.sent) == ([1, 0], [])
    assert outcome(await only(database)) == (DeliveryState.UNKNOWN, f"unknown-once: {failure}")


async def test_what_did_not_leave_is_tried_again_whatever_its_author_wants(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(NotSent("no route to host"))
    await announced(database, cast, "Họp", again=False)

    for moment in (NOW, LATER):
        await delivery.deliver(courier, OFFICE, moment)

    assert ((await only(database)).state, texts(telegram)) == (DeliveryState.SENT, ["Họp"])


async def test_a_mark_of_having_been_sent_again_outlives_other_failures(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(OutcomeUnknown("read timeout"), NotSent("no route to host"))
    await announced(database, cast, "Họp")

    for n in range(3):
        await delivery.deliver(courier, OFFICE, NOW + n * timedelta(minutes=10))

    assert [outgoing.text.splitlines()[0] for outgoing in telegram.to("101")] == ["(sent again)"]


@pytest.mark.parametrize(
    "failure",
    [
        NotSent("no route to host"),
        AddressGone("blocked"),
        Moved("-100101"),
        Refused("too long"),
        OutcomeUnknown("timeout"),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_failure_for_one_person_does_not_stop_the_others(
    database: Database, cast: Cast, courier: Courier, telegram: Recording, failure: ChannelError
) -> None:
    telegram.fails(failure)
    await announced(database, cast, "Họp", to=[cast.lan, cast.minh])

    await delivery.deliver(courier, OFFICE, NOW)

    assert len(telegram.sent) == 1


async def test_who_has_no_account_is_not_reached(database: Database, cast: Cast, courier: Courier) -> None:
    async with database.transaction() as session:
        nam = await a_person(session, "Nam", unit=cast.maths)
    await announced(database, cast, "Họp", to=[nam])

    await delivery.deliver(courier, OFFICE, NOW)

    assert outcome(await only(database)) == (DeliveryState.FAILED, "no-account")


async def test_who_is_only_on_a_channel_that_is_not_there_is_not_reached(database: Database, cast: Cast) -> None:
    await announced(database, cast, "Họp")

    await delivery.deliver(a_courier(database, Recording("zalo")), OFFICE, NOW)

    assert outcome(await only(database)) == (DeliveryState.FAILED, "no-account")


async def test_a_bug_in_one_message_does_not_stop_the_others(
    database: Database, cast: Cast, courier: Courier, telegram: Recording, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.transaction() as session:
        await outbox.put(session, Kind.SUBMITTED, [cast.hoa.id], lane=Lane.WORD, at=NOW, subject=999)
    await announced(database, cast, "Họp", to=[cast.hoa, cast.lan])

    with caplog.at_level(logging.ERROR, logger="schedules.delivery"):
        await until_all_left(courier)

    broken = (await deliveries(database))[0]
    assert (texts(telegram, "103"), texts(telegram, "101")) == (["Họp"], ["Họp"])
    assert (broken.state, broken.reason, broken.due_at) == (DeliveryState.QUEUED, "bug", NOW + timedelta(minutes=1))
    assert [(record.__dict__["action"], record.__dict__["delivery"]) for record in caplog.records] == [("deliver", broken.id)]


class Forgetful(Recording):
    """A channel with a bug that strikes when the message has left already."""

    async def send(self, address: str, outgoing: Outgoing) -> str:
        raise KeyError(await super().send(address, outgoing))


async def test_a_bug_after_a_message_left_sends_it_once_more_and_never_again(database: Database, cast: Cast) -> None:
    telegram = Forgetful("telegram")
    await announced(database, cast, "Họp")

    for n in range(4):
        await delivery.deliver(a_courier(database, telegram), OFFICE, NOW + n * timedelta(minutes=10))

    assert texts(telegram) == ["Họp", "Họp"]
    assert telegram.to("101")[1].text.startswith("(sent again)")
    assert outcome(await only(database)) == (DeliveryState.UNKNOWN, "unknown: bug")
