"""Do slips stay harmless? Old buttons, late words, two people at once, files in the wrong order, and what fails by a bug."""

from domain.people import RoleKind
from sandbox.story import CULTURE
from tests.e2e.conftest import Cast
from tests.e2e.test_secretary import opens, presses, submits
from tests.stage import NOTICE_BYTES, at

PLAN = "Kế hoạch công tác"


async def test_press_counts_from_the_moment_it_came_however_late_it_is_worked_on(published: Cast) -> None:
    published.stage.moment = at("2021-02-09", "23:58")
    listing = next(message for message in published.lan.chat if "Đã nộp" in message.labels)
    await published.lan.presses("Đã nộp", listing)
    receipt = await published.lan.wait_for(lambda message: "Hoàn tác" in message.labels)
    assert "23:58 thứ Ba, 09/02/2021" in receipt.text
    await published.stage.moves("2021-02-17", "08:00")
    told = await published.hoa.wait_for(lambda message: "Xác nhận" in message.labels)
    assert "(đúng hạn)" in told.text


async def test_missing_file_is_told_and_the_chat_goes_on(published: Cast) -> None:
    await submits(published, published.lan)
    await published.lan.sends_file("ke-hoach.docx", b"the plan")
    await published.lan.waits_for("ke-hoach.docx")
    await published.stage.passes(seconds=15)
    for kept in (published.stage.settings.data_dir / "files").rglob("*"):
        if kept.is_file() and kept.read_bytes() == b"the plan":
            kept.unlink()
    await published.hoa.presses("Mở: ke-hoach.docx")
    assert "Chưa tải được tệp" in (await published.hoa.wait_for(lambda _: True)).text
    await published.hoa.says("/tinhhinh")
    await published.hoa.waits_for("tính đến")


async def test_file_of_a_colleague_is_handed_in_with_the_task(published: Cast) -> None:
    mai = published.stage.twin.person(105, "Mai")
    await published.stage.enrols(mai, RoleKind.SECRETARY, CULTURE)
    await mai.wait_for(lambda message: "Đã nộp" in message.labels)
    await published.lan.presses("Gửi tệp", await opens(published.lan))
    await published.lan.wait_for(lambda message: "Hủy" in message.labels)
    await published.lan.sends_file("trang-1.docx", b"page one")
    await published.lan.waits_for("trang-1.docx")
    await published.lan.sends_file("trang-2.docx", b"page two")
    await published.lan.waits_for("trang-2.docx")
    receipt = await submits(published, mai)
    assert "trang-1.docx và trang-2.docx" in receipt.text


async def test_album_after_the_press_is_told_to_the_office_once(published: Cast) -> None:
    await submits(published, published.lan)
    before = len(published.hoa.chat)
    for number in range(3):
        await published.lan.sends_photo(f"photo {number}".encode())
        await published.lan.wait_for(lambda message: "2021-00001" in message.text)
    await published.stage.passes(seconds=15)
    news = published.hoa.chat[before:]
    assert len(news) == 1
    assert len([label for label in news[0].labels if label.startswith("Mở: ")]) == 3


async def test_handed_in_file_does_not_move_by_an_old_button(published: Cast) -> None:
    await published.lan.sends_file("bao-cao.docx", b"a report")
    asked = await published.lan.waits_for("bao-cao.docx")
    first, second = asked.labels[:2]
    other = asked.data(second)
    await published.lan.presses(first, asked)
    await published.lan.presses("Đã nộp", await published.lan.wait_for(lambda message: "Đã nộp" in message.labels))
    await published.lan.wait_for(lambda message: "Hoàn tác" in message.labels)
    presses(published.stage.twin, published.lan, other, asked)
    assert "cũ" in (await published.lan.wait_for(lambda message: "Thẻ" in message.text)).text


async def test_what_was_begun_is_given_up_by_command(published: Cast) -> None:
    await published.hoa.says("/thongbao")
    await published.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await published.hoa.says("/huy")
    assert "Đã hủy" in (await published.hoa.wait_for(lambda _: True)).text
    await published.hoa.says("/huy")
    assert "không có" in (await published.hoa.wait_for(lambda _: True)).text


