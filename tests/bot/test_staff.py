"""Does everyone who is invited get a code of their own, even when chance gives one twice?"""

import asyncio
import json
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest

from bot import settings
from bot.commands import CannotError, staff, units
from domain.people import RoleKind
from storage import people
from storage import units as storage_units
from tests.bot.conftest import Types
from tests.builders import NOW, a_person
from tests.databases import opened

FIRST, SECOND, THIRD = "11111111", "22222222", "33333333"


def drawn(*codes: str) -> Callable[[], str]:
    """Give a source of these codes, the last one over and over."""
    source: Iterator[str] = chain(codes, repeat(codes[-1]))
    return lambda: next(source)


@pytest.fixture
def two_units(tmp_path: Path) -> None:
    """Register two units."""
    place = tmp_path / "units.csv"
    place.write_text("name,short_name,group\nChi bộ A,,\nChi bộ B,,\n", encoding="utf-8")
    units.import_file(settings.load(), place, dry_run=False, accept_doubtful=False)


def test_a_code_of_an_earlier_invitation_is_drawn_again(two_units: None) -> None:
    loaded = settings.load()
    assert staff.invite_staff(loaded, "Hoa", RoleKind.ADMIN, draw=drawn(FIRST)).code == FIRST
    made = staff.invite_units(loaded, None, draw=drawn(FIRST, SECOND, SECOND, THIRD))
    assert [(name, code.code) for name, code in made] == [("Chi bộ A", SECOND), ("Chi bộ B", THIRD)]


def test_a_source_that_gives_one_code_only_is_told_in_words(two_units: None) -> None:
    with pytest.raises(CannotError, match="code"):
        staff.invite_units(settings.load(), None, draw=drawn(FIRST))


async def loses(url: str, *addresses: str) -> None:
    """Let Hoa of the office and Lan of a unit come in, and the platform take nothing any more at addresses."""
    async with opened(url) as database, database.transaction() as session:
        unit = (await storage_units.register(session)).named("Chi bộ A")
        await a_person(session, "Hoa", RoleKind.OFFICER, address="103")
        await a_person(session, "Lan", unit=unit, address="101")
        for address in addresses:
            account = await people.account(session, "telegram", address)
            await people.suspend(session, account.id, "Forbidden: bot was blocked by the user", NOW)


def test_the_lists_tell_whom_no_message_reaches_and_why(two_units: None, types: Types) -> None:
    asyncio.run(loses(settings.load().database_url, "101", "103"))
    why = "has blocked the bot, since 02/03/2026"
    assert types("units", "list").out.splitlines() == [
        f"Chi bộ A  [–]  people: 0; 📵 Lan {why}",
        "Chi bộ B  [–]  people: 0",
        "2 units.",
    ]
    assert types("staff", "list").out.splitlines() == [f"Hoa  officer; 📵 Hoa {why}", "1 roles."]
    assert json.loads(types("units", "list", "--json").out)[0]["unreached"] == [f"📵 Lan {why}"]
    assert json.loads(types("staff", "list", "--json").out) == [{"name": "Hoa", "role": "officer", "unreached": f"📵 Hoa {why}"}]


def test_the_lists_count_those_whom_messages_reach(two_units: None, types: Types) -> None:
    asyncio.run(loses(settings.load().database_url))
    assert types("units", "list").out.splitlines()[0] == "Chi bộ A  [–]  people: 1"
    assert types("staff", "list").out.splitlines()[0] == "Hoa  officer"
