"""Does an office choose its own ladder in the chat, for everything, for a conclusion and for a task?"""

import pytest

from domain.ladders import Ladder, parse
from sandbox.telegram import Message, Person
from storage import conclusions, ladders
from tests.e2e.conftest import Cast
from tests.stage import at

IN_WORDS = "trước hạn 5 và 2 ngày làm việc, sáng và chiều ngày làm việc cuối, sau hạn 1, 3, 5 và 10 ngày làm việc, rồi hằng tuần"
BUTTON = "Thang nhắc"


async def types(person: Person, text: str) -> Message:
    """Let a person type steps, and give the card that shows what they bring."""
    await person.says(text)
    return await person.wait_for(lambda message: "Áp dụng" in message.labels)


async def applies(cast: Cast, card: Message) -> Message:
    await cast.hoa.presses("Áp dụng", card)
    done = await cast.hoa.wait_for(lambda message: message.edited and "✅" in message.text)
    await cast.stage.app.settle()
    return done


async def of_office(cast: Cast) -> Ladder | None:
    async with cast.stage.app.database.transaction() as session:
        return await ladders.of_office(session)


async def of_first(cast: Cast) -> tuple[Ladder | None, Ladder | None]:
    """Give the ladders of the first conclusion and of its first task."""
    async with cast.stage.app.database.transaction() as session:
        return (await conclusions.one(session, 1)).ladder, (await conclusions.tasks_of(session, 1))[0].ladder


def digests(person: Person, since: int) -> int:
    return sum(1 for message in person.chat[since:] if message.from_bot)


async def test_an_administrator_sees_and_sets_the_office_s_ladder(published: Cast) -> None:
    await published.hoa.says("/thangnhac")
    shown = await published.hoa.waits_for("Thang nhắc chung của văn phòng")
    assert IN_WORDS in shown.text
    assert "Đây là thang mặc định" in shown.text

    card = await types(published.hoa, "4, 0, +2 hằng tuần")

    words = "trước hạn 4 ngày làm việc, sáng và chiều ngày làm việc cuối, sau hạn 2 ngày làm việc, rồi hằng tuần"
    assert words in card.text
    assert card.text.count("\n• ") == 3
    assert "việc chưa nộp sẽ thay đổi" in card.text
    assert await of_office(published) is None
    assert words in (await applies(published, card)).text
    assert await of_office(published) == parse("4, 0, +2, weekly")


async def test_the_default_is_taken_again(published: Cast) -> None:
    await published.hoa.says("/thangnhac")
    await published.hoa.waits_for("Thang nhắc chung")
    await applies(published, await types(published.hoa, "4"))
    await published.hoa.says("/thangnhac")
    await published.hoa.wait_for(lambda message: "Thang nhắc chung" in message.text and "Muốn đổi" in message.text)

    await applies(published, await types(published.hoa, "Mặc định"))

    assert await of_office(published) is None


@pytest.mark.parametrize("text", ["năm ngày", "+0", "400"])
async def test_what_is_no_ladder_is_asked_for_again(cast: Cast, text: str) -> None:
    await cast.hoa.says("/thangnhac")
    await cast.hoa.waits_for("Thang nhắc chung")
    await cast.hoa.says(text)
    await cast.hoa.waits_for("Chưa hiểu các bậc nhắc này")

    assert "Áp dụng" in (await types(cast.hoa, "4, 0")).labels


async def test_a_secretary_sees_no_ladder(cast: Cast) -> None:
    await cast.lan.says("/thangnhac")
    assert "Thang nhắc chung" not in (await cast.lan.wait_for(lambda message: message.from_bot)).text


async def test_a_draft_and_a_task_of_it_get_their_own(cast: Cast) -> None:
    draft = await cast.stage.loads(cast.hoa)
    await cast.hoa.presses(BUTTON, draft)
    shown = await cast.hoa.waits_for("Muốn đổi")
    assert "Đây là thang chung của văn phòng" in shown.text
    await applies(cast, await types(cast.hoa, "3, 0"))
    await cast.hoa.presses(next(label for label in shown.labels if "Riêng mục" in label), shown)
    alone = await cast.hoa.waits_for("Thang nhắc mục")
    assert "Đây là thang của thông báo" in alone.text
    await applies(cast, await types(cast.hoa, "1"))

    assert await of_first(cast) == (parse("3, 0"), parse("1"))


async def test_a_new_ladder_moves_reminders_and_says_nothing_twice(published: Cast) -> None:
    # The deadlines are on 19 and 21 February 2021, behind Tết: five working days before is the 5th, and two before the 17th.
    await published.stage.moves("2021-02-05")
    before = len(published.lan.chat)
    await published.hoa.says("/thangnhac")
    await published.hoa.waits_for("Thang nhắc chung")
    await applies(published, await types(published.hoa, "6, 5, 3, 0"))
    await published.stage.moves("2021-02-05", "15:00")
    assert digests(published.lan, before) == 0

    await published.stage.moves("2021-02-09")
    await published.stage.moves("2021-02-17")

    assert digests(published.lan, before) == 1


async def test_a_published_conclusion_shows_its_ladder(published: Cast) -> None:
    published.stage.moment = at("2021-02-02")
    await published.hoa.says("/ketluan")
    await published.hoa.presses("1", await published.hoa.wait_for(lambda message: "1" in message.labels))
    card = await published.hoa.wait_for(lambda message: BUTTON in message.labels and "Thu hồi" in message.labels)
    await published.hoa.presses(BUTTON, card)

    assert IN_WORDS in (await published.hoa.waits_for("Muốn đổi")).text
