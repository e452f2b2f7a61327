"""Do announcements leave up to 95 percent of a month's quota and no further, and everything else beyond it?"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event

from channels import AddressGone, ChannelError, NotSent, OutcomeUnknown, ServerFailed, TooFast
from channels.recording import EVERYTHING, Recording
from domain.broadcasts import Hindrance, Miss
from domain.deliveries import DeliveryState, Kind, Lane
from domain.people import Person
from domain.quotas import Limits
from schedules import delivery, progress
from schedules.delivery import Courier
from storage import broadcasts, outbox, people, quotas
from storage.session import Database
from tests.builders import NOW, ZONE, Cast, a_broadcast, a_person, an_account, at
from tests.schedules.scenes import (
    OFFICE,
    Clock,
    a_courier,
    announced,
    deliveries,
    office_now,
    outcome,
    texts,
    until_all_left,
)

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
LAST, TURN = at("2026-03-31", "23:59"), at("2026-04-01", "00:00")
HUNDRED = {"telegram": 100}


@pytest.fixture
def courier(database: Database, telegram: Recording) -> Courier:
    """Give a worker whose bot may send a hundred messages a month."""
    return a_courier(database, telegram, quotas=HUNDRED, clock=Clock())


async def used(database: Database, count: int, month: date = MARCH) -> None:
    async with database.transaction() as session:
        await quotas.count(session, Limits(ZONE, HUNDRED), month, {"telegram": count})


async def counted(database: Database) -> dict[date, int]:
    """Give how many messages of the bot are counted, by month."""
    async with database.transaction() as session:
        found = await quotas.of_months(session, MARCH, APRIL)
    return {quota.month: quota.used for quota in found if quota.bot == "telegram"}


async def word(database: Database, cast: Cast, *readers: Person, lane: Lane = Lane.WORD, moment: datetime = NOW) -> None:
    """Queue what is not sent in bulk: an announcement that is urgent."""
    async with database.transaction() as session:
        broadcast = await a_broadcast(session, cast.hoa, "Gấp.", at=moment)
        broadcast.send(moment, broadcast.revision)
        numbers = [one.id for one in readers]
        await outbox.put(session, Kind.BROADCAST, numbers, lane=lane, at=moment, subject=broadcast.id)


async def many(database: Database, cast: Cast, count: int) -> list[Person]:
    async with database.transaction() as session:
        return [await a_person(session, f"P{n}", unit=cast.maths, address=f"2{n:02}") for n in range(count)]


def sent_to(telegram: Recording, addresses: Sequence[str]) -> list[int]:
    return [len(telegram.to(address)) for address in addresses]


async def test_what_the_platform_takes_is_counted(database: Database, cast: Cast, courier: Courier) -> None:
    await announced(database, cast, "Họp.", to=[cast.lan, cast.minh])
    await word(database, cast, cast.hoa)
    await until_all_left(courier)
    assert await counted(database) == {MARCH: 3}


async def test_announcements_leave_up_to_95_percent(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await used(database, 92)
    readers = await many(database, cast, 8)
    await announced(database, cast, "Họp.", to=readers)

    taken = await until_all_left(courier)

    assert (len(telegram.sent), await counted(database)) == (3, {MARCH: 95})
    assert taken == [8]
    rows = await deliveries(database)
    assert [row.state for row in rows] == [DeliveryState.SENT] * 3 + [DeliveryState.QUEUED] * 5
    assert {(row.tries, row.owner, row.due_at) for row in rows[3:]} == {(0, None, NOW)}


async def test_reminders_word_and_urgent_announcements_go_on_and_beyond_the_quota(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await used(database, 98)
    await announced(database, cast, "Họp.", to=[cast.lan])
    await word(database, cast, cast.lan, cast.minh, cast.hoa)
    await word(database, cast, cast.minh, lane=Lane.REMINDER)

    await until_all_left(courier)

    assert sent_to(telegram, ["101", "102", "103"]) == [1, 2, 1]
    assert await counted(database) == {MARCH: 102}


async def test_what_waits_leaves_when_the_month_turns_at_midnight_in_hanoi(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await used(database, 95)
    await announced(database, cast, "Họp.", moment=at("2026-03-31", "17:00"))

    await until_all_left(courier, LAST)
    assert telegram.sent == []
    await until_all_left(courier, TURN)
    await until_all_left(courier, OFFICE.next_allowed(TURN))

    assert (texts(telegram), await counted(database)) == (["Họp."], {MARCH: 95, APRIL: 1})


async def test_each_month_counts_what_left_in_it(database: Database, cast: Cast, courier: Courier) -> None:
    for moment, readers in ((LAST, [cast.lan]), (TURN, [cast.lan, cast.minh])):
        await word(database, cast, *readers, moment=moment)
        await until_all_left(courier, moment)
    assert await counted(database) == {MARCH: 1, APRIL: 2}


async def test_what_waits_leaves_when_the_quota_is_raised(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await used(database, 95)
    await announced(database, cast, "Họp.")
    assert await until_all_left(courier) == []

    await until_all_left(a_courier(database, telegram, quotas={"telegram": 200}, clock=Clock()))

    assert texts(telegram) == ["Họp."]


async def test_what_has_had_its_day_meanwhile_ends_and_says_that_the_quota_was_the_reason(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await used(database, 95)
    await announced(database, cast, "Họp.", to=[cast.lan, cast.minh])

    await until_all_left(courier, NOW + timedelta(days=3, hours=-1))
    assert {row.state for row in await deliveries(database)} == {DeliveryState.QUEUED}
    await until_all_left(courier, NOW + timedelta(days=3))

    assert {outcome(row) for row in await deliveries(database)} == {(DeliveryState.CANCELLED, Hindrance.QUOTA)}
    async with database.transaction() as session:
        results = await broadcasts.results(session, 1)
    assert results.missed == (Miss("Lan", Hindrance.QUOTA), Miss("Minh", Hindrance.QUOTA))
    assert (telegram.sent, await counted(database)) == ([], {MARCH: 95})


async def test_two_workers_together_send_no_more_in_bulk_than_is_left(
    database: Database, replica: Database, cast: Cast, telegram: Recording
) -> None:
    workers = [
        a_courier(one, telegram, owner=name, quotas=HUNDRED, clock=Clock()) for one, name in ((database, "1"), (replica, "2"))
    ]
    await used(database, 89)
    words = [f"Tin {n}" for n in range(4)]
    await announced(database, cast, *words, to=await many(database, cast, 6))

    await asyncio.gather(*(until_all_left(worker) for worker in workers))
    await until_all_left(workers[0])

    assert (len(telegram.sent), await counted(database)) == (6, {MARCH: 95})


async def test_a_worker_does_not_count_on_what_another_lets_leave(
    database: Database, replica: Database, cast: Cast, telegram: Recording
) -> None:
    one, two = (
        a_courier(place, telegram, owner=name, quotas=HUNDRED, clock=Clock()) for place, name in ((database, "1"), (replica, "2"))
    )
    await used(database, 94)
    await announced(database, cast, "Họp.", to=[cast.lan])
    await one.deliver(office_now, NOW)
    await announced(database, cast, "Nghỉ.", to=[cast.minh])

    assert await two.deliver(office_now, NOW) == 0

    for worker in (one, two):
        await worker.settled(NOW)
    assert (sent_to(telegram, ["101", "102"]), await counted(database)) == ([1, 0], {MARCH: 95})


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (NotSent("no route"), 0),
        (TooFast(30), 0),
        (AddressGone("blocked"), 0),
        (ServerFailed("502"), 0),
        (OutcomeUnknown("ReadTimeout"), 1),
    ],
    ids=["no connection", "too fast", "blocked", "5xx", "unknown"],
)
async def test_what_was_not_taken_is_not_counted_and_what_nobody_knows_is(
    database: Database, cast: Cast, telegram: Recording, failure: ChannelError, expected: int
) -> None:
    courier = a_courier(database, telegram, quotas=HUNDRED, clock=Clock())
    telegram.fails(failure)
    await word(database, cast, cast.lan)

    await delivery.deliver(courier, OFFICE, NOW)

    assert (telegram.sent, await counted(database)) == ([], {MARCH: expected})


async def test_what_was_not_taken_is_taken_off_the_month_in_which_it_was_counted(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await used(database, 10)
    telegram.fails(NotSent("no route"))
    await word(database, cast, cast.lan, moment=LAST)

    await courier.deliver(office_now, LAST)
    await courier.settled(TURN)

    assert await counted(database) == {MARCH: 10}


async def test_answers_are_counted_with_the_next_round(database: Database, courier: Courier) -> None:
    for _ in range(3):
        courier.pacer.took("telegram")
    await delivery.deliver(courier, OFFICE, NOW)
    await delivery.deliver(courier, OFFICE, NOW)
    assert await counted(database) == {MARCH: 3}


async def test_a_round_reckons_with_answers_that_are_not_counted_yet(database: Database, cast: Cast, courier: Courier) -> None:
    await used(database, 94)
    courier.pacer.took("telegram")
    await announced(database, cast, "Họp.")
    assert await courier.deliver(office_now, NOW) == 0
    assert await counted(database) == {MARCH: 95}


async def test_what_was_not_taken_makes_room_for_another_in_the_round_that_records_it(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await used(database, 94)
    telegram.fails(NotSent("no route"))
    await announced(database, cast, "Họp.")
    await courier.deliver(office_now, NOW)
    await courier.rest(0)
    await announced(database, cast, "Nghỉ.", to=[cast.minh])

    assert await courier.deliver(office_now, NOW) == 1
    await courier.settled(NOW)

    assert (sent_to(telegram, ["101", "102"]), await counted(database)) == ([0, 1], {MARCH: 95})


async def test_answers_that_could_not_be_counted_are_counted_later(database: Database, cast: Cast, courier: Courier) -> None:
    courier.pacer.took("telegram")
    listened = courier.database.engine.sync_engine

    def breaks(*_: object) -> None:
        raise RuntimeError

    event.listen(listened, "commit", breaks)
    with pytest.raises(RuntimeError):
        await delivery.deliver(courier, OFFICE, NOW)
    event.remove(listened, "commit", breaks)
    assert await counted(database) == {}

    await courier.settled(NOW)
    assert await counted(database) == {MARCH: 1}


async def test_what_is_announced_to_who_has_another_channel_goes_there(
    database: Database, cast: Cast, telegram: Recording
) -> None:
    zalo = Recording("zalo")
    courier = a_courier(database, telegram, zalo, quotas={"zalo": 100}, clock=Clock())
    async with database.transaction() as session:
        for person, address in ((cast.lan, "z1"), (cast.minh, "z2")):
            await an_account(session, person, address, channel="zalo")
        await quotas.count(session, courier.limits, MARCH, {"zalo": 95})
        await people.suspend(session, (await people.account(session, "telegram", "102")).id, "blocked", NOW)
    await announced(database, cast, "Họp.", to=[cast.lan, cast.minh])
    await word(database, cast, cast.lan)

    await until_all_left(courier)

    assert (len(zalo.to("z1")), len(telegram.to("101")), len(zalo.to("z2"))) == (1, 1, 0)


@pytest.mark.parametrize(("count", "on_zalo"), [(99, 1), (100, 0)])
async def test_word_goes_another_way_only_when_all_is_spent(
    database: Database, cast: Cast, telegram: Recording, count: int, on_zalo: int
) -> None:
    zalo = Recording("zalo")
    courier = a_courier(database, telegram, zalo, quotas={"zalo": 100}, clock=Clock())
    async with database.transaction() as session:
        await an_account(session, cast.lan, "z1", channel="zalo")
        await quotas.count(session, courier.limits, MARCH, {"zalo": count})
    await word(database, cast, cast.lan)

    await until_all_left(courier)

    assert (len(zalo.sent), len(telegram.sent)) == (on_zalo, 1 - on_zalo)


@pytest.mark.parametrize(("edits", "expected"), [(True, {MARCH: 1}), (False, {MARCH: 2})])
async def test_a_card_that_is_changed_in_place_is_no_message(
    database: Database, cast: Cast, edits: bool, expected: dict[date, int]
) -> None:
    courier = a_courier(
        database, Recording("telegram", capabilities=replace(EVERYTHING, edits=edits)), quotas=HUNDRED, clock=Clock()
    )
    await announced(database, cast, "Họp.")
    async with database.transaction() as session:
        broadcast = await broadcasts.one(session, 1)
        broadcast.channel, broadcast.address, broadcast.card = "telegram", "103", "900"

    await progress.show(courier, OFFICE, NOW)
    await until_all_left(courier)

    assert await counted(database) == expected


async def test_a_quota_costs_one_statement_a_round_and_two_for_what_leaves(
    database: Database, cast: Cast, courier: Courier
) -> None:
    await used(database, 1)
    await announced(database, cast, "Họp.")
    said: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    for expected in (["SELECT", "SELECT", "UPDATE"], ["SELECT"]):
        await courier.deliver(office_now, NOW)
        await courier.settled(NOW)
        assert [statement.split()[0] for statement in said if "quotas" in statement] == expected
        said.clear()


async def test_a_bot_without_a_quota_is_not_counted(database: Database, cast: Cast, telegram: Recording) -> None:
    courier = a_courier(database, telegram, clock=Clock())
    courier.pacer.took("telegram")
    await announced(database, cast, "Họp.")
    said: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    await until_all_left(courier)
    assert [statement for statement in said if "quotas" in statement] == []
    assert await counted(database) == {}


async def test_the_authors_card_tells_what_rests_and_changes_when_it_leaves(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await used(database, 94)
    await announced(database, cast, "Họp.", to=[cast.lan, cast.minh])
    async with database.transaction() as session:
        broadcast = await broadcasts.one(session, 1)
        broadcast.channel, broadcast.address, broadcast.card = "telegram", "103", "900"

    await progress.show(courier, OFFICE, NOW)
    await until_all_left(courier)
    for _ in range(2):
        await progress.show(courier, OFFICE, NOW)
    going, resting = telegram.to("103")
    assert ("⏸" in going.text, "⏸ 1 person does not get it yet" in resting.text) == (False, True)

    raised = a_courier(database, telegram, quotas={"telegram": 200}, clock=Clock())
    await progress.show(raised, OFFICE, NOW)
    assert "⏸" not in telegram.to("103")[-1].text
    await until_all_left(raised)
    await progress.show(raised, OFFICE, NOW)
    assert "2 of 2" in telegram.to("103")[-1].text
