"""Does ``dondoc status`` tell how the program does, and does its exit code say whether something is wrong?"""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from rich.console import Console
from sqlalchemy import delete, update

from bot.app import limits_of
from bot.commands import status, statuses
from bot.commands.status import Status, age
from bot.settings import Settings
from channels import AddressGone, OutcomeUnknown
from channels.recording import Recording
from domain.deliveries import Event, EventState
from domain.files import File, FileState, Purpose
from schedules import reminders
from schedules.delivery import Courier
from storage import files, inbox, leases, paces, quotas, tables, ticks
from storage.files import Store
from storage.session import Database
from tests.bot.conftest import Types
from tests.builders import NOW, ZONE, Cast, a_duty, due
from tests.schedules.scenes import OFFICE, a_courier, announced, until_all_left

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def telegram() -> Recording:
    """Give the channel on which everyone is reached."""
    return Recording("telegram")


@pytest.fixture
def courier(database: Database, telegram: Recording) -> Courier:
    """Give a worker."""
    return a_courier(database, telegram)


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Settings:
    """Give the settings of an office on the test's database."""
    url = database.url.set(drivername=database.url.get_backend_name())
    return Settings(database_url=url.render_as_string(hide_password=False), data_dir=tmp_path)


async def run_on(database: Database, moment: datetime = NOW) -> None:
    """Let a process lead and plan at a moment."""
    async with database.transaction() as session:
        await leases.hold(session, "worker-1", moment, timedelta(seconds=15), alone=True)
        await ticks.record(session, ticks.PLAN, moment)


def as_json(found: Status) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json.dumps(status.as_json(found, ZONE)))
    return written


def as_text(found: Status) -> str:
    console = Console(width=220, file=StringIO(), record=True)
    console.print(statuses.shown(found, ZONE))
    return console.export_text()


async def test_a_program_at_work_is_well(database: Database, office: Settings, cast: Cast, courier: Courier) -> None:
    async with database.transaction() as session:
        await a_duty(session, cast, due("2026-03-20"), at=NOW + 2 * HOUR)
    await reminders.plan(database, OFFICE, NOW + 2 * HOUR)
    await until_all_left(courier, NOW + 2 * HOUR)
    await announced(database, cast, "Họp.", to=[cast.lan, cast.minh], moment=NOW + 2 * HOUR)
    await run_on(database, NOW + 2 * HOUR)

    found = await status.look(office, NOW + 2 * HOUR + timedelta(seconds=5))

    told = as_json(found)
    assert (told["well"], told["wrong"]) == (True, [])
    assert told["outbox"] == [
        {"state": "queued", "lane": "broadcast", "rows": 2},
        {"state": "sent", "lane": "reminder", "rows": 1},
    ]
    assert told["waiting"] == {"due": 2, "oldest": "2026-03-02T11:00:00+07:00", "seconds": 5.0, "failing": {}, "resting": 0}
    assert told["leader"] == {"owner": "worker-1", "until": "2026-03-02T11:00:15+07:00"}
    assert told["database"]["step"] == told["database"]["newest"]
    text = as_text(found)
    for words in ("2 due, the oldest since 2026-03-02 11:00:00 (5 seconds)", "sent: 1 reminders", "✓ Nothing is wrong."):
        assert words in text


async def test_a_bot_without_a_quota_has_no_month(database: Database, office: Settings) -> None:
    await run_on(database)
    found = await status.look(office, NOW)
    assert (as_json(found)["quotas"], as_json(found)["quotas_before"]) == ([], [])
    assert "Messages a month" not in as_text(found)


async def test_what_is_used_of_a_month_is_told_and_that_announcements_wait_is_not_wrong(
    database: Database, office: Settings, cast: Cast, courier: Courier
) -> None:
    limited = office.model_copy(update={"telegram_quota": 3000, "telegram_token": SecretStr("1:A")})
    limits = limits_of(limited, {"telegram"})
    async with database.transaction() as session:
        for month, used in ((2, 3100), (3, 2849)):
            await quotas.count(session, limits, date(2026, month, 1), {"telegram": used})
    await announced(database, cast, "Họp.", to=[cast.lan, cast.minh])
    late = NOW + HOUR
    await run_on(database, late)

    near = await status.look(limited, late)
    async with database.transaction() as session:
        await quotas.count(session, limits, date(2026, 3, 1), {"telegram": 1})
    found = await status.look(limited, late)

    assert near.wrong[0].startswith("Messages do not leave")
    assert found.wrong == ()
    told = as_json(found)
    march = {"bot": "telegram", "month": "2026-03", "quota": 3000, "used": 2850, "percent": 95}
    assert told["quotas"] == [{**march, "announcements_wait": True, "until": "2026-04-01T00:00:00+07:00"}]
    assert told["quotas_before"] == [{**march, "month": "2026-02", "used": 3100, "percent": 103}]
    assert (told["waiting"]["due"], told["waiting"]["resting"]) == (0, 2)
    waits = "announcements wait until 2026-04-01 00:00:00, or until the quota is raised: 2"
    assert f"telegram, 2026-03: 2850 of 3000 (95 %); {waits}" in as_text(found)
    assert "telegram, 2026-02: 3100 of 3000 (103 %)" in as_text(found)
    assert "telegram, 2026-03: 2849 of 3000 (94 %)" in as_text(near)
    assert "announcements wait" not in as_text(near)


