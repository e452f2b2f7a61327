"""Does a task without a day get one after publishing, and do the units hear of it and of its reminders?"""

from sandbox.story import CULTURE
from sandbox.telegram import Message
from tests.e2e.conftest import Cast

EVENT = """ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
Số 61-TB/ĐUK
Hải Bình, ngày 01 tháng 02 năm 2021

THÔNG BÁO
KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI
về chuẩn bị hội nghị sơ kết

1. Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo tham luận về Đảng ủy Khối trước khi tổ chức hội nghị sơ kết 05 ngày.

Văn phòng Đảng ủy Khối thông báo để các chi, đảng bộ cơ sở biết và thực hiện./.
"""
WAITS = "⏳ Chưa có ngày cụ thể"


async def publishes(cast: Cast) -> None:
    await cast.stage.publishes(cast.hoa, name="tb61.txt", content=EVENT.encode())


async def card(cast: Cast) -> Message:
    """Open the conclusion's card."""
    await cast.hoa.says("/ketluan")
    await cast.hoa.presses("1", await cast.hoa.waits_for("61-TB/ĐUK"))
    return await cast.hoa.wait_for(lambda message: "Thu hồi" in message.labels)


async def sets_day(cast: Cast, day: str) -> Message:
    await cast.hoa.presses("Đặt ngày: mục 1", await card(cast))
    await cast.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await cast.hoa.says(day)
    return await cast.hoa.waits_for("đã đặt ngày")


async def details(cast: Cast) -> Message:
    await cast.lan.says("/viec")
    listing = await cast.lan.wait_for(lambda message: "Chi tiết" in message.labels)
    await cast.lan.presses("Chi tiết", listing)
    return await cast.lan.wait_for(lambda message: "Gửi tệp" in message.labels)


async def test_a_task_without_a_day_is_published_and_told_as_it_is(cast: Cast) -> None:
    await publishes(cast)
    assert WAITS in (await cast.lan.wait_for(lambda message: "Đã nộp" in message.labels)).text
    assert WAITS in (await details(cast)).text
    assert WAITS in (await card(cast)).text


async def test_the_day_is_set_for_every_unit_and_reminders_start_anew(cast: Cast) -> None:
    await publishes(cast)
    confirmed = await sets_day(cast, "26/02/2021")
    assert "ngày cuối: thứ Sáu, 26/02/2021" in confirmed.text
    assert "8 đơn vị chưa nộp" in confirmed.text
    told = await cast.lan.waits_for("Văn phòng đã đặt ngày")
    assert "ngày cuối: thứ Sáu, 26/02/2021" in told.text
    assert {"Đã nộp", "Chi tiết"} <= set(told.labels)
    await cast.stage.app.settle()
    seen = cast.lan.newest.id
    await cast.stage.moves("2021-02-02")
    assert cast.lan.newest.id == seen
    await cast.stage.moves("2021-02-19")
    assert "ngày cuối: thứ Sáu, 26/02/2021" in cast.lan.newest.text
    assert WAITS not in (await card(cast)).text


async def test_a_day_that_was_a_slip_is_set_again_and_the_units_read_both(cast: Cast) -> None:
    await publishes(cast)
    await cast.hoa.presses("Ngày khác", await sets_day(cast, "26/02/2021"))
    await cast.lan.waits_for("26/02/2021")
    await cast.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await cast.hoa.says("25/02/2021")
    told = await cast.lan.waits_for("25/02/2021")
    assert "Hạn cuối trước đây: thứ Sáu, 26/02/2021." in told.text


async def test_who_has_handed_in_stays_in_time_and_hears_nothing(cast: Cast) -> None:
    await publishes(cast)
    await cast.lan.presses("Đã nộp", await details(cast))
    await cast.lan.wait_for(lambda message: "Hoàn tác" in message.labels)
    await cast.stage.app.settle()
    assert "7 đơn vị chưa nộp" in (await sets_day(cast, "01/02/2021")).text
    await cast.minh.waits_for("Văn phòng đã đặt ngày")
    await cast.stage.app.settle()
    assert "Văn phòng đã đặt ngày" not in cast.lan.newest.text
    await cast.stage.moves("2021-02-03")
    await cast.hoa.says("/tinhhinh")
    assert CULTURE not in (await cast.hoa.waits_for("tính đến")).text


async def test_a_day_set_on_a_day_off_is_told_on_the_next_working_morning(cast: Cast) -> None:
    await publishes(cast)
    await cast.stage.moves("2021-02-06", "09:00")
    await sets_day(cast, "26/02/2021")
    await cast.stage.app.settle()
    assert "Văn phòng đã đặt ngày" not in cast.lan.newest.text
    await cast.stage.moves("2021-02-08")
    await cast.lan.waits_for("Văn phòng đã đặt ngày")


async def test_a_day_set_on_the_evening_before_a_day_off_is_not_told_on_the_day_off(cast: Cast) -> None:
    await publishes(cast)
    await cast.stage.moves("2021-02-05", "21:00")
    await sets_day(cast, "26/02/2021")
    await cast.stage.moves("2021-02-06", "12:00")
    assert "Văn phòng đã đặt ngày" not in cast.lan.newest.text
    await cast.stage.moves("2021-02-08")
    await cast.lan.waits_for("Văn phòng đã đặt ngày")


async def test_the_day_can_be_set_in_the_draft(cast: Cast) -> None:
    await cast.stage.loads(cast.hoa, name="tb61.txt", content=EVENT.encode())
    await cast.hoa.presses("Xem từng việc")
    await cast.hoa.presses("Đặt ngày", await cast.hoa.wait_for(lambda message: "Đặt ngày" in message.labels))
    await cast.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await cast.hoa.says("26/02/2021")
    shown = await cast.hoa.wait_for(lambda message: "Sửa" in message.labels)
    assert "05 ngày — ngày cuối: thứ Sáu, 26/02/2021" in shown.text


async def test_what_is_no_day_is_asked_again_and_a_withdrawn_notice_takes_none(cast: Cast) -> None:
    await publishes(cast)
    old = await card(cast)
    await cast.hoa.presses("Đặt ngày: mục 1", old)
    await cast.hoa.wait_for(lambda message: "Hủy" in message.labels)
    for slip, answer in (("không", "Chưa đọc được ngày này"), ("30/02/2021", "Chưa đọc được ngày này"), ("31/01/2021", "đã qua")):
        await cast.hoa.says(slip)
        await cast.hoa.waits_for(answer)
    await cast.hoa.says("26/02/2021")
    await cast.hoa.waits_for("đã đặt ngày")
    await cast.hoa.presses("Thu hồi", old)
    await cast.hoa.presses("Đồng ý thu hồi", await cast.hoa.wait_for(lambda message: "Đồng ý thu hồi" in message.labels))
    await cast.hoa.waits_for("Đã thu hồi")
    await cast.hoa.presses("Đặt ngày: mục 1", old)
    await cast.hoa.waits_for("không có hiệu lực")
