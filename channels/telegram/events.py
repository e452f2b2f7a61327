"""What has a person done, according to one of Telegram's updates?"""

from typing import TypedDict

from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.constants import ChatType

from channels import Incoming, IncomingFile

NAME = "telegram"


def event(update: Update) -> Incoming | None:
    """Read a message or a press; None for an update that is neither, or has no person or no content the program knows."""
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
        return None
    return Incoming(**_origin(key, sender, message.chat), text=text, file=file, message_id=str(message.message_id))


def _file(message: Message) -> IncomingFile | None:
    if message.document:
        document = message.document
        return IncomingFile(document.file_id, document.file_name or f"tep-{message.message_id}", document.file_size)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return IncomingFile(largest.file_id, f"anh-{message.date:%Y-%m-%d}-{message.message_id}.jpg", largest.file_size)
    return None
