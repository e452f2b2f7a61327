"""Do domain values come back from the database as they went in?"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from domain.assignments import PastDeadline
from domain.broadcasts import Broadcast
from domain.conclusions import Task
from domain.deadlines import Deadline, DeadlineKind
from domain.readings import Audience, AudienceKind, Citation, Finding
from storage import assignments, broadcasts, conclusions, tables, units
from storage.session import Database
from tests.builders import EVERYONE, NOW, Cast, a_conclusion, a_duty, a_task, at, due

COMPLEMENT = Audience(
    AudienceKind.GROUP,
    phrase="các chi, đảng bộ còn lại",
    coordinators=("Ban Tuyên giáo",),
    complement=True,
    excluded=("Khoa Toán", "Khoa Vật lý"),
)
NAMED = Audience(AudienceKind.NAMED, ("Khoa Toán",), "Chi bộ Khoa Toán", ("Văn phòng", "Ban Tổ chức"))
RECURRING = Deadline(
    DeadlineKind.RECURRING, "trước ngày 25 hằng tháng", date(2026, 3, 24), time(16, 30), "FREQ=MONTHLY;BYMONTHDAY=24", "exclusive"
)


async def kept(database: Database, cast: Cast, task: Task) -> Task:
    async with database.transaction() as session:
        conclusion = await conclusions.keep(session, a_conclusion(created_by=cast.hoa.id), [task])
    async with database.transaction() as session:
        (found,) = await conclusions.tasks_of(session, conclusion.id)
    assert found is not task
    return found


@pytest.mark.parametrize("moment", [at("2026-03-02", "00:30"), NOW.astimezone(UTC), at("2026-12-31", "23:59:59.999999")])
async def test_a_moment_comes_back_in_utc(database: Database, cast: Cast, moment: datetime) -> None:
    async with database.transaction() as session:
        conclusion = await conclusions.keep(session, a_conclusion(created_by=cast.hoa.id, created_at=moment), [])
    async with database.transaction() as session:
        found = await conclusions.one(session, conclusion.id)
    assert found.created_at == moment
    assert found.created_at.utcoffset() == timedelta()


async def test_a_moment_without_a_zone_is_refused(database: Database, cast: Cast) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="a moment needs a zone"):
        async with database.transaction() as session:
            await broadcasts.add(session, Broadcast(cast.hoa.id, "Họp", naive))


async def test_moments_are_compared_across_zones(database: Database, cast: Cast) -> None:
    rows = tables.broadcasts.c
    async with database.transaction() as session:
        await broadcasts.add(session, Broadcast(cast.hoa.id, "Họp", at("2026-03-02", "06:00")))
        found = select(rows.id).where(rows.created_at <= datetime(2026, 3, 1, 23, 0, tzinfo=UTC))
        before = select(rows.id).where(rows.created_at < datetime(2026, 3, 1, 23, 0, tzinfo=UTC))
        assert (list(await session.scalars(found)), list(await session.scalars(before))) == ([1], [])


@pytest.mark.parametrize("audience", [EVERYONE, NAMED, COMPLEMENT, Audience(AudienceKind.ISSUER_ORGAN, phrase="Văn phòng")])
async def test_an_audience_comes_back(database: Database, cast: Cast, audience: Audience) -> None:
    assert (await kept(database, cast, a_task(audience=audience))).audience == audience


@pytest.mark.parametrize("deadline", [Deadline(), Deadline(basis="none"), RECURRING])
async def test_a_deadline_comes_back(database: Database, cast: Cast, deadline: Deadline) -> None:
    assert (await kept(database, cast, a_task(deadline=deadline))).deadline == deadline


async def test_a_moved_deadline_and_a_new_audience_are_kept(database: Database, cast: Cast) -> None:
    task = await kept(database, cast, a_task(deadline=RECURRING))
    async with database.transaction() as session:
        found = await conclusions.task(session, task.id)
        found.decide_deadline(replace(RECURRING, at=None))
        found.decide_audience(NAMED)
    async with database.transaction() as session:
        found = await conclusions.task(session, task.id)
        assert (found.deadline, found.audience) == (replace(RECURRING, at=None), NAMED)


async def test_doubts_come_back_and_are_settled_for_good(database: Database, cast: Cast) -> None:
    unsure = a_task()
    unsure.doubt("deadline", "hai ngày khác nhau")
    unsure.doubt("audience", "không rõ đơn vị nào")
    task = await kept(database, cast, unsure)
    assert task.unsure == ("deadline", "audience")
    assert task.doubts == {"deadline": "hai ngày khác nhau", "audience": "không rõ đơn vị nào"}
    async with database.transaction() as session:
        (await conclusions.task(session, task.id)).decide_audience(EVERYONE)
    async with database.transaction() as session:
        found = await conclusions.task(session, task.id)
        assert (found.unsure, found.doubts) == (("deadline",), task.doubts)


async def test_findings_and_citations_come_back(database: Database, cast: Cast) -> None:
    cited = Citation(
        "Nghị quyết", "57", "NQ/TW", (date(2024, 12, 22), date(2024, 12, 24)), "Bộ Chính trị", "Nghị quyết số 57-NQ/TW"
    )
    undated = Citation("Kế hoạch", "3", "KH/ĐU", (), None, "Kế hoạch số 3")
    found = (Finding("two-dates", "22/12 và 24/12", "II.3"), Finding("unit-unknown", "Khoa Hóa", None))
    async with database.transaction() as session:
        conclusion = a_conclusion(created_by=cast.hoa.id)
        conclusion.findings, conclusion.citations = found, (cited, undated)
        await conclusions.keep(session, conclusion, [])
    async with database.transaction() as session:
        again = await conclusions.one(session, conclusion.id)
        assert (again.findings, again.citations) == (found, (cited, undated))


async def test_an_audience_that_is_not_chosen_is_null(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        broadcast = await broadcasts.add(session, Broadcast(cast.hoa.id, "Họp", NOW))
        assert await session.scalar(text("SELECT count(*) FROM broadcasts WHERE audience IS NULL")) == 1
    async with database.transaction() as session:
        assert (await broadcasts.one(session, broadcast.id)).audience is None


async def test_a_state_that_the_domain_does_not_know_is_refused(database: Database, cast: Cast) -> None:
    with pytest.raises(StatementError, match="'lost' is not a valid BroadcastState"):
        async with database.transaction() as session:
            await session.execute(tables.broadcasts.update().values(state="lost"))


async def test_the_days_that_words_may_mean_come_back(database: Database, cast: Cast) -> None:
    task = a_task()
    task.choices = (RECURRING, Deadline(DeadlineKind.RELATIVE, "sau hội nghị", date(2026, 3, 20)))
    assert (await kept(database, cast, task)).choices == task.choices
    assert (await kept(database, cast, a_task())).choices == ()


async def test_a_moved_deadline_and_those_before_it_come_back(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast, RECURRING)
        assert (duty.deadline, duty.assignment.past) == (RECURRING, ())
        duty.assignment.move(due("2026-03-27"), NOW)
    async with database.transaction() as session:
        assignment = (await assignments.duty(session, duty.assignment.id)).assignment
    assert (assignment.deadline, assignment.past) == (due("2026-03-27"), (PastDeadline(RECURRING, NOW),))


async def test_other_names_of_a_unit_come_back(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        (await units.one(session, cast.maths.id)).learn("Chi bộ Toán - Tin")
    async with database.transaction() as session:
        register = await units.register(session)
    assert [unit.also for unit in register.units] == [("Chi bộ Toán - Tin",), ()]
