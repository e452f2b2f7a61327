"""Does a newer paper change an older one just as the officer confirmed, once, and does every unit hear what is true for it?"""

import re

import pytest

from domain.people import RoleKind
from sandbox.story import CULTURE, LIBRARY
from sandbox.telegram import Message, Person
from tests.e2e.conftest import Cast
from tests.e2e.test_secretary import presses

HEAD = """ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
Số {label}-TB/ĐUK
Hải Bình, ngày {day} tháng 02 năm 2021

THÔNG BÁO
KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI
{title}

"""
FOOT = "\n\nVăn phòng Đảng ủy Khối thông báo để các chi, đảng bộ cơ sở biết và thực hiện./.\n"
FIRST = (
    HEAD.format(label=41, day="01", title="về công tác kiểm tra quý I năm 2021")
    + f"""1. Yêu cầu 100% chi, đảng bộ cơ sở gửi kế hoạch kiểm tra năm 2021 về Đảng ủy Khối trước ngày 20/02/2021.
2. Giao {CULTURE}, {LIBRARY} gửi báo cáo khắc phục hạn chế sau kiểm tra về Đảng ủy Khối trước ngày 22/02/2021.
3. Yêu cầu 100% chi, đảng bộ cơ sở gửi danh sách đảng viên đề nghị tặng Huy hiệu Đảng về Đảng ủy Khối trước ngày 27/02/2021."""
    + FOOT
)
SECOND = (
    HEAD.format(label=58, day="03", title="về điều chỉnh một số nhiệm vụ kiểm tra")
    + """1. Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo khắc phục hạn chế sau kiểm tra về Đảng ủy Khối trước ngày 01/4/2021, \
thay cho thời hạn tại mục 2 Thông báo số 41-TB/ĐUK ngày 01/02/2021.
2. Thu hồi nhiệm vụ giao tại mục 3 Thông báo số 41 - TB/ĐUK ngày 01/02/2021.
3. Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo tự kiểm tra về Đảng ủy Khối trước ngày 12/3/2021."""
    + FOOT
)
THIRD = (
    HEAD.format(label=60, day="04", title="về kế hoạch kiểm tra năm 2021")
    + """1. Yêu cầu 100% chi, đảng bộ cơ sở gửi kế hoạch kiểm tra năm 2021 về Đảng ủy Khối trước ngày 20/3/2021.
2. Thông báo này thay thế Thông báo số 41-TB/ĐUK ngày 01/02/2021 của Ban Thường vụ Đảng ủy Khối."""
    + FOOT
)


@pytest.fixture
async def first(cast: Cast) -> Cast:
    """Give an office that has published the first paper, and in which Lan has handed in for item 2."""
    await cast.stage.publishes(cast.hoa, name="tb41.txt", content=FIRST.encode())
    await cast.lan.presses("Đã nộp", await task_of(cast, "Báo cáo khắc phục"))
    await cast.lan.wait_for(lambda message: "Hoàn tác" in message.labels)
    await cast.stage.moves("2021-02-03", "09:00")
    return cast


async def task_of(cast: Cast, name: str) -> Message:
    await cast.lan.says("/viec")
    listing = await cast.lan.wait_for(lambda message: "Chi tiết" in message.labels)
    await cast.lan.presses(next(label for label in listing.labels if name in label), listing)
    return await cast.lan.wait_for(lambda message: "Gửi tệp" in message.labels and name in message.text)


async def loads(cast: Cast, text: str = SECOND, name: str = "tb58.txt") -> Message:
    return await cast.stage.loads(cast.hoa, name=name, content=text.encode())


async def asked(cast: Cast, number: int, of: int) -> Message:
    return await cast.hoa.waits_for(f"Câu hỏi {number}/{of}")


async def confirms(cast: Cast, draft: Message) -> Message:
    """Say that both changes of the second paper are right, and give the draft without questions."""
    await cast.hoa.presses("❓ Trả lời 3 câu hỏi", draft)
    await cast.hoa.presses("Đúng", await asked(cast, 1, 3))
    await cast.hoa.presses("Đúng", await asked(cast, 2, 3))
    return await cast.hoa.wait_for(lambda message: "➕" in message.text and "❓" not in message.text)


async def publishes(cast: Cast, draft: Message) -> Message:
    await cast.hoa.presses("Công bố", draft)
    told = await cast.hoa.waits_for("Đã công bố")
    await cast.stage.app.settle()
    return told


