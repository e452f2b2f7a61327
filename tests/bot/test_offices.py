"""Do commands that only look reckon by the office's own days where its database stands, and make none where it does not?"""

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest

from bot import settings
from bot.commands import offices
from bot.settings import Settings
from domain.ladders import parse
from domain.office_days import DayKind, OfficeDay
from storage import assignments, calendars, ladders
from storage.migrations import migrate, step_of
from storage.session import Database
from tests.bot.conftest import Types
from tests.bot.test_cli import NOTICE
from tests.builders import NOW, a_published_conclusion, a_task, at, due, the_cast
from tests.documents import papers

MOMENT = ("--now", "2021-02-01T09:00", "--json")
OWN = ("calendar", "set", "2021-02-19", "off", "--name", "Hội nghị", "--yes")


def working_day(types: Types) -> object:
    """Read the last working day of a task that is due by Sunday, 21 February 2021."""
    return json.loads(types("read", NOTICE, "--json").out)["tasks"][0]["deadline"]["effective_workday"]


async def in_database(work: str) -> None:
    """Change the office's database: its ladder, or the records of a unit."""
    database = Database(settings.load().database_url)
    async with database.transaction() as session:
        if work == "ladder":
            await ladders.keep_for_office(session, parse("3"))
        else:
            cast = await the_cast(session)
            for number in ("7", "8"):
                tasks = [a_task(deadline=due("2020-12-10"))]
                days = at("2020-12-01")
                await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=tasks, at=days, number=number)
    await database.close()


@pytest.mark.parametrize("command", [("read",), ("preview", "--now", "2021-02-01T09:00")], ids=" ".join)
def test_without_a_database_none_is_made_and_the_law_s_calendar_is_named(types: Types, command: tuple[str, ...]) -> None:
    ran = types(command[0], NOTICE, *command[1:])

    assert ran.code == 0
    assert ran.err.splitlines()[-1] == ("By the law's calendar alone, and the standard ladder: there is no database yet.")
    assert not Path("data").exists()


def test_reading_goes_by_the_office_s_own_days(types: Types) -> None:
    by_law = working_day(types)
    types(*OWN)

    ran = types("read", NOTICE)

    assert (by_law, working_day(types)) == ("2021-02-19", "2021-02-18")
    assert ran.err == "By the office's calendar in sqlite:///data/dondoc.db; days of its own: 1.\n"


def test_a_preview_goes_by_the_office_s_own_days_and_ladder(types: Types) -> None:
    types(*OWN)
    asyncio.run(in_database("ladder"))

    planned = json.loads(types("preview", NOTICE, *MOMENT).out)

    steps = {(task["step"], one["when"][:10]) for one in planned for task in one["tasks"] if task["ref"] == "2.1"}
    assert steps == {("published", "2021-02-01"), ("-3", "2021-02-08")}


def test_a_database_of_another_step_is_left_as_it_is(types: Types) -> None:
    async def step(target: str | None = None) -> str | None:
        database = Database(settings.load().database_url)
        if target:
            await migrate(database, target)
        found = await step_of(database)
        await database.close()
        return found

    older = asyncio.run(step("0006"))
    ran = types("preview", NOTICE, *MOMENT)

    assert (ran.code, asyncio.run(step())) == (0, older)
    assert "is not up to date, which “dondoc migrate” mends" in ran.err.splitlines()[-1]


@pytest.mark.parametrize("made", [b"", b"no database at all"])
def test_a_file_that_is_no_database_is_left_as_it_is(types: Types, made: bytes) -> None:
    Path("data").mkdir()
    Path("data/dondoc.db").write_bytes(made)

    ran = types("read", NOTICE)

    assert (ran.code, Path("data/dondoc.db").read_bytes()) == (0, made)
    assert ran.err.startswith("By the law's calendar alone")


def test_an_empty_database_stays_empty(types: Types) -> None:
    Path("data").mkdir()
    with sqlite3.connect("data/dondoc.db") as connection:
        connection.execute("CREATE TABLE mine (id)")
    connection.close()

    assert "is empty" in types("read", NOTICE).err


