"""Does an announcement reach whom it is for, and does the office see honestly who got and confirmed it?"""

from sandbox.story import CULTURE
from sandbox.telegram import Message, Person
from tests.e2e.conftest import Cast
from tests.e2e.test_secretary import presses
from tests.stage import at

TEXT = "Văn phòng nghỉ Tết từ 10/02 đến hết 16/02/2021."


async def writes(cast: Cast, text: str = TEXT) -> Message:
    """Begin an announcement and give the message that asks for the audience."""
    await cast.hoa.says("/thongbao")
    await cast.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await cast.hoa.says(text)
    return await cast.hoa.wait_for(lambda message: "Tất cả đơn vị" in message.labels)


def marks(person: Person) -> list[bool]:
    """Tell of each copy of the announcement that a person has whether it is marked as sent again."""
    return [message.text.startswith("(gửi lại)") for message in person.chat if TEXT in message.text]


async def test_announcement_to_all_shows_people_progress_and_who_confirmed(cast: Cast) -> None:
    await cast.hoa.presses("Tất cả đơn vị", await writes(cast))
    preview = await cast.hoa.wait_for(lambda message: "Gửi" in message.labels)
    assert TEXT in preview.text
    assert "3 đồng chí" in preview.text
    assert not [message for message in cast.lan.chat if TEXT in message.text]
    await cast.hoa.presses("Gửi", preview)
    for person in (cast.lan, cast.minh, cast.son):
        await person.waits_for(TEXT)
    await cast.stage.app.settle()
    await cast.lan.presses("Đã nhận")
    confirmed = await cast.lan.wait_for(lambda message: message.edited)
    assert not confirmed.labels
    report = await cast.hoa.wait_for(lambda message: not message.edited and "Cập nhật" in message.labels)
    await cast.son.presses("Đã nhận")
    await cast.son.wait_for(lambda message: message.edited)
    await cast.hoa.presses("Cập nhật", report)
    shown = await cast.hoa.wait_for(lambda message: message.id == report.id and message.edited)
    assert "3/3" in shown.text
    assert "2/3" in shown.text
    assert "Minh" in shown.text


async def test_announcement_to_a_group_reaches_only_its_units(cast: Cast) -> None:
    await cast.hoa.presses("Khối văn xã", await writes(cast))
    preview = await cast.hoa.wait_for(lambda message: "Gửi" in message.labels)
    assert "2 đồng chí" in preview.text
    await cast.hoa.presses("Gửi", preview)
    await cast.lan.waits_for(TEXT)
    await cast.minh.waits_for(TEXT)
    await cast.stage.app.settle()
    assert not [message for message in cast.son.chat if TEXT in message.text]


async def test_announcement_to_units_by_name_asks_about_unknown_names(cast: Cast) -> None:
    await cast.hoa.presses("Ghi tên đơn vị", await writes(cast))
    await cast.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await cast.hoa.says("Đảng ủy Sở Văn hoá và Thể thao\nChi bộ Không Có Thật")
    await cast.hoa.waits_for("Chi bộ Không Có Thật")
    await cast.hoa.says("Đảng ủy Sở Văn hoá và Thể thao")
    preview = await cast.hoa.wait_for(lambda message: "Gửi" in message.labels)
    assert CULTURE in preview.text
    await cast.hoa.presses("Gửi", preview)
    await cast.lan.waits_for(TEXT)


async def test_cancelled_announcement_is_not_sent(cast: Cast) -> None:
    await cast.hoa.presses("Tất cả đơn vị", await writes(cast))
    preview = await cast.hoa.wait_for(lambda message: "Gửi" in message.labels)
    await cast.hoa.presses("Hủy", preview)
    await cast.hoa.wait_for(lambda message: message.edited and not message.labels)
    await cast.stage.app.settle()
    assert not [message for message in cast.lan.chat if TEXT in message.text]


async def test_who_blocked_the_bot_is_named_with_the_reason(cast: Cast) -> None:
    cast.minh.blocks()
    await cast.hoa.presses("Tất cả đơn vị", await writes(cast))
    await cast.hoa.presses("Gửi", await cast.hoa.wait_for(lambda message: "Gửi" in message.labels))
    report = await cast.hoa.wait_for(lambda message: not message.edited and "Cập nhật" in message.labels)
    assert "2/3" in report.text
    assert "Minh" in report.text
    assert "chặn" in report.text


