"""Is every message sent once, and honestly, when workers die or work at the same time?"""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from channels.recording import Recording
from domain.deliveries import DeliveryState
from schedules import delivery
from schedules.delivery import BATCH, Courier
from schedules.pacing import Pacer, Rates
from storage import outbox, people
from storage.session import Database
from tests.builders import NOW, Cast
from tests.schedules.scenes import LATER, OFFICE, a_courier, announced, deliveries, only, outcome, texts


async def left_behind(database: Database, state: DeliveryState, *, moment: datetime = NOW) -> None:
    """Let a worker die that had claimed the only row, or was sending it."""
    async with database.transaction() as session:
        (row,) = await outbox.claim(session, "dead", moment, limit=1)
        if state is DeliveryState.SENDING:
            reached = await people.reachable(session, row.person_id, ["telegram"])
            assert reached is not None
            assert await outbox.begin(session, row, reached.id, moment)


async def test_what_a_dead_worker_was_sending_is_sent_once_more_and_says_so(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await announced(database, cast, "Họp")
    await left_behind(database, DeliveryState.SENDING)

    recovered = await delivery.recover(courier, LATER, alone=False)
    await delivery.deliver(courier, OFFICE, LATER + timedelta(minutes=1))

    assert (recovered, texts(telegram)) == (1, ["Họp"])
    assert telegram.to("101")[0].text.startswith("(sent again)")


async def test_what_dies_with_two_workers_stays_unknown(database: Database, cast: Cast, courier: Courier) -> None:
    await announced(database, cast, "Họp")
    await left_behind(database, DeliveryState.SENDING)
    await delivery.recover(courier, NOW, alone=True)
    await left_behind(database, DeliveryState.SENDING, moment=LATER)

    await delivery.recover(courier, LATER, alone=True)

    assert outcome(await only(database)) == (DeliveryState.UNKNOWN, "unknown: the program ended while sending")


async def test_what_a_dead_worker_had_only_claimed_is_sent_as_ever(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await announced(database, cast, "Họp")
    await left_behind(database, DeliveryState.CLAIMED)

    recovered = await delivery.recover(courier, LATER, alone=False)
    await delivery.deliver(courier, OFFICE, LATER)

    assert (recovered, (await only(database)).repeated) == (1, False)
    assert telegram.to("101")[0].text.startswith("📣")


@pytest.mark.parametrize("state", [DeliveryState.CLAIMED, DeliveryState.SENDING])
async def test_a_worker_that_may_be_alive_keeps_its_rows(
    database: Database, cast: Cast, courier: Courier, state: DeliveryState
) -> None:
    await announced(database, cast, "Họp")
    await left_behind(database, state)

    recovered = await delivery.recover(courier, NOW + timedelta(seconds=60), alone=False)

    assert (recovered, (await only(database)).state) == (0, state)


async def test_a_program_that_is_alone_takes_everything_up_at_once(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await announced(database, cast, "Họp")
    await left_behind(database, DeliveryState.CLAIMED)

    recovered = await delivery.recover(courier, NOW, alone=True)
    await delivery.deliver(courier, OFFICE, NOW)

    assert (recovered, texts(telegram)) == (1, ["Họp"])


async def test_two_workers_at_once_never_send_twice(
    database: Database, replica: Database, cast: Cast, telegram: Recording
) -> None:
    words = [f"Thông báo {number}" for number in range(BATCH)]
    await announced(database, cast, *words, to=[cast.lan, cast.minh])
    workers = [a_courier(database, telegram), a_courier(replica, telegram, owner="worker-2")]

    for _ in range(3):
        await asyncio.gather(*(delivery.deliver(worker, OFFICE, NOW) for worker in workers))

    assert (sorted(texts(telegram, "101")), sorted(texts(telegram, "102"))) == (sorted(words), sorted(words))
    assert {row.state for row in await deliveries(database)} == {DeliveryState.SENT}


class Turnstile(Pacer):
    """Gives no turn until it is opened."""

    def __init__(self) -> None:
        super().__init__(Rates(overall=0, chat=0))
        self.waited_at, self.opened = asyncio.Event(), asyncio.Event()

    async def turn(self, chat: str) -> None:
        self.waited_at.set()
        await self.opened.wait()


async def test_what_waits_for_its_turn_longer_than_its_lease_is_sent_once(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    turnstile = Turnstile()
    await announced(database, cast, "Họp")
    slow = asyncio.create_task(delivery.deliver(replace(courier, pacer=turnstile), OFFICE, NOW))
    await turnstile.waited_at.wait()

    await delivery.recover(courier, LATER, alone=False)
    turnstile.opened.set()
    await slow
    await delivery.deliver(courier, OFFICE, LATER)

    assert (texts(telegram), (await only(database)).repeated) == (["Họp"], False)


async def test_what_ceased_to_hold_while_it_waited_for_its_turn_does_not_leave(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    turnstile = Turnstile()
    await announced(database, cast, "Họp")
    slow = asyncio.create_task(delivery.deliver(replace(courier, pacer=turnstile), OFFICE, NOW))
    await turnstile.waited_at.wait()
    async with database.transaction() as session:
        (role,) = (await people.standing(session, cast.lan.id)).roles
        role.until = NOW

    turnstile.opened.set()
    await slow

    assert (outcome(await only(database)), telegram.sent) == ((DeliveryState.CANCELLED, "void: no longer has a role"), [])