async def test_a_status_writes_nothing_of_a_quota(database: Database, office: Settings) -> None:
    limited = office.model_copy(update={"telegram_quota": 3000, "telegram_token": SecretStr("1:A")})
    await status.look(limited, NOW)
    async with database.transaction() as session:
        assert await quotas.of_months(session, date(2026, 3, 1), date(2026, 3, 1)) == []


async def test_nobody_who_runs_it_is_told(office: Settings, database: Database) -> None:
    await run_on(database)
    told = [(await status.look(office, NOW + after)).wrong for after in (MINUTE / 6, MINUTE, 3 * MINUTE)]
    assert [len(sentences) for sentences in told] == [0, 1, 2]
    assert told[2][0].startswith("No process leads")
    assert "last planned 2026-03-02 09:00:00" in told[2][1]


async def test_what_does_not_leave_is_told_but_not_while_the_platform_asked_for_a_pause(
    database: Database, office: Settings, cast: Cast
) -> None:
    await announced(database, cast, "Họp.")
    await run_on(database, NOW + 9 * MINUTE)
    assert (await status.look(office, NOW + 9 * MINUTE)).wrong == ()
    await run_on(database, NOW + 11 * MINUTE)
    (wrong,) = (await status.look(office, NOW + 11 * MINUTE)).wrong
    assert wrong.startswith("Messages do not leave: the oldest has waited for 11 minutes.")
    async with database.transaction() as session:
        held = await paces.held(session, ["telegram"], NOW)
        held["telegram"].pause(NOW, NOW + HOUR)
        await paces.keep(session, held.values())
    found = await status.look(office, NOW + 11 * MINUTE)
    assert found.wrong == ()
    assert as_json(found)["rate"]["pauses"] == {"telegram": "2026-03-02T10:00:00+07:00"}
    assert "telegram: the platform asked for a pause until 2026-03-02 10:00:00" in as_text(found)


async def test_what_fails_again_and_again_is_told_with_its_reason(database: Database, office: Settings, cast: Cast) -> None:
    await announced(database, cast, "Họp.")
    async with database.transaction() as session:
        await session.execute(update(tables.outbox).values(reason="not sent: ConnectError", tries=4, due_at=NOW + MINUTE))
    await run_on(database)
    found = await status.look(office, NOW)
    assert "1 × not sent: ConnectError" in found.wrong[0]
    assert as_json(found)["waiting"]["failing"] == {"not sent: ConnectError": 1}