async def test_question_that_has_no_answer_any_more_does_not_swallow_a_notice(published: Cast) -> None:
    nga = published.stage.twin.person(106, "Nga")
    await published.stage.enrols(nga, RoleKind.OFFICER)
    await submits(published, published.lan)
    told = await published.hoa.wait_for(lambda message: "Trả lại" in message.labels)
    await published.hoa.presses("Trả lại", told)
    await published.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await nga.presses("Xác nhận", await nga.wait_for(lambda message: "Xác nhận" in message.labels))
    await nga.waits_for("Nga đã xác nhận")
    await published.hoa.says("Thiếu chữ ký")
    await published.hoa.waits_for("đã được xác nhận")
    await published.hoa.says(NOTICE_BYTES.decode()[:3000])
    await published.hoa.waits_for("Đang đọc")


async def test_question_is_forgotten_after_an_hour(published: Cast) -> None:
    await published.hoa.says("/thongbao")
    await published.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await published.stage.passes(minutes=61)
    await published.hoa.says("cảm ơn")
    assert "/trogiup" in (await published.hoa.wait_for(lambda _: True)).text


async def test_forged_button_is_an_old_card(published: Cast) -> None:
    digest = next(message for message in published.lan.chat if "Đã nộp" in message.labels)
    for data in ("submit", "submit:1", "submit:1:2:3:4", "details:99999999999999999999", "nothing:1", "undo:x", "details:404"):
        seen = published.lan.newest.id
        presses(published.stage.twin, published.lan, data, digest)
        answer = await published.lan.wait_for(lambda message, seen=seen: message.id > seen)  # type: ignore[misc]
        assert "Thẻ này đã cũ" in answer.text or "Không tìm thấy" in answer.text


async def test_announcement_goes_only_to_those_of_its_newest_preview(published: Cast) -> None:
    await published.hoa.says("/thongbao")
    await published.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await published.hoa.says("Họp lúc 14 giờ")
    asked = await published.hoa.wait_for(lambda message: "Ghi tên đơn vị" in message.labels)
    to_all = asked.data("Tất cả đơn vị")
    await published.hoa.presses("Ghi tên đơn vị", asked)
    await published.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await published.hoa.says(CULTURE)
    first = await published.hoa.wait_for(lambda message: "Gửi" in message.labels)
    presses(published.stage.twin, published.hoa, to_all, asked)
    await published.hoa.wait_for(lambda message: "3 đồng chí" in message.text)
    await published.hoa.presses("Gửi", first)
    assert "cũ" in (await published.hoa.wait_for(lambda message: "Thẻ" in message.text)).text
    await published.stage.app.settle()
    assert not [message for message in published.son.chat if "Họp lúc 14 giờ" in message.text]


async def test_pending_submission_of_a_withdrawn_conclusion_is_closed(published: Cast) -> None:
    await submits(published, published.lan)
    told = await published.hoa.wait_for(lambda message: "Xác nhận" in message.labels)
    accept, give_back = told.data("Xác nhận"), told.data("Trả lại")
    await published.hoa.says("/ketluan")
    await published.hoa.presses("1", await published.hoa.waits_for("52-TB/ĐUK"))
    await published.hoa.presses("Thu hồi", await published.hoa.wait_for(lambda message: "Thu hồi" in message.labels))
    ask = await published.hoa.wait_for(lambda message: "Đồng ý thu hồi" in message.labels)
    await published.hoa.presses("Đồng ý thu hồi", ask)
    await published.hoa.waits_for("Đã thu hồi")
    for data in (accept, give_back):
        seen = published.hoa.newest.id
        presses(published.stage.twin, published.hoa, data, told)
        answer = await published.hoa.wait_for(lambda message, seen=seen: message.id > seen)  # type: ignore[misc]
        assert "thôi theo dõi" in answer.text


async def test_deadline_that_is_a_slip_of_the_pen_is_asked_again(cast: Cast) -> None:
    await cast.stage.loads(cast.hoa)
    await cast.hoa.presses("Xem từng việc")
    await cast.hoa.presses("Sửa", await cast.hoa.wait_for(lambda message: "Sửa" in message.labels))
    await cast.hoa.presses("Hạn", await cast.hoa.wait_for(lambda message: "Hạn" in message.labels))
    await cast.hoa.wait_for(lambda message: "Hủy" in message.labels)
    for slip in ("31/12/9999", "01/01/0001"):
        await cast.hoa.says(slip)
        await cast.hoa.waits_for("Chưa đọc được hạn này")
    await cast.hoa.says("26/02/2021")
    await cast.hoa.waits_for("26/02/2021")


