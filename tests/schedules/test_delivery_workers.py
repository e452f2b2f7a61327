"""Is every message sent once, and honestly, when workers die or work at the same time?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from channels import Outgoing
from channels.recording import Recording
from domain.deliveries import DeliveryState
from domain.paces import Rates
from domain.people import Person
from schedules import delivery
from schedules.delivery import BATCH, Courier
from schedules.pacing import LATE
from storage import claims
from storage.session import Database, Session, UnavailableError
from tests.builders import NOW, Cast, a_person, an_account
from tests.schedules.scenes import (
    LATER,
    OFFICE,
    Clock,
    a_courier,
    announced,
    deliveries,
    office_now,
    only,
    outcome,
    texts,
    until_all_left,
)


async def left_behind(database: Database, state: DeliveryState, *, moment: datetime = NOW) -> None:
    """Let a worker die that had claimed the only row, or was sending it."""
    async with database.transaction() as session:
        (row,) = await claims.claim(session, "dead", moment, limit=1)
        if state is DeliveryState.SENDING:
            assert await claims.begin(session, "dead", {row.id: moment}, moment)


async def test_what_a_dead_worker_was_sending_is_sent_once_more_and_says_so(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await announced(database, cast, "Họp")
    await left_behind(database, DeliveryState.SENDING)

    recovered = await delivery.recover(courier, LATER, alone=False)
    await delivery.deliver(courier, OFFICE, LATER + timedelta(minutes=1))

    assert (recovered, texts(telegram)) == (1, ["Họp"])
    assert telegram.to("101")[0].text.startswith("(sent again)")


async def test_what_a_dead_worker_was_sending_only_once_stays_unknown(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await announced(database, cast, "Họp", again=False)
    await left_behind(database, DeliveryState.SENDING)

    recovered = await delivery.recover(courier, LATER, alone=False)
    await delivery.deliver(courier, OFFICE, LATER + timedelta(minutes=1))

    assert (recovered, telegram.sent) == (1, [])
    assert outcome(await only(database)) == (DeliveryState.UNKNOWN, "unknown-once: the program ended while sending")


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


@pytest.mark.parametrize("alone", [True, False])
async def test_what_a_worker_has_in_hand_is_not_lost_though_its_clock_jumps_hours_ahead(
    database: Database, cast: Cast, courier: Courier, telegram: Recording, *, alone: bool
) -> None:
    await announced(database, cast, "Họp")
    await courier.deliver(office_now, NOW)

    recovered = await delivery.recover(courier, NOW + timedelta(hours=3), alone=alone)
    await courier.settled(NOW)

    assert (recovered, texts(telegram)) == (0, ["Họp"])
    assert (await only(database)).state is DeliveryState.SENT


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
    words = [f"Thông báo {number}" for number in range(9)]
    await announced(database, cast, *words, to=[cast.lan, cast.minh])
    workers = [a_courier(database, telegram), a_courier(replica, telegram, owner="worker-2")]

    await asyncio.gather(*(until_all_left(worker) for worker in workers))
    await until_all_left(workers[0])

    assert (sorted(texts(telegram, "101")), sorted(texts(telegram, "102"))) == (sorted(words), sorted(words))
    assert {row.state for row in await deliveries(database)} == {DeliveryState.SENT}


async def test_workers_share_the_rate_of_a_bot(database: Database, replica: Database, cast: Cast, telegram: Recording) -> None:
    clock, rates = Clock(), Rates(overall=10, chat=0)
    workers = [a_courier(one, telegram, owner=name, rates=rates, clock=clock) for one, name in ((database, "1"), (replica, "2"))]
    await announced(database, cast, "Họp", to=await many(database, cast, 8))

    taken = [await worker.deliver(office_now, NOW) for worker in workers]
    clock.now += timedelta(seconds=0.3)
    taken += [await worker.deliver(office_now, NOW) for worker in workers]

    assert taken == [3, 0, 3, 0]


async def test_a_chat_is_left_alone_after_each_message(database: Database, cast: Cast, telegram: Recording) -> None:
    clock = Clock()
    courier = a_courier(database, telegram, rates=Rates(overall=0, chat=1), clock=clock)
    await announced(database, cast, "Họp", "Nghỉ")

    taken = []
    for _ in range(3):
        taken.append(await delivery.deliver(courier, OFFICE, NOW))
        clock.now += timedelta(seconds=0.5)

    assert taken == [1, 0, 1]


async def test_a_group_is_left_alone_for_longer(database: Database, cast: Cast, telegram: Recording) -> None:
    clock = Clock()
    courier = a_courier(database, telegram, rates=Rates(overall=0, chat=1, group=0.25), clock=clock)
    async with database.transaction() as session:
        await an_account(session, cast.lan, "-100101")
    await announced(database, cast, "Họp", "Nghỉ", to=[cast.lan, cast.minh])

    taken = []
    for _ in range(5):
        taken.append(await delivery.deliver(courier, OFFICE, NOW))
        clock.now += timedelta(seconds=1)

    assert (taken, texts(telegram, "-100101")) == ([2, 1, 0, 0, 1], ["Họp", "Nghỉ"])


async def test_a_message_that_missed_its_place_leaves_at_another_one(database: Database, cast: Cast, telegram: Recording) -> None:
    clock = Clock()
    courier = a_courier(database, telegram, rates=Rates(overall=10, chat=0), clock=clock)
    await announced(database, cast, "Họp")

    await courier.deliver(office_now, NOW)
    clock.now += LATE + timedelta(seconds=0.1)
    await courier.settled(NOW)
    waiting = await only(database)
    await delivery.deliver(courier, OFFICE, NOW)

    assert (waiting.state, waiting.tries, texts(telegram)) == (DeliveryState.QUEUED, 0, ["Họp"])
    assert (await only(database)).repeated is False


async def test_answers_leave_at_once_and_what_is_sent_in_bulk_makes_room(
    database: Database, cast: Cast, telegram: Recording
) -> None:
    clock = Clock()
    courier = a_courier(database, telegram, rates=Rates(overall=10, chat=0), clock=clock)
    await announced(database, cast, "Họp", to=await many(database, cast, 8))

    for _ in range(4):
        await courier.pacer.answer("telegram", "103")
    taken = [await courier.deliver(office_now, NOW)]
    clock.now += timedelta(seconds=0.4)
    taken.append(await courier.deliver(office_now, NOW))

    assert taken == [0, 3]


async def test_what_a_worker_is_sending_does_not_hold_up_its_next_messages(database: Database, cast: Cast) -> None:
    telegram = Stalling("telegram")
    courier = a_courier(database, telegram)
    await announced(database, cast, "Họp", to=[cast.lan])
    await courier.deliver(office_now, NOW)
    await announced(database, cast, "Nghỉ", to=[cast.lan, cast.minh])

    taken = [await courier.deliver(office_now, NOW) for _ in range(2)]
    telegram.goes_on.set()
    await courier.settled(NOW)

    assert (taken, await until_all_left(courier)) == ([1, 0], [1])
    assert (texts(telegram), texts(telegram, "102")) == (["Họp", "Nghỉ"], ["Nghỉ"])


async def test_a_rest_ends_when_a_message_has_left_or_somebody_rings(database: Database, cast: Cast) -> None:
    telegram = Stalling("telegram")
    courier = a_courier(database, telegram)
    await announced(database, cast, "Họp")

    rests = [await courier.rest(await courier.deliver(office_now, NOW))]
    courier.ring()
    rests.append(await courier.rest(await courier.deliver(office_now, NOW)))
    telegram.goes_on.set()
    rests.extend([await courier.rest(0), await courier.rest(await courier.deliver(office_now, NOW))])

    assert rests == [True, True, True, False]


@pytest.mark.parametrize("is_kept", [True, False])
async def test_what_a_break_leaves_unclear_leaves_with_the_next_round(
    database: Database, cast: Cast, telegram: Recording, is_kept: bool
) -> None:
    await announced(database, cast, "Họp")
    breaking = Breaking(database.url.render_as_string(hide_password=False), is_kept=is_kept)
    courier = a_courier(breaking, telegram)

    with pytest.raises(UnavailableError):
        await courier.deliver(office_now, NOW)
    left = await only(database)
    await delivery.deliver(courier, OFFICE, NOW)
    await breaking.close()

    assert left.state is (DeliveryState.SENDING if is_kept else DeliveryState.QUEUED)
    assert (texts(telegram), telegram.to("101")[0].text.startswith("📣")) == (["Họp"], True)
    assert ((await only(database)).state, (await only(database)).tries) == (DeliveryState.SENT, 1)


async def test_a_worker_looks_again_soon_while_all_places_are_taken(database: Database, cast: Cast, telegram: Recording) -> None:
    clock = Clock()
    courier = a_courier(database, telegram, rates=Rates(overall=10, chat=0), clock=clock)
    await announced(database, cast, "Họp")

    for _ in range(4):
        await courier.pacer.answer("telegram", "103")
    rests = [await courier.rest(await courier.deliver(office_now, NOW))]
    clock.now += timedelta(seconds=0.4)
    await delivery.deliver(courier, OFFICE, NOW)
    clock.now += timedelta(seconds=0.4)
    rests.append(await courier.rest(await courier.deliver(office_now, NOW)))

    assert (rests, texts(telegram)) == ([True, False], ["Họp"])


@pytest.mark.parametrize(("overall", "most"), [(30, 30), (0.5, 1), (1000, BATCH), (0, BATCH)])
async def test_no_more_is_under_way_than_leaves_in_a_second(
    database: Database, telegram: Recording, overall: float, most: int
) -> None:
    assert a_courier(database, telegram, rates=Rates(overall))._most == most


async def many(database: Database, cast: Cast, count: int) -> list[Person]:
    """Register people, each of whom can be reached."""
    async with database.transaction() as session:
        people = [await a_person(session, f"Nam {n}", unit=cast.maths) for n in range(count)]
        for number, person in enumerate(people):
            await an_account(session, person, f"{900 + number}")
    return people


class Breaking(Database):
    """A database whose connection breaks at the end of the first transaction, which may be kept all the same."""

    def __init__(self, url: str, *, is_kept: bool) -> None:
        super().__init__(url)
        self.breaks = [is_kept]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        is_kept = self.breaks.pop() if self.breaks else None
        async with super().transaction() as session:
            yield session
            if is_kept is False:
                raise UnavailableError
        if is_kept:
            raise UnavailableError


class Stalling(Recording):
    """A channel that takes messages only when it may go on."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.goes_on = asyncio.Event()

    async def send(self, address: str, outgoing: Outgoing) -> str:
        await self.goes_on.wait()
        return await super().send(address, outgoing)
