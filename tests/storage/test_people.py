"""Are codes safe and used once, and are people found by what they are now?"""

import asyncio
from collections.abc import Collection
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from domain.people import STAFF, Account, Invitation, Person, Role, RoleKind, Standing
from storage import offices, people, tables
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_person, an_account

CODE = "40718263"
LIFE = timedelta(days=14)
MOMENT = timedelta(seconds=1)


async def invite(database: Database, code: str = CODE) -> None:
    async with database.transaction() as session:
        await people.invite(session, code, RoleKind.SECRETARY, NOW, name="Lan")


async def claim(database: Database, code: str = CODE, after: timedelta = MOMENT) -> Invitation | None:
    async with database.transaction() as session:
        return await people.claim(session, code, NOW + after)


async def salt_of(database: Database) -> str:
    async with database.transaction() as session:
        return await offices.salt(session)


async def reached(session: Session, person_id: int, channels: Collection[str]) -> Account | None:
    return (await people.addressees(session, [person_id], channels))[person_id].account


async def account_of(database: Database) -> int:
    async with database.transaction() as session:
        return (await people.account(session, "telegram", "101")).id


async def test_a_code_gives_its_invitation(database: Database) -> None:
    await invite(database)
    invitation = await claim(database)
    assert invitation is not None
    assert (invitation.kind, invitation.name, invitation.used_at) == (RoleKind.SECRETARY, "Lan", NOW + MOMENT)


async def test_a_code_is_not_kept_in_clear(database: Database) -> None:
    await invite(database)
    async with database.transaction() as session:
        (row,) = (await session.execute(select(tables.invitations))).all()
    assert CODE not in str(tuple(row))
    assert len(row.code_hash) == 64


async def test_a_code_that_was_given_out_before_is_refused_and_the_rest_goes_on(database: Database) -> None:
    await invite(database)
    assert await claim(database) is not None
    async with database.transaction() as session:
        with pytest.raises(people.CodeTaken):
            await people.invite(session, CODE, RoleKind.OFFICER, NOW, name="Minh")
        await people.invite(session, "40718264", RoleKind.OFFICER, NOW, name="Minh")
    assert await claim(database) is None
    invitation = await claim(database, "40718264")
    assert invitation is not None
    assert invitation.name == "Minh"


async def test_a_code_is_used_once(database: Database) -> None:
    await invite(database)
    assert await claim(database) is not None
    assert await claim(database) is None


async def test_of_people_who_enter_a_code_at_once_one_gets_it(database: Database, replica: Database) -> None:
    await invite(database)
    claimed = await asyncio.gather(*(claim(one) for one in [database, replica] * 3))
    assert len([invitation for invitation in claimed if invitation]) == 1


@pytest.mark.parametrize("code", ["40718264", "", "4071826", f" {CODE}"])
async def test_a_wrong_code_gives_nothing_and_uses_nothing_up(database: Database, code: str) -> None:
    await invite(database)
    assert await claim(database, code) is None
    assert await claim(database) is not None


@pytest.mark.parametrize(("after", "is_taken"), [(LIFE - MOMENT, True), (LIFE, False), (LIFE + MOMENT, False)])
async def test_a_code_is_taken_for_fourteen_days(database: Database, after: timedelta, is_taken: bool) -> None:
    await invite(database)
    assert (await claim(database, after=after) is not None) == is_taken


async def test_the_salt_is_made_once_and_kept(database: Database, replica: Database) -> None:
    salt = await salt_of(database)
    assert len(salt) == 32
    assert await salt_of(replica) == salt


async def test_replicas_that_make_the_salt_at_once_have_the_same(database: Database, replica: Database) -> None:
    salts = await asyncio.gather(*(salt_of(one) for one in [database, replica] * 3))
    assert len(set(salts)) == 1


