"""Is a printed name found whatever its spelling, and an audience turned into the right units?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.readings import Audience, AudienceKind
from domain.units import Register, Resolution, Unit, resolve, without
from tests.builders import EVERYONE, numbered

MATHS = numbered(1, Unit("Chi bộ Khoa Toán", "Khoa Toán", "Khối Khoa học"))
PHYSICS = numbered(2, Unit("Chi bộ Khoa Vật lý", "Khoa Vật lý", "Khối Khoa học"))
LIBRARY = numbered(3, Unit("Chi bộ Thư viện", group="Khối Hành chính"))
HOSTEL = numbered(4, Unit("Đảng bộ Ký túc xá"))
REGISTER = Register((MATHS, PHYSICS, LIBRARY, HOSTEL))


@pytest.mark.parametrize("name", ["Chi bộ Khoa Toán", "khoa toán", "KHOA TOÁN,"])
def test_a_unit_is_found_by_its_full_and_its_short_name(name: str) -> None:
    assert REGISTER.named(name) is MATHS


@pytest.mark.parametrize("name", ["Khoa Hóa", "Khoa", ""])
def test_a_name_that_nobody_has_finds_no_unit(name: str) -> None:
    assert REGISTER.named(name) is None


FINANCE = numbered(5, Unit("Phòng Tài chính", also=("Phòng Tài chính - Vật giá",)))
FARMING = numbered(6, Unit("Sở Nông nghiệp và Môi trường", also=("Sở Tài nguyên và Môi trường",)))
WARD = numbered(7, Unit("Phường An Hải"))
OFFICE = numbered(8, Unit("Phòng An Hải"))
COUNCIL = numbered(9, Unit("Ủy ban nhân dân xã Tân Phú"))
DISTRICT = Register((FINANCE, FARMING, WARD, OFFICE, COUNCIL))


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        pytest.param("Sở NN&MT", FARMING, id="abbreviation"),
        pytest.param("Sở TN-MT", FARMING, id="abbreviation of a former name"),
        pytest.param("Sở Tài nguyên và Môi trường", FARMING, id="former name"),
        pytest.param("UBND xã Tân Phú", COUNCIL, id="committee"),
        pytest.param("P. Tài chính", FINANCE, id="one of two readings is registered"),
        pytest.param("Phòng Tài chính – Vật giá", FINANCE, id="another name in another spelling"),
        pytest.param("P. An Hải", None, id="two units may be meant"),
        pytest.param("Phòng Tài chánh", None, id="only near"),
    ],
)
def test_a_unit_is_found_by_other_names_and_by_abbreviations_that_mean_it_alone(name: str, unit: Unit | None) -> None:
    assert DISTRICT.named(name) is unit


def test_a_unit_learns_a_name_once_whatever_its_spelling() -> None:
    unit = Unit("Phòng Tài chính")
    for name in ("Phòng Tài chánh", "PHÒNG TÀI CHÁNH", "Phòng Tài Chính", "Phòng Tài vụ"):
        unit.learn(name)
    assert unit.also == ("Phòng Tài chánh", "Phòng Tài vụ")
    assert unit.names == ("Phòng Tài chính", "Phòng Tài chánh", "Phòng Tài vụ")


def test_a_unit_that_is_called_just_so_is_meant_before_those_of_which_it_is_short() -> None:
    short = numbered(10, Unit("P. An Hải"))
    assert Register((WARD, OFFICE, short)).named("p an hải") is short


def test_of_two_units_with_one_name_the_first_registered_is_meant() -> None:
    first, second = (numbered(number, Unit("Văn phòng")) for number in (11, 12))
    assert Register((first, second)).named("Văn phòng") is first


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


@pytest.mark.parametrize(
    ("audience", "left", "binds_newcomers"),
    [
        (EVERYONE, (PHYSICS, LIBRARY, HOSTEL), True),
        (Audience(AudienceKind.GROUP, complement=True, excluded=("Thư viện", "Chi bộ Thư viện")), (PHYSICS, HOSTEL), True),
        (Audience(AudienceKind.GROUP, phrase="Khối Khoa học"), (PHYSICS,), False),
        (Audience(AudienceKind.NAMED, ("Khoa Toán", "Đảng bộ Ký túc xá", "Khoa Hóa")), (HOSTEL,), False),
    ],
)
def test_an_audience_without_some_units_binds_all_the_others(
    audience: Audience, left: tuple[Unit, ...], *, binds_newcomers: bool
) -> None:
    narrowed = without(audience, [MATHS], REGISTER)
    assert narrowed.kind is (AudienceKind.GROUP if binds_newcomers else AudienceKind.NAMED)
    assert resolve(narrowed, REGISTER).units == left
    assert resolve(narrowed, REGISTER).unknown == resolve(audience, REGISTER).unknown
    later = Register((*REGISTER.units, FINANCE))
    assert (FINANCE in resolve(narrowed, later).units) is binds_newcomers
