"""How does planning grow? Ticks over ten thousand to a million open assignments, beside one job a reminder in APScheduler."""

import argparse
import asyncio
import logging
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from queue import Queue
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import Deadline, DeadlineKind
from domain.ladders import Extent, Scope
from domain.offices import Office
from domain.people import Person, Role, RoleKind
from domain.readings import Audience, AudienceKind
from domain.units import Unit
from schedules import reminders
from schedules.clock import wall_clock
from storage import assignments, calendars, conclusions, ladders, people, units
from storage.migrations import migrate
from storage.session import Database

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
OFFICE = Office(calendars.around(2026), ZONE)
LAST_DAY = date(2026, 3, 20)
UNITS, DUE, BATCH = 200, 1000, 50
ROUNDS = 5
SIZES = (10_000, 100_000, 1_000_000)
SMALL = SIZES[0]
DOWNTIME = timedelta(seconds=3)
WITHIN_FIVE_MINUTES = 100_000
"""What `make bench` measures; --rows 1000000 goes on to a million, which takes some minutes more to set up."""


@dataclass(frozen=True)
class Figures:
    """The seconds of one size, the best of a few rounds; and the most memory (MB) that the process had until then."""

    rows: int
    memory: int
    idle: float
    first: float
    due: float
    move: float
    start: float


