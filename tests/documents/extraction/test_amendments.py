"""Is it told what a paper does with older conclusions, and with which of their items?"""

import pytest

from domain.readings import AmendmentKind
from tests.documents import papers

OLDER = "Thông báo số 41-TB/ĐUK ngày 15/01/2021"
MOVES, ENDS, REPLACES, CONTINUES = AmendmentKind.MOVES, AmendmentKind.ENDS, AmendmentKind.REPLACES, AmendmentKind.CONTINUES


@pytest.mark.parametrize(
    ("words", "kind", "item"),
    [
        (f"Giao các chi bộ gửi báo cáo trước ngày 20/3/2021, thay cho thời hạn tại điểm 2.1 {OLDER}.", MOVES, "2.1"),
        (f"Gia hạn thời hạn nộp báo cáo nêu tại mục 2.2.(1) {OLDER} đến hết ngày 31/3/2021.", MOVES, "2.2.(1)"),
        (f"Việc kiểm kê: rút ngắn thời hạn từ ngày 31/3/2021 (ghi tại {OLDER}) xuống trước ngày 22/3/2021.", MOVES, None),
        (f"Thu hồi nhiệm vụ giao tại điểm a khoản 2 mục II {OLDER}.", ENDS, "ii.2.a"),
        (f"Bỏ yêu cầu nộp báo cáo giấy tại {OLDER}.", ENDS, None),
        (f"Thông báo này thay thế {OLDER}.", REPLACES, None),
        (f"Các đơn vị tiếp tục thực hiện {OLDER}.", CONTINUES, None),
    ],
)
def test_what_happens_to_an_older_conclusion_is_told(words: str, kind: AmendmentKind, item: str | None) -> None:
    (found,) = papers.read(f"1. Giao Văn phòng Đảng ủy họp.\n\n2. {words}\n").amendments

    assert (found.kind, found.number, found.symbol, found.item, found.ref) == (kind, "41", "TB/ĐUK", item, "2")
    assert found.words in words


@pytest.mark.parametrize(
    "words",
    [
        f"Việc chậm nộp theo {OLDER} phải được làm rõ.",
        "Gia hạn Kế hoạch số 14-KH/ĐUK ngày 02/01/2021 đến hết ngày 31/3/2021.",
        f"Rút kinh nghiệm. Giao các chi bộ gửi báo cáo theo {OLDER}.",
    ],
)
def test_a_paper_that_is_only_cited_is_not_changed(words: str) -> None:
    assert papers.read(f"1. Giao Văn phòng Đảng ủy họp.\n\n2. {words}\n").amendments == ()
