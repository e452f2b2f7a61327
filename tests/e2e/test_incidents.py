"""Does the administrator hear of what went wrong, once, and that it is over?"""

from sqlalchemy import delete, update

from domain.deliveries import Event
from sandbox.telegram import Person
from storage import inbox, tables
from tests.e2e.conftest import Cast

AWAY = "Tin chưa gửi đi được"
UNKNOWN = "Có tin chưa rõ đã đến nơi hay chưa"
PUT_BACK = "Có lời nhắc hoặc thông báo bị sót"
TEXT = "Họp lúc 14 giờ."


def told(person: Person, words: str) -> list[str]:
    """Give the first lines of the messages in a chat that speak of something."""
    return [message.text.splitlines()[0] for message in person.chat if words in message.text]


async def test_a_platform_that_fails_is_told_once_as_soon_as_it_is_back(cast: Cast) -> None:
    stage, preview = cast.stage, await cast.stage.announces(cast.hoa, TEXT)
    stage.twin.fails(502, times=1000, method="sendMessage")
    await cast.hoa.presses("Gửi", preview)
    await cast.hoa.wait_for(lambda message: "Cập nhật" in message.labels)
    for _ in range(16):
        await stage.passes(minutes=1)
        await stage.looks()
    assert told(cast.hoa, AWAY) == []

    stage.twin.recovers()
    for _ in range(90):
        await stage.passes(minutes=1)
        await stage.looks()
    assert told(cast.hoa, AWAY) == [f"✅ Đã hết sự cố: {AWAY}"]
    (away,) = [message for message in cast.hoa.chat if AWAY in message.text]
    assert "Từ 09:0" in away.text
    assert len(told(cast.lan, TEXT)) == 1
    assert told(cast.lan, AWAY) == []


async def test_a_message_that_may_have_arrived_is_told_and_once_more_when_it_is_calm(cast: Cast) -> None:
    stage, preview = cast.stage, await cast.stage.announces(cast.hoa, TEXT)
    stage.twin.cuts(accepted=True, times=2, method="sendMessage", chat=102)
    await cast.hoa.presses("Gửi", preview)
    for _ in range(10):
        await stage.passes(minutes=1)
        await stage.looks()
    assert told(cast.hoa, UNKNOWN) == [f"⚠️ {UNKNOWN}"]

    for _ in range(9):
        await stage.passes(minutes=10)
        await stage.looks()
    assert told(cast.hoa, UNKNOWN) == [f"⚠️ {UNKNOWN}", f"✅ Đã hết sự cố: {UNKNOWN}"]


async def test_what_fails_by_a_bug_is_told_to_the_person_and_to_the_administrator(cast: Cast) -> None:
    async with cast.stage.app.database.transaction() as session:
        strange = {"nothing": "that can be read"}
        await inbox.remember(session, [Event("telegram", "a", "102", strange, cast.stage.moment)])
    await cast.stage.app.settle()
    await cast.stage.looks()
    assert (await cast.hoa.waits_for("không xử lý được")).text.splitlines()[1] == "Từ 09:00 thứ Hai, 01/02/2021; 1 trường hợp."
    await cast.lan.says("/viec")
    await cast.lan.waits_for("không có việc nào")


async def test_a_file_that_is_lost_is_told(published: Cast) -> None:
    published.stage.twin.fails(400, times=10, method="getFile", description="Bad Request: file is temporarily unavailable")
    await published.lan.sends_file("ke-hoach.docx", b"the plan")
    await published.lan.waits_for("gửi lại")
    await published.stage.looks()
    await published.hoa.waits_for("không lưu được")


async def test_what_was_lost_is_put_back_and_told(published: Cast) -> None:
    stage = published.stage
    await stage.passes(hours=3)
    before = len(published.lan.chat)
    async with stage.app.database.transaction() as session:
        await session.execute(update(tables.assignments).values(look_at=None))
        await session.execute(delete(tables.digest_items))
    await stage.looks()
    await stage.passes(minutes=1)
    stage.gaps = await stage.filled()
    assert stage.gaps > 0
    assert len(published.lan.chat) == before + 1
    await published.hoa.waits_for(PUT_BACK)
    assert await stage.looks() == 0