async def open_tasks(person: Person) -> str:
    await person.says("/viec")
    return (await person.wait_for(lambda _: True)).text


async def test_the_draft_tells_what_changes_and_for_how_many(first: Cast) -> None:
    draft = await loads(first)
    assert "🔁 Việc 2 của Thông báo 41-TB/ĐUK: hạn 21/02/2021 → 31/03/2021, 1 đơn vị chưa nộp." in draft.text
    assert "➕ Mục 1 được giao thêm cho 6 đơn vị chưa có việc này." in draft.text
    assert "⛔ Việc 3 của Thông báo 41-TB/ĐUK kết thúc, 8 đơn vị." in draft.text
    await first.hoa.presses("Công bố", draft)
    refused = await first.hoa.waits_for("Chưa thể công bố")
    assert "Việc 2 của Thông báo 41-TB/ĐUK" in refused.text
    assert "Xử lý thay đổi của 41-TB/ĐUK" in refused.labels


async def test_publishing_changes_what_was_confirmed_and_tells_the_officer(first: Cast) -> None:
    told = await publishes(first, await confirms(first, await loads(first)))
    assert "🔁 Việc 2 của Thông báo 41-TB/ĐUK: hạn mới là 31/03/2021, áp dụng cho 1 đơn vị chưa nộp." in told.text
    assert "⛔ Việc 3 của Thông báo 41-TB/ĐUK đã kết thúc ở 8 đơn vị." in told.text
    await first.hoa.says("/ketluan")
    await first.hoa.presses("2", await first.hoa.waits_for("41-TB/ĐUK"))
    card = await first.hoa.wait_for(lambda message: "Thu hồi" in message.labels)
    assert "🔁 Việc 2: hạn 31/03/2021, theo Thông báo 58-TB/ĐUK." in card.text
    assert "⛔ Việc 3 kết thúc theo Thông báo 58-TB/ĐUK." in card.text


async def test_a_moved_task_is_told_once_and_not_given_twice(first: Cast) -> None:
    await publishes(first, await confirms(first, await loads(first)))
    moved = [message.text for message in first.minh.chat if "31/03/2021" in message.text]
    assert len(moved) == 1
    assert "Hạn cuối trước đây: Chủ nhật, 21/02/2021." in moved[0]
    tasks = await open_tasks(first.minh)
    assert tasks.count("Báo cáo khắc phục") == 1
    assert "31/03/2021" in tasks
    assert "Báo cáo khắc phục" not in await open_tasks(first.lan)
    assert "Báo cáo khắc phục" in await open_tasks(first.son)


async def test_an_ended_task_is_told_once_and_listed_no_more(first: Cast) -> None:
    await publishes(first, await confirms(first, await loads(first)))
    for person in (first.lan, first.minh, first.son):
        ended = [message.text for message in person.chat if "Văn bản mới đã thay đổi" in message.text]
        assert len(ended) == 1
        assert "Danh sách đảng viên" in ended[0]
        assert "Danh sách đảng viên" not in await open_tasks(person)


async def test_a_rule_in_the_place_of_a_single_deadline_begins_a_series_and_ends_the_single_task(first: Cast) -> None:
    """Lan has handed in for item 2, Minh has not."""
    monthly = SECOND.replace(
        "Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo khắc phục", f"Giao {CULTURE}, {LIBRARY} gửi báo cáo khắc phục"
    )
    draft = await loads(first, monthly.replace("trước ngày 01/4/2021", "trước ngày 25 hằng tháng"))
    item = "🔁 Việc 2 của Thông báo 41-TB/ĐUK"
    assert f"{item} chuyển sang định kỳ: trước ngày 25 hằng tháng. Việc một lần kết thúc ở 1 đơn vị chưa nộp." in draft.text
    assert "📥 1 báo cáo đã nộp đang chờ xác nhận được giữ lại" in draft.text
    told = await publishes(first, await confirms(first, draft))
    assert f"{item} đã chuyển sang định kỳ: trước ngày 25 hằng tháng; việc một lần đã kết thúc ở 1 đơn vị chưa nộp." in told.text
    for person in (first.lan, first.minh):
        tasks = await open_tasks(person)
        assert (tasks.count("áo cáo khắc phục"), "24/02/2021" in tasks) == (1, True)
    ended = [one.text for one in first.minh.chat if "Văn bản mới đã thay đổi" in one.text]
    assert len(ended) == 1
    assert "Báo cáo khắc phục" in ended[0]
    assert "áo cáo khắc phục" not in await open_tasks(first.son)
    await first.hoa.presses("Trả lại", of_the_office(first, "Báo cáo khắc phục"))
    await first.hoa.waits_for("không phải nộp lại")
    await first.hoa.says("Thiếu phụ lục")
    await first.stage.app.settle()
    assert "đơn vị không phải nộp thêm gì" in (await first.lan.waits_for("Thiếu phụ lục")).text
    assert (await open_tasks(first.lan)).count("áo cáo khắc phục") == 1


