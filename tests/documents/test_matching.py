"""Which names come near enough to ask about, and which units are never mixed up?"""

import pytest

from documents.matching import candidates, likely, nearest
from domain.readings import Audience, AudienceKind
from domain.units import Register, Unit
from tests.builders import a_task, numbered


def register(*names: str) -> Register:
    return Register(tuple(numbered(number, Unit(name)) for number, name in enumerate(names, 1)))


@pytest.mark.parametrize(
    ("name", "registered"),
    [
        ("Sở Tài chánh", "Sở Tài chính"),
        ("Chi bộ Thư viện tinh", "Chi bộ Thư viện tỉnh"),
        ("Phòng Tài chính", "Phòng Tài chính - Kế hoạch"),
        ("Chi bộ Sở Tài chính", "Sở Tài chính"),
        ("UBND xã Tân Phú", "Ủy ban nhân dân xã Tân Phú Đông"),
        ("Đảng ủy xã An Bình", "Đảng ủy xã An Ninh"),
        ("Trạm Y tế xã 2 An Bình", "Trạm Y tế xã 2 An Bỉnh"),
    ],
)
def test_a_name_that_comes_near_is_a_candidate(name: str, registered: str) -> None:
    (candidate,) = candidates(name, register(registered))
    assert candidate.unit.name == registered
    assert 85 <= candidate.score <= 100


@pytest.mark.parametrize(
    ("name", "registered"),
    [
        ("Phường 1", "Phường 2"),
        ("Tổ dân phố số 12", "Tổ dân phố số 13"),
        ("Sở Y tế", "Sở Tư pháp"),
        ("Chi bộ Bảo tàng tỉnh", "Chi bộ Thư viện tỉnh"),
        ("Đảng ủy Bệnh viện Đa khoa tỉnh", "Chi bộ Thư viện tỉnh"),
        ("Công an huyện", "Công an tỉnh"),
        ("Văn phòng UBND", "Văn phòng HĐND"),
        ("Trung tâm Y tế", "Trung tâm Văn hóa"),
    ],
)
def test_another_unit_is_no_candidate(name: str, registered: str) -> None:
    assert candidates(name, register(registered)) == ()


def test_the_likeliest_candidate_comes_first_and_three_at_most() -> None:
    known = register("Phòng Tài chính - Vật giá", "Phòng Tài chính - Kế hoạch", "Phòng Tài chính", "Chi bộ Phòng Tài chính")
    found = candidates("Phòng Tài chánh", known)
    assert found[0].unit.name == "Phòng Tài chính"
    assert len(candidates("Phòng Tài", known)) <= 3


def test_a_former_name_counts_as_a_name() -> None:
    unit = numbered(1, Unit("Sở Nông nghiệp và Môi trường", also=("Sở Tài nguyên và Môi trường",)))
    (candidate,) = candidates("Sở Tài nguyên & Môi trưòng", Register((unit,)))
    assert candidate.unit is unit


def test_only_names_that_nobody_registered_and_that_come_near_are_asked_about() -> None:
    named = a_task(audience=Audience(AudienceKind.NAMED, ("Sở Tài chánh", "Sở Y tế", "Sở Xây dựng")))
    rest = a_task(audience=Audience(AudienceKind.GROUP, complement=True, excluded=("Sở Y té",)))
    dropped = a_task(audience=Audience(AudienceKind.NAMED, ("Sở Tài chínhh",)))
    dropped.dropped = True
    found = likely([named, rest, dropped], register("Sở Tài chính", "Sở Y tế"))
    assert {name: [one.unit.name for one in near] for name, near in found.items()} == {
        "Sở Tài chánh": ["Sở Tài chính"],
        "Sở Y té": ["Sở Y tế"],
    }


def test_what_comes_near_a_typed_name_is_told() -> None:
    assert nearest(["Sở Tài chánh"], register("Trạm Khuyến nông", "Sở Tài chính")) == ["Sở Tài chính"]
