"""Are conclusions and their tasks found again, in order?"""

from datetime import date, timedelta

import pytest

from domain.conclusions import Conclusion, ConclusionState
from storage import conclusions
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_conclusion, a_task


async def keep(session: Session, cast: Cast, number: str, *, published_after: int | None = None) -> Conclusion:
    conclusion = await conclusions.keep(session, a_conclusion(number=number, created_by=cast.hoa.id), [])
    if published_after is not None:
        conclusion.state, conclusion.published_at = ConclusionState.PUBLISHED, NOW + timedelta(days=published_after)
    await session.flush()
    return conclusion


async def test_tasks_belong_to_their_conclusion_and_come_in_the_order_of_the_paper(database: Database, cast: Cast) -> None:
    second, first, dropped = a_task("hai", position=2), a_task("một", position=1), a_task("ba", position=3)
    dropped.dropped = True
    async with database.transaction() as session:
        await keep(session, cast, "11")
        conclusion = await conclusions.keep(session, a_conclusion(created_by=cast.hoa.id), [second, first, dropped])
    async with database.transaction() as session:
        found = await conclusions.tasks_of(session, conclusion.id)
        assert [task.text for task in found] == ["một", "hai", "ba"]
        assert {task.conclusion_id for task in found} == {conclusion.id}
        assert (await conclusions.task(session, first.id)).text == "một"


async def test_the_newest_conclusions_come_first_and_drafts_before_them(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await keep(session, cast, "1", published_after=1)
        await keep(session, cast, "2")
        await keep(session, cast, "3", published_after=5)
        await keep(session, cast, "4")
        found = await conclusions.in_states(session, [ConclusionState.DRAFT, ConclusionState.PUBLISHED])
    assert [conclusion.number for conclusion in found] == ["4", "2", "3", "1"]


async def test_only_conclusions_in_the_states_are_given(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await keep(session, cast, "1", published_after=1)
        draft = await keep(session, cast, "2")
        assert await conclusions.in_states(session, [ConclusionState.DRAFT]) == [draft]
        assert await conclusions.in_states(session, []) == []


async def test_a_draft_is_published_for_good(database: Database, cast: Cast) -> None:
    task = a_task()
    async with database.transaction() as session:
        conclusion = await conclusions.keep(session, a_conclusion(created_by=cast.hoa.id), [task])
    async with database.transaction() as session:
        found = await conclusions.one(session, conclusion.id)
        found.publish(await conclusions.tasks_of(session, found.id), NOW)
    async with database.transaction() as session:
        found = await conclusions.one(session, conclusion.id)
    assert (found.state, found.published_at) == (ConclusionState.PUBLISHED, NOW)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param({}, True, id="a draft"),
        pytest.param({"state": ConclusionState.PUBLISHED}, True, id="published"),
        pytest.param({"state": ConclusionState.DISCARDED}, False, id="put away"),
        pytest.param({"state": ConclusionState.WITHDRAWN}, False, id="withdrawn"),
        pytest.param({"number": "13"}, False, id="another number"),
        pytest.param({"symbol": "KL/ĐU"}, False, id="another symbol"),
        pytest.param({"dated": date(2025, 3, 2)}, False, id="another date"),
    ],
)
async def test_the_same_paper_is_found_by_number_symbol_and_date(
    database: Database, cast: Cast, change: dict[str, object], *, found: bool
) -> None:
    async with database.transaction() as session:
        mine, other = await keep(session, cast, "12"), await keep(session, cast, "12")
        for name, value in change.items():
            setattr(other, name, value)
        await session.flush()
        assert await conclusions.twin(session, mine) is (other if found else None)


async def test_a_paper_without_a_number_has_no_twin(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        mine, other = await keep(session, cast, "12"), await keep(session, cast, "12")
        mine.number = other.number = None
        await session.flush()
        assert await conclusions.twin(session, mine) is None