HANDED_IN = "📥 1 báo cáo đã nộp đang chờ xác nhận được giữ lại: Văn phòng xác nhận hoặc trả lại như thường."


async def hands_in_what_ends(cast: Cast) -> Message:
    """Let Lan hand in for item 3, and publish the paper that ends it; give her receipt."""
    await cast.lan.presses("Đã nộp", await task_of(cast, "Danh sách đảng viên"))
    receipt = await cast.lan.wait_for(lambda message: "Hoàn tác" in message.labels and "Danh sách" in message.text)
    draft = await loads(cast)
    assert "⛔ Việc 3 của Thông báo 41-TB/ĐUK kết thúc, 7 đơn vị." in draft.text
    assert HANDED_IN in draft.text
    told = await publishes(cast, await confirms(cast, draft))
    assert "⛔ Việc 3 của Thông báo 41-TB/ĐUK đã kết thúc ở 7 đơn vị." in told.text
    assert HANDED_IN in told.text
    assert not any("Văn bản mới đã thay đổi" in message.text for message in cast.lan.chat)
    return receipt


def of_the_office(cast: Cast, name: str = "Danh sách đảng viên") -> Message:
    return next(one for one in cast.hoa.chat if "Xác nhận" in one.labels and name in one.text)


async def test_what_was_handed_in_for_a_task_that_ends_is_still_accepted(first: Cast) -> None:
    await hands_in_what_ends(first)
    await first.hoa.presses("Xác nhận", of_the_office(first))
    await first.stage.app.settle()
    assert "Danh sách đảng viên" in (await first.lan.waits_for("✅")).text


async def test_what_is_returned_for_a_task_that_ended_is_asked_for_no_more(first: Cast) -> None:
    await hands_in_what_ends(first)
    await first.hoa.presses("Trả lại", of_the_office(first))
    await first.hoa.waits_for("không phải nộp lại")
    await first.hoa.says("Thiếu chữ ký")
    await first.stage.app.settle()
    returned = await first.lan.waits_for("Thiếu chữ ký")
    assert "đơn vị không phải nộp thêm gì" in returned.text
    assert "Đã nộp" not in returned.labels
    assert "Danh sách đảng viên" not in await open_tasks(first.lan)


async def test_what_is_taken_back_from_a_task_that_ended_is_asked_for_no_more(first: Cast) -> None:
    receipt = await hands_in_what_ends(first)
    await first.lan.presses("Hoàn tác", receipt)
    assert "đơn vị không phải nộp thêm gì" in (await first.lan.waits_for("Đã rút lại")).text
    assert "Danh sách đảng viên" not in await open_tasks(first.lan)


async def test_what_waits_for_the_office_is_named_before_its_notice_is_withdrawn(first: Cast) -> None:
    await first.hoa.says("/ketluan")
    await first.hoa.presses("1", await first.hoa.waits_for("41-TB/ĐUK"))
    await first.hoa.presses("Thu hồi", await first.hoa.wait_for(lambda message: "Thu hồi" in message.labels))
    asked = await first.hoa.wait_for(lambda message: "Đồng ý thu hồi" in message.labels)
    assert "📥 1 báo cáo đã nộp đang chờ xác nhận sẽ đóng lại, không xác nhận nữa." in asked.text


async def test_publishing_twice_changes_nothing_twice(first: Cast) -> None:
    draft = await confirms(first, await loads(first))
    again = draft.data("Công bố")
    await publishes(first, draft)
    chats = [len(person.chat) for person in (first.lan, first.minh, first.son)]
    presses(first.stage.twin, first.hoa, again, draft)
    await first.hoa.waits_for("không còn là dự thảo")
    await first.stage.app.settle()
    assert [len(person.chat) for person in (first.lan, first.minh, first.son)] == chats


