"""Does an officer press through everything that is unsure, and is the draft what was decided?"""

import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.names import TONE_MARKS
from domain.people import RoleKind
from domain.units import Unit
from sandbox.telegram import Message, Person
from tests.e2e.test_secretary import presses
from tests.stage import Stage, at, stage

FINANCE, FARMING, CULTURE, HOME = (
    "Phòng Tài chính",
    "Phòng Nông nghiệp và Môi trường",
    "Phòng Văn hóa và Thông tin",
    "Phòng Nội vụ",
)
NOTICE = """ỦY BAN NHÂN DÂN HUYỆN AN HẢI
Số 31/TB-UBND
An Hải, ngày 02 tháng 3 năm 2026

THÔNG BÁO
Kết luận của Chủ tịch Ủy ban nhân dân huyện tại phiên họp tháng 3 năm 2026

1. Giao Phòng Tài chánh gửi báo cáo thu ngân sách về Văn phòng huyện trước thứ Sáu, ngày 21/3/2026.
2. Giao Phòng NN&MT gửi phương án phòng chống hạn về Văn phòng huyện chậm nhất ngày 31/4/2026.
3. Giao Phòng Văn hóa - Thông tin gửi báo cáo tổng kết lễ hội về Văn phòng huyện sau 05 ngày kể từ ngày kết thúc lễ hội.
4. Giao Phòng Nội vụ gửi danh sách khen thưởng về Văn phòng huyện trước ngày 28/2/2026.

Văn phòng Ủy ban nhân dân huyện thông báo để các đơn vị biết, thực hiện./.
"""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path, at("2026-03-02")) as made:
        await made.registers(FINANCE, FARMING, CULTURE, HOME)
        await made.enrols(made.twin.person(1, "Hoa"), RoleKind.OFFICER)
        yield made


async def asked(hoa: Person, number: int, of: int = 4) -> Message:
    return await hoa.waits_for(f"Câu hỏi {number}/{of}")


async def begins(office: Stage, hoa: Person, text: str = NOTICE) -> Message:
    draft = await office.loads(hoa, name="tb31.txt", content=text.encode())
    await hoa.presses("❓ Trả lời 4 câu hỏi", draft)
    return await asked(hoa, 1)


async def test_every_press_decides_and_brings_up_the_next_question_in_place(office: Stage) -> None:
    hoa = office.twin.person(1, "Hoa")
    first = await begins(office, hoa)
    assert "“trước thứ Sáu, ngày 21/3/2026”: theo lịch, đó là thứ Bảy, 21/03/2026" in first.text
    await hoa.presses("Thứ Sáu, 20/03/2026", first)
    second = await asked(hoa, 2)
    assert second.id == first.id
    assert "Chưa có “Phòng Tài chánh” trong danh sách đơn vị" in second.text
    await hoa.presses("Là Phòng Tài chính (giống 94%)", second)
    third = await asked(hoa, 3)
    assert "“chậm nhất ngày 31/4/2026”: không có ngày này trong lịch" in third.text
    await hoa.presses("Không có hạn", third)
    fourth = await asked(hoa, 4)
    assert "“trước ngày 28/2/2026”" in fourth.text
    await hoa.presses("Ngày khác", fourth)
    await hoa.wait_for(lambda message: "Hủy" in message.labels)
    await hoa.says("28/3/2026")
    draft = await hoa.waits_for("Dự thảo")
    assert "Cần" not in draft.text
    assert "Phòng Tài chánh → Phòng Tài chính" in draft.text
    assert f"Phòng NN&MT → {FARMING}" in draft.text
    assert "ngày cuối: thứ Sáu, 20/03/2026" in draft.text
    assert "ngày cuối: thứ Bảy, 28/03/2026" in draft.text
    assert "⏳ Chưa có ngày cụ thể: 05 ngày kể từ ngày kết thúc lễ hội" in draft.text
    await hoa.presses("Công bố", draft)
    assert "4 việc, giao cho 4 đơn vị" in (await hoa.waits_for("Đã công bố")).text


async def test_a_name_that_was_recognised_is_not_asked_about_again(office: Stage) -> None:
    hoa = office.twin.person(1, "Hoa")
    await hoa.presses("Thứ Sáu, 20/03/2026", await begins(office, hoa))
    await hoa.presses("Là Phòng Tài chính (giống 94%)", await asked(hoa, 2))
    await asked(hoa, 3)
    again = await office.loads(hoa, name="tb32.txt", content=NOTICE.replace("Số 31", "Số 32").encode())
    assert "❓ Trả lời 3 câu hỏi" in again.labels
    assert "Phòng Tài chánh → Phòng Tài chính" in again.text


async def test_a_name_that_only_comes_near_can_be_a_new_unit_or_another_one(office: Stage) -> None:
    hoa = office.twin.person(1, "Hoa")
    await hoa.presses("Thứ Sáu, 20/03/2026", await begins(office, hoa))
    second = await asked(hoa, 2)
    await hoa.presses("Đơn vị khác", second)
    await hoa.wait_for(lambda message: "Hủy" in message.labels)
    await hoa.says(HOME)
    await asked(hoa, 3)
    other = await office.loads(hoa, name="tb33.txt", content=NOTICE.replace("Số 31", "Số 33").encode())
    await hoa.presses("❓ Trả lời 4 câu hỏi", other)
    await hoa.presses("Thứ Sáu, 20/03/2026", await asked(hoa, 1))
    await hoa.presses("Là đơn vị mới, thêm vào danh sách", await asked(hoa, 2))
    await asked(hoa, 3)
    await hoa.says("/donvi")
    assert "Phòng Tài chánh" in (await hoa.waits_for(FINANCE)).text


