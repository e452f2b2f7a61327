"""Do words match however their letters are written, and do places stay what they are?"""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.extraction import letters, spelling


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Đảng ủy", "dang uy"),
        ("Сhі bộ Вan Тổ сhứс", "chi bo ban to chuc"),
        ("Ваn Τổ chức Ηội", "ban to chuc hoi"),
        ("ngày １２／０３／２０２４", "ngay 12/03/2024"),
        ("ＢÁＯ ＣÁＯ", "bao cao"),
        ("𝐁𝐚𝐧 𝑇ổ 𝟐𝟎𝟐𝟒", "ban to 2024"),
        ("Ðảng bộ", "dang bo"),
        ("“Báo cáo” – số", '"bao cao" - so'),
        ("l5/6/2O23", "15/6/2023"),
        ("CỘNG H0À", "cong hoa"),
    ],
)
def test_look_alikes_fold_to_what_they_look_like(written: str, plain: str) -> None:
    assert letters.fold(written) == plain


@pytest.mark.parametrize(("old", "new"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("Uỷ ban", "Ủy ban")])
def test_both_places_of_the_tone_are_one_word(old: str, new: str) -> None:
    assert letters.same(old, new)


@settings(deadline=None)  # a busy machine is no failure
@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(letters.fold(text)) == len(text)


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(st.sampled_from("aăâeêioôơuưyđbcAĂÂEÊ ạảãáàệểễếề")))
def test_vietnamese_has_no_look_alikes(text: str) -> None:
    assert letters.latin(unicodedata.normalize("NFC", text)) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("Сhi bộ Văn рhòng", "Chi bộ Văn phòng"),
        ("Ban Tổ ｃhức", "Ban Tổ chức"),
        ("Trung tâm Dân cư Trưóc", "Trung tâm Dân cư Trước"),
        ("Ủy ban Kiểm tra", "Ủy ban Kiểm tra"),
    ],
)
def test_names_are_mended_with_latin_letters(printed: str, mended: str) -> None:
    assert spelling.mended(printed) == mended
