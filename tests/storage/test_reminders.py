"""Does the ledger hold each step of each deadline once?"""

import asyncio

from domain.assignments import Assignment
from storage import reminders
from storage.reminders import Entry
from storage.session import Database
from tests.builders import NOW, Cast, a_duty


async def assigned(database: Database, cast: Cast) -> Assignment:
    async with database.transaction() as session:
        return (await a_duty(session, cast)).assignment


async def record(database: Database, assignment: Assignment, step: str = "due") -> int | None:
    async with database.transaction() as session:
        written = await reminders.record(session, [Entry(assignment, step, "said")], NOW)
        return written.get((assignment.id, step))


async def test_a_step_is_written_once_and_numbered(database: Database, cast: Cast) -> None:
    assignment = await assigned(database, cast)
    assert await record(database, assignment) is not None
    assert await record(database, assignment) is None


async def test_of_planners_at_once_one_writes_the_step(database: Database, replica: Database, cast: Cast) -> None:
    assignment = await assigned(database, cast)
    written = await asyncio.gather(*(record(one, assignment) for one in [database, replica] * 3))
    assert len([number for number in written if number is not None]) == 1


async def test_other_steps_and_a_new_deadline_are_written_too(database: Database, cast: Cast) -> None:
    assignment = await assigned(database, cast)
    numbers = [await record(database, assignment), await record(database, assignment, "late-1")]
    assignment.version = 2
    numbers.append(await record(database, assignment))
    assert len(set(numbers) - {None}) == 3


async def test_the_ledger_tells_the_steps_by_assignment_and_deadline(database: Database, cast: Cast) -> None:
    assignment, other = await assigned(database, cast), await assigned(database, cast)
    for step in ("new", "due"):
        await record(database, assignment, step)
    assignment.version = 2
    await record(database, assignment, "new")
    async with database.transaction() as session:
        assert await reminders.brought_up(session, [assignment]) == {
            (assignment.id, 1): {"new", "due"},
            (assignment.id, 2): {"new"},
        }
        assert await reminders.brought_up(session, [other]) == {}
        assert await reminders.brought_up(session, []) == {}
