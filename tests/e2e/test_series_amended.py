"""Does a newer paper change a recurring task from now on, its open months with it, and is each unit told what holds?"""

import pytest

from sandbox.story import CULTURE
from sandbox.telegram import Message
from tests.e2e.conftest import Cast
from tests.e2e.test_changes import publishes
from tests.e2e.test_series import APRIL, FEBRUARY, MARCH, MONTHLY, NAMED, hands_in, listed, moves, tasks

OLDER = "mục 1 Thông báo số 63-TB/ĐUK ngày 01/02/2021"
HEAD = MONTHLY.partition("1. ")[0].replace("Số 63", "Số 70").replace("ngày 01", "ngày 03")
FOOT = "\n\nVăn phòng Đảng ủy Khối thông báo để các chi, đảng bộ cơ sở biết và thực hiện./.\n"
TITLED = HEAD.replace("về chế độ báo cáo", "về điều chỉnh một số nhiệm vụ")
OTHER = "\n2. Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo tự kiểm tra về Đảng ủy Khối trước ngày 12/3/2021."
REPORT = "gửi báo cáo tình hình tư tưởng về Đảng ủy Khối"
NEW_RULE = f"1. Yêu cầu 100% chi, đảng bộ cơ sở {REPORT} trước ngày 20 hằng tháng, thay cho thời hạn tại {OLDER}."
FOR_TWO = NEW_RULE.replace("Yêu cầu 100% chi, đảng bộ cơ sở", "Giao Chi bộ Thư viện tỉnh và Chi bộ Bảo tàng tỉnh")
EXTENDED = f"1. Yêu cầu 100% chi, đảng bộ cơ sở {REPORT} trước ngày 01/3/2021, thay cho thời hạn tại {OLDER}."
ENDED = f"1. Thu hồi nhiệm vụ giao tại {OLDER}."
WHAT = "Việc 1 của Thông báo 63-TB/ĐUK"


@pytest.fixture
async def monthly(cast: Cast) -> Cast:
    """Give an office whose monthly report began in February; Lan has handed in for it."""
    await cast.stage.publishes(cast.hoa, name="tb63.txt", content=MONTHLY.encode())
    await hands_in(cast.lan, FEBRUARY)
    await cast.stage.moves("2021-02-03", "09:00")
    return cast


async def confirms(cast: Cast, text: str) -> tuple[Message, Message]:
    """Load a paper and say that what it changes is right; give the draft before and after."""
    before = await cast.stage.loads(cast.hoa, name="tb70.txt", content=(TITLED + text + FOOT).encode())
    await cast.hoa.presses(next(label for label in before.labels if label.startswith("❓")), before)
    await cast.hoa.presses("Đúng", await cast.hoa.wait_for(lambda one: "Đúng" in one.labels and "Văn bản này ghi" in one.text))
    return before, await cast.hoa.wait_for(lambda one: "➕" in one.text and "❓" not in one.text)


async def test_a_new_rule_moves_the_open_month_and_holds_from_then_on(monthly: Cast) -> None:
    before, draft = await confirms(monthly, NEW_RULE + OTHER)
    assert (
        f"🔁 {WHAT}: định kỳ trước ngày 25 hằng tháng → trước ngày 20 hằng tháng, 8 đơn vị; kỳ tới: thứ Sáu, 19/03/2021."
        in before.text
    )
    assert "🔁 Việc 1, kỳ tháng 2/2021 của Thông báo 63-TB/ĐUK: hạn 24/02/2021 → 19/02/2021, 7 đơn vị chưa nộp." in before.text
    told = await publishes(monthly, draft)
    assert f"🔁 {WHAT}: từ nay định kỳ trước ngày 20 hằng tháng; 7 việc đang mở chuyển sang hạn mới." in told.text

    of_minh = await monthly.minh.waits_for("Văn phòng đã đổi định kỳ")
    assert "Từ nay: trước ngày 20 hằng tháng; kỳ tới: thứ Sáu, 19/03/2021." in of_minh.text
    assert "hạn thứ Sáu, 19/02/2021" in of_minh.text
    assert "ngày cuối: thứ Sáu, 19/02/2021" in (await listed(monthly.minh)).text
    await monthly.lan.waits_for("Văn phòng đã đổi định kỳ")
    await moves(monthly, ["2021-02-04", "2021-03-08"])
    # One series goes on: the new paper's own item begins none beside it, and what Lan handed in stays.
    assert (await tasks(monthly.lan), await tasks(monthly.minh)) == ([MARCH], [FEBRUARY, MARCH])
    assert (await listed(monthly.lan)).text.count("tư tưởng") == 1
    assert "19/03/2021" in (await listed(monthly.lan)).text
    older = await card_of_the_older(monthly)
    assert "🔁 Việc 1: hạn trước ngày 20 hằng tháng, theo Thông báo 70-TB/ĐUK." in older.text


