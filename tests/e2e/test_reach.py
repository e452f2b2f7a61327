"""Does the office see whom no message reaches and why, and is that over with the person's next message?"""

from domain.people import RoleKind
from sandbox.story import LIBRARY
from tests.e2e.conftest import Cast

TEXT = "Họp giao ban lúc 14 giờ."
LOST = f"{LIBRARY} (📵 Minh đã chặn bot, từ 01/02/2021)"


async def is_lost(cast: Cast) -> None:
    """Let Minh block the bot, and let the bot learn of it."""
    cast.minh.blocks()
    await cast.hoa.presses("Gửi", await cast.stage.announces(cast.hoa, TEXT))
    await cast.hoa.wait_for(lambda message: not message.edited and "Cập nhật" in message.labels)
    await cast.stage.app.settle()


async def test_a_unit_whose_only_person_blocked_the_bot_is_one_without_people_wherever_they_are_told(cast: Cast) -> None:
    await is_lost(cast)
    await cast.hoa.says("/donvi")
    listed = (await cast.hoa.waits_for(LIBRARY)).text
    assert "chưa có người nhận: 6" in listed
    assert f"{LIBRARY} – 📵 Minh đã chặn bot, từ 01/02/2021" in listed
    preview = await cast.stage.announces(cast.hoa, TEXT)
    assert "2 đồng chí" in preview.text
    assert LOST in preview.text
    await cast.stage.publishes(cast.hoa)
    published = next(message for message in cast.hoa.chat if "Đã công bố" in message.text)
    assert LOST in published.text
    assert "đơn vị chưa có người nhận: 6" in published.text
    await cast.stage.moves("2021-02-02")
    told = await cast.hoa.waits_for("Đơn vị còn việc nhưng chưa có người nhận tin")
    assert f"• {LOST}: " in told.text


async def test_nothing_is_announced_to_whom_nothing_reaches(cast: Cast) -> None:
    for person in (cast.lan, cast.minh, cast.son):
        person.blocks()
    await cast.hoa.presses("Gửi", await cast.stage.announces(cast.hoa, TEXT))
    await cast.hoa.wait_for(lambda message: not message.edited and "Cập nhật" in message.labels)
    await cast.stage.app.settle()
    assert "Gửi" not in (await cast.stage.announces(cast.hoa, TEXT)).labels


async def test_the_next_message_ends_it_and_what_failed_meanwhile_is_seen_but_not_sent_late(cast: Cast) -> None:
    await is_lost(cast)
    await cast.stage.publishes(cast.hoa)
    cast.minh.unblocks()
    before = len(cast.minh.chat)
    await cast.minh.says("/viec")
    listing = await cast.minh.wait_for(lambda message: "Đã nộp" in message.labels)
    assert "Kế hoạch công tác năm 2021" in listing.text
    await cast.stage.passes(minutes=30)
    assert [message.text for message in cast.minh.chat[before:] if message.from_bot] == [listing.text]
    await cast.hoa.says("/donvi")
    listed = (await cast.hoa.waits_for(LIBRARY)).text
    assert f"{LIBRARY} – Minh\n" in listed
    await cast.hoa.presses("Gửi", await cast.stage.announces(cast.hoa, TEXT))
    await cast.minh.waits_for(TEXT)


async def test_a_deputy_who_is_reached_answers_for_the_unit(cast: Cast) -> None:
    mai = cast.stage.twin.person(105, "Mai")
    await cast.stage.enrols(mai, RoleKind.SECRETARY, LIBRARY)
    await is_lost(cast)
    await cast.hoa.says("/donvi")
    listed = (await cast.hoa.waits_for(LIBRARY)).text
    assert f"{LIBRARY} – Mai và 📵 Minh đã chặn bot" in listed
    assert "chưa có người nhận: 5" in listed
