"""Does ``dondoc calendar`` list and set the office's days, all or nothing, once it has told what moves?"""

import asyncio
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
import typer
from sqlalchemy import func, select

from bot import settings
from bot.commands import database_of
from domain.deadlines import Deadline, DeadlineKind
from domain.deliveries import Kind
from schedules.clock import wall_clock
from storage import calendar_files, calendars, tables
from tests.bot.conftest import Types
from tests.builders import a_published_conclusion, a_task, the_cast

NOW = wall_clock()


def listed(types: Types, year: int) -> dict[str, dict[str, object]]:
    return {one["day"]: one for one in json.loads(types("calendar", "list", "--year", str(year), "--json").out)}


def a_working_day_ahead() -> date:
    """Give a working day three weeks on, whose last working day and reminders are still to come."""
    return calendars.around(NOW.year).first_working_day(NOW.date() + timedelta(days=21))


def with_a_task_due(day: date, *, in_a_calendar: bool = False) -> None:
    async def publish() -> None:
        async with database_of(settings.load()) as database, database.transaction() as session:
            cast = await the_cast(session)
            tasks = [a_task(deadline=Deadline(DeadlineKind.DATE, f"{day}", day))]
            (duty,) = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=tasks, at=NOW)
            if in_a_calendar:
                await calendar_files.take(session, duty.assignment.id, cast.lan.id, 0)

    asyncio.run(publish())


def renewals() -> int:
    """Count the messages that wait to renew what people have in their calendars."""

    async def count() -> int:
        async with database_of(settings.load()) as database, database.transaction() as session:
            found = select(func.count()).where(tables.outbox.c.kind == Kind.CALENDAR_CHANGED)
            return await session.scalar(found) or 0

    return asyncio.run(count())


def test_the_list_is_for_people_and_for_programs(types: Types) -> None:
    assert "02/01/2026" in types("calendar", "list", "--year", "2026").out
    days = listed(types, 2026)
    assert days["2026-01-02"]["source"] == "Thông báo 12729/VPCP-KGVX"
    assert (days["2026-01-02"]["kind"], days["2026-01-10"]["kind"]) == ("off", "working")
    assert not any(day["expected"] for day in days.values())


def test_days_that_nobody_has_announced_are_expected(types: Types) -> None:
    days = listed(types, 2027)
    assert [day for day, one in days.items() if one["expected"]][:2] == ["2027-02-04", "2027-02-05"]
    assert "dự kiến" in types("calendar", "list", "--year", "2027").out


def test_a_day_is_set_and_unset(types: Types) -> None:
    set_it = ("calendar", "set", "2026-05-15", "off", "--name", "Ngày hội", "--source", "Thông báo 12-TB/VP", "--yes")
    assert "Done: 1 set, 0 unset." in types(*set_it).out
    kept = listed(types, 2026)["2026-05-15"]
    assert (kept["kind"], kept["name"], kept["source"], kept["own"]) == ("off", "Ngày hội", "Thông báo 12-TB/VP", True)
    assert "Done: 0 set, 1 unset." in types("calendar", "unset", "15/05/2026", "--yes").out
    assert "2026-05-15" not in listed(types, 2026)


def test_a_dry_run_tells_what_moves_and_changes_nothing(types: Types) -> None:
    day = a_working_day_ahead()
    with_a_task_due(day)
    before = calendars.around(NOW.year).last_working_day(day - timedelta(days=1))
    ran = types("calendar", "set", day.isoformat(), "off", "--name", "Ngày hội", "--dry-run")
    assert "Deadlines with another last working day: 1" in ran.out
    assert f"Kế hoạch – Chi bộ Khoa Toán: {day} → {before}" in ran.out
    assert f"{day} 08:00 → {before} 08:00" in ran.out
    assert day.isoformat() not in listed(types, day.year)


def test_who_has_a_moved_task_in_a_calendar_gets_it_anew(types: Types) -> None:
    day = a_working_day_ahead()
    with_a_task_due(day, in_a_calendar=True)
    types("calendar", "set", (day - timedelta(days=14)).isoformat(), "off", "--name", "Ngày hội", "--yes")
    assert renewals() == 0
    types("calendar", "set", day.isoformat(), "off", "--name", "Ngày hội", "--yes")
    types("calendar", "unset", day.isoformat(), "--yes")
    assert renewals() == 1


def test_no_is_the_answer_unless_yes_is_typed(types: Types, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typer, "confirm", lambda question: False)
    assert "Nothing was changed." in types("calendar", "set", "2026-05-15", "off", "--name", "Ngày hội").out
    assert "2026-05-15" not in listed(types, 2026)


def test_an_import_sets_every_day_of_a_file(types: Types, tmp_path: Path) -> None:
    (tmp_path / "days.csv").write_text("day,kind,name,source\n2026-05-15,off,Ngày hội,TB 12\n2026-05-23,working,Làm bù,TB 12\n")
    assert "Done: 2 set" in types("calendar", "import", "days.csv", "--yes").out
    days = listed(types, 2026)
    assert (days["2026-05-15"]["kind"], days["2026-05-23"]["kind"]) == ("off", "working")


def test_an_import_with_a_bad_row_sets_nothing_and_names_its_line(types: Types, tmp_path: Path) -> None:
    (tmp_path / "days.csv").write_text(
        "day,kind,name\n2026-05-15,off,Ngày hội\n2026-02-30,off,Không có\n2026-05-23,half,Làm bù\n"
    )
    ran = types("calendar", "import", "days.csv", "--yes")
    assert ran.code == 2
    assert "line 3: “2026-02-30” is no day" in ran.err
    assert "line 4: “half” is neither “off” nor “working”" in ran.err
    assert "2026-05-15" not in listed(types, 2026)


@pytest.mark.parametrize(
    "words",
    [
        ("set", "2026-02-30", "off", "--name", "x"),
        ("set", "2026-05-15", "half", "--name", "x"),
        ("set", "2026-05-15", "off"),
        ("unset", "2026-05-15", "--yes"),
        ("import", "nothing.csv"),
        ("list", "--year", "1926"),
    ],
)
def test_what_cannot_be_done_ends_with_code_2(types: Types, words: tuple[str, ...]) -> None:
    assert types("calendar", *words).code == 2
