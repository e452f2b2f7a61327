"""Does a message that has had its day stay here, and one that only had to wait leave?"""

from datetime import datetime, timedelta

import pytest

from channels import NotSent, OutcomeUnknown
from channels.recording import Recording
from domain.broadcasts import Hindrance, Miss
from domain.deliveries import LIFE, DeliveryState, Kind, Lane
from schedules import delivery
from schedules.delivery import Courier
from storage import broadcasts, outbox
from storage.session import Database
from tests.builders import NOW, Cast, a_duty, at, due
from tests.schedules.scenes import OFFICE, announced, only, outcome, texts

ITS_DAY_ENDS = NOW + LIFE[Kind.BROADCAST]
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("moment", [ITS_DAY_ENDS, ITS_DAY_ENDS + timedelta(days=30)])
async def test_an_announcement_that_could_not_leave_for_days_does_not_leave_any_more(
    database: Database, cast: Cast, courier: Courier, telegram: Recording, moment: datetime
) -> None:
    telegram.fails(NotSent("no route to host"))
    await announced(database, cast, "Họp")

    for now in (NOW, moment):
        await delivery.deliver(courier, OFFICE, now)

    assert (telegram.sent, outcome(await only(database))) == ([], (DeliveryState.CANCELLED, "expired"))
    async with database.transaction() as session:
        assert (await broadcasts.results(session, 1)).missed == (Miss("Lan", Hindrance.EXPIRED),)


async def test_an_announcement_leaves_until_its_day_ends(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(NotSent("no route to host"))
    await announced(database, cast, "Họp")

    for now in (NOW, ITS_DAY_ENDS - SECOND):
        await delivery.deliver(courier, OFFICE, now)

    assert texts(telegram) == ["Họp"]


async def test_of_an_announcement_whose_first_copy_may_have_arrived_nobody_knows(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(OutcomeUnknown("read timeout"))
    await announced(database, cast, "Họp")

    for now in (NOW, ITS_DAY_ENDS):
        await delivery.deliver(courier, OFFICE, now)

    assert (telegram.sent, outcome(await only(database))) == ([], (DeliveryState.UNKNOWN, "unknown-once: expired"))


@pytest.mark.parametrize(
    ("kind", "life"),
    [
        (Kind.BROADCAST, timedelta(days=3)),
        (Kind.CALENDAR_FILE, timedelta(days=1)),
        (Kind.PREVIEW, timedelta(hours=1)),
        *((kind, None) for kind in Kind if kind not in LIFE),
    ],
)
async def test_each_kind_has_its_day_from_the_moment_at_which_it_may_leave(
    database: Database, cast: Cast, kind: Kind, life: timedelta | None
) -> None:
    morning = NOW + timedelta(hours=22)
    async with database.transaction() as session:
        await outbox.put(session, kind, [cast.lan.id], lane=Lane.WORD, at=morning, subject=1)

    row = await only(database)

    assert row.expires_at == (None if life is None else morning + life)
    assert row.has_had_its_day(morning + timedelta(days=365)) is (life is not None)


async def test_a_digest_that_waits_over_tet_is_not_out_of_date_after_it(
    database: Database, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    evening, after = at("2026-02-13", "20:30"), at("2026-02-23", "08:05")
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-02-27"), at=evening)
        await outbox.remind(session, cast.lan.id, [(duty.assignment.id, 1)], evening)

    for now in (evening, after):
        await delivery.deliver(courier, OFFICE, now)

    assert ((await only(database)).state, len(telegram.to("101"))) == (DeliveryState.SENT, 1)
