"""What has a person done, according to one of Telegram's updates?"""

from typing import TypedDict

from telegram import Animation, Audio, CallbackQuery, Chat, Message, Update, User, Video, VideoNote, Voice
from telegram.constants import ChatType

from channels import Incoming, IncomingFile

NAME = "telegram"
# Not the system's table of types, which is another on each computer.
_ENDINGS = {
    "audio/aac": "aac",
    "audio/flac": "flac",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/x-m4a": "m4a",
    "audio/x-wav": "wav",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "video/x-msvideo": "avi",
}


def event(update: Update) -> Incoming | None:
    """Read a message or a press; None for an update that is neither, has no person, or tells only of the chat itself.

    What a person sent and the program cannot use, as a sticker or a place, comes with an empty text, so that it is answered.
    """
    if update.callback_query:
        return _pressed(str(update.update_id), update.callback_query)
    if update.message and update.message.from_user:
        return _said(str(update.update_id), update.message, update.message.from_user)
    return None


class _Origin(TypedDict):
    channel: str
    key: str
    chat: str
    sender: str
    sender_name: str
    language: str | None
    private: bool


def _origin(key: str, sender: User, chat: Chat) -> _Origin:
    return {
        "channel": NAME,
        "key": key,
        "chat": str(chat.id),
        "sender": str(sender.id),
        "sender_name": sender.full_name,
        "language": sender.language_code,
        "private": chat.type == ChatType.PRIVATE,
    }


def _pressed(key: str, query: CallbackQuery) -> Incoming | None:
    if query.message is None or query.data is None:
        return None
    origin = _origin(key, query.from_user, query.message.chat)
    return Incoming(**origin, press=query.data, message_id=str(query.message.message_id))


def _said(key: str, message: Message, sender: User) -> Incoming | None:
    text = message.text or message.caption
    file = _file(message)
    if text is None and file is None:
        if not message.effective_attachment:
            return None
        text = ""
    origin = _origin(key, sender, message.chat)
    forwarded = message.forward_origin is not None
    return Incoming(**origin, text=text, file=file, message_id=str(message.message_id), forwarded=forwarded)


def _file(message: Message) -> IncomingFile | None:
    number = message.message_id
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return IncomingFile(largest.file_id, f"anh-{number}.jpg", largest.file_size)
    for media, stem, usual in (
        (message.video, "video", "mp4"),
        (message.animation, "video", "mp4"),  # announced as a document, too, so it is looked for first
        (message.video_note, "video", "mp4"),
        (message.audio, "am-thanh", "mp3"),
        (message.voice, "am-thanh", "ogg"),
    ):
        if media:
            return IncomingFile(media.file_id, _name(media, f"{stem}-{number}", usual), media.file_size)
    if message.document:
        document = message.document
        return IncomingFile(document.file_id, document.file_name or f"tep-{number}", document.file_size)
    return None


def _name(media: Video | Animation | VideoNote | Audio | Voice, stem: str, usual: str) -> str:
    given = media.file_name if isinstance(media, (Video, Animation, Audio)) else None
    kind = None if isinstance(media, VideoNote) else media.mime_type
    return given or f"{stem}.{_ENDINGS.get(kind or '', usual)}"
