"""Is it told what in a paper contradicts itself?"""

import pytest

from documents.codes import Oddity
from documents.extraction import findings
from tests.documents import papers


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("vào thứ Sáu, ngày 20/02/2021", Oddity.DEADLINE_CONTRADICTS),
        ("chậm nhất trước ngày 22/02/2021", Oddity.DEADLINE_CONTRADICTS),
        ("trước ngày 30/02/2021", Oddity.DEADLINE_IMPOSSIBLE),
        ("trước ngày 05/01/2021", Oddity.DEADLINE_BEFORE_NOTICE),
    ],
)
def test_a_deadline_that_cannot_be_meant_is_found(words: str, code: Oddity) -> None:
    read = papers.read(f"1. Giao Văn phòng Đảng ủy gửi báo cáo {words}.\n")

    assert [(one.code, one.at) for one in read.findings] == [(code, "1")]
    assert read.directives[0].choices != () or code is not Oddity.DEADLINE_CONTRADICTS


@pytest.mark.parametrize(
    ("units", "twice"),
    [
        (("Sở Nông nghiệp", "Sở Nông nghiêp"), False),  # folded, they are one name already
        (("Đảng ủy xã Trạch Đông", "Đảng ủy xã Trạch Đôngg"), True),
        (("Chi bộ Trường Chính trị tỉnh", "Chi bộ Trương Chính trị tỉnh"), False),
        (("Chi bộ khu phố số 12", "Chi bộ khu phố số 13"), False),
        (("Đảng ủy xã Tân An", "Đảng ủy xã Tân Ân"), False),
        (("Đảng ủy xã Bình Hải", "Đảng ủy xã Bình Hòa"), False),
        (("Công ty Cấp nước Thạnh Bàu", "Công ty Cấp nước Thanhh Bàu"), True),
    ],
)
def test_two_spellings_of_one_name_are_found(units: tuple[str, ...], twice: bool) -> None:
    assert bool(findings.spelled_twice(units)) is twice
