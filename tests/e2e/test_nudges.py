"""Can a person have tasks brought up once more, and can an officer remind units out of turn?"""

import pytest

from domain.people import RoleKind
from sandbox.story import CULTURE, MUSEUM
from sandbox.telegram import Message, Person
from tests.e2e.conftest import Cast

LATER = """ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
Số 70-TB/ĐUK
Hải Bình, ngày 25 tháng 02 năm 2021

THÔNG BÁO
KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI
về công tác kiểm tra, giám sát quý I

1. Yêu cầu 100% chi, đảng bộ cơ sở gửi kế hoạch kiểm tra, giám sát về Đảng ủy Khối trước ngày 01/04/2021.

Văn phòng Đảng ủy Khối thông báo để các chi, đảng bộ cơ sở biết và thực hiện./.
"""
MONTHLY = LATER.replace("70-TB", "71-TB").replace("trước ngày 01/04/2021", "trước ngày 25 hằng tháng")
AFTERNOON, MORNING = "Nhắc lại chiều nay", "Nhắc lại sáng mai"


def digest_of(person: Person) -> Message:
    return next(message for message in person.chat if "Đã nộp" in message.labels)


def news(person: Person, seen: int) -> list[Message]:
    return [message for message in person.chat[seen:] if message.from_bot]


async def overview(cast: Cast) -> Message:
    await cast.hoa.says("/tinhhinh")
    return await cast.hoa.wait_for(lambda message: "Cập nhật" in message.labels)


async def test_tasks_come_once_more_in_the_afternoon(published: Cast) -> None:
    lan, digest = published.lan, digest_of(published.lan)
    seen = len(lan.chat)

    await lan.presses(AFTERNOON, digest)
    card = await lan.wait_for(lambda message: message.id == digest.id and "⏰" in message.text)
    await published.stage.moves("2021-02-01", "14:01")
    await published.stage.moves("2021-02-01", "16:00")

    assert card.text.splitlines()[-1] == "⏰ Sẽ nhắc lại lúc 14:00 thứ Hai, 01/02/2021."
    assert ["như đồng chí đã hẹn" in message.text for message in news(lan, seen)] == [True]
    assert news(lan, seen)[0].labels[-1] == MORNING


async def test_what_was_handed_in_meanwhile_does_not_come_once_more(published: Cast) -> None:
    lan, digest = published.lan, digest_of(published.lan)
    await lan.presses(MORNING, digest)
    await lan.wait_for(lambda message: "⏰" in message.text)
    for _ in range(digest.labels.count("Đã nộp")):
        await lan.presses("Đã nộp", digest)
        await lan.wait_for(lambda message: "Hoàn tác" in message.labels)
    await published.stage.app.settle()
    seen = len(lan.chat)

    await published.stage.moves("2021-02-02", "08:01")

    assert news(lan, seen) == []


async def test_an_officer_reminds_every_unit_of_a_conclusion_once_an_hour(published: Cast) -> None:
    hoa, lan, son = published.hoa, published.lan, published.son
    await published.stage.moves("2021-02-03", "14:05")
    seen = {person.name: len(person.chat) for person in (lan, son)}

    await hoa.says("/ketluan")
    listing = await hoa.wait_for(lambda message: "1" in message.labels)
    await hoa.presses("1", listing)
    card = await hoa.wait_for(lambda message: "Nhắc ngay" in message.labels)
    await hoa.presses("Nhắc ngay", card)
    await hoa.waits_for("🔔 Đã nhắc")
    await published.stage.passes(minutes=59)
    await hoa.presses("Nhắc ngay", card)
    await hoa.waits_for("đã nhắc lúc 14:05 bởi Hoa")
    await published.stage.app.settle()

    for person in (lan, son):
        assert ["Văn phòng đề nghị" in message.text for message in news(person, seen[person.name])] == [True]


