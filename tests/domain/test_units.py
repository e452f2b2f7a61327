"""Is a printed name found whatever its spelling, and an audience turned into the right units?"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.readings import Audience, AudienceKind
from domain.units import Register, Resolution, Unit, fold, resolve
from tests.builders import EVERYONE, numbered

MATHS = numbered(1, Unit("Chi bộ Khoa Toán", "Khoa Toán", "Khối Khoa học"))
PHYSICS = numbered(2, Unit("Chi bộ Khoa Vật lý", "Khoa Vật lý", "Khối Khoa học"))
LIBRARY = numbered(3, Unit("Chi bộ Thư viện", group="Khối Hành chính"))
HOSTEL = numbered(4, Unit("Đảng bộ Ký túc xá"))
REGISTER = Register((MATHS, PHYSICS, LIBRARY, HOSTEL))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Thuỷ lợi", "Thủy lợi"),
        ("khoẻ", "khỏe"),
        ("CHI BỘ KHOA TOÁN", "Chi bộ Khoa Toán"),
        ("Chi bộ  Khoa\u00a0Toán ", "Chi bộ Khoa Toán"),
        ("Chi bộ Khoa Toán - Tin", "Chi bộ Khoa Toán–Tin"),
        ("Chi bộ: Khoa Toán.", "Chi bộ Khoa Toán"),
        (unicodedata.normalize("NFD", "Chi bộ Quản trị"), "Chi bộ Quản trị"),
        ("ĐẢNG BỘ", "Đảng bộ"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hóa"),
        ("Hòa", "Hoa"),
        ("Chi bộ 1", "Chi bộ 2"),
        ("Đảng bộ", "Dảng bộ"),
        ("Khoa Toán", "Khoa Toan"),
        ("Khoa Văn", "Khoa Vân"),
        ("Tư", "Tu"),
        ("Mơ", "Mo"),
    ],
)
def test_different_names_fold_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_folding_does_not_depend_on_how_letters_are_composed(name: str) -> None:
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


@pytest.mark.parametrize("name", ["Chi bộ Khoa Toán", "khoa toán", "KHOA TOÁN,"])
def test_a_unit_is_found_by_its_full_and_its_short_name(name: str) -> None:
    assert REGISTER.named(name) is MATHS


@pytest.mark.parametrize("name", ["Khoa Hóa", "Khoa", ""])
def test_a_name_that_nobody_has_finds_no_unit(name: str) -> None:
    assert REGISTER.named(name) is None


def test_groups_come_in_the_order_of_registration() -> None:
    assert REGISTER.groups() == ("Khối Khoa học", "Khối Hành chính")


def test_a_group_is_found_in_any_spelling_and_units_without_one_are_in_none() -> None:
    assert REGISTER.of_group("khối khoa học") == (MATHS, PHYSICS)
    assert REGISTER.of_group("") == ()


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        pytest.param(EVERYONE, Resolution(REGISTER.units), id="all"),
        pytest.param(
            Audience(AudienceKind.NAMED, ("Khoa Vật lý", "Chi bộ Thư viện")),
            Resolution((PHYSICS, LIBRARY)),
            id="named in the paper's order",
        ),
        pytest.param(
            Audience(AudienceKind.NAMED, ("Khoa Toán", "Chi bộ Khoa Toán")), Resolution((MATHS,)), id="named twice, once"
        ),
        pytest.param(
            Audience(AudienceKind.NAMED, ("Khoa Toán", "Khoa Hóa", "Khoa Hóa")),
            Resolution((MATHS,), ("Khoa Hóa",)),
            id="unknown is told, once",
        ),
        pytest.param(
            Audience(AudienceKind.GROUP, complement=True, excluded=("Khoa Toán", "Chi bộ Thư viện")),
            Resolution((PHYSICS, HOSTEL)),
            id="all but",
        ),
        pytest.param(Audience(AudienceKind.GROUP, phrase="Khối khoa học"), Resolution((MATHS, PHYSICS)), id="group"),
        pytest.param(
            Audience(AudienceKind.GROUP, phrase="các chi bộ khối văn xã"), Resolution((), decided=False), id="group unknown"
        ),
        pytest.param(Audience(AudienceKind.GROUP), Resolution((), decided=False), id="no phrase"),
        pytest.param(
            Audience(AudienceKind.ISSUER_ORGAN, phrase="Văn phòng Đảng ủy"),
            Resolution((), decided=False),
            id="the issuer's organ",
        ),
    ],
)
def test_an_audience_means(audience: Audience, expected: Resolution) -> None:
    assert resolve(audience, REGISTER) == expected


@given(st.sets(st.sampled_from(REGISTER.units)))
def test_named_units_and_all_but_them_are_everyone(some: set[Unit]) -> None:
    names = tuple(unit.name for unit in some)
    rest = resolve(Audience(AudienceKind.GROUP, complement=True, excluded=names), REGISTER)
    assert set(rest.units) | some == set(REGISTER.units)
    assert not set(rest.units) & some