async def test_a_change_that_was_refused_changes_nothing(first: Cast) -> None:
    await first.hoa.presses("❓ Trả lời 3 câu hỏi", await loads(first))
    await first.hoa.presses("Không, giữ nguyên", await asked(first, 1, 3))
    await first.hoa.presses("Đúng", await asked(first, 2, 3))
    draft = await first.hoa.waits_for("giữ nguyên, theo ý kiến của đồng chí")
    assert "được giao thêm" not in draft.text
    told = await publishes(first, draft)
    assert "hạn mới" not in told.text
    assert (await open_tasks(first.minh)).count("Báo cáo khắc phục") == 2


async def test_a_decision_can_be_looked_at_once_more(first: Cast) -> None:
    await first.hoa.presses("Xem từng việc", await confirms(first, await loads(first)))
    await first.hoa.presses("🔁 Xem lại thay đổi của Thông báo 41-TB/ĐUK", await first.hoa.waits_for("mục 1"))
    await first.hoa.presses("Không, giữ nguyên", await asked(first, 1, 2))
    assert "Việc 2 của Thông báo 41-TB/ĐUK: giữ nguyên" in (await first.hoa.waits_for("giữ nguyên, theo")).text


async def test_the_officer_is_asked_which_task_when_the_words_name_none(first: Cast) -> None:
    unclear = SECOND.replace("Thu hồi nhiệm vụ giao tại mục 3 ", "Bỏ yêu cầu gửi bản giấy nêu tại ")
    await first.hoa.presses("❓ Trả lời 2 câu hỏi", await loads(first, unclear))
    await first.hoa.presses("Đúng", await asked(first, 1, 2))
    question = await asked(first, 2, 2)
    assert "Đó là việc nào của Thông báo 41-TB/ĐUK?" in question.text
    assert len([label for label in question.labels if label[:2] in ("1.", "2.", "3.")]) == 3
    assert {"Việc khác", "Không việc nào", "Kết thúc cả văn bản đó"} <= set(question.labels)
    await first.hoa.presses("Việc khác", question)
    every = await first.hoa.wait_for(lambda message: "Quay lại" in message.labels)
    await first.hoa.presses(next(label for label in every.labels if label.startswith("3.")), every)
    draft = await first.hoa.wait_for(lambda message: "➕" in message.text and "❓" not in message.text)
    assert "⛔ Việc 3 của Thông báo 41-TB/ĐUK kết thúc, 8 đơn vị." in draft.text


async def test_an_extension_that_names_nobody_is_for_the_units_of_the_earlier_task(first: Cast) -> None:
    bare = SECOND.replace("Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo khắc phục hạn chế sau kiểm tra về Đảng ủy Khối ", "Gửi ")
    bare = bare.replace("Gửi trước ngày 01/4/2021, thay cho", "Báo cáo khắc phục nộp trước ngày 01/4/2021, thay cho")
    draft = await loads(first, bare)
    await first.hoa.presses(draft.labels[0], draft)
    await first.hoa.presses("Đúng", await first.hoa.waits_for("Câu hỏi 1/"))
    await first.hoa.presses("Đúng", await first.hoa.waits_for("Việc 3 của Thông báo 41-TB/ĐUK"))
    told = await publishes(first, await first.hoa.wait_for(lambda one: "➕" in one.text and "❓" not in one.text))
    assert "hạn mới là 31/03/2021, áp dụng cho 1 đơn vị chưa nộp" in told.text
    assert "Báo cáo khắc phục" not in await open_tasks(first.son)


async def test_a_paper_that_replaces_an_older_one_ends_what_is_open_of_it(first: Cast) -> None:
    await publishes(first, await confirms(first, await loads(first)))
    await first.stage.moves("2021-02-04", "09:00")
    draft = await loads(first, THIRD, "tb60.txt")
    assert "🔁 Văn bản này thay thế Thông báo 41-TB/ĐUK: 10 việc còn mở kết thúc." in draft.text
    await first.hoa.presses(draft.labels[0], draft)
    await first.hoa.presses("Đúng", await first.hoa.waits_for("Câu hỏi 1/"))
    told = await publishes(first, await first.hoa.wait_for(lambda one: "➕" in one.text and "❓" not in one.text))
    assert "⛔ Thông báo 41-TB/ĐUK hết hiệu lực: đã kết thúc 10 việc còn mở." in told.text
    assert "Thay thế 41-TB/ĐUK" not in told.labels
    await first.minh.waits_for("mới thay thế")
    assert "41-TB/ĐUK" not in await open_tasks(first.minh)