async def test_an_officer_reminds_a_late_unit_from_the_overview_and_sees_that_it_was(published: Cast) -> None:
    hoa, lan, son = published.hoa, published.lan, published.son
    await published.stage.moves("2021-02-22", "09:00")
    seen = {person.name: len(person.chat) for person in (lan, son)}
    shown = await overview(published)

    await hoa.presses(next(label for label in shown.labels if MUSEUM in label), shown)
    await hoa.waits_for("🔔 Đã nhắc 1 đơn vị (1 người).")
    await published.stage.app.settle()

    late = next(line for line in (await overview(published)).text.splitlines() if line.startswith(f"• {MUSEUM}"))
    assert late.endswith("đã nhắc lúc 09:00 bởi Hoa")
    assert "(quá hạn 13 ngày)" in late
    assert [len(news(person, seen[person.name])) for person in (lan, son)] == [0, 1]


async def test_a_press_in_the_evening_is_told_to_go_in_the_morning(published: Cast) -> None:
    hoa, son = published.hoa, published.son
    await published.stage.moves("2021-02-22", "20:30")
    seen = len(son.chat)
    shown = await overview(published)

    await hoa.presses(next(label for label in shown.labels if MUSEUM in label), shown)
    answer = await hoa.waits_for("Ngoài giờ làm việc")
    await published.stage.app.settle()
    in_the_evening = len(news(son, seen))
    for clock in ("08:00", "08:01"):
        await published.stage.moves("2021-02-23", clock)

    assert "sẽ được nhắc lúc 08:00 thứ Ba, 23/02/2021" in answer.text
    assert (in_the_evening, len(news(son, seen))) == (0, 1)


async def test_units_that_were_late_before_are_reminded_earlier_when_the_officer_says_so(published: Cast) -> None:
    hoa = published.hoa
    await published.stage.moves("2021-02-25", "09:00")

    await published.stage.publishes(hoa, name="tb70.txt", content=LATER.encode())
    asked = await hoa.wait_for(lambda message: "Có, nhắc sớm hơn" in message.labels)
    await hoa.presses("Có, nhắc sớm hơn", asked)
    decided = await hoa.waits_for("Sẽ nhắc sớm hơn một bậc")

    assert f"• {CULTURE}: trễ 2/2 việc trong một năm qua" in asked.text
    assert CULTURE in decided.text


@pytest.mark.parametrize(("answer", "heard"), [("Có, nhắc sớm hơn", True), ("Không, nhắc như các đơn vị khác", False)])
async def test_what_an_officer_says_of_late_units_holds_for_each_month_of_a_series(
    published: Cast, *, answer: str, heard: bool
) -> None:
    hoa, lan = published.hoa, published.lan
    await published.stage.moves("2021-02-25", "09:00")
    await published.stage.publishes(hoa, name="tb71.txt", content=MONTHLY.encode())
    await hoa.presses(answer, await hoa.wait_for(lambda message: answer in message.labels))
    decided = await hoa.waits_for("Sẽ nhắc sớm hơn" if heard else "như mọi đơn vị khác")
    assert ("Các kỳ sau của việc định kỳ cũng nhắc như vậy." in decided.text) is heard

    # Ten working days ahead each month is opened, and eight ahead is one step earlier than the first of everyone's.
    for month, opens, early in ((3, "2021-03-10", "2021-03-12"), (4, "2021-04-08", "2021-04-12")):
        await published.stage.moves(opens)
        seen = len(lan.chat)
        await published.stage.moves(early)
        assert any(f"Kỳ tháng {month}/2021" in message.text for message in news(lan, seen)) is heard


async def test_the_leader_reads_each_morning_who_does_not_answer(published: Cast) -> None:
    leader = published.stage.twin.person(109, "Tuấn")
    await published.stage.enrols(leader, RoleKind.LEADER)

    await published.stage.moves("2021-02-25")
    told = await leader.waits_for("Tình hình thực hiện kết luận")

    assert "Đã hoàn thành 0/" in told.text
    assert f"• {MUSEUM} – quá hạn" in told.text
