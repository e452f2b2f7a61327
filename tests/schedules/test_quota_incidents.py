"""Are administrators told once for each stage that a month's messages run out, and once when that is over?"""

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event

from channels import OutcomeUnknown
from channels.recording import Recording
from domain.incidents import Cause
from domain.people import Person
from domain.quotas import Limits
from schedules.delivery import Courier
from schedules.watching import Watch
from storage import incidents, quotas
from storage.session import Database
from tests.builders import NOW, ZONE, Cast, at
from tests.schedules.scenes import Clock, a_courier, announced, office_now, until_all_left

MARCH = date(2026, 3, 1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HUNDRED = Limits(ZONE, {"telegram": 100}, frozenset({"telegram"}))
LOW = "⚠️ <b>The messages of this month are running out</b>"
OVER = "✅ <b>Over: The messages of this month are running out</b>"


@pytest.fixture
def courier(database: Database, telegram: Recording) -> Courier:
    """Give a worker whose bot may send a hundred messages a month."""
    return a_courier(database, telegram, quotas=HUNDRED.months, clock=Clock())


@pytest.fixture
def watch(database: Database, nga: Person) -> Watch:
    """Give a leader's look."""
    return Watch(database, 30.0, HUNDRED)


def read(telegram: Recording) -> list[str]:
    """Give the first lines of what the administrator got."""
    return [outgoing.text.splitlines()[0] for outgoing in telegram.to("109")]


async def uses(database: Database, count: int) -> None:
    async with database.transaction() as session:
        await quotas.count(session, HUNDRED, MARCH, {"telegram": count})


async def passes(watch: Watch, courier: Courier, first: datetime, *, hours: int = 3) -> None:
    """Let hours pass, with a look and a round of delivery every ten minutes."""
    for step in range(6 * hours):
        moment = first + step * 10 * MINUTE
        await watch.look(moment, leads=True)
        await until_all_left(courier, moment)


async def test_nothing_is_told_below_80_percent(database: Database, watch: Watch, courier: Courier, telegram: Recording) -> None:
    await uses(database, 79)
    await passes(watch, courier, NOW)
    assert read(telegram) == []
    async with database.transaction() as session:
        assert await incidents.not_over(session) == []


async def test_each_stage_is_told_once(database: Database, watch: Watch, courier: Courier, telegram: Recording) -> None:
    await uses(database, 80)
    await passes(watch, courier, NOW, hours=6)
    assert read(telegram) == [LOW]
    assert telegram.to("109")[0].text.splitlines()[1:3] == [
        "80% are used since 09:00 Monday, 02/03/2026.",
        "Telegram: 80 of 100 messages of this month (80%).",
    ]

    await uses(database, 14)
    await passes(watch, courier, NOW + 6 * HOUR)
    assert "Announcements wait" in telegram.to("109")[1].text
    await uses(database, 10)
    await passes(watch, courier, NOW + 9 * HOUR)
    assert "may refuse" in telegram.to("109")[2].text
    assert read(telegram) == [LOW] * 3
    async with database.transaction() as session:
        assert [(one.cause, one.count) for one in await incidents.not_over(session)] == [(Cause.QUOTA, 107)]


async def test_two_stages_within_the_hour_are_not_told_together(
    database: Database, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    await uses(database, 80)
    await watch.look(NOW, leads=True)
    await until_all_left(courier, NOW)
    await uses(database, 15)
    await watch.look(NOW + 59 * MINUTE, leads=True)
    await until_all_left(courier, NOW + 59 * MINUTE)
    assert len(read(telegram)) == 1
    await watch.look(NOW + HOUR, leads=True)
    await until_all_left(courier, NOW + HOUR)
    assert len(read(telegram)) == 2


async def test_the_turn_of_the_month_ends_it_and_wakes_nobody(
    database: Database, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    await uses(database, 95)
    evening = at("2026-03-31", "19:00")
    await passes(watch, courier, evening, hours=1)
    assert read(telegram) == [LOW]

    await passes(watch, courier, at("2026-03-31", "23:50"), hours=1)
    assert read(telegram) == [LOW]
    await passes(watch, courier, at("2026-04-01", "07:00"))

    assert read(telegram) == [LOW, OVER]
    assert "to 00:00 Wednesday, 01/04/2026" in telegram.to("109")[1].text


async def test_a_raised_quota_ends_it(database: Database, watch: Watch, courier: Courier, telegram: Recording) -> None:
    await uses(database, 90)
    await passes(watch, courier, NOW, hours=1)

    raised = Limits(ZONE, {"telegram": 200}, HUNDRED.bots)
    await passes(Watch(database, 30.0, raised), courier, NOW + HOUR, hours=1)

    assert read(telegram) == [LOW, OVER]


async def test_a_quota_that_is_not_kept_any_more_ends_it(
    database: Database, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    await uses(database, 90)
    await passes(watch, courier, NOW, hours=1)
    await passes(Watch(database, 30.0), courier, NOW + HOUR, hours=1)
    assert read(telegram) == [LOW, OVER]


async def test_announcements_that_rest_are_not_told_as_messages_that_cannot_leave(
    database: Database, cast: Cast, watch: Watch, courier: Courier, telegram: Recording
) -> None:
    await uses(database, 95)
    await announced(database, cast, "Họp.")
    await passes(watch, courier, NOW, hours=2)
    async with database.transaction() as session:
        assert [one.cause for one in await incidents.not_over(session)] == [Cause.QUOTA]
    assert telegram.to("101") == []


async def test_all_hold_incidents_before_quotas_and_quotas_before_paces_so_that_none_waits_for_the_other(
    database: Database, cast: Cast, nga: Person, courier: Courier, telegram: Recording
) -> None:
    held: list[str] = []
    made = re.compile("INSERT INTO (incidents|quotas|paces)")
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *told: held.extend(made.findall(told[2])))
    telegram.fails(OutcomeUnknown("ReadTimeout"))
    await announced(database, cast, "Họp.", again=False)

    await courier.deliver(office_now, NOW)
    assert held == ["quotas", "paces"]
    courier.pacer.took("telegram")
    await courier.settled(at("2026-04-01", "09:00"))
    assert held[2:] == ["incidents", "quotas"]

    await uses(database, 90)
    both = Limits(ZONE, {"telegram": 100, "zalo": 100}, frozenset({"telegram", "zalo"}))
    await Watch(database, 30.0, both).look(NOW, leads=True)
    assert held[4:] == ["incidents", "quotas"]
