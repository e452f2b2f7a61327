"""Does the office load, correct, publish and end a conclusion, and see how things stand?"""

from pathlib import Path

import docx

from domain.people import RoleKind
from domain.units import Unit
from sandbox.story import CULTURE, LIBRARY, MUSEUM
from tests.e2e.conftest import Cast
from tests.stage import NOTICE_BYTES, Stage, at, stage

SECOND = """ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
Số 60-TB/ĐUK
Hải Bình, ngày 03 tháng 02 năm 2021

THÔNG BÁO
KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI
về công tác phát triển đảng viên năm 2021

1. Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo nguồn phát triển đảng viên về Đảng ủy Khối trước ngày 26/02/2021.

Nơi nhận:
- Các chi, đảng bộ cơ sở (t/h),
- Lưu Văn phòng Đảng ủy Khối.
""".encode()


async def test_document_is_answered_at_once_and_then_with_the_draft(cast: Cast) -> None:
    await cast.hoa.sends_file("thong-bao-52.txt", NOTICE_BYTES)
    await cast.hoa.waits_for("Đang đọc")
    draft = await cast.hoa.waits_for("Dự thảo")
    assert "KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI về kết quả khảo sát" in draft.text
    assert "52-TB/ĐUK" in draft.text
    assert "các chi, đảng bộ đã được khảo sát → 6 đơn vị" in draft.text
    assert "trước ngày 22/02/2021 — ngày cuối: Chủ nhật, 21/02/2021; ngày làm việc cuối: thứ Sáu, 19/02/2021" in draft.text
    assert "tiếp thu góp ý, bổ sung hồ sơ đảng vụ còn thiếu" in draft.text
    assert "21-KH/ĐUK ngày 11/01/2021" in draft.text
    assert "Đảng ủy Sở Giáo dục và Đào tạo" in draft.text.partition("📵")[2]


async def test_word_document_is_read_with_its_tables_and_paragraphs(cast: Cast, tmp_path: Path) -> None:
    document = docx.Document()
    for line in NOTICE_BYTES.decode().splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "tb52.docx"))
    draft = await cast.stage.loads(cast.hoa, name="tb52.docx", content=(tmp_path / "tb52.docx").read_bytes())
    assert "các chi, đảng bộ đã được khảo sát → 6 đơn vị" in draft.text


async def test_what_is_no_notice_gets_one_sentence_and_leaves_nothing(cast: Cast) -> None:
    for name, content in (("a.txt", b"Xin chao"), ("b.txt", b""), ("c.exe", b"MZ"), ("d.docx", b"PK nonsense")):
        await cast.hoa.sends_file(name, content)
        await cast.hoa.waits_for(f"“{name}”: ")
    await cast.hoa.says("/ketluan")
    assert "Chưa có" in (await cast.hoa.wait_for(lambda _: True)).text


async def test_undecided_draft_is_not_published_until_somebody_decides(cast: Cast) -> None:
    await cast.stage.loads(cast.hoa)
    await cast.hoa.presses("Công bố")
    asked = await cast.hoa.wait_for(lambda message: "Xử lý mục 2.2" in message.labels)
    assert "chưa" in asked.text
    await cast.lan.says("/viec")
    assert not (await cast.lan.wait_for(lambda _: True)).labels
    await cast.stage.publishes(cast.hoa)


async def test_tasks_are_corrected_one_by_one(cast: Cast) -> None:
    hoa = cast.hoa
    await cast.stage.loads(hoa)
    await hoa.presses("Xem từng việc")
    await hoa.wait_for(lambda message: "Bỏ việc này" in message.labels)
    await hoa.presses("Sửa")
    await hoa.presses("Hạn", await hoa.wait_for(lambda message: "Hạn" in message.labels))
    await hoa.wait_for(lambda message: "Hủy" in message.labels)
    await hoa.says("30/02/2021")
    await hoa.waits_for("Chưa đọc được hạn này")
    await hoa.says("trước ngày 20/02/2021")
    assert "ngày cuối: thứ Sáu, 19/02/2021" in (await hoa.wait_for(lambda message: "Sửa" in message.labels)).text
    await hoa.presses("Sửa")
    await hoa.presses("Nội dung", await hoa.wait_for(lambda message: "Nội dung" in message.labels))
    await hoa.wait_for(lambda message: "Hủy" in message.labels)
    await hoa.says("Gửi báo cáo khắc phục, có chữ ký của bí thư.")
    assert "“Gửi báo cáo khắc phục, có chữ ký của bí thư.”" in (await hoa.wait_for(lambda one: "Sửa" in one.labels)).text
    await hoa.presses("Sửa")
    await hoa.presses("Đơn vị", await hoa.wait_for(lambda message: "Đơn vị" in message.labels))
    await hoa.wait_for(lambda message: "Hủy" in message.labels)
    await hoa.says("Chi bộ Thư viện tinh")
    assert "Chi bộ Thư viện tỉnh" in (await hoa.waits_for("/donvi")).text
    await hoa.says("Chi bộ Thư viện tỉnh")
    assert "1 đơn vị" in (await hoa.wait_for(lambda message: "Sửa" in message.labels)).text
    await hoa.presses("Bỏ việc này")
    await hoa.wait_for(lambda message: "Khôi phục việc này" in message.labels)