async def test_details_of_what_was_handed_in_show_the_receipt_and_undo(published: Cast) -> None:
    await published.lan.says("/viec")
    listing = await published.lan.wait_for(lambda message: "Đã nộp" in message.labels)
    details = listing.data(next(label for label in listing.labels if PLAN in label))
    receipt = await submits(published, published.lan)
    presses(published.stage.twin, published.lan, details, listing)
    card = await published.lan.wait_for(lambda message: message.id > receipt.id)
    assert "Biên nhận số 2021-00001" in card.text
    assert "Hoàn tác" in card.labels


async def test_code_entered_again_by_its_owner_is_no_wrong_code(cast: Cast) -> None:
    tam = cast.stage.twin.person(105, "Tâm")
    code = await cast.stage.code(RoleKind.SECRETARY, unit=CULTURE)
    await tam.says(f"Mã của tôi là {code}")
    await tam.waits_for(CULTURE)
    await tam.starts(code)
    assert "đã đăng ký bằng mã mời này" in (await tam.wait_for(lambda _: True)).text


async def test_question_survives_a_look_at_the_table(published: Cast) -> None:
    await submits(published, published.lan)
    await published.hoa.presses("Trả lại", await published.hoa.wait_for(lambda message: "Trả lại" in message.labels))
    await published.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await published.hoa.says("/tinhhinh")
    await published.hoa.waits_for("tính đến")
    await published.hoa.says("Thiếu chữ ký của bí thư")
    await published.lan.waits_for("Thiếu chữ ký của bí thư")


async def test_second_officer_learns_who_decided(published: Cast) -> None:
    nga = published.stage.twin.person(106, "Nga")
    await published.stage.enrols(nga, RoleKind.OFFICER)
    await submits(published, published.lan)
    mine = await published.hoa.wait_for(lambda message: "Xác nhận" in message.labels)
    await nga.presses("Xác nhận", await nga.wait_for(lambda message: "Xác nhận" in message.labels))
    await nga.waits_for("Nga đã xác nhận")
    await published.hoa.presses("Xác nhận", mine)
    changed = await published.hoa.wait_for(lambda message: message.edited and message.id == mine.id)
    assert "Nga đã xác nhận" in changed.text
    await published.hoa.waits_for("đã được xác nhận")


async def test_units_added_after_publishing_get_every_task_that_is_theirs(cast: Cast) -> None:
    notice = NOTICE_BYTES.decode().replace("(6) Chi bộ Quỹ Đầu tư phát triển tỉnh", "(6) Chi bộ Hội Luật gia tỉnh")
    await cast.stage.publishes(cast.hoa, content=notice.encode())
    told = next(message for message in reversed(cast.hoa.chat) if "Đã công bố" in message.text)
    await cast.hoa.presses("Thêm 1 đơn vị vào danh sách", told)
    await cast.hoa.wait_for(lambda message: message.edited and "9 đơn vị" in message.text)
    luat = cast.stage.twin.person(107, "Luật")
    await luat.starts(await cast.stage.code(RoleKind.SECRETARY, unit="Chi bộ Hội Luật gia tỉnh"))
    listing = await luat.wait_for(lambda message: "Đã nộp" in message.labels)
    assert PLAN in listing.text
    assert "Báo cáo khắc phục" in listing.text


async def test_cancel_under_a_question_says_that_nothing_was_changed(published: Cast) -> None:
    await published.hoa.says("/ketluan")
    await published.hoa.presses("1", await published.hoa.waits_for("52-TB/ĐUK"))
    await published.hoa.presses("Thu hồi", await published.hoa.wait_for(lambda message: "Thu hồi" in message.labels))
    ask = await published.hoa.wait_for(lambda message: "Đồng ý thu hồi" in message.labels)
    await published.hoa.presses("Hủy", ask)
    changed = await published.hoa.wait_for(lambda message: message.edited and message.id == ask.id)
    assert "Đã hủy" in changed.text
    await published.lan.says("/viec")
    await published.lan.wait_for(lambda message: "Đã nộp" in message.labels)