async def test_who_blocked_the_bot_is_named_and_is_nothing_wrong(
    database: Database, office: Settings, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(AddressGone("Forbidden: bot was blocked by the user"))
    await announced(database, cast, "Họp.")
    await until_all_left(courier)
    await run_on(database)
    found = await status.look(office, NOW)
    assert as_json(found)["suspended"] == [
        {
            "person": "Lan",
            "channel": "telegram",
            "reason": "Forbidden: bot was blocked by the user",
            "units": ["Chi bộ Khoa Toán"],
        }
    ]
    assert found.wrong == ()
    assert "Lan (telegram, Chi bộ Khoa Toán): Forbidden" in as_text(found)


async def test_what_is_unknown_is_wrong_for_a_day_and_listed_for_thirty(
    database: Database, office: Settings, cast: Cast, courier: Courier, telegram: Recording
) -> None:
    telegram.fails(OutcomeUnknown("cut"), OutcomeUnknown("cut"))
    await announced(database, cast, "Họp.")
    await until_all_left(courier)
    await until_all_left(courier, NOW + MINUTE)
    async with database.transaction() as session:
        await session.execute(update(tables.outbox).values(leaves_at=NOW))  # the place in the rate is of the wall clock
    listed, wrong = [], []
    for moment in (NOW, NOW + DAY, NOW + 29 * DAY, NOW + 31 * DAY):
        await run_on(database, moment)
        found = await status.look(office, moment)
        wrong.append(len(found.wrong))
        listed.append([(one["person"], one["kind"], one["at"]) for one in as_json(found)["unknown"]])
    assert wrong == [1, 0, 0, 0]
    assert [one["cause"] for one in as_json(found)["incidents"]] == ["unknown"]
    assert "unknown: 1, since 2026-03-02 09:01:00" in as_text(found)
    assert listed == [[("Lan", "broadcast", "2026-03-02T09:00:00+07:00")]] * 3 + [[]]


async def test_an_event_that_was_set_aside_is_shown_and_is_wrong_for_a_day(database: Database, office: Settings) -> None:
    async with database.transaction() as session:
        await inbox.remember(session, [Event("telegram", "1", "101", {}, NOW), Event("telegram", "2", "101", {}, NOW)])
        first = tables.inbox.c.key == "1"
        await session.execute(update(tables.inbox).where(first).values(state=EventState.SET_ASIDE))
    wrong = []
    for moment in (NOW + HOUR, NOW + 2 * DAY):
        await run_on(database, moment)
        found = await status.look(office, moment)
        assert [(one["channel"], one["at"]) for one in as_json(found)["set_aside"]] == [("telegram", "2026-03-02T09:00:00+07:00")]
        wrong.append(found.wrong)
    assert (len(wrong[0]), wrong[1]) == (1, ())


async def test_a_gap_that_is_not_filled_is_told(database: Database, office: Settings, cast: Cast) -> None:
    async with database.transaction() as session:
        await a_duty(session, cast, due("2026-03-20"))
    await reminders.plan(database, OFFICE, NOW)
    async with database.transaction() as session:
        await session.execute(delete(tables.digest_items))
        await session.execute(update(tables.assignments).values(look_at=None))
    await run_on(database)
    found = await status.look(office, NOW)
    assert as_json(found)["gaps"] == {"looks": 1, "reminders": 1, "announcements": 0}
    assert found.wrong == (
        "Something is missing that “dondoc run” puts back within a minute: 1 tasks of units without a next look, 1 reminders.",
    )


async def test_files_that_are_gone_or_cut_short_are_told(database: Database, office: Settings, cast: Cast) -> None:
    store = Store(office.data_dir / "files")
    kept = [store.keep(content) for content in (b"whole", b"gone", b"cut short")]
    places = [store.folder / name[:2] / name for name in kept]
    places[1].unlink()
    places[2].write_bytes(b"cut")
    async with database.transaction() as session:
        numbers = [
            (
                await files.announce(
                    session,
                    File(
                        "telegram",
                        name,
                        "a.docx",
                        cast.lan.id,
                        Purpose.SUBMISSION,
                        NOW,
                        NOW,
                        state=FileState.KEPT,
                        sha256=name,
                        size=size,
                    ),
                )
            ).id
            for name, size in zip(kept, (5, 4, 9), strict=True)
        ]
    await run_on(database)
    found = await status.look(office, NOW)
    assert sorted(as_json(found)["files"]["missing"]) == numbers[1:]
    assert found.wrong == ("2 of the 3 newest files cannot be read: put them back from a backup.",)


def test_a_command_that_finds_something_wrong_ends_with_one(types: Types) -> None:
    empty = types("status")
    assert empty.code == 1
    assert "The database is empty: run “dondoc migrate”." in " ".join(empty.out.split())
    assert types("migrate").code == 0
    idle = types("status", "--json")
    assert idle.code == 1
    told = json.loads(idle.out)
    assert [sentence.partition(":")[0] for sentence in told["wrong"]] == ["No process leads", "Reminders were last planned never"]


def test_a_database_out_of_reach_is_told_in_words(types: Types, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"postgresql://postgres@/office?host={tmp_path}")
    found = types("status", "--json")
    assert found.code == 1
    assert json.loads(found.out)["wrong"][0].startswith("The database cannot be reached: ")


@pytest.mark.parametrize(
    ("seconds", "expected"), [(5, "5 seconds"), (119, "119 seconds"), (120, "2 minutes"), (7200, "2 hours"), (172_800, "2 days")]
)
def test_an_age_is_told_in_the_unit_that_a_person_would_take(seconds: float, expected: str) -> None:
    assert age(NOW - timedelta(seconds=seconds), NOW) == expected
