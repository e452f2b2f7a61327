"""Do two spellings of one name meet, and do abbreviations stand for what offices mean by them?"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import fold, spelled_out


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


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("Sở NN&MT", {"sở nông nghiệp môi trường"}),
        ("Sở Nông nghiệp và Môi trường", {"sở nông nghiệp môi trường"}),
        ("Sở VHTT&DL", {"sở văn hóa thể thao du lịch"}),
        ("P. GD-ĐT", {"phòng giáo dục đào tạo", "phường giáo dục đào tạo"}),
        ("TT Y tế", {"trung tâm y tế", "thị trấn y tế"}),
        ("VP HĐND&UBND", {"văn phòng hội đồng nhân dân ủy ban nhân dân"}),
        ("Khoa Toán", {"khoa toán"}),
        ("", {""}),
    ],
)
def test_a_name_is_spelled_out_in_every_way_it_can_be_meant(name: str, ways: set[str]) -> None:
    assert set(spelled_out(name)) == {fold(way) for way in ways}


def test_an_abbreviation_of_several_words_is_spelled_out_ahead_of_others() -> None:
    assert spelled_out("Phòng NN&MT huyện An Hải") == (fold("Phòng Nông nghiệp Môi trường huyện An Hải"),)
