"""Do the numbered steps lead to what the tables say, back again, and never halfway?"""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from domain import series as rules
from domain.assignments import AssignmentState
from domain.deadlines import Deadline, DeadlineKind
from storage import assignments, series, tables, units
from storage.migrations import Migrated, NewerError, differences, migrate, newest, step_of
from storage.session import Database, UnreachableError
from tests import databases
from tests.builders import NOW

OFFICE_OF_0001 = (
    "INSERT INTO people (id, name) VALUES (1, 'Hoa')",
    "INSERT INTO units (id, name, folded_name) VALUES (1, 'Khoa Toán', 'khoa toán')",
    "INSERT INTO conclusions (id, state, findings, citations, names, created_at, created_by, at_once)"
    " VALUES (1, 'published', '[]', '[]', '[]', '2026-03-02 02:00:00', 1, false)",
    "INSERT INTO tasks (conclusion_id, position, ref, text, audience, deadline_kind, deadline_literal, deadline_last_day,"
    " deadline_at, deadline_basis, unsure, doubts, dropped)"
    ' VALUES (1, 1, \'1\', \'Gửi kế hoạch\', \'{"kind": "all", "units": [], "phrase": null, "coordinators": [],'
    " \"complement\": false, \"excluded\": []}', 'date', 'trước ngày 21/3/2026', '2026-03-20', '17:00:00', 'exclusive',"
    " '[]', '{}', false)",
    "INSERT INTO assignments (id, task_id, unit_id, state, revision, version, remind_from)"
    " VALUES (1, 1, 1, 'assigned', 1, 1, '2026-03-02 02:00:00')",
)
EVERY_TABLE = set(tables.metadata.tables)


async def tables_of(database: Database) -> set[str]:
    def names(connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    async with database.engine.connect() as connection:
        return await connection.run_sync(names)


async def test_an_empty_database_is_taken_to_the_newest_step(blank: Database) -> None:
    assert await step_of(blank) is None
    assert await migrate(blank) == Migrated(None, newest())
    assert await step_of(blank) == newest()
    assert await tables_of(blank) == EVERY_TABLE | {"alembic_version"}


async def test_migrating_again_changes_nothing(blank: Database) -> None:
    await migrate(blank)
    assert await migrate(blank) == Migrated(newest(), newest())


async def test_the_steps_lead_to_just_what_the_tables_say(database: Database) -> None:
    assert await differences(database) == []


async def test_a_column_that_no_step_makes_is_a_difference(blank: Database) -> None:
    await migrate(blank)
    async with blank.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE people DROP COLUMN language"))
    assert len(await differences(blank)) == 1


async def test_the_way_down_leaves_no_table_and_the_way_up_is_free_again(blank: Database) -> None:
    await migrate(blank)
    assert await migrate(blank, "base") == Migrated(newest(), None)
    assert await tables_of(blank) == {"alembic_version"}
    assert await migrate(blank) == Migrated(None, newest())
    assert await differences(blank) == []


async def test_assignments_that_were_there_take_the_deadlines_of_their_tasks(blank: Database) -> None:
    await migrate(blank, "0001")
    async with blank.engine.begin() as connection:
        for statement in OFFICE_OF_0001:
            await connection.execute(text(statement))
    await migrate(blank)
    async with blank.transaction() as session:
        (duty,) = await assignments.of_conclusion(session, 1)
        register = await units.register(session)
    assert duty.deadline == Deadline(DeadlineKind.DATE, "trước ngày 21/3/2026", date(2026, 3, 20), time(17), None, "exclusive")
    assert (duty.assignment.past, duty.task.choices, register.units[0].also) == ((), (), ())
    await migrate(blank, "0001")
    assert await step_of(blank) == "0001"


MARCH = date(2026, 3, 24)
RULE = Deadline(DeadlineKind.RECURRING, "trước ngày 25 hằng tháng", at=time(17), recurrence="FREQ=MONTHLY;BYMONTHDAY=24")
RECURRING = (
    "UPDATE tasks SET deadline_kind = 'recurring', deadline_literal = 'trước ngày 25 hằng tháng', deadline_last_day = NULL,"
    " deadline_recurrence = 'FREQ=MONTHLY;BYMONTHDAY=24', deadline_basis = NULL",
    "UPDATE assignments SET deadline_kind = 'recurring', deadline_literal = 'trước ngày 25 hằng tháng',"
    " deadline_at = '17:00:00', deadline_recurrence = 'FREQ=MONTHLY;BYMONTHDAY=24'",
    "INSERT INTO units (id, name, folded_name) VALUES (2, 'Khoa Lý', 'khoa lý')",
    "INSERT INTO assignments (id, task_id, unit_id, state, revision, version, remind_from, submitted_at)"
    " VALUES (2, 1, 2, 'accepted', 3, 1, '2026-03-02 02:00:00', '2026-03-09 02:00:00')",
    "INSERT INTO reminders (assignment_id, version, step, outcome, at) VALUES (1, 1, 'published', 'said', '2026-03-02 02:00:00')",
)


async def at_0007(blank: Database, *more: str) -> None:
    """Make an office of before there were series, with a task of a rule that two units have, and one has fulfilled."""
    await migrate(blank, "0001")
    async with blank.engine.begin() as connection:
        for statement in OFFICE_OF_0001:
            await connection.execute(text(statement))
    await migrate(blank, "0007")
    async with blank.engine.begin() as connection:
        for statement in (*RECURRING, *more):
            await connection.execute(text(statement))


async def test_what_recurred_before_there_were_series_goes_on_as_one(blank: Database) -> None:
    await at_0007(blank)

    await migrate(blank, now=NOW)

    async with blank.transaction() as session:
        ((recurring, _),) = await series.to_come(session)
        (occurrence,) = await series.occurrences(session, 1, NOW.date())
        duties = {duty.unit.id: duty.assignment for duty in await series.duties(session, 1)}
        assert await assignments.of_task(session, 1) == []
    # The one that is next is what the units have already, and what was handed in counts for it.
    assert (occurrence.occurs_on, occurrence.ref, occurrence.text) == (MARCH, "1", "Gửi kế hoạch")
    assert occurrence.deadline == rules.on(RULE, MARCH) == duties[1].deadline == duties[2].deadline
    assert (duties[2].state, duties[2].version, duties[2].look_at) == (AssignmentState.ACCEPTED, 1, None)
    # Who has not handed in is reminded anew; nobody is asked twice for it, and the next comes in its time.
    assert (duties[1].state, duties[1].version, duties[1].past) == (AssignmentState.ASSIGNED, 2, ())
    assert duties[1].look_at == duties[1].remind_from == NOW
    assert (recurring.series.begins_on, recurring.next_day) == (MARCH + timedelta(days=1), date(2026, 4, 24))
    assert recurring.series.opens_at == datetime(2026, 4, 10, 1, tzinfo=UTC)


async def test_without_a_moment_no_series_begins_silently(blank: Database) -> None:
    await at_0007(blank)
    with pytest.raises(ValueError, match="moment"):
        await migrate(blank)
    assert await step_of(blank) == "0007"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE conclusions SET state = 'withdrawn'",
        "UPDATE conclusions SET state = 'draft'",
        "UPDATE tasks SET dropped = true",
        "UPDATE tasks SET deadline_recurrence = 'FREQ=MONTHLY;BYMONTHDAY=24;UNTIL=20200101'",
        "UPDATE tasks SET deadline_recurrence = 'hằng tháng'",
    ],
)
async def test_what_recurs_no_more_begins_no_series(blank: Database, change: str) -> None:
    await at_0007(blank, change)

    await migrate(blank, now=NOW)

    async with blank.transaction() as session:
        assert await series.of_conclusion(session, 1) == []
        assert len(await assignments.of_task(session, 1)) == 2


