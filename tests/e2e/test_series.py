"""Is a monthly report due each month, reported each month and late each month, until the office changes or ends it?"""

from collections.abc import Sequence

from sandbox.story import CULTURE, LIBRARY
from sandbox.telegram import Message, Person
from tests.e2e.conftest import Cast

MONTHLY = """ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
Số 63-TB/ĐUK
Hải Bình, ngày 01 tháng 02 năm 2021

THÔNG BÁO
KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI
về chế độ báo cáo

1. Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo tình hình tư tưởng về Đảng ủy Khối trước ngày 25 hằng tháng.

Văn phòng Đảng ủy Khối thông báo để các chi, đảng bộ cơ sở biết và thực hiện./.
"""
NAMED = MONTHLY.replace("Yêu cầu 100% chi, đảng bộ cơ sở gửi", "Giao Chi bộ Thư viện tỉnh và Chi bộ Trung tâm Lưu trữ tỉnh gửi")
FEBRUARY, MARCH, APRIL = (f"Kỳ tháng {month}/2021" for month in (2, 3, 4))


async def publishes(cast: Cast) -> None:
    await cast.stage.publishes(cast.hoa, name="tb63.txt", content=MONTHLY.encode())


async def card(cast: Cast) -> Message:
    await cast.hoa.says("/ketluan")
    await cast.hoa.presses("1", await cast.hoa.waits_for("63-TB/ĐUK"))
    return await cast.hoa.wait_for(lambda message: "Thu hồi" in message.labels)


async def listed(person: Person) -> Message:
    await person.says("/viec")
    return await person.wait_for(lambda message: "việc" in message.text)


async def tasks(person: Person) -> list[str]:
    """Give the months that a person's list names, in its order."""
    text = (await listed(person)).text
    return sorted((month for month in (FEBRUARY, MARCH, APRIL) if month in text), key=text.index)


async def hands_in(person: Person, month: str) -> Message:
    """Open the details of a month's task and press."""
    message = await listed(person)
    labels = message.labels
    label = next((one for one in labels if month in one), "Chi tiết")
    await person.presses(label, message)
    details = await person.wait_for(lambda one: "Gửi tệp" in one.labels and month in one.text)
    await person.presses("Đã nộp", details)
    return await person.wait_for(lambda one: "Hoàn tác" in one.labels)


async def moves(cast: Cast, days: Sequence[str]) -> None:
    for day in days:
        await cast.stage.moves(day)


async def test_the_draft_tells_the_rule_and_the_first_day(cast: Cast) -> None:
    draft = await cast.stage.loads(cast.hoa, name="tb63.txt", content=MONTHLY.encode())
    assert "🔁 Định kỳ: trước ngày 25 hằng tháng – kỳ đầu: thứ Tư, 24/02/2021." in draft.text


async def test_each_month_is_due_reported_and_late_by_itself(cast: Cast) -> None:
    await publishes(cast)
    first = await cast.lan.wait_for(lambda message: "Đã nộp" in message.labels)
    assert FEBRUARY in first.text
    assert "ngày cuối: thứ Tư, 24/02/2021" in first.text

    # February in time, March late by a day, April not at all; Minh hands in nothing.
    await hands_in(cast.lan, FEBRUARY)
    await moves(cast, ["2021-03-09"])
    assert await tasks(cast.lan) == []
    await moves(cast, ["2021-03-10"])
    assert (await tasks(cast.lan), await tasks(cast.minh)) == ([MARCH], [FEBRUARY, MARCH])
    await moves(cast, ["2021-03-25"])
    receipt = await hands_in(cast.lan, MARCH)
    assert MARCH in receipt.text
    await moves(cast, ["2021-04-08", "2021-05-04"])
    assert (await tasks(cast.lan), await tasks(cast.minh)) == ([APRIL], [FEBRUARY, MARCH, APRIL])

    await cast.hoa.says("/tinhhinh")
    overview = (await cast.hoa.waits_for("tính đến")).text
    of_lan = next(line for line in overview.splitlines() if CULTURE in line)
    of_minh = next(line for line in overview.splitlines() if LIBRARY in line)
    assert "mục 1, kỳ tháng 4/2021 (quá hạn 10 ngày)" in of_lan
    assert "tháng 3" not in of_lan
    assert [f"tháng {month}/2021" in of_minh for month in (2, 3, 4)] == [True] * 3


async def test_the_details_tell_the_rule_this_one_and_the_next(cast: Cast) -> None:
    await publishes(cast)
    await cast.lan.presses("Chi tiết", await listed(cast.lan))
    details = await cast.lan.wait_for(lambda message: "Gửi tệp" in message.labels)
    assert "🔁 Việc định kỳ: trước ngày 25 hằng tháng; kỳ này: thứ Tư, 24/02/2021; kỳ sau: thứ Tư, 24/03/2021." in details.text


