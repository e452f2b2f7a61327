"""Is a unit registered once, whatever the spelling of its name?"""

import unicodedata

import pytest
from sqlalchemy.exc import IntegrityError

from domain.units import Unit
from storage import units
from storage.session import Database
from tests.builders import a_unit

NAME = "Chi bộ Hòa Thủy"


@pytest.mark.parametrize(
    "spelling",
    [NAME, "Chi bộ Hoà Thuỷ", "CHI BỘ HÒA THỦY", "Chi  bộ - Hòa Thủy.", unicodedata.normalize("NFD", NAME)],
    ids=["same", "tone mark", "capitals", "spaces and signs", "NFD"],
)
async def test_a_name_is_refused_in_another_spelling(database: Database, spelling: str) -> None:
    async with database.transaction() as session:
        await a_unit(session, NAME)
        with pytest.raises(IntegrityError):
            await units.add(session, [Unit(spelling)])


async def test_another_name_is_another_unit(database: Database) -> None:
    async with database.transaction() as session:
        await units.add(session, [Unit("Chi bộ Hòa Bình"), Unit("Chi bộ Hóa Bình")])
        assert len((await units.register(session)).units) == 2


async def test_the_register_gives_units_as_they_were_registered(database: Database) -> None:
    async with database.transaction() as session:
        await units.add(session, [Unit("Thư viện", "TV", "Khối Hành chính"), Unit("Khoa Toán")])
    async with database.transaction() as session:
        register = await units.register(session)
    assert [(unit.name, unit.short_name, unit.group) for unit in register.units] == [
        ("Thư viện", "TV", "Khối Hành chính"),
        ("Khoa Toán", None, None),
    ]
    assert register.named("thư viện") is register.units[0]


async def test_units_are_found_by_number(database: Database) -> None:
    async with database.transaction() as session:
        maths, library = await a_unit(session, "Khoa Toán"), await a_unit(session, "Thư viện")
        assert await units.by_ids(session, [library.id, 404]) == {library.id: library}
        assert await units.one(session, maths.id) is maths