async def test_a_paper_that_ends_a_series_ends_what_is_open_and_keeps_what_was_handed_in(monthly: Cast) -> None:
    before, draft = await confirms(monthly, ENDED + OTHER)
    assert f"⛔ {WHAT}: dừng định kỳ, 7 việc còn mở kết thúc." in before.text
    told = await publishes(monthly, draft)
    assert f"⛔ {WHAT} đã dừng định kỳ: đã kết thúc 7 việc còn mở." in told.text
    for person in (monthly.lan, monthly.minh):
        assert "Không còn kỳ nào phải nộp" in (await person.waits_for("Văn phòng đã dừng việc định kỳ")).text
    await moves(monthly, ["2021-02-04", "2021-03-10", "2021-04-08"])
    assert (await tasks(monthly.lan), await tasks(monthly.minh)) == ([], [])
    older = await card_of_the_older(monthly)
    assert "đã dừng" in older.text
    assert "Tổng số việc giao cho đơn vị: 1" in older.text


async def test_one_month_alone_is_extended_and_the_next_keep_the_rule(monthly: Cast) -> None:
    before, draft = await confirms(monthly, EXTENDED + OTHER)
    assert "🔁 Việc 1, kỳ tháng 2/2021 của Thông báo 63-TB/ĐUK: hạn 24/02/2021 → 28/02/2021, 7 đơn vị chưa nộp." in before.text
    assert "➡️ Các kỳ sau vẫn theo định kỳ: trước ngày 25 hằng tháng." in before.text
    await publishes(monthly, draft)
    moved = [message.text for message in monthly.minh.chat if "28/02/2021" in message.text]
    assert len(moved) == 1
    assert "Hạn cuối trước đây: thứ Tư, 24/02/2021." in moved[0]
    await moves(monthly, ["2021-02-04", "2021-03-10"])
    assert (await tasks(monthly.lan), await tasks(monthly.minh)) == ([MARCH], [FEBRUARY, MARCH])
    assert "thứ Tư, 24/03/2021" in (await listed(monthly.lan)).text


async def test_a_new_rule_for_some_of_the_units_holds_for_them_and_the_others_keep_theirs(monthly: Cast) -> None:
    before, draft = await confirms(monthly, FOR_TWO + OTHER)
    assert "→ trước ngày 20 hằng tháng, 2 đơn vị; kỳ tới: thứ Sáu, 19/03/2021." in before.text
    assert "➡️ 6 đơn vị còn lại giữ nguyên: trước ngày 25 hằng tháng." in before.text
    assert "hạn 24/02/2021 → 19/02/2021, 2 đơn vị chưa nộp." in before.text
    told = await publishes(monthly, draft)
    assert f"🔁 {WHAT}: từ nay định kỳ trước ngày 20 hằng tháng; 2 việc đang mở chuyển sang hạn mới." in told.text
    assert "➡️ 6 đơn vị còn lại giữ nguyên" in told.text
    assert "kỳ tới: thứ Sáu, 19/03/2021" in (await monthly.minh.waits_for("Văn phòng đã đổi định kỳ")).text
    assert any("Hạn cuối trước đây: thứ Tư, 24/02/2021." in one.text for one in monthly.minh.chat)
    assert not any("Văn phòng đã đổi định kỳ" in one.text for one in monthly.lan.chat)
    await moves(monthly, ["2021-02-04", "2021-03-08", "2021-03-10"])
    assert (await tasks(monthly.lan), await tasks(monthly.minh)) == ([MARCH], [MARCH, FEBRUARY])
    assert "thứ Tư, 24/03/2021" in (await listed(monthly.lan)).text
    of_minh = (await listed(monthly.minh)).text
    assert [of_minh.count(month) for month in (FEBRUARY, MARCH)] == [1, 1]
    assert [day in of_minh for day in ("19/02/2021", "19/03/2021", "24/03/2021")] == [True, True, False]
    older = await card_of_the_older(monthly)
    assert "🔁 Việc 1: trước ngày 20 hằng tháng, theo Thông báo 70-TB/ĐUK, cho các đơn vị văn bản đó nêu." in older.text