async def test_an_old_card_decides_nothing_once_the_draft_is_published(office: Stage) -> None:
    hoa = office.twin.person(1, "Hoa")
    sure = NOTICE.replace("Tài chánh", "Tài chính").replace("31/4", "30/4").replace("28/2", "28/3")
    await hoa.presses("❓ Trả lời 1 câu hỏi", await office.loads(hoa, name="tb31.txt", content=sure.encode()))
    card = await asked(hoa, 1, of=1)
    stale = card.data("Không có hạn")
    await hoa.presses("Thứ Sáu, 20/03/2026", card)
    await hoa.presses("Công bố", await hoa.waits_for("Dự thảo"))
    await hoa.waits_for("Đã công bố")
    presses(office.twin, hoa, stale, card)
    await hoa.waits_for("không còn là dự thảo")


async def test_deadlines_that_are_over_and_the_same_notice_are_warned_of_before_publishing(office: Stage) -> None:
    hoa = office.twin.person(1, "Hoa")
    sure = NOTICE.replace("Tài chánh", "Tài chính").replace("thứ Sáu, ngày 21/3", "ngày 21/3").replace("31/4", "30/4")
    sure = sure.replace("28/2", "10/3")
    first = await office.loads(hoa, name="a.txt", content=sure.encode())
    assert "⚠️" not in first.text
    second = await office.loads(hoa, name="b.txt", content=sure.encode())
    assert "⚠️ Đã có văn bản số 31-TB-UBND cùng ngày ban hành trong hệ thống: dự thảo." in second.text
    await hoa.presses("Mở văn bản đã có", second)
    await hoa.wait_for(lambda message: message.edited and message.id == second.id)
    await office.moves("2026-03-20", "09:00")
    await hoa.presses("Công bố", first)
    warned = await hoa.waits_for("Hạn đã qua")
    assert "đề nghị kiểm tra lại: mục 4." in warned.text
    assert {"Mở văn bản đã có", "Vẫn công bố", "Quay lại"} <= set(warned.labels)
    await hoa.presses("Vẫn công bố", warned)
    await hoa.waits_for("Đã công bố")


async def test_units_on_an_open_group_are_chosen_by_one_press(office: Stage) -> None:
    hoa = office.twin.person(1, "Hoa")
    await office.registers(Unit("Trường THCS An Hải", group="Khối trường học"))
    text = NOTICE.replace("Giao Phòng Tài chánh", "Giao các trường trung học cơ sở").replace("thứ Sáu, ngày 21/3", "ngày 21/3")
    text = text.replace("31/4", "30/4").replace("28/2", "28/3")
    draft = await office.loads(hoa, name="tb31.txt", content=text.encode())
    await hoa.presses("❓ Trả lời 1 câu hỏi", draft)
    await hoa.presses("Khối trường học", await asked(hoa, 1, of=1))
    shown = await hoa.waits_for("Dự thảo")
    assert "Khối trường học → Trường THCS An Hải" in shown.text


def in_old_letters(text: str) -> bytes:
    """Write a text as Windows-1258 does, with every tone behind its letter."""
    signs = [unicodedata.normalize("NFD", sign) for sign in text]
    split = [
        ("".join(part for part in sign if part not in TONE_MARKS), [part for part in sign if part in TONE_MARKS])
        for sign in signs
    ]
    return "".join(unicodedata.normalize("NFC", letter) + "".join(tones) for letter, tones in split).encode("cp1258")


async def test_a_paper_whose_letters_were_guessed_is_compared_task_by_task(office: Stage) -> None:
    hoa = office.twin.person(1, "Hoa")
    sure = NOTICE.replace("Tài chánh", "Tài chính").replace("thứ Sáu, ngày 21/3", "ngày 21/3").replace("31/4", "30/4")
    sure = sure.replace("28/2", "28/3")
    draft = await office.loads(hoa, name="tb31.txt", content=in_old_letters(sure))
    assert "đề nghị đối chiếu từng việc với bản in" in draft.text
    await hoa.presses("Công bố", draft)
    assert "Mục 1, 2, 3 và 4: ❓ Cần đối chiếu với bản in" in (await hoa.waits_for("Chưa thể công bố")).text
    await hoa.presses("❓ Trả lời 4 câu hỏi", draft)
    for number in range(1, 5):
        card = await asked(hoa, number)
        assert "Có đúng như bản in không?" in card.text
        await hoa.presses("Đúng như bản in", card)
    await hoa.presses("Công bố", await hoa.waits_for("Dự thảo"))
    await hoa.waits_for("Đã công bố")


async def test_an_answer_that_no_card_offers_changes_nothing(office: Stage) -> None:
    hoa = office.twin.person(1, "Hoa")
    first = await begins(office, hoa)
    for forged in ("choose:1:9", "isunit:1:5:1", "isnew:1:5", "confirm:1:everything"):
        presses(office.twin, hoa, forged, first)
        await hoa.waits_for("cũ")
