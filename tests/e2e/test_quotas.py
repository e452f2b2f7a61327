"""Do announcements wait when a month's messages run out, and does everybody see why, while reminders and answers go on?"""

from datetime import date

from bot.app import limits_of
from storage import quotas
from storage.session import Database
from tests.e2e.conftest import Cast
from tests.stage import at

TEXT = "Họp giao ban lúc 14 giờ."
RUNS_OUT = "Hạn mức tin của tháng sắp hết"


async def restarts(cast: Cast, *, quota: int, used: int | None = None) -> None:
    """Let the program run on with a quota, of which so much is used this month."""
    stage = cast.stage
    await stage.closes()
    stage.settings = stage.settings.model_copy(update={"telegram_quota": quota})
    if used is not None:
        limits, database = limits_of(stage.settings, {"telegram"}), Database(stage.settings.database_url)
        async with database.transaction() as session:
            await quotas.count(session, limits, limits.month(stage.moment), {"telegram": used})
        await database.close()
    await stage.opens()


def got(cast: Cast) -> list[int]:
    """Tell how often Lan, Minh and Sơn have the announcement."""
    return [len([one for one in person.chat if TEXT in one.text]) for person in (cast.lan, cast.minh, cast.son)]


async def used(cast: Cast) -> list[tuple[date, int]]:
    async with cast.stage.app.database.transaction() as session:
        return [(one.month, one.used) for one in await quotas.of_months(session, date(2021, 1, 1), date(2021, 12, 1))]


async def test_what_the_month_does_not_suffice_for_is_said_before_it_waits_for_a_higher_quota(cast: Cast) -> None:
    preview = await cast.stage.announces(cast.hoa, TEXT)
    assert "⏸" not in preview.text
    # That administrators are told is a message, too.
    await restarts(cast, quota=100, used=92)
    assert (await cast.hoa.waits_for(RUNS_OUT)).text.startswith(f"⚠️ {RUNS_OUT}")
    await cast.stage.app.settle()
    await cast.hoa.presses("Chỉ gửi một lần", preview)
    warned = await cast.hoa.wait_for(lambda message: "⏸" in message.text)
    assert "⏸ 1 đồng chí sẽ chưa nhận được: số tin còn lại của tháng này dành cho nhắc việc và trả lời." in warned.text
    assert "Telegram: tháng này đã dùng 93/100 tin (93%)." in warned.text
    assert "chỉ được gửi tiếp nếu quản trị nâng hạn mức trước 09:00 thứ Năm, 04/02/2021" in warned.text

    await cast.hoa.presses("Gửi", warned)
    card = await cast.hoa.wait_for(lambda message: "2/3" in message.text and "⏸" in message.text)
    assert "⏸ 1 đồng chí chưa nhận được" in card.text
    await cast.stage.app.settle()
    assert (sorted(got(cast)), await used(cast)) == ([0, 1, 1], [(date(2021, 2, 1), 95)])

    await cast.lan.says("/viec")
    await cast.lan.wait_for(lambda message: TEXT not in message.text)

    await restarts(cast, quota=200)
    report = await cast.hoa.wait_for(lambda message: not message.edited and "Cập nhật" in message.labels)
    assert "3/3" in report.text
    assert got(cast) == [1, 1, 1]
    await cast.stage.looks()
    await cast.hoa.waits_for(f"✅ Đã hết sự cố: {RUNS_OUT}")


async def test_what_waits_leaves_when_the_month_is_over_and_people_are_awake(cast: Cast) -> None:
    preview = await cast.stage.announces(cast.hoa, TEXT)
    cast.stage.moment = at("2021-02-27")
    await restarts(cast, quota=100, used=95)
    await cast.hoa.presses("Gửi", preview)
    card = await cast.hoa.wait_for(lambda message: "⏸" in message.text)
    assert "⏸ 3 đồng chí chưa nhận được" in card.text
    assert "sẽ được gửi tiếp từ 07:00 thứ Hai, 01/03/2021" in card.text

    await cast.stage.moves("2021-02-28", "23:59")
    assert got(cast) == [0, 0, 0]
    await cast.stage.moves("2021-03-01", "00:01")
    assert got(cast) == [0, 0, 0]
    await cast.stage.moves("2021-03-01", "07:00")
    assert got(cast) == [1, 1, 1]
    await cast.hoa.wait_for(lambda message: not message.edited and "3/3" in message.text)


async def test_what_waits_for_three_days_is_not_sent_and_its_author_reads_why(cast: Cast) -> None:
    preview = await cast.stage.announces(cast.hoa, TEXT)
    await restarts(cast, quota=100, used=95)
    await cast.hoa.presses("Gửi", preview)
    await cast.hoa.wait_for(lambda message: "⏸" in message.text)
    await cast.stage.moves("2021-02-04", "09:00")
    report = await cast.hoa.wait_for(lambda message: not message.edited and "Cập nhật" in message.labels)
    assert "0/3" in report.text
    assert "✗ Minh: không gửi: hạn mức tin của tháng không còn cho thông báo" in report.text
    assert got(cast) == [0, 0, 0]
