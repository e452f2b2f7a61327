"""What does each method of the loopback Bot API do and refuse?"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram_calls import Call, buttons, marked_text
from sandbox.telegram_errors import ApiError, bad_request
from sandbox.telegram_html import units
from sandbox.telegram_updates import Webhook
from sandbox.telegram_world import JSON, Chat, File, Message, World, as_json

_COMMANDS_LIMIT = 100
_NOTICE_LIMIT = 200
_DOWNLOAD_LIMIT_BYTES = 20_000_000
_UPLOAD_LIMIT_BYTES = 50_000_000
_LONGEST_POLL_SECONDS = 50.0
_UPDATES_LIMIT = 100
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


Method = Callable[[World, Call], Awaitable[Any]]


async def me(world: World, _call: Call) -> JSON:
    """Say who the bot is."""
    return world.bot


async def updates(world: World, call: Call) -> list[JSON]:
    """Give the updates from an offset on, waiting for one if asked to."""
    return await world.updates.poll(
        offset=call.value("offset", 0),
        limit=min(call.value("limit", _UPDATES_LIMIT), _UPDATES_LIMIT),
        seconds=min(float(call.value("timeout", 0)), _LONGEST_POLL_SECONDS),
        allowed=call.value("allowed_updates"),
    )


async def set_webhook(world: World, call: Call) -> bool:
    """Post updates to a URL from now on; only one on this computer, since nothing here leaves it."""
    url = call.text("url")
    if url and urlsplit(url).hostname not in ("127.0.0.1", "localhost"):
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
    world.updates.webhook = Webhook(url, call.text("secret_token")) if url else None
    world.bell.ring()
    return True


async def delete_webhook(world: World, _call: Call) -> bool:
    """Go back to polling."""
    world.updates.webhook = None
    return True


async def webhook_info(world: World, _call: Call) -> JSON:
    """Say where updates are posted to and how many wait."""
    url = world.updates.webhook.url if world.updates.webhook else ""
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(world.updates.pending)}


async def send_message(world: World, call: Call) -> JSON:
    """Write a text into a chat."""
    chat = _writable(world, call)
    text, entities = marked_text(call, "text")
    return _sent(world, chat, replace(_draft(world, call), text=text, entities=tuple(entities)))


async def send_document(world: World, call: Call) -> JSON:
    """Send a file into a chat."""
    return _send_file(world, call, "document")


async def send_photo(world: World, call: Call) -> JSON:
    """Send a photo into a chat."""
    return _send_file(world, call, "photo")


async def edit_text(world: World, call: Call) -> JSON:
    """Replace a message's text and buttons."""
    chat, message = _editable(world, call, "edit")
    if message.document:
        raise bad_request("there is no text in the message to edit")
    text, entities = marked_text(call, "text")
    return _edited(world, chat, message, replace(message, text=text, entities=tuple(entities), buttons=buttons(call)))


async def edit_markup(world: World, call: Call) -> JSON:
    """Replace a message's buttons."""
    chat, message = _editable(world, call, "edit")
    return _edited(world, chat, message, replace(message, buttons=buttons(call)))


async def delete_message(world: World, call: Call) -> bool:
    """Take a message away."""
    chat, message = _editable(world, call, "delete")
    world.delete(chat, message)
    return True


async def answer_query(world: World, call: Call) -> bool:
    """Answer a press, once."""
    query = call.text("callback_query_id")
    if query not in world.open_queries:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if units(call.text("text")) > _NOTICE_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    world.open_queries.remove(query)
    return True


async def file(world: World, call: Call) -> JSON:
    """Say where a file can be fetched."""
    found = world.files.get(call.text("file_id"))
    if found is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(found.content) > _DOWNLOAD_LIMIT_BYTES:
        raise bad_request("file is too big")
    basis = {"file_id": found.id, "file_unique_id": f"u-{found.id}", "file_size": len(found.content)}
    return basis | {"file_path": f"documents/{found.id}"}


async def set_commands(world: World, call: Call) -> bool:
    """Set the commands of a scope and language."""
    commands = call.value("commands", [])
    if len(commands) > _COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:  # noqa: PLR2004 - stands once, and is Telegram's
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(world, call)] = commands
    return True


async def commands(world: World, call: Call) -> list[JSON]:
    """Give the commands of a scope and language."""
    return world.commands.get(_scope(world, call), [])


async def delete_commands(world: World, call: Call) -> bool:
    """Forget the commands of a scope and language."""
    world.commands.pop(_scope(world, call), None)
    return True


async def chat_action(world: World, call: Call) -> bool:
    """Show that the bot is busy, which leaves no trace."""
    _writable(world, call)
    return True


async def agree(_world: World, _call: Call) -> bool:
    """Accept what nobody here sees."""
    return True


METHODS: dict[str, Method] = {
    "getme": me,
    "getupdates": updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "editmessagetext": edit_text,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_query,
    "getfile": file,
    "setmycommands": set_commands,
    "getmycommands": commands,
    "deletemycommands": delete_commands,
    "sendchataction": chat_action,
    "setmyname": agree,
    "setmydescription": agree,
    "setmyshortdescription": agree,
    "setchatmenubutton": agree,
}
RATED = {"sendmessage", "senddocument", "sendphoto", "editmessagetext", "editmessagereplymarkup"}


def _writable(world: World, call: Call) -> Chat:
    chat = world.chats.get(call.chat) if call.chat is not None else None
    if chat is None or not chat.is_open:
        raise bad_request("chat not found")
    if chat.moved_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
    if chat.closed_because:
        raise ApiError(HTTPStatus.FORBIDDEN, chat.closed_because)
    return chat


def _editable(world: World, call: Call, verb: str) -> tuple[Chat, Message]:
    chat = _writable(world, call)
    message = chat.messages.get(call.value("message_id", 0))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if not message.from_bot and verb == "edit":
        raise bad_request("message can't be edited")
    return chat, message


def _draft(world: World, call: Call) -> Message:
    return Message(id=0, text="", date=world.now(), from_bot=True, author=world.bot, buttons=buttons(call))


def _sent(world: World, chat: Chat, draft: Message) -> JSON:
    return as_json(chat, world.post(chat, draft, who=world.bot["first_name"]))


def _edited(world: World, chat: Chat, old: Message, new: Message) -> JSON:
    if old == new:
        raise bad_request(_NOT_MODIFIED)
    return as_json(chat, world.edit(chat, new, who=world.bot["first_name"]))


def _send_file(world: World, call: Call, kind: str) -> JSON:
    chat = _writable(world, call)
    caption, entities = marked_text(call, "caption")
    draft = replace(_draft(world, call), text=caption, entities=tuple(entities), document=_upload(world, call, kind))
    return _sent(world, chat, draft)


def _upload(world: World, call: Call, kind: str) -> File:
    """Take an uploaded file, or one that Telegram already has by its id."""
    reference = call.text(kind)
    if reference in world.files:
        return world.files[reference]
    name, content = call.files.get(reference.removeprefix("attach://") or kind, ("", b""))
    if not content:
        raise bad_request("file must be non-empty" if name else f"there is no {kind} in the request")
    if len(content) > _UPLOAD_LIMIT_BYTES:
        raise ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large")
    return world.keep(name, content, is_photo=kind == "photo")


def _scope(world: World, call: Call) -> tuple[str, str]:
    scope = call.value("scope", {"type": "default"})
    chat = scope.get("chat_id")
    if chat is not None and int(chat) not in world.chats:
        raise bad_request("chat not found")
    return f"{scope['type']}:{chat}" if chat is not None else str(scope["type"]), call.text("language_code")
