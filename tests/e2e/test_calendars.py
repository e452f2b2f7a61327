"""Does the office's own calendar hold as soon as it is set, in the chat and from another process, and at its own hours?"""

from datetime import timedelta

import pytest

from domain.office_days import DayKind, OfficeDay
from sandbox.telegram import Message, Person
from storage import calendars
from tests.e2e.conftest import Cast
from tests.stage import at

SET = "19/02/2021; Ngày hội các cơ quan; Thông báo 12-TB/VP"
PROPOSED = "Áp dụng"


async def proposes(cast: Cast, *texts: str, button: str = "Thêm ngày nghỉ") -> Message:
    """Let Hoa type a day, in one message or in several, and give the card that shows what it moves."""
    await cast.hoa.says("/lich")
    await cast.hoa.presses(button, await cast.hoa.wait_for(lambda message: button in message.labels))
    await cast.hoa.wait_for(lambda message: list(message.labels) == ["Hủy"])
    for text in texts[:-1]:
        await cast.hoa.says(text)
        await cast.hoa.wait_for(lambda message: list(message.labels) == ["Hủy"])
    await cast.hoa.says(texts[-1])
    return await cast.hoa.wait_for(lambda message: PROPOSED in message.labels)


async def applies(cast: Cast, card: Message) -> Message:
    await cast.hoa.presses(PROPOSED, card)
    done = await cast.hoa.waits_for("✅")
    await cast.stage.app.settle()
    return done


async def removes(cast: Cast, day: str) -> Message:
    """Let Hoa unset a day that the office has set, and give the card that says so."""
    await cast.hoa.says("/lich")
    await cast.hoa.presses(f"Bỏ ngày {day}", await cast.hoa.wait_for(lambda message: f"Bỏ ngày {day}" in message.labels))
    removal = await cast.hoa.wait_for(lambda message: PROPOSED in message.labels and "khỏi lịch của văn phòng" in message.text)
    return await applies(cast, removal)


def news(person: Person, since: int) -> int:
    return sum(1 for message in person.chat[since:] if message.from_bot)


async def test_the_year_shows_tet_and_swaps_and_what_is_only_expected(cast: Cast) -> None:
    await cast.hoa.says("/lich")
    shown = await cast.hoa.waits_for("Lịch nghỉ và làm bù năm 2021")
    assert "thứ Sáu, 12/02/2021: Tết Nguyên Đán" in shown.text
    assert "dự kiến" not in shown.text
    cast.stage.moment = at("2027-01-04")
    await cast.hoa.says("/lich")
    expected = await cast.hoa.waits_for("năm 2027")
    assert "Giao thừa Tết Nguyên Đán (dự kiến)" in expected.text
    assert "01/01/2027: Tết Dương lịch\n" in expected.text


async def test_pages_and_years_are_turned(cast: Cast) -> None:
    await cast.hoa.says("/lich")
    shown = await cast.hoa.waits_for("năm 2021")
    await cast.hoa.presses("▶", shown)
    second = await cast.hoa.wait_for(lambda message: message.edited and "Quốc khánh" in message.text)
    await cast.hoa.presses("2022", second)
    await cast.hoa.wait_for(lambda message: message.edited and "năm 2022" in message.text)


async def test_a_secretary_does_not_see_the_calendar_of_the_office(cast: Cast) -> None:
    await cast.lan.says("/lich")
    assert "năm 2021" not in (await cast.lan.wait_for(lambda message: message.from_bot)).text


async def test_setting_a_day_shows_first_what_it_moves(published: Cast) -> None:
    card = await proposes(published, SET)
    assert "thứ Sáu, 19/02/2021 thành ngày nghỉ" in card.text
    assert "Căn cứ: Thông báo 12-TB/VP" in card.text
    assert "việc đổi ngày làm việc cuối" in card.text
    assert "thứ Sáu, 19/02/2021 → thứ Năm, 18/02/2021" in card.text
    assert not (await own(published))


@pytest.mark.parametrize(
    "texts",
    [
        ("19/02/2021", "Ngày hội các cơ quan", "Thông báo 12-TB/VP"),
        ("19/2", "Ngày hội các cơ quan; Thông báo 12-TB/VP"),
        ("19/02/2021 Ngày hội các cơ quan", "Thông báo 12-TB/VP"),
    ],
)
async def test_a_day_can_be_typed_step_by_step(cast: Cast, texts: tuple[str, ...]) -> None:
    await applies(cast, await proposes(cast, *texts))
    (kept,) = await own(cast)
    assert (kept.day.isoformat(), kept.kind, kept.name, kept.source) == (
        "2021-02-19",
        DayKind.OFF,
        "Ngày hội các cơ quan",
        "Thông báo 12-TB/VP",
    )


async def test_words_that_are_no_day_are_asked_again(cast: Cast) -> None:
    await cast.hoa.says("/lich")
    await cast.hoa.presses("Thêm ngày nghỉ", await cast.hoa.wait_for(lambda message: "Thêm ngày nghỉ" in message.labels))
    await cast.hoa.wait_for(lambda message: list(message.labels) == ["Hủy"])
    await cast.hoa.says("30/02/2021; Không có")
    await cast.hoa.waits_for("Chưa đọc được ngày này")
    await cast.hoa.says(SET)
    await cast.hoa.wait_for(lambda message: PROPOSED in message.labels)


