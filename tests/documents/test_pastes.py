"""Is it told whether a pasted text has come to its end?"""

import pytest

from documents.pastes import is_whole

BODY = "1. Giao Phòng Nội vụ gửi danh sách khen thưởng trước ngày 20/3/2026."


@pytest.mark.parametrize(
    "end",
    [
        "Văn phòng thông báo để các đơn vị biết, thực hiện./.",
        "Trên đây là kết luận của đồng chí Chủ tịch.",
        "Nơi nhận:\n- Các phòng, ban;\n- Lưu: VT.",
        "NƠI NHẬN: như trên",
        "Thông báo này để các cơ quan biết và thực hiện",
    ],
)
def test_a_text_with_its_end_is_whole(end: str) -> None:
    assert is_whole(f"{BODY}\n\n{end}\n")


@pytest.mark.parametrize(
    "text", ["", BODY, "THÔNG BÁO\nKết luận của Chủ tịch tại phiên họp", "1. Nơi tiếp nhận báo cáo: Phòng Nội vụ"]
)
def test_a_text_without_its_end_is_a_part(text: str) -> None:
    assert not is_whole(text)