async def test_publishing_tells_tasks_units_and_who_has_nobody(cast: Cast) -> None:
    await cast.stage.publishes(cast.hoa)
    told = next(message for message in reversed(cast.hoa.chat) if "Đã công bố" in message.text)
    assert "4 việc, giao cho 8 đơn vị; đơn vị chưa có người nhận: 5." in told.text


async def test_remaining_units_are_all_but_those_the_paper_names(published: Cast) -> None:
    await published.son.says("/viec")
    listing = await published.son.waits_for("việc")
    assert "Báo cáo tự rà soát" in listing.text
    await published.lan.says("/viec")
    assert "Báo cáo tự rà soát" not in (await published.lan.waits_for("việc")).text


async def test_units_of_the_paper_that_nobody_registered_are_offered(empty: Stage) -> None:
    hoa, lan = empty.twin.person(1, "Hoa"), empty.twin.person(2, "Lan")
    await empty.enrols(hoa, RoleKind.OFFICER)
    await empty.registers(MUSEUM)
    await empty.publishes(hoa)
    published = next(message for message in reversed(hoa.chat) if "Đã công bố" in message.text)
    await hoa.presses(published.labels[0], published)
    await hoa.wait_for(lambda message: "7 đơn vị" in message.text)
    await empty.enrols(lan, RoleKind.SECRETARY, CULTURE)
    assert "Báo cáo khắc phục" in (await lan.wait_for(lambda message: "Đã nộp" in message.labels)).text


async def test_newest_conclusion_comes_first_and_the_earlier_one_stays(published: Cast) -> None:
    await published.stage.moves("2021-02-03", "09:00")
    await published.stage.publishes(published.hoa, name="tb60.txt", content=SECOND)
    await published.lan.says("/viec")
    listing = (await published.lan.waits_for("phát triển đảng viên")).text
    assert listing.index("60-TB/ĐUK") < listing.index("52-TB/ĐUK")


async def test_replaced_conclusion_is_no_longer_followed_up(published: Cast) -> None:
    await published.stage.moves("2021-02-03", "09:00")
    await published.stage.publishes(published.hoa, name="tb60.txt", content=SECOND)
    await published.hoa.presses("Thay thế 52-TB/ĐUK")
    asked = await published.hoa.wait_for(lambda message: "Đồng ý thay thế" in message.labels)
    assert "24 việc" in asked.text
    await published.hoa.presses("Đồng ý thay thế", asked)
    await published.lan.waits_for("mới thay thế")
    await published.lan.says("/viec")
    assert "52-TB/ĐUK" not in (await published.lan.waits_for("60-TB/ĐUK")).text


async def test_withdrawn_conclusion_is_confirmed_and_told_to_the_units(published: Cast) -> None:
    hoa, lan = published.hoa, published.lan
    await hoa.says("/ketluan")
    await hoa.presses("1", await hoa.waits_for("52-TB/ĐUK"))
    await hoa.presses("Thu hồi", await hoa.wait_for(lambda message: "Thu hồi" in message.labels))
    await hoa.presses("Đồng ý thu hồi", await hoa.wait_for(lambda message: "Đồng ý thu hồi" in message.labels))
    await lan.waits_for("đã thu hồi")
    await lan.presses("Đã nộp")
    assert "thôi theo dõi" in (await lan.wait_for(lambda _: True)).text
    await hoa.says("/ketluan")
    assert "đã thu hồi" in (await hoa.waits_for("52-TB/ĐUK")).text


async def test_overview_counts_four_ways_and_names_who_is_late(published: Cast) -> None:
    await published.stage.moves("2021-02-10", "09:00")
    await published.hoa.says("/tinhhinh")
    table = (await published.hoa.waits_for("tính đến")).text
    assert "24" in table
    assert f"• {LIBRARY} – mục 2.3.(1) (quá hạn 1 ngày)" in table


async def test_units_are_listed_with_their_people(published: Cast) -> None:
    await published.hoa.says("/donvi")
    assert f"{CULTURE} – Lan" in (await published.hoa.waits_for(CULTURE)).text


async def test_published_on_a_day_off_is_told_on_the_next_working_morning_or_at_once_by_word(tmp_path: Path) -> None:
    async with stage(tmp_path, at("2021-02-13")) as scene:
        hoa, lan = scene.twin.person(1, "Hoa"), scene.twin.person(2, "Lan")
        await scene.enrols(hoa, RoleKind.OFFICER)
        await scene.registers(Unit(CULTURE))
        await scene.enrols(lan, RoleKind.SECRETARY, CULTURE)
        await scene.publishes(hoa)
        assert not [message for message in lan.chat if "Đã nộp" in message.labels]
        told = next(message for message in reversed(hoa.chat) if "Gửi ngay" in message.labels)
        assert "08:00 thứ Tư, 17/02/2021" in told.text
        await hoa.presses("Gửi ngay")
        await lan.wait_for(lambda message: "Đã nộp" in message.labels)
