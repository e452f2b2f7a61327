"""Is what papers change found again with what belongs to it, and the older paper by any spelling of its number?"""

import asyncio
from datetime import timedelta

import pytest

from domain.assignments import AssignmentState
from domain.changes import Change, ChangeState
from domain.conclusions import Conclusion, ConclusionState
from domain.errors import Refusal
from domain.readings import AmendmentKind
from storage import assignments, changes, conclusions
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_conclusion, a_published_conclusion, a_task


async def a_draft(session: Session, cast: Cast) -> Conclusion:
    return await conclusions.keep(session, a_conclusion(number="58", created_by=cast.hoa.id), [a_task("lùi hạn")])


async def older(session: Session, cast: Cast, number: str = "41", *, days: int = 0) -> Conclusion:
    at = NOW + timedelta(days=days)
    tasks = [a_task("một", position=1), a_task("hai", position=2)]
    (*_, duty) = await a_published_conclusion(
        session, to=[cast.maths, cast.physics], by=cast.hoa, tasks=tasks, at=at, number=number
    )
    return duty.conclusion


@pytest.mark.parametrize("whole", [True, False])
async def test_a_change_comes_with_the_papers_tasks_and_duties_it_speaks_of(
    database: Database, cast: Cast, *, whole: bool
) -> None:
    async with database.transaction() as session:
        earlier, draft = await older(session, cast), await a_draft(session, cast)
        first, _ = await conclusions.tasks_of(session, earlier.id)
        (says,) = await conclusions.tasks_of(session, draft.id)
        task = None if whole else first.id
        change = Change(draft.id, AmendmentKind.ENDS, earlier.id, "…", task, whole, says.id, likely=(first.id,))
        await changes.keep(session, [change])
    async with database.transaction() as session:
        await changes.hold(session, draft.id)
        (found,) = await changes.of_paper(session, draft.id)
        assert (found.by.number, found.earlier.number, [one.text for one in found.tasks]) == ("58", "41", ["một", "hai"])
        assert (found.says and found.says.text, [one.text for one in found.likely]) == ("lùi hạn", ["một"])
        assert (found.task and found.task.text, len(found.duties)) == ((None, 4) if whole else ("một", 2))
        assert (await changes.one(session, change.id)).state is ChangeState.OPEN


async def test_a_card_tells_only_what_was_applied(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        earlier, draft = await older(session, cast), await a_draft(session, cast)
        some = [Change(draft.id, AmendmentKind.ENDS, earlier.id, f"{number}", whole=True) for number in range(4)]
        await changes.keep(session, some)
        some[1].confirm()
        some[2].confirm()
        some[2].apply(3)
        some[3].lapse()
        assert [(one.change.words, one.change.reached) for one in await changes.applied_to(session, earlier.id)] == [("2", 3)]


async def test_a_task_whose_change_is_not_known_has_no_duties_yet(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        earlier, draft = await older(session, cast), await a_draft(session, cast)
        await changes.keep(session, [Change(draft.id, AmendmentKind.ENDS, earlier.id, "…")])
        (found,) = await changes.of_paper(session, draft.id)
        assert (found.task, found.says, found.duties, found.change.likely) == (None, None, (), ())


async def test_a_number_that_no_change_has_is_refused(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        with pytest.raises(Refusal, match="card-old"):
            await changes.one(session, 99)


@pytest.mark.parametrize(
    ("number", "symbol", "found"),
    [("41", "TB/ĐU", True), ("041", "tb - ĐU", True), ("41", "KL/ĐU", False), ("42", "TB/ĐU", False)],
)
async def test_a_cited_paper_is_found_by_any_spelling(
    database: Database, cast: Cast, number: str, symbol: str, *, found: bool
) -> None:
    async with database.transaction() as session:
        earlier = await older(session, cast)
        assert await conclusions.cited(session, number, symbol) is (earlier if found else None)


async def test_of_several_cited_papers_the_newest_in_force_is_given(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        newer, newest = await older(session, cast, days=3), await older(session, cast, days=5)
        await older(session, cast)
        await conclusions.keep(session, a_conclusion(number="41", created_by=cast.hoa.id), [])
        assert await conclusions.cited(session, "41", "TB/ĐU") is newest
        newest.end(ConclusionState.WITHDRAWN)
        assert await conclusions.cited(session, "41", "TB/ĐU") is newer


async def test_who_hands_in_while_the_task_ends_leaves_nothing_that_waits(
    database: Database, replica: Database, cast: Cast
) -> None:
    async with database.transaction() as session:
        earlier, draft = await older(session, cast), await a_draft(session, cast)
        await changes.keep(session, [Change(draft.id, AmendmentKind.ENDS, earlier.id, "…", whole=True)])
        duties = await assignments.of_conclusion(session, earlier.id)

    async def ends() -> None:
        async with database.transaction() as session:
            await changes.hold(session, draft.id)
            (found,) = await changes.of_paper(session, draft.id)
            for duty in found.duties:
                duty.assignment.end(AssignmentState.CANCELLED)
            await assignments.close_pending(session, [duty.assignment.id for duty in found.duties], NOW)

    async def hands_in(assignment_id: int) -> None:
        async with replica.transaction() as session:
            await assignments.hand_in(session, await assignments.duty(session, assignment_id), cast.lan.id, NOW)

    await asyncio.gather(ends(), *(hands_in(duty.assignment.id) for duty in duties), return_exceptions=True)
    async with database.transaction() as session:
        found = await assignments.of_conclusion(session, earlier.id)
        assert {duty.assignment.state for duty in found} == {AssignmentState.CANCELLED}
        assert await assignments.pending(session) == []
