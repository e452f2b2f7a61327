"""Does an announcement's author see how far it has come, and its end once?"""

from datetime import timedelta

import pytest

from channels import NotSent, Outgoing
from channels.recording import Recording
from domain.broadcasts import Broadcast, BroadcastState
from domain.deliveries import Delivery, DeliveryState, Kind, Lane
from domain.people import Person
from messages import broadcasts as messages
from messages.i18n import Speech
from schedules import delivery, progress
from schedules.delivery import Courier
from storage import broadcasts, claims, outbox, people
from storage.outbox import Taken
from storage.session import Database
from tests.builders import NOW, ZONE, Cast, a_broadcast
from tests.schedules.scenes import OFFICE, deliveries

CARD = "900"


async def going_out(database: Database, cast: Cast, *readers: Person, card: str | None = CARD) -> int:
    """Send an announcement of Hoa's, whose card hangs in her chat."""
    async with database.transaction() as session:
        broadcast = await a_broadcast(session, cast.hoa)
        broadcast.send(NOW, broadcast.revision)
        broadcast.channel, broadcast.address, broadcast.card = "telegram", "103", card
        ids = [reader.id for reader in readers]
        await outbox.put(session, Kind.BROADCAST, ids, lane=Lane.BROADCAST, at=NOW, subject=broadcast.id)
        return broadcast.id


async def leaves(courier: Courier, *, count: int) -> None:
    """Let so many messages leave."""
    async with courier.database.transaction() as session:
        batch = await claims.claim(session, courier.owner, NOW, count)
        await claims.begin(session, courier.owner, {row.id: NOW for row in batch}, NOW)
        found = await people.addressees(session, [row.person_id for row in batch], courier.channels)
        accounts = [(row, found[row.person_id].account) for row in batch]
        await outbox.sent(session, [Taken(row, account.id, "1", NOW) for row, account in accounts if account])


async def as_it_stands(database: Database, broadcast_id: int, *, language: str = "en") -> tuple[Broadcast, Outgoing]:
    """Give an announcement, and the card that it should show."""
    async with database.transaction() as session:
        broadcast = await broadcasts.one(session, broadcast_id)
        results = await broadcasts.results(session, broadcast_id)
    card = messages.progress(Speech(language, ZONE), broadcast, results)
    return broadcast, Outgoing(card.text, card.rows, edits=CARD)


async def reports(database: Database) -> list[Delivery]:
    return [row for row in await deliveries(database) if row.kind is Kind.BROADCAST_REPORT]


async def test_the_card_is_edited_as_messages_leave(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    broadcast_id = await going_out(database, cast, cast.lan, cast.minh)

    await progress.show(courier, OFFICE, NOW)
    _, first = await as_it_stands(database, broadcast_id)
    await leaves(courier, count=1)
    await progress.show(courier, OFFICE, NOW)
    broadcast, second = await as_it_stands(database, broadcast_id)

    assert telegram.to("103") == [first, second]
    assert [outgoing.text.splitlines()[1] for outgoing in telegram.to("103")] == [
        "📣 Going out: 0 of 2.",
        "📣 Going out: 1 of 2.",
    ]
    assert (broadcast.state, await reports(database)) == (BroadcastState.SENDING, [])


async def test_a_card_that_would_show_the_same_is_left_alone(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await going_out(database, cast, cast.lan, cast.minh)

    changed = [await progress.show(courier, OFFICE, NOW) for _ in range(3)]

    assert (changed, len(telegram.sent)) == ([1, 0, 0], 1)


async def test_a_confirmation_shows_on_the_card(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    broadcast_id = await going_out(database, cast, cast.lan, cast.minh)
    await leaves(courier, count=1)
    await progress.show(courier, OFFICE, NOW)
    async with database.transaction() as session:
        await broadcasts.acknowledge(session, broadcast_id, cast.lan.id, NOW)

    await progress.show(courier, OFFICE, NOW)

    assert [outgoing.text.splitlines()[-1] for outgoing in telegram.to("103")] == ["Confirmed: 0 of 1.", "Confirmed: 1 of 1."]


async def test_the_end_is_reported_once(database: Database, cast: Cast, courier: Courier, telegram: Recording) -> None:
    broadcast_id = await going_out(database, cast, cast.lan, cast.minh)
    await delivery.deliver(courier, OFFICE, NOW)

    for _ in range(3):
        await progress.show(courier, OFFICE, NOW)
    await delivery.deliver(courier, OFFICE, NOW)

    broadcast, card = await as_it_stands(database, broadcast_id)
    assert broadcast.state is BroadcastState.DONE
    assert [(row.person_id, row.state) for row in await reports(database)] == [(cast.hoa.id, DeliveryState.SENT)]
    assert telegram.to("103") == [card, Outgoing(card.text, card.rows)]


async def test_an_announcement_ends_when_nobody_could_be_reached(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    async with database.transaction() as session:
        account = await people.account(session, "telegram", "101")
        account.suspended = "bot was blocked by the user"
    broadcast_id = await going_out(database, cast, cast.lan)
    await delivery.deliver(courier, OFFICE, NOW)

    await progress.show(courier, OFFICE, NOW)

    broadcast, card = await as_it_stands(database, broadcast_id)
    assert (broadcast.state, telegram.to("103")) == (BroadcastState.DONE, [card])
    assert "✗ Lan: has blocked the bot or closed the account" in card.text.splitlines()


async def test_what_waits_for_another_try_is_still_going_out(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(NotSent("no route to host"))
    broadcast_id = await going_out(database, cast, cast.lan)
    await delivery.deliver(courier, OFFICE, NOW)

    await progress.show(courier, OFFICE, NOW)

    broadcast, _ = await as_it_stands(database, broadcast_id)
    assert (broadcast.state, await reports(database)) == (BroadcastState.SENDING, [])


async def test_the_end_is_reported_where_there_is_no_card(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await going_out(database, cast, cast.lan, card=None)
    await delivery.deliver(courier, OFFICE, NOW)

    changed = await progress.show(courier, OFFICE, NOW)

    assert (changed, telegram.to("103"), len(await reports(database))) == (0, [], 1)


async def test_a_card_on_a_channel_that_is_not_there_is_left_alone(database: Database, cast: Cast, courier: Courier) -> None:
    broadcast_id = await going_out(database, cast, cast.lan)
    async with database.transaction() as session:
        (await broadcasts.one(session, broadcast_id)).channel = "zalo"

    assert await progress.show(courier, OFFICE, NOW) == 0


async def test_a_card_that_cannot_be_edited_does_not_hold_up_the_rest(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    await going_out(database, cast, cast.lan)
    second = await going_out(database, cast, cast.minh)
    telegram.fails(NotSent("no route to host"))

    await progress.show(courier, OFFICE, NOW)

    _, card = await as_it_stands(database, second)
    assert telegram.to("103") == [card]


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_the_card_is_in_its_author_s_language(
    database: Database, cast: Cast, courier: Courier, telegram: Recording, language: str
) -> None:
    async with database.transaction() as session:
        (await people.person(session, cast.hoa.id)).language = language
    broadcast_id = await going_out(database, cast, cast.lan)

    await progress.show(courier, OFFICE, NOW + timedelta(seconds=2))

    _, card = await as_it_stands(database, broadcast_id, language=language)
    assert telegram.to("103") == [card]