def test_a_database_out_of_reach_hinders_no_reading(types: Types, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://office:geheim@127.0.0.1:1/none")

    ran = types("preview", NOTICE, *MOMENT)

    assert (ran.code, len(ran.err.splitlines())) == (0, 2)
    assert "cannot be reached" in ran.err
    assert "geheim" not in ran.err


async def test_both_kinds_of_database_are_looked_at(database: Database) -> None:
    async with database.transaction() as session:
        await calendars.keep(session, OfficeDay(NOW.date(), DayKind.OFF, "Hội nghị", None, NOW))
    chosen = Settings(database_url=database.url.set(drivername=database.url.get_backend_name()).render_as_string())

    found = await asyncio.to_thread(offices.basis, chosen, NOW)

    assert (found.is_kept, found.office.works(NOW)) == (True, False)


def test_what_the_office_may_decide_is_told_and_shown_when_it_is_wished(types: Types) -> None:
    types("migrate")
    asyncio.run(in_database("records"))
    saturday = ("--now", "2021-01-30T10:00", "--json")

    ran, decided = types("preview", NOTICE, *saturday), types("preview", NOTICE, *saturday, "--at-once", "--early")

    assert "That is a day off; --at-once tells the units then." in ran.err
    assert "Units that were late before: 1; --early reminds them one step earlier." in ran.err
    assert min(one["when"] for one in json.loads(ran.out)) == "2021-02-01T08:00:00+07:00"
    assert min(one["when"] for one in json.loads(decided.out)) == "2021-01-30T10:00:00+07:00"
    assert "--at-once" not in decided.err
    assert "--early" not in decided.err


CHANGING = """1. Giao Khoa Toán và Khoa Vật lý gửi báo cáo khắc phục trước ngày 01/4/2021, thay cho thời hạn tại mục 1 \
Thông báo số 41-TB/ĐU ngày 01/02/2021.

2. Thu hồi nhiệm vụ giao tại mục 2 Thông báo số 41-TB/ĐU ngày 01/02/2021.

3. Giao Khoa Toán gửi danh sách trước ngày 12/3/2021, thay cho thời hạn tại mục 1 Thông báo số 99-TB/ĐU ngày 01/02/2021.
"""


async def older_paper() -> None:
    """Publish two tasks for both units; Minh has handed in for the first."""
    database = Database(settings.load().database_url)
    async with database.transaction() as session:
        cast = await the_cast(session)
        tasks = [a_task(position=n, deadline=due(f"2021-02-2{n}")) for n in (1, 2)]
        to, days = [cast.maths, cast.physics], at("2021-02-01")
        duties = await a_published_conclusion(session, to=to, by=cast.hoa, tasks=tasks, at=days, number="41")
        mine = next(duty for duty in duties if duty.unit is cast.physics and duty.task.position == 1)
        await assignments.hand_in(session, mine, cast.minh.id, days)
    await database.close()


def test_what_a_paper_changes_of_older_ones_is_foretold_as_in_the_chat(types: Types) -> None:
    types("migrate")
    asyncio.run(older_paper())
    Path("a.txt").write_text(papers.LETTERHEAD + CHANGING, encoding="utf-8")

    ran = types("preview", "a.txt", *MOMENT)

    found = json.loads(ran.out)
    told = [(one["unit"], one["people"], one["changes"]) for one in found if one["changes"]]
    moved = {"kind": "moves", "notice": "41-TB/ĐU", "ref": "1", "last_day": "2021-03-31", "literal": "trước ngày 01/4/2021"}
    ended = {"kind": "ends", "notice": "41-TB/ĐU", "ref": "2", "last_day": None, "literal": None}
    maths, physics = "Chi bộ Khoa Toán", "Chi bộ Khoa Vật lý"
    assert told == [(maths, 1, [moved]), (maths, 1, [ended]), (physics, 1, [ended])]
    # Who has the older task gets none beside it: the new deadline is brought up with those steps that are still to come.
    of_first = {(one["unit"], task["step"]) for one in found for task in one["tasks"] if task["ref"] == "1"}
    assert {unit for unit, _ in of_first} == {maths}
    assert "published" not in {step for _, step in of_first}
    assert "🔁 Task 1 of Notice 41-TB/ĐU: deadline 21/02/2021 → 31/03/2021, 1 unit has not handed in." in ran.err
    assert "⛔ Task 2 of Notice 41-TB/ĐU ends, 2 units." in ran.err
    assert "99-TB/ĐU" in ran.err
    assert "41-TB/ĐU" in types("preview", "a.txt", *MOMENT[:2]).out


def test_a_preview_with_changes_keeps_nothing(types: Types) -> None:
    types("migrate")
    asyncio.run(older_paper())
    Path("a.txt").write_text(papers.LETTERHEAD + CHANGING, encoding="utf-8")
    before = rows()

    types("preview", "a.txt", *MOMENT)

    assert rows() == before


def rows() -> list[str]:
    with sqlite3.connect("data/dondoc.db") as connection:
        found = list(connection.iterdump())
    connection.close()
    return found


def test_without_a_database_it_is_said_that_changes_are_not_known(types: Types) -> None:
    body = "1. Giao Văn phòng Đảng ủy họp.\n\n2. Thông báo này thay thế Thông báo số 41-TB/ĐUK ngày 01/02/2021.\n"
    Path("a.txt").write_text(papers.LETTERHEAD + body, encoding="utf-8")

    assert "Without the office's database it cannot tell what changes." in types("preview", "a.txt", *MOMENT).err