async def test_a_new_rule_for_some_of_the_units_and_others_is_left_to_the_officer_in_plain_words(cast: Cast) -> None:
    await cast.stage.publishes(cast.hoa, name="tb63.txt", content=NAMED.encode())
    await cast.stage.moves("2021-02-03", "09:00")
    before, draft = await confirms(cast, FOR_TWO.replace("Chi bộ Thư viện tỉnh", CULTURE) + OTHER)
    assert f"⚠️ {WHAT}: giữ nguyên định kỳ, vì định kỳ mới giao cho cả đơn vị chưa có việc này" in before.text
    assert "➡️ Mục 1 được giao thành việc riêng bên cạnh." in before.text
    assert f"⚠️ {WHAT}: giữ nguyên định kỳ" in (await publishes(cast, draft)).text


async def test_a_month_that_is_not_open_yet_is_opened_with_the_day_that_the_paper_sets(monthly: Cast) -> None:
    before, draft = await confirms(monthly, EXTENDED.replace("01/3", "01/4") + OTHER)
    march = "Việc 1, kỳ tháng 3/2021 của Thông báo 63-TB/ĐUK"
    assert f"🔁 {march} được mở ngay khi công bố: hạn 24/03/2021 → 31/03/2021, 8 đơn vị." in before.text
    assert "➡️ Các kỳ sau vẫn theo định kỳ: trước ngày 25 hằng tháng." in before.text
    told = await publishes(monthly, draft)
    assert f"🔁 {WHAT}: hạn mới là 31/03/2021, áp dụng cho 8 đơn vị chưa nộp." in told.text
    moved = [one.text for one in monthly.minh.chat if "Hạn cuối trước đây: thứ Tư, 24/03/2021." in one.text]
    assert len(moved) == 1
    await moves(monthly, ["2021-02-04", "2021-03-10", "2021-04-08"])
    assert (await tasks(monthly.lan), await tasks(monthly.minh)) == ([MARCH, APRIL], [FEBRUARY, MARCH, APRIL])
    of_lan = (await listed(monthly.lan)).text
    assert (of_lan.count(MARCH), "31/03/2021" in of_lan, "23/04/2021" in of_lan or "24/04/2021" in of_lan) == (1, True, True)


async def test_a_month_that_is_far_off_is_left_to_the_officer_in_plain_words(monthly: Cast) -> None:
    before, draft = await confirms(monthly, EXTENDED.replace("01/3", "01/6") + OTHER)
    assert f"⚠️ {WHAT}: kỳ gần hạn 31/05/2021 chưa mở, nên chưa thay đổi gì." in before.text
    assert "➡️ Mục 1 được giao thành việc riêng bên cạnh." in before.text
    assert f"⚠️ {WHAT}: kỳ gần hạn 31/05/2021 chưa mở" in (await publishes(monthly, draft)).text


async def test_a_new_rule_for_more_units_begins_a_series_for_the_others_alone(cast: Cast) -> None:
    await cast.stage.publishes(cast.hoa, name="tb63.txt", content=NAMED.encode())
    await cast.stage.moves("2021-02-03", "09:00")
    before, draft = await confirms(cast, NEW_RULE + OTHER)
    assert "➕ Mục 1 được giao thêm cho 7 đơn vị chưa có việc này." in before.text
    await publishes(cast, draft)
    await moves(cast, ["2021-02-04", "2021-03-08"])
    for person in (cast.lan, cast.minh):
        text = (await listed(person)).text
        assert [text.count(month) for month in (FEBRUARY, MARCH)] == [1, 1]
        assert [f"thứ Sáu, 19/0{month}/2021" in text for month in (2, 3)] == [True, True]


async def card_of_the_older(cast: Cast) -> Message:
    await cast.hoa.says("/ketluan")
    await cast.hoa.presses("2", await cast.hoa.waits_for("63-TB/ĐUK"))
    return await cast.hoa.wait_for(lambda message: "Thu hồi" in message.labels)