async def test_every_installation_has_its_own_salt(database: Database, blank: Database) -> None:
    await invite(database)
    async with blank.engine.begin() as connection:
        await connection.run_sync(tables.metadata.create_all)
    assert await salt_of(blank) != await salt_of(database)


async def test_an_account_is_made_once_even_by_two_messages_at_once(database: Database, replica: Database) -> None:
    numbers = await asyncio.gather(*(account_of(one) for one in [database, replica] * 3))
    assert set(numbers) == {await account_of(database)}
    async with database.transaction() as session:
        assert len(list(await session.scalars(select(tables.accounts.c.id)))) == 1


async def test_an_address_is_another_account_on_another_channel(database: Database) -> None:
    async with database.transaction() as session:
        on_telegram = await people.account(session, "telegram", "101")
        on_zalo = await people.account(session, "zalo", "101")
    assert on_telegram.id != on_zalo.id


async def test_a_new_account_is_a_stranger_s(database: Database) -> None:
    async with database.transaction() as session:
        account = await people.account(session, "telegram", "101")
    assert (account.person_id, account.suspended, account.wrong_codes, account.paused_until) == (None, None, 0, None)


async def test_a_person_stands_as_their_roles_that_hold(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        ended = await people.take_role(session, Role(cast.lan.id, RoleKind.OFFICER, NOW))
        await people.take_role(session, Role(cast.lan.id, RoleKind.SECRETARY, NOW, cast.physics.id))
        ended.until = NOW
    async with database.transaction() as session:
        standing = await people.standing(session, cast.lan.id)
    assert standing.kinds == {RoleKind.SECRETARY}
    assert standing.unit_ids == {cast.maths.id, cast.physics.id}


async def test_nobody_s_standing_is_empty(database: Database) -> None:
    async with database.transaction() as session:
        assert await people.standing(session, 404) == Standing()


async def test_those_who_answer_for_units_are_found_by_unit(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        deputy = await a_person(session, "Nga", unit=cast.maths)
        (role,) = (await people.standing(session, cast.minh.id)).roles
        role.until = NOW
        found = await people.of_units(session, [cast.maths.id, cast.physics.id])
    assert found == {cast.maths.id: {cast.lan.id, deputy.id}}


async def test_staff_are_the_office_s_people_once_each(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        leader = await a_person(session, "Bình", RoleKind.LEADER)
        await people.take_role(session, Role(leader.id, RoleKind.ADMIN, NOW))
        assert await people.staff(session, STAFF) == [cast.hoa.id, leader.id]
        assert await people.staff(session, {RoleKind.OFFICER}) == [cast.hoa.id]


async def test_a_person_is_reached_at_the_newest_account_that_takes_messages(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        newer = await an_account(session, cast.lan, "201")
        found = await reached(session, cast.lan.id, ["telegram", "zalo"])
        assert found is not None
        assert found.id == newer
        await people.suspend(session, newer, "blocked", NOW)
        found = await reached(session, cast.lan.id, ["telegram", "zalo"])
        assert found is not None
        assert found.address == "101"


async def test_a_person_whose_accounts_are_all_suspended_is_not_reached(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        found = await reached(session, cast.lan.id, ["telegram", "zalo"])
        assert found is not None
        await people.suspend(session, found.id, "b" * 400, NOW)
        assert await reached(session, cast.lan.id, ["telegram", "zalo"]) is None
        assert await people.suspended(session, cast.lan.id) == "b" * 300


async def test_a_person_without_an_account_is_not_reached_and_nothing_is_suspended(database: Database) -> None:
    async with database.transaction() as session:
        nga = await a_person(session, "Nga")
        assert await reached(session, nga.id, ["telegram", "zalo"]) is None
        assert await people.suspended(session, nga.id) is None


async def test_an_account_moves_to_a_new_address(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        old = await people.account(session, "telegram", "101")
        await people.move(session, old.id, "-100101")
    async with database.transaction() as session:
        found = await reached(session, cast.lan.id, ["telegram", "zalo"])
    assert found is not None
    assert found.address == "-100101"


async def test_names_are_found_by_number(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        assert await people.names(session, [cast.hoa.id, cast.lan.id, 404]) == {cast.lan.id: "Lan", cast.hoa.id: "Hoa"}
        assert (await people.person(session, cast.minh.id)).name == "Minh"


async def test_a_language_is_kept(database: Database) -> None:
    async with database.transaction() as session:
        someone = await people.add(session, Person("Lan"))
        someone.language = "en"
    async with database.transaction() as session:
        assert (await people.person(session, someone.id)).language == "en"


async def test_an_account_on_a_channel_that_is_not_served_is_passed_over(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await an_account(session, cast.lan, "z1", channel="zalo")
        on_telegram = await reached(session, cast.lan.id, {"telegram"})
        anywhere = await reached(session, cast.lan.id, {"telegram", "zalo"})
        assert on_telegram is not None
        assert anywhere is not None
        assert (on_telegram.address, anywhere.address) == ("101", "z1")
        assert await reached(session, cast.lan.id, set()) is None


async def test_people_are_found_with_all_their_accounts_the_newest_first_in_one_statement(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await people.take_role(session, Role(cast.lan.id, RoleKind.OFFICER, NOW))
        for address, channel in (("z1", "zalo"), ("105", "telegram"), ("w1", "web")):
            await an_account(session, cast.lan, address, channel=channel)
        said: list[str] = []
        event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *told: said.append(told[2]))
        found = await people.addressees(session, [cast.lan.id, cast.minh.id], ["telegram", "zalo"])
        lan, minh = found[cast.lan.id], found[cast.minh.id]
        assert len(said) == 1
        assert [one.address for one in lan.accounts] == ["105", "z1", "101"]
        assert [one.address for one in minh.accounts] == ["102"]
        assert len(lan.standing.roles) == 2


async def test_people_are_found_with_what_they_are_now(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        for role in (await people.standing(session, cast.minh.id)).roles:
            role.until = NOW
        found = dict(sorted((await people.addressees(session, [cast.hoa.id, cast.lan.id, cast.minh.id], ["telegram"])).items()))
        standing = [await people.standing(session, number) for number in found]
    assert [one.person.name for one in found.values()] == ["Lan", "Minh", "Hoa"]
    assert [one.standing for one in found.values()] == standing
    assert [one.account.address for one in found.values() if one.account] == ["101", "102", "103"]
    assert not found[cast.minh.id].standing.roles


async def test_who_acts_is_found_with_the_roles_they_hold_now(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        (role,) = (await people.standing(session, cast.lan.id)).roles
        role.until = NOW
        for unit in (cast.maths, cast.physics):
            await people.take_role(session, Role(cast.lan.id, RoleKind.SECRETARY, NOW, unit.id))
    async with database.transaction() as session:
        actor = await people.actor(session, "telegram", "101")
        assert actor.person is not None
        assert (actor.account.person_id, actor.person.id) == (cast.lan.id, cast.lan.id)
        assert [role.unit_id for role in actor.standing.roles] == [cast.maths.id, cast.physics.id]


async def test_a_stranger_who_acts_gets_an_account_once_and_has_no_standing(database: Database, replica: Database) -> None:
    async def acts(one: Database) -> tuple[int, Person | None, Standing]:
        async with one.transaction() as session:
            actor = await people.actor(session, "telegram", "404")
            return actor.account.id, actor.person, actor.standing

    found = await asyncio.gather(*(acts(one) for one in [database, replica] * 3))
    assert found == [(found[0][0], None, Standing())] * 6


async def test_somebody_whose_last_role_has_ended_is_known_and_has_no_standing(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        for role in (await people.standing(session, cast.lan.id)).roles:
            role.until = NOW
    async with database.transaction() as session:
        actor = await people.actor(session, "telegram", "101")
        assert (actor.person and actor.person.id, actor.standing) == (cast.lan.id, Standing())
