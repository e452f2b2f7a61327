"""Is it foretold what the office's later decisions would send, and what tells units of changes?"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from domain.changes import Change
from domain.deadlines import Deadline, DeadlineKind
from domain.deliveries import Kind
from domain.digests import Reason
from domain.drafts import compose
from domain.previews import Foretold, Order
from domain.readings import AmendmentKind
from domain.series import Series
from domain.units import Unit
from messages import previews as messages
from schedules import foretelling
from storage import assignments, changes, conclusions, digests, series, units
from storage.session import Database
from tests.builders import NOW, Cast, a_conclusion, a_duty, a_published_conclusion, a_task, at, due
from tests.schedules.scenes import OFFICE

SATURDAY = at("2026-03-07", "10:00")


def orders(*deadlines: Deadline, to: Sequence[Unit]) -> list[Order]:
    return [Order(number, f"{number}", "Kế hoạch", deadline, tuple(to)) for number, deadline in enumerate(deadlines, 1)]


async def foretold(database: Database, given: Sequence[Order], moment: datetime) -> Foretold:
    async with database.transaction() as session:
        return (await foretelling.outset(session, given, moment, OFFICE)).foretold()


async def test_on_a_day_off_what_comes_when_the_units_are_told_at_once_is_foretold(database: Database, cast: Cast) -> None:
    found = await foretold(database, orders(due("2026-03-09"), to=[cast.maths]), SATURDAY)

    assert found.planned[0].when == at("2026-03-09", "08:00")
    assert [(one.when, [said.step for said in one.mentions]) for one in found.at_once] == [
        (SATURDAY, ["published"]),
        (at("2026-03-09", "08:00"), ["0"]),
    ]


async def test_on_a_working_day_there_is_nothing_to_tell_at_once(database: Database, cast: Cast) -> None:
    assert (await foretold(database, orders(due("2026-03-09"), to=[cast.maths]), NOW)).at_once == ()


@pytest.mark.parametrize(("late", "early"), [(1, []), (2, [at("2026-03-12", "08:00")])])
async def test_what_comes_earlier_for_units_that_were_often_late_is_foretold(
    database: Database, cast: Cast, late: int, early: list[datetime]
) -> None:
    async with database.transaction() as session:
        for _ in range(late):
            await a_duty(session, cast, due("2026-02-20"), at=at("2026-02-10"))

    found = await foretold(database, orders(due("2026-03-24"), to=[cast.maths, cast.physics]), NOW)

    assert [one.when for one in found.early] == early
    assert {one.unit.id for one in found.early} == ({cast.maths.id} if early else set())
    assert [record.unit.id for record in found.often_late] == [cast.maths.id] * len(early)


async def test_a_task_without_a_day_is_no_reason_to_remind_earlier(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        for _ in range(2):
            await a_duty(session, cast, due("2026-02-20"), at=at("2026-02-10"))

    assert (await foretold(database, orders(due(None), to=[cast.maths]), NOW)).often_late == ()


async def test_what_a_draft_changes_is_told_once_a_paper_and_what_it_ends_is_brought_up_no_more(
    database: Database, cast: Cast
) -> None:
    """Item 1 moves a deadline, items 2 and 3 of the older paper end, and the reader got one digest before the third waited."""
    moment = NOW + timedelta(hours=1)
    async with database.transaction() as session:
        older = [a_task(position=number, deadline=due(f"2026-03-{10 + number}")) for number in (1, 2, 3)]
        duties = await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa, tasks=older)
        says = a_task(deadline=due("2026-03-20"))
        paper = await conclusions.keep(session, a_conclusion(number="13", created_by=cast.hoa.id), [says])
        earlier = duties[0].conclusion.id
        moves = Change(paper.id, AmendmentKind.MOVES, earlier, "…", older[0].id, task_id=says.id)
        ends = [Change(paper.id, AmendmentKind.ENDS, earlier, "…", task.id) for task in older[1:]]
        await changes.keep(session, [moves, *ends])
        await assignments.hand_in(session, duties[1], cast.minh.id, NOW)
        register, effects = await units.register(session), await changes.of_paper(session, paper.id)
        draft = compose(paper, [says], register, (), today=date(2026, 3, 2), effects=effects)
        outset = await foretelling.outset(session, messages.orders(draft, None), moment, OFFICE, draft=draft)

    moved, ended = outset.notices
    assert (moved.when, [unit.id for unit in moved.units], moved.readers) == (moment, [cast.maths.id], frozenset({cast.lan.id}))
    assert (len(ended.effects), {unit.id for unit in ended.units}) == (2, {cast.maths.id, cast.physics.id})
    assert [one.mentions[0].step for one in outset.foretold().planned][:2] == ["-5", "-2"]
    assert [one.duties for one in outset.listeners if one.person_id == cast.lan.id] == [()]


MONTHLY = Deadline(DeadlineKind.RECURRING, "trước ngày 25 hằng tháng", recurrence="FREQ=MONTHLY;BYMONTHDAY=24")


@pytest.mark.parametrize(
    ("older", "says", "planned"),
    [
        pytest.param(MONTHLY, due("2026-03-27"), {date(2026, 3, 27)}, id="a month that is not open yet"),
        pytest.param(due("2026-03-20"), MONTHLY, {date(2026, 3, 24)}, id="a rule in the place of a single deadline"),
    ],
)
async def test_what_opens_or_begins_by_a_change_is_foretold_once(
    database: Database, cast: Cast, older: Deadline, says: Deadline, planned: set[date]
) -> None:
    async with database.transaction() as session:
        kept = [a_task(deadline=older)]
        to = [] if older.recurrence else [cast.maths, cast.physics]
        await a_published_conclusion(session, to=to, by=cast.hoa, tasks=kept)
        if older.recurrence:
            await series.keep(session, Series(kept[0].id, date(2026, 3, 24), at("2026-03-10", "08:00")))
        changing = a_task(deadline=says)
        paper = await conclusions.keep(session, a_conclusion(number="13", created_by=cast.hoa.id), [changing])
        moves = Change(paper.id, AmendmentKind.MOVES, kept[0].conclusion_id, "…", kept[0].id, task_id=changing.id)
        await changes.keep(session, [moves])
        register, effects = await units.register(session), await changes.of_paper(session, paper.id)
        draft = compose(paper, [changing], register, (), today=date(2026, 3, 2), effects=effects)
        outset = await foretelling.outset(session, messages.orders(draft, None), NOW, OFFICE, draft=draft)

    (notice,) = outset.notices
    told = {cast.maths.id, cast.physics.id}
    assert ({unit.id for unit in notice.units}, notice.readers) == (told, frozenset({cast.lan.id, cast.minh.id}))
    foretold = [(one.unit.id, said.order.deadline.last_day) for one in outset.foretold().planned for said in one.mentions]
    assert {(unit, day) for unit, day in foretold if day and day < date(2026, 4, 1)} == {
        (unit, day) for unit in told for day in planned
    }
    assert [duty for one in outset.listeners for duty, _ in one.duties] == []
    assert outset.coming == () or outset.coming[0].begins_on == date(2026, 3, 25)


async def test_what_waits_for_a_reader_is_looked_up_with_its_reason(database: Database, cast: Cast) -> None:
    later = NOW + timedelta(hours=3)
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-03-20"))
        await digests.queue(session, Kind.NUDGE, cast.lan.id, [duty.assignment.id], subject=1, due=later, now=NOW)
        await digests.queue(session, Kind.DIGEST, cast.lan.id, [duty.assignment.id], subject=1, due=later, now=NOW)
        (listener,) = (await foretelling.outset(session, orders(due(None), to=[cast.maths]), NOW, OFFICE)).listeners

    assert [(one.reason, one.due_at, one.assignments) for one in listener.pending] == [
        (Reason.PRESSED, later, frozenset({duty.assignment.id})),
        (Reason.WISHED, later, frozenset({duty.assignment.id})),
    ]
