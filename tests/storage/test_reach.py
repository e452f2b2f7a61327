"""Is it known whom messages of a unit reach, and whom not and why?"""

from datetime import timedelta

from domain.people import Person, RoleKind
from domain.reach import Silent, Unreached
from storage import people, reach
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_person, a_unit, an_account

BLOCKED = "Forbidden: bot was blocked by the user"


async def loses(session: Session, *addresses: str) -> None:
    """Let the platform take nothing any more at addresses."""
    for address in addresses:
        await people.suspend(session, (await people.account(session, "telegram", address)).id, BLOCKED, NOW)


async def on_zalo(session: Session, person: Person) -> None:
    await an_account(session, person, "z1", channel="zalo")


async def test_a_unit_whose_every_person_is_lost_has_nobody_and_it_is_known_who_and_why(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        history = await a_unit(session, "Chi bộ Khoa Sử")
        nga = await a_person(session, "Nga", unit=cast.maths, address="104")
        await a_person(session, "Tâm", unit=cast.physics)
        await loses(session, "101", "102")
        found = await reach.of_units(session, [cast.maths.id, cast.physics.id, history.id])

    minh, tam = Unreached("Minh", BLOCKED, NOW), Unreached("Tâm")
    assert found.people == {cast.maths.id: {nga.id}}
    assert found.lost == {cast.maths.id: (Unreached("Lan", BLOCKED, NOW),), cast.physics.id: (minh, tam)}
    assert found.silent([cast.maths, cast.physics, history]) == (Silent(cast.physics, (minh, tam)), Silent(history))
    assert found.everyone == {nga.id}


async def test_who_is_reached_on_another_account_is_not_lost(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await on_zalo(session, cast.lan)
        await loses(session, "101")
        found = await reach.of_units(session, [cast.maths.id])

    assert (found.people, found.lost) == ({cast.maths.id: {cast.lan.id}}, {})


async def test_the_first_reason_and_moment_stay_until_the_person_writes(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await loses(session, "101")
        account = await people.account(session, "telegram", "101")
        await people.suspend(session, account.id, "user is deactivated", NOW + timedelta(days=1))
        before = await reach.of_units(session, [cast.maths.id])
        await session.refresh(account)
        account.lift()
        await session.flush()
        after = await reach.of_units(session, [cast.maths.id])

    assert before.lost == {cast.maths.id: (Unreached("Lan", BLOCKED, NOW),)}
    assert (after.people, after.lost) == ({cast.maths.id: {cast.lan.id}}, {})


async def test_whoever_has_left_the_unit_is_neither_reached_nor_lost(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        (role,) = (await people.standing(session, cast.lan.id)).roles
        role.until = NOW
        await session.flush()
        found = await reach.of_units(session, [cast.maths.id])

    assert (found.people, found.lost) == ({}, {})


async def test_the_office_s_people_are_told_with_who_is_lost(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await a_person(session, "An", RoleKind.LEADER, address="105")
        await loses(session, "103")
        found = await reach.staff(session)

    assert found == [("An", RoleKind.LEADER, None), ("Hoa", RoleKind.OFFICER, Unreached("Hoa", BLOCKED, NOW))]
