"""Does everyone who is invited get a code of their own, even when chance gives one twice?"""

from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest

from bot import settings
from bot.commands import CannotError, staff, units
from domain.people import RoleKind

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
