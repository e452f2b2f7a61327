"""Does a secretary see the tasks, hand in, and get a kind answer to every press?"""

from sandbox.story import CULTURE, LIBRARY
from sandbox.telegram import BotApi, Message, Person
from tests.e2e.conftest import Cast

PLAN = "Kế hoạch công tác"


async def opens(person: Person, task: str = PLAN) -> Message:
    """Open a task's card from the list."""
    await person.says("/viec")
    listing = await person.wait_for(lambda message: "Đã nộp" in message.labels)
    await person.presses(next(label for label in listing.labels if task in label), listing)
    return await person.wait_for(lambda message: "Gửi tệp" in message.labels)


async def submits(cast: Cast, person: Person, task: str = PLAN) -> Message:
    """Hand a task in and give the receipt."""
    await person.presses("Đã nộp", await opens(person, task))
    receipt = await person.wait_for(lambda message: "Hoàn tác" in message.labels)
    await cast.stage.app.settle()
    return receipt


async def test_publishing_brings_one_digest_with_all_tasks(published: Cast) -> None:
    digests = [message for message in published.lan.chat if "Đã nộp" in message.labels]
    assert len(digests) == 1
    assert {"Đã nộp", "Chi tiết"} <= set(digests[0].labels)
    assert "Kế hoạch công tác năm 2021" in digests[0].text
    assert "Báo cáo khắc phục hạn chế" in digests[0].text


async def test_list_has_the_nearest_deadline_first(published: Cast) -> None:
    await published.lan.says("/viec")
    text = (await published.lan.waits_for("việc")).text
    assert text.index(PLAN) < text.index("Báo cáo khắc phục") < text.index("phân công trực")


async def test_details_show_the_exact_words_and_the_deadlines(published: Cast) -> None:
    card = await opens(published.lan, "Báo cáo khắc phục")
    assert "gửi báo cáo khắc phục hạn chế về Đảng ủy Khối (qua Ban Tổ chức Đảng ủy Khối) trước ngày 22/02/2021" in card.text
    assert "ngày cuối: Chủ nhật, 21/02/2021; ngày làm việc cuối: thứ Sáu, 19/02/2021" in card.text


async def test_submitting_gives_a_receipt_and_changes_the_card(published: Cast) -> None:
    card = await opens(published.lan)
    await published.lan.presses("Đã nộp", card)
    changed = await published.lan.wait_for(lambda message: message.edited and message.id == card.id)
    receipt = await published.lan.wait_for(lambda message: "Hoàn tác" in message.labels)
    assert "Đã nộp – chờ xác nhận" in changed.text
    assert "Đã nộp" not in changed.labels
    assert "2021-00001" in receipt.text
    assert "09:00 thứ Hai, 01/02/2021" in receipt.text


async def test_submitting_from_the_digest_changes_it_in_place(published: Cast) -> None:
    digest = next(message for message in published.lan.chat if "Đã nộp" in message.labels)
    await published.lan.presses("Đã nộp", digest)
    changed = await published.lan.wait_for(lambda message: message.edited and message.id == digest.id)
    assert changed.text.startswith("✅")
    assert len([label for label in changed.labels if label == "Đã nộp"]) == 2


async def test_office_is_told_accepts_and_the_unit_hears_of_it(published: Cast) -> None:
    await submits(published, published.lan)
    told = await published.hoa.wait_for(lambda message: "Xác nhận" in message.labels)
    assert CULTURE in told.text
    assert "2021-00001" in told.text
    await published.hoa.presses("Xác nhận", told)
    await published.hoa.wait_for(lambda message: message.edited and message.id == told.id)
    await published.lan.waits_for("2021-00001")
    await published.hoa.says("/tinhhinh")
    assert "Đã hoàn thành: 1" in (await published.hoa.waits_for("tính đến")).text


async def test_return_needs_a_reason_which_reaches_the_unit(published: Cast) -> None:
    await submits(published, published.lan)
    await published.hoa.presses("Trả lại", await published.hoa.wait_for(lambda message: "Trả lại" in message.labels))
    await published.hoa.wait_for(lambda message: "Hủy" in message.labels)
    await published.hoa.says("Thiếu chữ ký của bí thư")
    returned = await published.lan.waits_for("Thiếu chữ ký của bí thư")
    await published.lan.presses("Đã nộp", returned)
    await published.lan.wait_for(lambda message: "2021-00002" in message.text)


async def test_second_decision_changes_nothing(published: Cast) -> None:
    await submits(published, published.lan)
    told = await published.hoa.wait_for(lambda message: "Xác nhận" in message.labels)
    data = told.data("Trả lại")
    await published.hoa.presses("Xác nhận", told)
    await published.hoa.wait_for(lambda message: message.edited)
    presses(published.stage.twin, published.hoa, data, told)
    assert "đã được xác nhận" in (await published.hoa.wait_for(lambda message: not message.edited)).text