async def test_what_was_withdrawn_meanwhile_is_told_and_changes_nothing(first: Cast) -> None:
    draft = await confirms(first, await loads(first))
    await first.hoa.says("/ketluan")
    await first.hoa.presses("2", await first.hoa.waits_for("41-TB/ĐUK"))
    await first.hoa.presses("Thu hồi", await first.hoa.wait_for(lambda message: "Thu hồi" in message.labels))
    await first.hoa.presses("Đồng ý thu hồi", await first.hoa.wait_for(lambda message: "Đồng ý thu hồi" in message.labels))
    await first.hoa.waits_for("Đã thu hồi")
    told = await publishes(first, draft)
    assert told.text.count("đã hết hiệu lực từ trước, nên không thay đổi gì") == 2
    assert "Báo cáo khắc phục" in await open_tasks(first.lan)


async def test_an_older_paper_that_is_not_here_is_a_finding(cast: Cast) -> None:
    draft = await loads(cast)
    assert draft.text.count("không có hiệu lực trong hệ thống") == 2
    assert "🔁" not in draft.text


async def test_a_change_is_no_longer_decided_once_the_paper_is_published(first: Cast) -> None:
    await first.hoa.presses("❓ Trả lời 3 câu hỏi", await loads(first))
    card = await asked(first, 1, 3)
    stale = [card.data("Đúng"), card.data("Không, giữ nguyên"), card.data("Việc khác")]
    await first.hoa.presses("Đúng", card)
    await first.hoa.presses("Đúng", await asked(first, 2, 3))
    await publishes(first, await first.hoa.wait_for(lambda message: "➕" in message.text and "❓" not in message.text))
    for data in stale:
        presses(first.stage.twin, first.hoa, data, card)
        await first.hoa.waits_for("không còn là dự thảo")
    presses(first.stage.twin, first.hoa, "change:99", card)
    await first.hoa.waits_for("cũ")


ALONE = {
    "one that replaces": ("1. Thông báo này thay thế Thông báo số 41-TB/ĐUK ngày 01/02/2021 của Ban Thường vụ Đảng ủy Khối.",),
    "one that ends a task": ("1. Thu hồi nhiệm vụ giao tại mục 3 Thông báo số 41 - TB/ĐUK ngày 01/02/2021.",),
    "one without any item": ("Thông báo này thay thế Thông báo số 41-TB/ĐUK ngày 01/02/2021 của Ban Thường vụ Đảng ủy Khối.",),
    "one that ends two tasks": (
        "1. Thu hồi nhiệm vụ giao tại mục 3 Thông báo số 41 - TB/ĐUK ngày 01/02/2021.",
        "2. Thu hồi nhiệm vụ giao tại mục 1 Thông báo số 41 - TB/ĐUK ngày 01/02/2021.",
    ),
}


async def decides(cast: Cast, words: tuple[str, ...], answer: str = "Đúng") -> Message:
    """Load a paper that only changes another one, and give its draft when everything that is asked is answered."""
    paper = HEAD.format(label=61, day="03", title="về việc thôi thực hiện một số nhiệm vụ") + "\n".join(words) + FOOT
    draft = await loads(cast, paper, "tb61.txt")
    await cast.hoa.presses("Công bố", draft)
    await cast.hoa.waits_for("Chưa thể công bố")
    await cast.hoa.presses(draft.labels[0], draft)
    for number in range(1, len(words) + 1):
        await cast.hoa.presses(answer, await cast.hoa.waits_for(f"Câu hỏi {number}/"))
    return await cast.hoa.wait_for(lambda one: "Xem trước lời nhắc" in one.labels and "❓" not in one.text)


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        (ALONE["one that replaces"], ["Thông báo 41-TB/ĐUK được thay thế"]),
        (ALONE["one that ends a task"], ["Việc 3 của Thông báo 41-TB/ĐUK kết thúc"]),
        (ALONE["one without any item"], ["Thông báo 41-TB/ĐUK được thay thế"]),
        (
            ALONE["one that ends two tasks"],
            ["Việc 3 của Thông báo 41-TB/ĐUK kết thúc", "Việc 1 của Thông báo 41-TB/ĐUK kết thúc"],
        ),
    ],
    ids=ALONE.keys(),
)
async def test_a_paper_without_a_task_of_its_own_is_published_and_tells_what_it_foretold(
    first: Cast, words: tuple[str, ...], ends: list[str]
) -> None:
    decided = await decides(first, words)
    assert "không giao việc mới" in decided.text
    assert "➕" not in decided.text
    await first.hoa.presses("Xem trước lời nhắc", decided)
    foretold = await first.hoa.waits_for("sẽ nhận được các tin sau")
    line = f"• 09:00 thứ Tư, 03/02/2021 – 8 đơn vị (3 người): {'; '.join(ends)}"
    assert foretold.text.splitlines()[2:] == [line]

    before = {person.name: len(person.chat) for person in (first.lan, first.minh, first.son)}
    told = await publishes(first, decided)

    assert "đơn vị, " not in told.text.splitlines()[1]
    assert {
        person.name: len(person.chat) - before[person.name] for person in (first.lan, first.minh, first.son)
    } == dict.fromkeys(before, 1)
    assert "Danh sách đảng viên" in first.minh.newest.text
    assert "Danh sách đảng viên" not in await open_tasks(first.minh)


