"""How does planning grow? A tick with so many assignments due, beside one with a quarter of them, in the same run."""

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import Deadline, DeadlineKind
from domain.offices import Office
from domain.people import Person, Role, RoleKind
from domain.readings import Audience, AudienceKind
from domain.units import Unit
from schedules import reminders
from storage import assignments, calendars, conclusions, people, units
from storage.migrations import migrate
from storage.session import Database

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
OFFICE = Office(calendars.around(2026), ZoneInfo("Asia/Ho_Chi_Minh"))
UNITS = 200
ROUNDS = 3


async def fill(database: Database, tasks: int) -> None:
    """Publish one conclusion with so many tasks to all units, each with one secretary."""
    async with database.transaction() as session:
        registered = [Unit(f"Chi bộ {number}") for number in range(UNITS)]
        await units.add(session, registered)
        for unit in registered:
            person = await people.add(session, Person(f"Thư ký {unit.id}"))
            await people.take_role(session, Role(person.id, RoleKind.SECRETARY, NOW, unit_id=unit.id))
        deadline = Deadline(DeadlineKind.DATE, "trước ngày 21/03/2026", datetime(2026, 3, 20, tzinfo=UTC).date())
        made = [
            Task(0, number, str(number), "Gửi báo cáo", Audience(AudienceKind.ALL), deadline, None, None)
            for number in range(tasks)
        ]
        conclusion = Conclusion(
            "Kết luận", None, None, None, None, (), (), 1, NOW, state=ConclusionState.PUBLISHED, published_at=NOW
        )
        await conclusions.keep(session, conclusion, made)
        for task in made:
            await assignments.assign(session, task, [unit.id for unit in registered], NOW)


async def tick(tasks: int) -> float:
    """Give the seconds of the tick that brings up every assignment."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/office.db")
        await migrate(database)
        await fill(database, tasks)
        begun = time.perf_counter()
        planned = await reminders.plan(database, OFFICE, NOW)
        taken = time.perf_counter() - begun
        await database.close()
    if planned != tasks * UNITS:
        raise SystemExit(f"{planned} steps were planned, and not {tasks * UNITS}")
    return taken


async def main() -> None:
    """Measure, and print the best of a few rounds and their ratio."""
    few, many = 3, 12
    pairs = [(await tick(few), await tick(many)) for _ in range(ROUNDS)]
    short, long = (min(times) for times in zip(*pairs, strict=True))
    print(
        f"a tick with {few * UNITS} due: {short:.2f} s; with {many * UNITS}: {long:.2f} s; "
        f"{many // few} times as many took {long / short:.1f} times as long"
    )


if __name__ == "__main__":
    asyncio.run(main())