async def test_a_series_that_is_there_is_left_as_it_is(blank: Database) -> None:
    await at_0007(blank)
    await migrate(blank, "0008")
    async with blank.engine.begin() as connection:
        await connection.execute(text("INSERT INTO series (task_id, begins_on, revision) VALUES (1, '2026-04-01', 4)"))

    await migrate(blank, now=NOW)

    async with blank.transaction() as session:
        (recurring,) = await series.of_conclusion(session, 1)
        assert (recurring.series.begins_on, recurring.series.revision) == (date(2026, 4, 1), 4)
        assert len(await assignments.of_task(session, 1)) == 2


async def test_a_step_that_fails_halfway_leaves_nothing(blank: Database) -> None:
    async with blank.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE files (id INTEGER)"))
    with pytest.raises(DBAPIError):
        await migrate(blank)
    assert await step_of(blank) is None
    assert await tables_of(blank) - {"alembic_version"} == {"files"}


def in_no_folder(folder: Path) -> str:
    return f"sqlite:///{folder}"


def no_database_file(folder: Path) -> str:
    (folder / "office.db").write_text("Thông báo kết luận" * 100, encoding="utf-8")
    return f"sqlite:///{folder / 'office.db'}"


def no_server(folder: Path) -> str:
    return f"postgresql://postgres@/office?host={folder}"


async def connections_end() -> None:
    """Wait for the threads of the SQLite driver, which says goodbye to the loop after a connection that failed."""
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join)


def no_root_certificate(folder: Path) -> str:
    return "postgresql://postgres@127.0.0.1:1/office?sslmode=verify-full"


@pytest.mark.parametrize("parameters", ["host=a:1&host=b", "host=a&port=geheim", "host=127.0.0.1&port=99999"])
async def test_parameters_that_the_driver_does_not_take_are_unreachable_in_words(parameters: str) -> None:
    with pytest.raises(UnreachableError, match="does not take a parameter") as raised:
        async with databases.opened(f"postgresql://postgres@/office?{parameters}") as database:
            await step_of(database)
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize("url", [in_no_folder, no_database_file, no_server, no_root_certificate])
async def test_what_cannot_be_opened_is_unreachable(
    url: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    async with databases.opened(url(tmp_path)) as database:
        with pytest.raises(UnreachableError):
            await migrate(database)
    await connections_end()


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
async def test_a_server_that_does_not_know_the_database_or_the_user_is_unreachable(blank: Database) -> None:
    for strange in (blank.url.set(database="nowhere"), blank.url.set(username="stranger")):
        async with databases.opened(strange.render_as_string(hide_password=False)) as database:
            with pytest.raises(UnreachableError, match="does not exist"):
                await step_of(database)


async def test_a_database_of_a_newer_version_is_left_as_it_is(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerError, match="9999"):
        await migrate(database)
    assert await step_of(database) == "9999"
