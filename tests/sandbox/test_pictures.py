"""Does the page of a chat show what the chat holds, and nothing from outside?"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from channels import Button
from sandbox.pictures import Phone, marked, page
from sandbox.telegram import Message
from sandbox.telegram_html import parse
from sandbox.telegram_world import File

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = int(datetime(2021, 2, 1, 2, 12, tzinfo=UTC).timestamp())


def said(text: str, *, from_bot: bool = True, at: int = MORNING, edited: bool = False, file: File | None = None) -> Message:
    plain, entities = parse(text)
    buttons = ((Button("Đã nộp", "submit:1:1:list"), Button("Chi tiết", "details:1")),) if from_bot else ()
    return Message(1, plain, at, from_bot, {}, tuple(entities), buttons, file, edited)


def drawn(*messages: Message) -> str:
    return page([Phone("Lan", "thư ký", "Đôn Đốc", messages)], ZONE, width=400, height=800)


def test_the_page_holds_people_texts_and_labels() -> None:
    html = drawn(said("Kính gửi đồng chí Lan"))

    assert [one for one in ("Lan", "thư ký", "Đôn Đốc", "Kính gửi đồng chí Lan", "Đã nộp", "Chi tiết") if one not in html] == []


def test_the_bot_is_on_one_side_and_the_person_on_the_other() -> None:
    html = drawn(said("Đơn vị có 1 việc"), said("/viec", from_bot=False))

    assert re.findall(r'<article class="(\w+)">', html) == ["bot", "person"]


def test_moments_are_told_in_the_zone_of_the_office_and_each_day_once() -> None:
    html = drawn(said("một"), said("hai"), said("ba", at=MORNING + 86_400))

    assert re.findall(r"<time>(.*?)</time>", html) == ["01/02/2021", "02/02/2021"]
    assert "09:12" in html


def test_a_file_is_shown_with_its_name_and_size() -> None:
    html = drawn(said("", from_bot=False, file=File("file-1", "ke-hoach.docx", bytes(48 * 1024))))

    assert "ke-hoach.docx<small>48 KB</small>" in html


def test_what_people_write_is_escaped() -> None:
    html = drawn(Message(1, "<script>alert(1)</script> & co", MORNING, from_bot=False, author={}))

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in html


def test_nothing_comes_from_outside() -> None:
    html = drawn(said("Kính gửi", edited=True), said("", from_bot=False, file=File("file-1", "a.docx", b"a")))

    assert re.findall(r"https?:|src=|href=|url\(|@import|<script|<link", html) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain & simple", "plain &amp; simple"),
        ("✅ <b>Biên nhận</b> số 1", "✅ <b>Biên nhận</b> số 1"),
        ("📥 <b>Chi bộ</b> 📎 <i>tệp</i>", "📥 <b>Chi bộ</b> 📎 <i>tệp</i>"),
        ("<b>một <i>hai</i></b>", "<b>một </b><b><i>hai</i></b>"),
        ("", ""),
    ],
)
def test_entities_become_tags_at_their_utf16_places(text: str, expected: str) -> None:
    plain, entities = parse(text.replace("&", "&amp;"))

    assert marked(plain, entities) == expected