def presses(twin: BotApi, person: Person, data: str, message: Message) -> None:
    """Press a button that is no longer shown, as an old phone may."""
    old = {"id": "old", "from": {"id": person.id, "is_bot": False, "first_name": person.name}, "chat_instance": "1", "data": data}
    chat = {"id": person.id, "type": "private", "first_name": person.name}
    twin.sends_update(
        "callback_query", {**old, "message": {"message_id": message.id, "date": message.date, "chat": chat, "text": message.text}}
    )


async def test_undo_within_ten_minutes_opens_the_task_again(published: Cast) -> None:
    receipt = await submits(published, published.lan)
    await published.stage.passes(minutes=9)
    await published.lan.presses("Hoàn tác", receipt)
    undone = await published.lan.wait_for(lambda message: "Đã nộp" in message.labels)
    assert undone.id == receipt.id
    await published.hoa.waits_for("2021-00001")
    await published.lan.says("/viec")
    assert PLAN in (await published.lan.waits_for("việc")).text


async def test_undo_after_ten_minutes_is_refused_kindly(published: Cast) -> None:
    receipt = await submits(published, published.lan)
    await published.stage.passes(minutes=11)
    await published.lan.presses("Hoàn tác", receipt)
    assert "10 phút" in (await published.lan.wait_for(lambda _: True)).text


async def test_second_press_and_old_card_say_how_things_stand(published: Cast) -> None:
    card = await opens(published.lan)
    data = card.data("Đã nộp")
    await published.lan.presses("Đã nộp", card)
    receipt = await published.lan.wait_for(lambda message: "Hoàn tác" in message.labels)
    presses(published.stage.twin, published.lan, data, card)
    assert "chờ xác nhận" in (await published.lan.wait_for(lambda message: message.id > receipt.id)).text
    await published.lan.presses("Hoàn tác", receipt)
    await published.lan.wait_for(lambda message: "Đã nộp" in message.labels)
    presses(published.stage.twin, published.lan, data, card)
    old = await published.lan.wait_for(lambda message: "cũ" in message.text)
    assert "Đã nộp" in old.labels


async def test_task_of_another_unit_is_refused_without_telling_about_it(published: Cast) -> None:
    card = await opens(published.lan)
    presses(published.stage.twin, published.minh, card.data("Đã nộp"), card)
    answer = await published.minh.wait_for(lambda message: message.id > card.id)
    assert CULTURE not in answer.text
    assert PLAN not in answer.text


async def test_file_sent_after_the_press_joins_the_submission(published: Cast) -> None:
    await submits(published, published.lan)
    await published.lan.sends_file("ke-hoach.docx", b"the plan itself")
    await published.lan.waits_for("2021-00001")
    await published.stage.passes(seconds=15)
    await published.hoa.presses("Mở: ke-hoach.docx")
    sent = await published.hoa.wait_for(lambda message: message.document is not None)
    assert sent.document is not None
    assert sent.document.content == b"the plan itself"


async def test_file_sent_before_the_press_joins_the_submission(published: Cast) -> None:
    card = await opens(published.lan)
    await published.lan.presses("Gửi tệp", card)
    await published.lan.wait_for(lambda message: "Hủy" in message.labels)
    await published.lan.sends_photo(b"a photo of the plan")
    waiting = await published.lan.wait_for(lambda message: "Đã nộp" in message.labels)
    await published.lan.presses("Đã nộp", waiting)
    receipt = await published.lan.wait_for(lambda message: "Hoàn tác" in message.labels)
    assert ".jpg" in receipt.text


async def test_file_without_a_word_is_asked_about_when_several_tasks_wait(published: Cast) -> None:
    await published.lan.sends_file("bao-cao.docx", b"a report")
    asked = await published.lan.waits_for("bao-cao.docx")
    await published.lan.presses(next(label for label in asked.labels if PLAN in label), asked)
    waiting = await published.lan.wait_for(lambda message: "Đã nộp" in message.labels)
    await published.lan.presses("Đã nộp", waiting)
    assert "bao-cao.docx" in (await published.lan.wait_for(lambda message: "Hoàn tác" in message.labels)).text


async def test_office_can_find_its_way_back_from_nonsense(published: Cast) -> None:
    await published.lan.says("abc")
    assert "/trogiup" in (await published.lan.wait_for(lambda _: True)).text
    await published.lan.says("/khongco")
    assert "/trogiup" in (await published.lan.wait_for(lambda _: True)).text
    assert LIBRARY not in published.lan.newest.text
