"""Are the days that the office sets kept, seen by every process, and listed with those of the law?"""

from datetime import date, timedelta

from domain.office_days import DayKind, OfficeDay
from storage import assignments, calendars
from storage.session import Database
from tests.builders import NOW, Cast, a_published_conclusion, a_task, due

DAY = date(2026, 5, 15)
SWAPPED = {DayKind.OFF: "Nghỉ hoán đổi", DayKind.WORKING: "Làm bù"}


def a_day(name: str = "Ngày hội", kind: DayKind = DayKind.OFF, *, source: str | None = None) -> OfficeDay:
    return OfficeDay(DAY, kind, name, source, NOW)


async def test_a_day_that_is_set_is_seen_by_another_process(database: Database, replica: Database) -> None:
    async with database.transaction() as session:
        await calendars.keep(session, a_day(source="Thông báo 12-TB/VP"))
    async with replica.transaction() as session:
        (kept,) = await calendars.own(session)
    assert (kept.day, kept.kind, kept.name, kept.source, kept.set_at) == (DAY, "off", "Ngày hội", "Thông báo 12-TB/VP", NOW)


async def test_a_day_that_is_set_again_is_one_day(database: Database) -> None:
    async with database.transaction() as session:
        await calendars.keep(session, a_day())
        await calendars.own(session)
        await calendars.keep(session, a_day("Làm bù", DayKind.WORKING))
        assert [(one.name, one.kind) for one in await calendars.own(session)] == [("Làm bù", DayKind.WORKING)]


async def test_forgetting_a_day_says_whether_it_was_set(database: Database) -> None:
    async with database.transaction() as session:
        await calendars.keep(session, a_day())
        assert await calendars.forget(session, DAY)
        assert not await calendars.forget(session, DAY)
        assert await calendars.own(session) == []


async def test_open_duties_near_a_day_are_found(database: Database, cast: Cast) -> None:
    tasks = [
        a_task(deadline=due(day), position=number) for number, day in enumerate(("2026-05-17", "2026-05-29", "2027-05-15", None))
    ]
    async with database.transaction() as session:
        duties = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=tasks)
        await assignments.hand_in(session, duties[1], cast.lan.id, NOW)
        found = await calendars.open_around(session, [DAY])
    assert [str(duty.deadline.last_day) for duty in found] == ["2026-05-17"]


async def test_every_open_assignment_is_planned_anew(database: Database, cast: Cast) -> None:
    later = NOW + timedelta(days=1)
    async with database.transaction() as session:
        duties = await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa)
        await assignments.hand_in(session, duties[1], cast.minh.id, NOW)
        await calendars.plan_anew(session, later)
    async with database.transaction() as session:
        again = await assignments.by_ids(session, [duty.assignment.id for duty in duties])
    assert [duty.assignment.look_at for duty in again] == [later, None]


async def test_the_list_shows_what_the_office_set_in_the_place_of_the_law(database: Database) -> None:
    holiday = OfficeDay(date(2026, 9, 1), DayKind.WORKING, "Trực", "Công văn 5", NOW)
    days = calendars.listed(2026, "vi", [holiday], SWAPPED)
    (shown,) = [one for one in days if one.day == holiday.day]
    assert (shown.kind, shown.name, shown.source, shown.is_own) == (DayKind.WORKING, "Trực", "Công văn 5", True)
    assert [one for one in days if one.day.year != 2026] == []
