"""Do reminders come on the right days, once, in one message a person, and never at Tết?"""

from datetime import date, timedelta

from sandbox.telegram import Person
from tests.e2e.conftest import Cast
from tests.stage import at


def digests(person: Person, since: float) -> int:
    """Count the messages with tasks that came since a moment."""
    return sum(1 for message in person.chat if message.from_bot and message.date >= since and "Đã nộp" in message.labels)


async def test_reminders_come_on_the_days_of_the_ladder_and_not_at_tet(published: Cast) -> None:
    days = []
    day = date(2021, 2, 2)
    while day <= date(2021, 3, 4):
        before = len(published.son.chat)
        for clock in ("08:00", "15:00"):
            seen = len(published.son.chat)
            await published.stage.moves(day.isoformat(), clock)
            assert len(published.son.chat) - seen <= 1
        days += [day.isoformat()] if len(published.son.chat) > before else []
        day += timedelta(days=1)
    plan = ["2021-02-02", "2021-02-05", "2021-02-09", "2021-02-17", "2021-02-19", "2021-02-23", "2021-03-02"]
    review = ["2021-02-05", "2021-02-17", "2021-02-19", "2021-02-22", "2021-02-24", "2021-02-26"]
    assert days == sorted({*plan, *review})


async def test_outage_of_a_week_ends_in_one_digest_that_is_true_now(published: Cast) -> None:
    await published.stage.closes()
    published.stage.moment = at("2021-02-18", "10:00")
    seen = len(published.son.chat)
    await published.stage.opens()
    await published.stage.app.settle()
    news = published.son.chat[seen:]
    assert len(news) == 1
    assert "Quá hạn 9 ngày" in news[0].text
    assert "còn 1 ngày" in news[0].text


async def test_submitted_task_is_not_brought_up_again(published: Cast) -> None:
    digest = next(message for message in published.minh.chat if "Đã nộp" in message.labels)
    for _ in range(3):
        await published.minh.presses("Đã nộp", digest)
        await published.minh.wait_for(lambda message: "Hoàn tác" in message.labels)
    seen = len(published.minh.chat)
    for day in ("2021-02-02", "2021-02-05", "2021-02-09", "2021-02-17", "2021-02-22"):
        await published.stage.moves(day)
    assert len(published.minh.chat) == seen