async def fill(database: Database, rows: int) -> None:
    """Publish a conclusion to all units, each with one secretary, and let its assignments wait for days to come."""
    async with database.transaction() as session:
        registered = [Unit(f"Chi bộ {number}") for number in range(UNITS)]
        await units.add(session, registered)
        for unit in registered:
            person = await people.add(session, Person(f"Thư ký {unit.id}"))
            await people.take_role(session, Role(person.id, RoleKind.SECRETARY, NOW, unit_id=unit.id))
        deadline = Deadline(DeadlineKind.DATE, "trước ngày 21/03/2026", LAST_DAY)
        made = [
            Task(0, number, str(number), "Gửi báo cáo", Audience(AudienceKind.ALL), deadline, None, None)
            for number in range(rows // UNITS)
        ]
        conclusion = Conclusion(
            "Kết luận", None, None, None, None, (), (), 1, NOW, state=ConclusionState.PUBLISHED, published_at=NOW
        )
        await conclusions.keep(session, conclusion, made)
        first = made[0].id
    _insert(str(database.url.database), first, rows)


def _insert(path: str, first: int, rows: int) -> None:
    """Insert the assignments in bulk, past the rules, since only their number matters here."""
    columns = "task_id, unit_id, state, revision, version, remind_from, look_at, deadline_kind, deadline_last_day, early"
    since, later = _written(NOW), _written(NOW + timedelta(days=30))
    values = (
        (first + n // UNITS, n % UNITS + 1, "assigned", 1, 1, since, later, "date", LAST_DAY.isoformat(), False)
        for n in range(rows)
    )
    with sqlite3.connect(path) as connection:
        connection.executemany(f"INSERT INTO assignments ({columns}) VALUES (?,?,?,?,?,?,?,?,?,?)", values)  # noqa: S608  # own words
    connection.close()


async def measure(folder: str, rows: int) -> Figures:
    """Fill a database with so many open assignments and time what goes on over them."""
    url = f"sqlite:///{folder}/{rows}.db"
    database = Database(url)
    await migrate(database)
    begun = time.perf_counter()
    await fill(database, rows)
    print(f"  {rows:,} assignments set up in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    tick = partial(reminders.plan, database, OFFICE, NOW)
    timed: list[list[float]] = []
    for number in range(1 + ROUNDS):
        forget_round(database)
        taken = [await clocked(tick), await clocked(tick)]
        let_fall_due(database, spread(rows, number))
        taken += [
            await clocked(tick, DUE),
            await clocked(partial(move, database, number + 1)),
            await clocked(partial(opens, url)),
        ]
        timed.append(taken)
    await database.close()
    # The first round finds every cache cold.
    first, idle, due, moved, start = (min(column) for column in zip(*timed[1:], strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Figures(rows, memory, idle=idle, first=first, due=due, move=moved, start=start)


async def clocked(work: Callable[[], Coroutine[None, None, int]], expected: int = 0) -> float:
    """Give the seconds of a piece of work that is to count so many."""
    begun = time.perf_counter()
    count = await work()
    taken = time.perf_counter() - begun
    if count != expected:
        raise SystemExit(f"{count} were counted, and not {expected}")
    return taken


def let_fall_due(database: Database, ids: Iterable[int]) -> None:
    """Let assignments be looked at now."""
    with sqlite3.connect(str(database.url.database)) as connection:
        connection.executemany("UPDATE assignments SET look_at = ? WHERE id = ?", ((_written(NOW), number) for number in ids))
    connection.close()


def forget_round(database: Database) -> None:
    """Let the next tick be the first one of its day, which looks at what the office is to hear."""
    with sqlite3.connect(str(database.url.database)) as connection:
        connection.execute("DELETE FROM rounds")
    connection.close()


def spread(rows: int, number: int) -> Iterator[int]:
    """Give a thousand ids, of five tasks that lie far apart and all units, other ones each round."""
    return (number * UNITS + task * (rows // 5) + unit for task in range(DUE // UNITS) for unit in range(1, UNITS + 1))


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


async def move(database: Database, assignment_id: int) -> int:
    """Give one assignment another deadline."""
    async with database.transaction() as session:
        found = await assignments.duty(session, assignment_id)
        found.assignment.move(Deadline(DeadlineKind.DATE, None, LAST_DAY + timedelta(days=7)), NOW + timedelta(days=1))
    return 0


async def opens(url: str) -> int:
    """Do what the program does at its start: bring the tables up to date, and look once at what is due."""
    database = Database(url)
    await migrate(database)
    count = await reminders.plan(database, OFFICE, NOW)
    await database.close()
    return count


def report(figures: list[Figures]) -> None:
    """Print a line for each size, and how it compares with the first."""
    for one in figures:
        first = figures[0]
        print(
            f"{one.rows:>9,} open: nothing due {one.idle * 1e3:.1f} ms (×{one.idle / first.idle:.2f}), "
            f"a day's first tick {one.first * 1e3:.1f} ms (×{one.first / first.first:.2f}), "
            f"{DUE:,} due {one.due:.2f} s (×{one.due / first.due:.2f}), a deadline moved {one.move * 1e3:.1f} ms "
            f"(×{one.move / first.move:.2f}), start {one.start * 1e3:.0f} ms (×{one.start / first.start:.2f}), "
            f"memory {one.memory} MB"
        )


@dataclass(frozen=True)
class Against:
    """The seconds of planning 10,000 reminders and of a batch of 50 that is due, and how many an outage of 3 s lets fall."""

    planned: float
    due: float
    dropped: int


async def ours(folder: str) -> Against:
    """Measure what is done here: rows with a moment at which to look at them."""
    database = Database(f"sqlite:///{folder}/planned.db")
    await migrate(database)
    await fill(database, SMALL)
    begun = time.perf_counter()
    async with database.transaction() as session:
        await ladders.plan_anew(session, Extent(Scope.OFFICE), NOW + timedelta(days=1))
    planned, taken, dropped = time.perf_counter() - begun, [], 0
    for number in range(1 + ROUNDS):
        let_fall_due(database, range(number * UNITS + 1, number * UNITS + BATCH + 1))
        begun = time.perf_counter()
        said = await reminders.plan(database, OFFICE, NOW + DOWNTIME)
        taken.append(time.perf_counter() - begun)
        dropped = max(dropped, BATCH - said)
    await database.close()
    return Against(planned, min(taken), dropped)


def queue(path: str) -> None:
    """Queue one message, as little as a job that reminds must do."""
    with sqlite3.connect(path, timeout=60) as connection:
        connection.execute("INSERT INTO queued DEFAULT VALUES")
    connection.close()


def theirs(folder: str) -> Against:
    """Measure one job a reminder in APScheduler's store of jobs, and an outage with its defaults."""
    ran: Queue[int] = Queue()
    path, store = f"{folder}/queue.db", SQLAlchemyJobStore(f"sqlite:///{folder}/jobs.db")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE queued (id INTEGER PRIMARY KEY)")
    connection.close()
    scheduler = BackgroundScheduler(timezone=UTC, jobstores={"default": store})
    scheduler.add_listener(lambda event: ran.put(event.code), EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
    scheduler.start(paused=True)

    def add(count: int, away: timedelta, **options: object) -> None:
        for _ in range(count):
            scheduler.add_job(queue, "date", args=(path,), run_date=wall_clock() + away, **options)

    def run_due() -> int:
        scheduler.resume()
        missed = [ran.get(timeout=60) for _ in range(BATCH)].count(EVENT_JOB_MISSED)
        scheduler.pause()
        return missed

    begun = time.perf_counter()
    add(SMALL, timedelta(days=30))
    planned, taken = time.perf_counter() - begun, []
    for _ in range(1 + ROUNDS):
        add(BATCH, -DOWNTIME, misfire_grace_time=None)
        begun = time.perf_counter()
        run_due()
        taken.append(time.perf_counter() - begun)
    add(BATCH, -DOWNTIME)
    dropped = run_due()
    scheduler.shutdown()
    return Against(planned, min(taken), dropped)


def compare(here: Against, there: Against) -> None:
    """Print both beside each other."""
    print(
        f"{SMALL:,} reminders planned: {here.planned:.2f} s, as jobs {there.planned:.1f} s "
        f"(×{there.planned / here.planned:.0f}); "
        f"{BATCH} due: {here.due * 1e3:.0f} ms, as jobs {there.due * 1e3:.0f} ms (×{there.due / here.due:.1f}); "
        f"dropped after {DOWNTIME.seconds} s of downtime: {here.dropped}, as jobs {there.dropped} of {BATCH}"
    )


def main() -> None:
    """Measure every size up to the number of rows that is asked for."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--rows", type=int, default=WITHIN_FIVE_MINUTES, help="the largest number of open assignments")
    most = wanted.parse_args().rows
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        report([asyncio.run(measure(folder, rows)) for rows in SIZES if rows <= most])
        compare(asyncio.run(ours(folder)), theirs(folder))


if __name__ == "__main__":
    main()
