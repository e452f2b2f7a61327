"""Does a task come into a phone's calendar, and does the calendar follow when the deadline moves or the task ends?"""

import pytest
from icalendar import Calendar, Event

from domain.people import RoleKind
from sandbox.story import CULTURE
from sandbox.telegram import Message, Person
from tests.e2e.conftest import Cast
from tests.e2e.test_calendars import SET, applies, proposes, removes
from tests.e2e.test_secretary import opens, presses

REPORT = "Báo cáo khắc phục"
ROTA = "Các chi, đảng bộ cơ sở"


def event(message: Message) -> Event:
    """Open the file of a message as a phone does."""
    assert message.document is not None
    assert message.document.name.endswith(".ics")
    (found,) = Calendar.from_ical(message.document.content).events
    return found


async def takes(cast: Cast) -> Message:
    """Let Lan take the file of a task."""
    await cast.lan.presses("Thêm vào lịch", await opens(cast.lan, REPORT))
    return await cast.lan.wait_for(lambda message: message.document is not None)


async def moves(cast: Cast, day: str) -> None:
    """Let Hoa move the deadline of the first task."""
    presses(cast.stage.twin, cast.hoa, "setday:1", cast.hoa.newest)
    await cast.hoa.waits_for("22/02/2021")
    await cast.hoa.says(day)
    await cast.hoa.waits_for("đã đặt ngày")
    await cast.stage.app.settle()


async def withdraws(cast: Cast) -> None:
    await cast.hoa.says("/ketluan")
    await cast.hoa.presses("1", await cast.hoa.waits_for("52-TB/ĐUK"))
    await cast.hoa.presses("Thu hồi", await cast.hoa.wait_for(lambda message: "Thu hồi" in message.labels))
    await cast.hoa.presses("Đồng ý thu hồi", await cast.hoa.wait_for(lambda message: "Đồng ý thu hồi" in message.labels))
    await cast.hoa.waits_for("Đã thu hồi")
    await cast.stage.app.settle()


async def test_the_button_sends_the_file_and_the_text_says_the_date(published: Cast) -> None:
    message = await takes(published)

    assert "ngày làm việc cuối: thứ Sáu, 19/02/2021" in message.text
    assert {"Chi tiết", "Việc của tôi"} <= set(message.labels)
    assert (str(event(message).start), event(message).sequence) == ("2021-02-19", 0)


async def test_a_moved_deadline_brings_the_same_event_with_its_new_day(published: Cast) -> None:
    first = event(await takes(published))
    await moves(published, "01/03/2021")

    told = await published.lan.waits_for("Văn phòng đã đặt ngày")
    moved = event(told)

    assert (moved.uid, moved.sequence, str(moved.start)) == (first.uid, 1, "2021-03-01")
    assert {"Đã nộp", "Chi tiết"} <= set(told.labels)


async def test_a_day_off_that_moves_the_last_working_day_renews_the_event(published: Cast) -> None:
    first = event(await takes(published))
    before = len(published.son.chat)
    await applies(published, await proposes(published, SET))

    told = await published.lan.waits_for("Lịch nghỉ của cơ quan đã thay đổi")
    moved = event(told)

    assert "• Báo cáo khắc phục hạn chế: ngày làm việc cuối là thứ Năm, 18/02/2021" in told.text
    assert (moved.uid, str(moved.start)) == (first.uid, "2021-02-18")
    assert moved.DTSTAMP >= first.DTSTAMP
    assert len(published.son.chat) == before

    await published.stage.passes(minutes=5)
    await removes(published, "19/02/2021")
    again = await published.lan.waits_for("Lịch nghỉ của cơ quan đã thay đổi")
    assert (event(again).uid, str(event(again).start)) == (first.uid, "2021-02-19")


async def test_handing_in_under_a_message_with_a_file_works(published: Cast) -> None:
    await takes(published)
    await moves(published, "01/03/2021")
    await published.lan.presses("Đã nộp", await published.lan.waits_for("Văn phòng đã đặt ngày"))

    await published.lan.wait_for(lambda message: "Hoàn tác" in message.labels)


async def test_who_took_no_file_hears_of_the_move_without_one(published: Cast) -> None:
    nam = published.stage.twin.person(105, "Nam")
    await published.stage.enrols(nam, RoleKind.SECRETARY, CULTURE)
    await takes(published)
    await moves(published, "01/03/2021")

    assert (await nam.waits_for("Văn phòng đã đặt ngày")).document is None


async def test_a_withdrawn_task_is_cancelled_in_the_calendar(published: Cast) -> None:
    first = event(await takes(published))
    await withdraws(published)

    ended = event(await published.lan.wait_for(lambda message: message.document is not None))

    assert (ended.uid, ended.status, ended.sequence) == (first.uid, "CANCELLED", 1)


async def test_an_old_card_of_a_task_that_ended_gives_no_file(published: Cast) -> None:
    card = await opens(published.lan, REPORT)
    await withdraws(published)
    await published.lan.presses("Thêm vào lịch", card)

    assert "thôi theo dõi" in (await published.lan.wait_for(lambda message: message.id > card.id)).text
    assert [message for message in published.lan.chat if message.document] == []


async def test_a_task_without_a_day_offers_no_file(published: Cast) -> None:
    assert "Thêm vào lịch" not in (await opens(published.lan, ROTA)).labels


@pytest.mark.parametrize(("name", "answer"), [("hoa", "chưa mở cho vai trò"), ("minh", "không thuộc đơn vị")])
async def test_the_office_and_other_units_get_no_file(published: Cast, name: str, answer: str) -> None:
    stranger: Person = getattr(published, name)
    card = await opens(published.lan, REPORT)
    presses(published.stage.twin, stranger, card.data("Thêm vào lịch"), card)

    await stranger.waits_for(answer)
    await published.stage.app.settle()
    assert [message for message in stranger.chat if message.document and message.from_bot] == []