async def test_an_applied_day_is_not_applied_twice_and_can_be_removed(cast: Cast) -> None:
    card = await proposes(cast, SET)
    done = await applies(cast, card)
    await cast.hoa.presses("Lịch năm 2021", done)
    shown = await cast.hoa.wait_for(lambda message: "Bỏ ngày 19/02/2021" in message.labels)
    assert "thứ Sáu, 19/02/2021: Ngày hội các cơ quan (Thông báo 12-TB/VP)" in shown.text
    assert "Đã bỏ thứ Sáu, 19/02/2021" in (await removes(cast, "19/02/2021")).text
    assert not (await own(cast))


async def test_reminders_follow_a_day_off_that_is_set_in_the_middle_of_the_ladder(published: Cast) -> None:
    await published.stage.moves("2021-02-05")
    await applies(published, await proposes(published, SET))
    seen = len(published.son.chat)
    await published.stage.moves("2021-02-18")
    assert news(published.son, seen) == 1
    assert "ngày làm việc cuối: thứ Năm, 18/02/2021" in published.son.chat[-1].text
    seen = len(published.son.chat)
    await published.stage.moves("2021-02-19")
    await published.stage.moves("2021-02-19", "15:00")
    assert news(published.son, seen) == 0


async def test_nothing_is_said_twice_when_the_calendar_changes(published: Cast) -> None:
    await published.stage.moves("2021-02-05")
    seen = len(published.son.chat)
    await applies(published, await proposes(published, "24/02/2021; Ngày hội; không"))
    await published.stage.passes(minutes=30)
    assert news(published.son, seen) == 0


async def test_a_day_that_another_process_sets_is_noticed(published: Cast) -> None:
    async with published.stage.app.database.transaction() as session:
        day = at("2021-02-17").date()
        await calendars.keep(session, OfficeDay(day, DayKind.OFF, "Ngày hội", None, published.stage.now()))
        await calendars.plan_anew(session, published.stage.now())
    await published.stage.moves("2021-02-16", "09:00")
    seen = len(published.son.chat)
    await published.stage.moves("2021-02-17")
    assert news(published.son, seen) == 0
    await published.stage.moves("2021-02-18")
    assert news(published.son, seen) == 1


async def own(cast: Cast) -> list[OfficeDay]:
    async with cast.stage.app.database.transaction() as session:
        return await calendars.own(session)


async def test_a_person_s_reminders_wait_for_their_own_hours(published: Cast) -> None:
    await published.son.says("/caidat")
    card = await published.son.waits_for("Cài đặt của đồng chí")
    assert "07:00 – 20:00" in card.text
    await published.son.presses("Không nhắc trước 9 giờ", card)
    await published.son.waits_for("09:00 – 20:00")
    await published.stage.moves("2021-02-02", "07:00")
    seen, others = len(published.son.chat), len(published.minh.chat)
    await published.stage.moves("2021-02-02", "08:00")
    assert news(published.son, seen) == 0
    assert news(published.minh, others) == 1
    await published.stage.moves("2021-02-02", "09:00")
    assert news(published.son, seen) == 1


async def test_what_was_handed_in_while_a_digest_waited_is_not_brought_up(published: Cast) -> None:
    await published.son.says("/caidat")
    await published.son.presses("Không nhắc trước 10 giờ", await published.son.waits_for("Cài đặt của đồng chí"))
    await published.stage.moves("2021-02-02", "08:00")
    digest = next(message for message in published.son.chat if "Đã nộp" in message.labels)
    for _ in range(digest.labels.count("Đã nộp")):
        await published.son.presses("Đã nộp", digest)
        await published.son.wait_for(lambda message: "Hoàn tác" in message.labels)
    seen = len(published.son.chat)
    await published.stage.moves("2021-02-02", "10:00")
    assert news(published.son, seen) == 0


async def test_an_announcement_in_quiet_hours_says_when_it_goes_and_goes_then(cast: Cast) -> None:
    cast.stage.moment = at("2021-02-01", "22:00")
    preview = await cast.stage.announces(cast.hoa, "Họp lúc 14 giờ.")
    assert "07:00 thứ Ba, 02/02/2021" in preview.text
    assert "Gửi ngay (khẩn)" not in preview.labels
    seen = len(cast.lan.chat)
    await cast.hoa.presses("Gửi", preview)
    await cast.hoa.waits_for("Thông báo sẽ được gửi lúc 07:00")
    await cast.stage.passes(hours=2)
    assert news(cast.lan, seen) == 0
    await cast.stage.moves("2021-02-02", "07:00")
    await cast.lan.waits_for("Họp lúc 14 giờ.")


async def test_an_urgent_announcement_breaks_the_quiet_hours_where_the_office_lets_it(cast: Cast) -> None:
    await cast.stage.closes()
    cast.stage.settings = cast.stage.settings.model_copy(update={"urgent_at_night": True})
    cast.stage.moment = at("2021-02-01", "22:00") + timedelta(minutes=1)
    await cast.stage.opens()
    preview = await cast.stage.announces(cast.hoa, "Họp lúc 14 giờ.")
    await cast.hoa.presses("Gửi ngay (khẩn)", preview)
    await cast.lan.waits_for("Họp lúc 14 giờ.")