async def test_a_paper_that_changes_nothing_and_orders_nothing_is_not_published(first: Cast) -> None:
    decided = await decides(first, ALONE["one without any item"], "Không, giữ nguyên")
    await first.hoa.presses("Công bố", decided)
    await first.hoa.waits_for("không còn việc nào")


async def test_what_a_paper_changes_is_foretold_with_the_reminders_of_the_new_deadline(first: Cast) -> None:
    draft = await confirms(first, await loads(first))
    await first.hoa.presses("Xem trước lời nhắc", draft)
    text = (await first.hoa.waits_for("sẽ nhận được các tin sau")).text
    assert f"• 09:00 thứ Tư, 03/02/2021 – {LIBRARY} (1 người): Việc 2 của Thông báo 41-TB/ĐUK: hạn mới 31/03/2021" in text
    assert "• 09:00 thứ Tư, 03/02/2021 – 8 đơn vị (3 người): Việc 3 của Thông báo 41-TB/ĐUK kết thúc" in text
    # Lan has handed in for item 1, and the library has it already, with another deadline: both hear of item 3 alone.
    assert "• 09:00 thứ Tư, 03/02/2021 – 2 đơn vị (2 người): mục 3 (khi công bố)" in text
    assert "• 08:00 thứ Tư, 24/03/2021 – 7 đơn vị (2 người): mục 1" in text
    await publishes(first, draft)
    await first.stage.moves("2021-03-24")
    assert "Báo cáo khắc phục" in first.minh.newest.text
    assert "Báo cáo khắc phục" in first.son.newest.text
    assert "Báo cáo khắc phục" not in first.lan.newest.text


async def test_the_leaders_table_counts_nothing_that_has_ended(first: Cast) -> None:
    leader = first.stage.twin.person(105, "Bình")
    await first.stage.enrols(leader, RoleKind.LEADER)
    assert await counted(leader) == {"41": 18}
    # Eight units had item 3, which the second paper ends; it gives fourteen assignments itself.
    await publishes(first, await confirms(first, await loads(first)))
    assert await counted(leader) == {"58": 14, "41": 10}
    await first.stage.moves("2021-02-04", "09:00")
    draft = await loads(first, THIRD, "tb60.txt")
    await first.hoa.presses(draft.labels[0], draft)
    await first.hoa.presses("Đúng", await first.hoa.waits_for("Câu hỏi 1/"))
    await publishes(first, await first.hoa.wait_for(lambda one: "➕" in one.text and "❓" not in one.text))
    assert await counted(leader) == {"60": 8, "58": 14}


async def counted(person: Person) -> dict[str, int]:
    """Give how many assignments the table counts of each paper, by its number; what is in its four fields must be as many."""
    await person.says("/tinhhinh")
    text = (await person.waits_for("tính đến")).text
    papers = [block for block in text.split("\n\n") if block.startswith("Số ")]
    totals = {re.findall(r"\d+", one)[0]: int(re.findall(r"giao cho đơn vị: (\d+)", one)[0]) for one in papers}
    fields = [sum(map(int, re.findall(r"hạn (\d+)", one))) for one in papers]
    assert fields == list(totals.values())
    return totals
