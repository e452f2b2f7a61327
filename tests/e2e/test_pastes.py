"""Are the parts of a pasted notice read together, at once when the end is there, and else when no more comes?"""

from tests.e2e.conftest import Cast
from tests.stage import NOTICE_BYTES

TEXT = NOTICE_BYTES.decode()
FIRST, SECOND = TEXT[: TEXT.index("2.1.")], TEXT[TEXT.index("2.1.") :]
WAITING, READING = "đang đợi các phần tiếp theo", "Đang đọc"
WHOLE_DRAFT = "các chi, đảng bộ đã được khảo sát → 6 đơn vị"


async def test_a_whole_text_is_read_within_seconds(cast: Cast) -> None:
    await cast.hoa.says(TEXT)
    await cast.hoa.waits_for(READING)
    await cast.stage.passes(seconds=4)
    assert WHOLE_DRAFT in (await cast.hoa.waits_for("Dự thảo")).text


async def test_parts_pasted_by_hand_are_one_notice(cast: Cast) -> None:
    await cast.hoa.says(FIRST)
    await cast.hoa.waits_for(WAITING)
    await cast.stage.passes(seconds=50)
    await cast.stage.hears(cast.hoa, SECOND)
    await cast.stage.passes(seconds=4)
    assert WHOLE_DRAFT in (await cast.hoa.waits_for("Dự thảo")).text


async def test_a_short_tail_that_brings_the_end_belongs_to_the_notice(cast: Cast) -> None:
    body, tail = TEXT.split("Thừa lệnh Ban Thường vụ")[0], "Nơi nhận:\n- Các chi, đảng bộ cơ sở (t/h)."
    await cast.hoa.says(body)
    await cast.hoa.waits_for(WAITING)
    await cast.stage.passes(seconds=20)
    await cast.stage.hears(cast.hoa, tail)
    await cast.stage.passes(seconds=4)
    assert WHOLE_DRAFT in (await cast.hoa.waits_for("Dự thảo")).text


async def test_small_talk_between_parts_is_not_taken_for_one(cast: Cast) -> None:
    await cast.hoa.says(FIRST)
    await cast.hoa.waits_for(WAITING)
    await cast.stage.passes(seconds=20)
    await cast.hoa.says("Tôi gửi tiếp phần sau nhé")
    await cast.hoa.waits_for("/trogiup")


async def test_what_stops_before_its_end_is_read_after_a_minute_or_by_word(cast: Cast) -> None:
    body = TEXT.split("Thừa lệnh Ban Thường vụ")[0]
    await cast.hoa.says(body)
    waiting = await cast.hoa.waits_for(WAITING)
    await cast.stage.passes(seconds=30)
    assert not [message for message in cast.hoa.chat if "Công bố" in message.labels]
    await cast.hoa.presses("Đã gửi hết", waiting)
    await cast.hoa.wait_for(lambda message: "Công bố" in message.labels)
    await cast.hoa.says(body)
    old = await cast.hoa.waits_for(WAITING)
    await cast.stage.passes(seconds=61)
    await cast.hoa.wait_for(lambda message: "Công bố" in message.labels)
    await cast.hoa.presses("Đã gửi hết", old)
    assert "cũ" in (await cast.hoa.waits_for("Thẻ")).text