async def test_long_announcement_is_refused_before_anything_is_sent(cast: Cast) -> None:
    await cast.hoa.says("/thongbao")
    await cast.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await cast.hoa.says("a" * 3500)
    assert "3.000" in (await cast.hoa.wait_for(lambda _: True)).text


async def test_who_may_not_have_got_it_gets_it_once_more_unless_its_author_wishes_otherwise(cast: Cast) -> None:
    await cast.hoa.presses("Tất cả đơn vị", await writes(cast))
    preview = await cast.hoa.wait_for(lambda message: "Gửi" in message.labels)
    assert "gửi lại một lần" in preview.text
    cast.stage.twin.cuts(accepted=True, method="sendMessage", chat=cast.minh.id)
    await cast.hoa.presses("Gửi", preview)
    await cast.lan.waits_for(TEXT)
    await cast.stage.app.settle()
    await cast.stage.passes(seconds=10)
    report = await cast.hoa.wait_for(lambda message: not message.edited and "Cập nhật" in message.labels)
    assert "3/3" in report.text
    assert (marks(cast.lan), marks(cast.minh)) == ([False], [False, True])


async def test_what_goes_out_only_once_is_not_repeated_and_names_who_may_lack_it(cast: Cast) -> None:
    await cast.hoa.presses("Tất cả đơn vị", await writes(cast))
    preview = await cast.hoa.wait_for(lambda message: "Gửi" in message.labels)
    await cast.hoa.presses("Chỉ gửi một lần", preview)
    changed = await cast.hoa.wait_for(lambda message: message.edited and "không gửi lại" in message.text)
    assert "Gửi lại một lần" in changed.labels
    assert changed.id == preview.id
    cast.stage.twin.cuts(accepted=True, method="sendMessage", chat=cast.minh.id)
    await cast.hoa.presses("Gửi", changed)
    report = await cast.hoa.wait_for(lambda message: not message.edited and "Cập nhật" in message.labels)
    await cast.stage.passes(seconds=10)
    assert "2/3" in report.text
    assert "✗ Minh: đã gửi một lần, chưa có phản hồi" in report.text
    assert marks(cast.minh) == [False]


async def test_a_preview_from_before_another_wish_sends_nothing(cast: Cast) -> None:
    await cast.hoa.presses("Tất cả đơn vị", await writes(cast))
    preview = await cast.hoa.wait_for(lambda message: "Gửi" in message.labels)
    old = preview.data("Gửi")
    await cast.hoa.presses("Chỉ gửi một lần", preview)
    await cast.hoa.wait_for(lambda message: message.edited and "không gửi lại" in message.text)
    presses(cast.stage.twin, cast.hoa, old, preview)
    await cast.hoa.waits_for("Thẻ này đã cũ")
    await cast.hoa.presses("Gửi lại một lần")
    await cast.hoa.wait_for(lambda message: message.edited and "gửi lại một lần" in message.text)
    await cast.stage.app.settle()
    assert marks(cast.lan) == []


async def test_what_waited_through_days_of_standstill_is_not_sent_and_its_author_is_told(cast: Cast) -> None:
    cast.stage.moment = at("2021-02-01", "21:00")
    await cast.hoa.presses("Tất cả đơn vị", await writes(cast))
    await cast.hoa.presses("Gửi", await cast.hoa.wait_for(lambda message: "Gửi" in message.labels))
    await cast.hoa.waits_for("07:00 thứ Ba, 02/02/2021")
    await cast.stage.closes()
    cast.stage.moment = at("2021-02-05", "07:00")
    await cast.stage.opens()
    report = await cast.hoa.wait_for(lambda message: not message.edited and "Cập nhật" in message.labels)
    assert "0/3" in report.text
    assert "✗ Minh: không gửi: nhiều ngày không gửi được, tin đã quá ngày" in report.text
    assert (marks(cast.lan), marks(cast.minh)) == ([], [])