async def test_a_new_rule_holds_from_the_next_month_and_the_units_are_told_once(cast: Cast) -> None:
    await publishes(cast)
    shown = await card(cast)
    assert "🔁 Mục 1: trước ngày 25 hằng tháng – kỳ tới: thứ Tư, 24/03/2021." in shown.text
    await cast.hoa.presses("Đổi định kỳ: mục 1", shown)
    await cast.hoa.waits_for("ghi định kỳ mới")
    for slip, answer in (
        ("hằng năm ánh sáng", "Chưa đọc được định kỳ này"),
        ("20/03/2021", "Chưa đọc được định kỳ này"),
        ("trước ngày 31/02 hằng năm", "không còn kỳ nào sắp tới"),
    ):
        await cast.hoa.says(slip)
        await cast.hoa.waits_for(answer)
    await cast.hoa.says("trước ngày 20 hằng tháng")
    assert "kỳ tới: thứ Sáu, 19/03/2021" in (await cast.hoa.waits_for("Đã đổi định kỳ")).text
    await cast.stage.app.settle()

    told = await cast.lan.waits_for("Văn phòng đã đổi định kỳ")
    assert "Từ nay: trước ngày 20 hằng tháng; kỳ tới: thứ Sáu, 19/03/2021." in told.text
    assert "Trước đây: trước ngày 25 hằng tháng." in told.text
    assert f"• {FEBRUARY}" in told.text
    await moves(cast, ["2021-02-02", "2021-03-05"])
    assert sum("đã đổi định kỳ" in message.text for message in cast.lan.chat) == 1
    text = (await listed(cast.lan)).text
    assert "ngày cuối: thứ Tư, 24/02/2021" in text
    assert "ngày cuối: thứ Sáu, 19/03/2021" in text


async def test_a_series_that_ends_opens_no_more_and_what_is_open_stays(cast: Cast) -> None:
    await publishes(cast)
    await ends(cast, "Dừng, giữ các kỳ đang mở")
    told = await cast.lan.waits_for("Văn phòng đã dừng việc định kỳ")
    assert f"• {FEBRUARY}" in told.text
    await moves(cast, ["2021-03-10", "2021-05-04"])
    assert await tasks(cast.lan) == [FEBRUARY]
    shown = await card(cast)
    assert "đã dừng" in shown.text
    assert not [label for label in shown.labels if "định kỳ" in label]


async def test_what_is_open_ends_with_the_series_where_the_officer_says_so(cast: Cast) -> None:
    await publishes(cast)
    old = await ends(cast, "Dừng cả các kỳ đang mở")
    await cast.lan.waits_for("Không còn kỳ nào phải nộp")
    assert await tasks(cast.lan) == []
    await cast.hoa.presses("Dừng định kỳ: mục 1", old)
    await cast.hoa.waits_for("đã dừng. Chưa có gì thay đổi")


async def test_a_withdrawn_notice_opens_no_more(cast: Cast) -> None:
    await publishes(cast)
    await cast.hoa.presses("Thu hồi", await card(cast))
    await cast.hoa.presses("Đồng ý thu hồi", await cast.hoa.wait_for(lambda message: "Đồng ý thu hồi" in message.labels))
    await cast.hoa.waits_for("Đã thu hồi")
    await moves(cast, ["2021-03-10", "2021-04-08"])
    assert await tasks(cast.lan) == []


async def test_a_unit_that_is_registered_after_publishing_gets_what_is_open_and_what_comes(cast: Cast) -> None:
    await cast.stage.publishes(cast.hoa, name="tb63.txt", content=NAMED.encode())
    published = next(message for message in reversed(cast.hoa.chat) if "Đã công bố" in message.text)
    label = next(label for label in published.labels if "vào danh sách" in label)
    await cast.hoa.presses(label, published)
    await cast.hoa.wait_for(lambda message: "Đã công bố" in message.text and label not in message.labels)
    counts = []
    for day in ("2021-02-02", "2021-03-10"):
        await cast.stage.moves(day)
        counts += [line for line in (await card(cast)).text.splitlines() if "việc giao cho đơn vị" in line]
    assert [line.partition(";")[0] for line in counts] == ["Tổng số việc giao cho đơn vị: 2", "Tổng số việc giao cho đơn vị: 4"]


async def ends(cast: Cast, how: str) -> Message:
    shown = await card(cast)
    await cast.hoa.presses("Dừng định kỳ: mục 1", shown)
    asked = await cast.hoa.wait_for(lambda message: how in message.labels)
    assert "Còn 8 việc của các kỳ trước chưa nộp." in asked.text
    await cast.hoa.presses(how, asked)
    await cast.hoa.waits_for("Đã dừng định kỳ")
    await cast.stage.app.settle()
    return shown
