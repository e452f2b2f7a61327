"""Is everything that a person sends on Telegram answered, and what happens by itself passed over?"""

from typing import Any

import pytest
from telegram import Update

from channels import Incoming, IncomingFile
from channels.telegram.events import event

LAN = {"id": 101, "is_bot": False, "first_name": "Lan"}
PRIVATE = {"id": 101, "type": "private", "first_name": "Lan"}
MEDIA = {"file_id": "F", "file_unique_id": "f", "file_size": 2048}
MOVING = MEDIA | {"width": 640, "height": 360, "duration": 3}
SOUND = MEDIA | {"duration": 3}


def sent(**content: Any) -> Incoming | None:  # Any: JSON as the Bot API writes it
    message = {"message_id": 7, "date": 1_782_000_000, "from": LAN, "chat": PRIVATE, **content}
    return event(Update.de_json({"update_id": 1, "message": message}, None))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"video": MOVING}, "video-7.mp4"),
        ({"video": MOVING | {"mime_type": "video/quicktime"}}, "video-7.mov"),
        ({"video": MOVING | {"mime_type": "video/mp4", "file_name": "báo cáo.mp4"}}, "báo cáo.mp4"),
        ({"video_note": MEDIA | {"length": 240, "duration": 3}}, "video-7.mp4"),
        ({"animation": MOVING, "document": MEDIA}, "video-7.mp4"),
        ({"voice": SOUND | {"mime_type": "audio/ogg"}}, "am-thanh-7.ogg"),
        ({"voice": SOUND}, "am-thanh-7.ogg"),
        ({"audio": SOUND | {"mime_type": "audio/mp4"}}, "am-thanh-7.m4a"),
        ({"audio": SOUND | {"mime_type": "audio/strange"}}, "am-thanh-7.mp3"),
        ({"audio": SOUND | {"file_name": "họp.wav"}}, "họp.wav"),
        ({"document": MEDIA}, "tep-7"),
        ({"document": MEDIA | {"file_name": "báo cáo.docx"}}, "báo cáo.docx"),
    ],
)
def test_what_carries_bytes_comes_as_a_file_with_a_name(content: dict[str, Any], name: str) -> None:
    incoming = sent(**content, caption="gửi văn phòng")
    assert incoming is not None
    assert (incoming.text, incoming.file) == ("gửi văn phòng", IncomingFile("F", name, 2048))


def test_a_photo_s_name_tells_no_day_that_may_be_another_in_the_office() -> None:
    sizes = [MEDIA | {"width": side, "height": side, "file_id": str(side)} for side in (90, 1280, 320)]
    incoming = sent(photo=sizes)
    assert incoming is not None
    assert incoming.file == IncomingFile("1280", "anh-7.jpg", 2048)


STICKER = MEDIA | {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
PLACE = {"longitude": 106.7, "latitude": 10.8}
POLL = {
    "id": "1",
    "question": "Họp?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": STICKER},
        {"location": PLACE},
        {"venue": {"location": PLACE, "title": "Hội trường", "address": "1 Lê Lợi"}, "location": PLACE},
        {"contact": {"phone_number": "84900000000", "first_name": "Minh"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"poll": POLL},
        {"story": {"chat": PRIVATE, "id": 3}},
    ],
)
def test_what_the_program_cannot_use_comes_without_words_to_be_answered(content: dict[str, Any]) -> None:
    incoming = sent(**content)
    assert incoming is not None
    assert (incoming.text, incoming.file, incoming.message_id) == ("", None, "7")


@pytest.mark.parametrize(
    "content",
    [
        {"new_chat_members": [LAN]},
        {"left_chat_member": LAN},
        {"new_chat_title": "Văn phòng"},
        {"new_chat_photo": [MEDIA | {"width": 90, "height": 90}]},
        {"pinned_message": {"message_id": 3, "date": 1_782_000_000, "chat": PRIVATE, "text": "Họp"}},
        {"migrate_to_chat_id": -1001},
        {},
    ],
)
def test_what_telegram_says_of_the_chat_is_passed_over(content: dict[str, Any]) -> None:
    assert sent(**content) is None


@pytest.mark.parametrize(
    ("origin", "forwarded"),
    [
        ({}, False),
        ({"forward_origin": {"type": "hidden_user", "date": 1_782_000_000, "sender_user_name": "Văn thư"}}, True),
        ({"forward_origin": {"type": "user", "date": 1_782_000_000, "sender_user": LAN}}, True),
    ],
)
def test_what_is_passed_on_from_another_chat_is_told(origin: dict[str, Any], *, forwarded: bool) -> None:
    incoming = sent(text="THÔNG BÁO", **origin)
    assert incoming is not None
    assert incoming.forwarded is forwarded
