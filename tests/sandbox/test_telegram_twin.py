"""Does the loopback Bot API answer as the real one does, in the eyes of an independent reader?"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import telegram
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import HTTPXRequest

from sandbox.serving import Loopback
from sandbox.telegram import BotApi, Happening, Person, Rates
from tests.sandbox.clocks import Ticks

DONE = InlineKeyboardMarkup([[InlineKeyboardButton("Đã nộp", callback_data="nop:12")]])


async def bot_of(api: BotApi) -> Bot:
    request = HTTPXRequest(httpx_kwargs={"trust_env": False})
    bot = Bot(
        api.token,
        base_url=f"{api.url}/bot",
        base_file_url=f"{api.url}/file/bot",
        request=request,
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )
    await bot.initialize()
    return bot


@pytest.fixture
async def bot(twin: BotApi) -> AsyncIterator[Bot]:
    reader = await bot_of(twin)
    yield reader
    await reader.shutdown()


@pytest.fixture
async def http(twin: BotApi) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{twin.url}/bot{twin.token}/", trust_env=False) as client:
        yield client


# what the bot is, hears and says


async def test_it_says_who_the_bot_is(bot: Bot) -> None:
    assert (bot.username, bot.first_name, bot.id) == ("don_doc_bot", "Đôn Đốc", 7000000001)


async def test_what_people_do_comes_as_updates(bot: Bot, lan: Person) -> None:
    await lan.starts("ABC")
    await lan.sends_file("a.docx", b"PK", caption="đây")
    await lan.sends_photo(b"JFIF")
    started, filed, pictured = [update.message for update in await bot.get_updates()]
    assert started
    assert filed
    assert pictured
    assert (started.text, started.entities[0].type, started.from_user and started.from_user.first_name) == (
        "/start ABC",
        "bot_command",
        "Lan",
    )
    assert (filed.caption, filed.document and filed.document.file_name) == ("đây", "a.docx")
    assert len(pictured.photo) == 2


async def test_updates_stay_until_an_offset_beyond_them(bot: Bot, lan: Person) -> None:
    await lan.says("một")
    await lan.says("hai")
    first = await bot.get_updates()
    again = await bot.get_updates(offset=first[1].update_id)
    rest = await bot.get_updates(offset=first[1].update_id + 1)
    assert ([u.message and u.message.text for u in first], len(again), len(rest)) == (["một", "hai"], 1, 0)


async def test_a_poll_waits_for_what_comes(bot: Bot, twin: BotApi, lan: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await twin.waits_for_request("getUpdates")
    await lan.says("đây")
    [update] = await asyncio.wait_for(poll, 5)
    assert update.message
    assert update.message.text == "đây"


async def test_a_second_poller_ends_the_first(bot: Bot, twin: BotApi) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await twin.waits_for_request("getUpdates")
    await bot.get_updates()
    with pytest.raises(telegram.error.Conflict, match="terminated by other getUpdates"):
        await poll


async def test_only_the_kinds_asked_for_are_kept(bot: Bot, twin: BotApi, lan: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    twin.sends_update("poll_answer", {})
    await lan.says("một")
    assert len(await bot.get_updates()) == 1


async def test_markup_becomes_text_and_entities(bot: Bot, lan: Person) -> None:
    message = await bot.send_message(101, "<b>Hạn 😀</b> <i>5 &lt; <code>7</code></i>", parse_mode="HTML", reply_markup=DONE)
    assert message.text == "Hạn 😀 5 < 7"
    assert {entity.type: text for entity, text in message.parse_entities().items()} == {
        "bold": "Hạn 😀",
        "italic": "5 < 7",
        "code": "7",
    }
    assert message.reply_markup == DONE
    assert lan.newest.rows == (("Đã nộp",),)


async def test_a_press_comes_once_and_is_answered_once(bot: Bot, lan: Person) -> None:
    sent = await bot.send_message(101, "Nhiệm vụ", reply_markup=DONE)
    await lan.presses("Đã nộp")
    [update] = await bot.get_updates()
    query = update.callback_query
    assert query
    assert query.message
    assert (query.data, query.message.message_id, query.from_user.id) == ("nop:12", sent.message_id, 101)
    assert await query.answer()
    with pytest.raises(telegram.error.BadRequest, match="Query is too old"):
        await query.answer()


async def test_messages_are_edited_and_deleted(bot: Bot, lan: Person) -> None:
    message = await bot.send_message(101, "một", reply_markup=DONE)
    await message.edit_reply_markup()
    await message.edit_text("hai")
    assert (lan.newest.text, lan.newest.rows, lan.newest.edited) == ("hai", (), True)
    await message.delete()
    assert lan.chat == []


async def test_files_go_out_and_in(bot: Bot, lan: Person) -> None:
    sent = await bot.send_document(101, b"PK", filename="bảng.xlsx", caption="<b>Bảng</b>", parse_mode="HTML")
    assert sent.document
    assert (sent.document.file_name, sent.caption, len(sent.caption_entities)) == ("bảng.xlsx", "Bảng", 1)
    assert await (await sent.document.get_file()).download_as_bytearray() == b"PK"
    again = await bot.send_document(101, sent.document.file_id)
    photo = await bot.send_photo(101, b"JFIF")
    assert (again.document, len(photo.photo)) == (sent.document, 2)


async def test_commands_are_kept_by_scope_and_language(bot: Bot, lan: Person) -> None:
    scope = BotCommandScopeChat(101)
    await bot.set_my_commands([BotCommand("viec", "Việc")], scope=scope)
    await bot.set_my_commands([BotCommand("tasks", "Tasks")], scope=scope, language_code="en")
    assert await bot.get_my_commands(scope=scope) == (BotCommand("viec", "Việc"),)
    assert await bot.get_my_commands(scope=scope, language_code="en") == (BotCommand("tasks", "Tasks"),)
    await bot.delete_my_commands(scope=scope)
    assert await bot.get_my_commands(scope=scope) == ()
    assert await bot.get_my_commands() == ()


async def test_what_nobody_sees_is_agreed_to(bot: Bot, lan: Person) -> None:
    assert await bot.send_chat_action(101, "typing")
    assert await bot.set_my_description("Đôn đốc nhiệm vụ")


# what Telegram refuses


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"text": "x" * 4097}, "Message is too long"),
        ({"text": "😀" * 2049}, "Message is too long"),
        ({"text": " \n"}, "Message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Message text is empty"),
        ({"text": "<b>a", "parse_mode": "HTML"}, "Can't parse entities: can't find end tag"),
        ({"text": "<b>a</i>", "parse_mode": "HTML"}, "Can't parse entities: unmatched end tag"),
        ({"text": "a</b>", "parse_mode": "HTML"}, "Can't parse entities: unexpected end tag"),
        ({"text": "<p>a</p>", "parse_mode": "HTML"}, "Can't parse entities: unsupported start tag"),
        ({"text": "5 < 7", "parse_mode": "HTML"}, "Can't parse entities: unsupported start tag"),
        ({"text": "a", "parse_mode": "Markdown"}, "Unsupported parse_mode"),
        (
            {"text": "a", "reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="đ" * 33)]])},
            "Button_data",
        ),
        ({"text": "a", "chat_id": 999}, "Chat not found"),
        ({"text": "a", "chat_id": "@somebody"}, "Chat not found"),
    ],
)
async def test_a_message_it_cannot_take_is_refused(bot: Bot, lan: Person, terms: dict[str, Any], words: str) -> None:
    with pytest.raises(telegram.error.BadRequest, match=words):
        await bot.send_message(**({"chat_id": 101} | terms))
    assert lan.chat == []


async def test_markup_does_not_count_towards_the_limit(bot: Bot, lan: Person) -> None:
    message = await bot.send_message(101, f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
    assert len(message.text or "") == 4096


async def test_edits_it_cannot_make_are_refused(bot: Bot, lan: Person) -> None:
    said = await lan.says("của tôi")
    sent = await bot.send_message(101, "<b>a</b>", parse_mode="HTML", reply_markup=DONE)
    file = await bot.send_document(101, b"PK", filename="a.docx")
    attempts: list[tuple[int, str]] = [
        (sent.message_id, "Message is not modified"),
        (said.id, "Message can't be edited"),
        (file.message_id, "There is no text in the message to edit"),
        (999, "Message to edit not found"),
    ]
    for message, words in attempts:
        with pytest.raises(telegram.error.BadRequest, match=words):
            await bot.edit_message_text("<b>a</b>", 101, message, parse_mode="HTML", reply_markup=DONE)


async def test_files_it_cannot_give_or_take_are_refused(bot: Bot, lan: Person) -> None:
    big = await lan.sends_file("a.pdf", bytes(20_000_001))
    assert big.document
    for file_id, words in ((big.document.id, "File is too big"), ("file-999", "Wrong file_id")):
        with pytest.raises(telegram.error.BadRequest, match=words):
            await bot.get_file(file_id)
    with pytest.raises(telegram.error.BadRequest, match="caption is too long"):
        await bot.send_document(101, b"PK", caption="x" * 1025)


@pytest.mark.parametrize(("name", "description"), [("Việc", "a"), ("viec", "")])
async def test_commands_it_cannot_show_are_refused(http: httpx.AsyncClient, name: str, description: str) -> None:
    answer = await http.post("setMyCommands", json={"commands": [{"command": name, "description": description}]})
    assert answer.status_code == 400


async def test_who_has_not_written_is_unknown_and_who_blocked_forbids(bot: Bot, twin: BotApi, lan: Person) -> None:
    minh = twin.person(102, "Minh")
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await bot.send_message(102, "chào")
    await minh.says("chào")
    await bot.send_message(102, "chào")
    minh.blocks()
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(102, "chào")
    minh.unblocks()
    await bot.send_message(102, "chào")
    minh.deactivates()
    with pytest.raises(telegram.error.Forbidden, match="user is deactivated"):
        await bot.send_message(102, "chào")


async def test_a_bot_put_out_of_a_group_is_forbidden_to_write(bot: Bot, twin: BotApi, lan: Person) -> None:
    group = twin.group(-5, "Văn phòng")
    sent = await bot.send_message(-5, "chào", reply_markup=DONE)
    await lan.presses("Đã nộp", where=group)
    [update] = await bot.get_updates()
    assert update.callback_query
    assert update.callback_query.message
    assert (sent.chat.type, update.callback_query.message.chat.id) == ("group", -5)
    group.removes_the_bot()
    with pytest.raises(telegram.error.Forbidden, match="kicked"):
        await bot.send_message(-5, "chào")


@pytest.mark.parametrize(("token", "status"), [("7000000001:AAAAAAAAAAAAAAAAAAAAAAAAA", 401), ("nonsense", 404)])
async def test_a_wrong_token_is_refused(twin: BotApi, token: str, status: int) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{twin.url}/bot{token}/getMe")
        download = await client.get(f"{twin.url}/file/bot{token}/documents/file-1")
    assert (answer.status_code, answer.json()["ok"], download.status_code) == (status, False, status)


async def test_an_unknown_method_and_file_are_not_found(twin: BotApi, http: httpx.AsyncClient) -> None:
    assert (await http.get("getRich")).json()["description"] == "Not Found: method not found"
    assert (await http.get(f"{twin.url}/file/bot{twin.token}/documents/file-9")).status_code == 404


@pytest.mark.parametrize("way", [{"json": {}}, {"data": {}}, {"files": {}}, {"params": {}}])
async def test_parameters_come_as_json_forms_and_in_the_query(http: httpx.AsyncClient, lan: Person, way: dict[str, Any]) -> None:
    [kind] = way
    values = {"chat_id": "101", "text": "chào"}
    terms: dict[str, Any] = (
        {"files": {name: (None, value) for name, value in values.items()}} if kind == "files" else {kind: values}
    )
    answer = await http.post("sendMessage", **terms)
    assert answer.json()["result"]["text"] == "chào"


# its rates and the failures it is told to have


async def test_the_rate_of_a_chat_is_one_a_second_after_a_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or PTB warns while it reads the answer
    ticks = Ticks()
    async with BotApi(rates=Rates(ticks=ticks)) as api:
        api.person(101, "Lan", known=True)
        bot = await bot_of(api)
        for _ in range(3):
            await bot.send_message(101, "a")
        with pytest.raises(telegram.error.RetryAfter):
            await bot.send_message(101, "a")
        ticks.now += 1
        await bot.send_message(101, "a")
        await bot.shutdown()
    assert (api.refusals, api.requests["sendmessage"]) == ({429: 1}, 5)


def test_the_rate_overall_is_thirty_a_second_and_in_a_group_twenty_a_minute() -> None:
    ticks = Ticks()
    rates = Rates(ticks=ticks)
    waits = [_wait(rates, chat) for chat in range(31)]
    assert (waits[:30], waits[30]) == ([0] * 30, 1)
    group = []
    for _ in range(21):
        ticks.now += 1
        group.append(_wait(rates, -5))
    assert (group[:20], group[20]) == ([0] * 20, 40)


def _wait(rates: Rates, chat: int) -> int:
    try:
        rates.check(chat, is_group=chat < 0)
    except Exception as error:  # noqa: BLE001 - the twin's own error, read for its parameters
        return int(error.__dict__["parameters"]["retry_after"])
    return 0


async def test_it_fails_as_ordered_by_method_and_chat(http: httpx.AsyncClient, twin: BotApi, lan: Person) -> None:
    twin.person(102, "Minh", known=True)
    twin.fails(403, method="sendMessage", chat=102)
    twin.fails(500, times=2, method="getMe")
    statuses = [
        (await http.post(method, json=terms)).status_code
        for method, terms in [
            ("sendMessage", {"chat_id": 101, "text": "a"}),
            ("sendMessage", {"chat_id": 102, "text": "a"}),
            ("sendMessage", {"chat_id": 102, "text": "a"}),
            ("getMe", {}),
            ("getMe", {}),
            ("getMe", {}),
        ]
    ]
    assert statuses == [200, 403, 200, 500, 500, 200]
    assert twin.refusals == {403: 1, 500: 2}


async def test_a_cut_comes_after_the_message_was_accepted_or_before(http: httpx.AsyncClient, twin: BotApi, lan: Person) -> None:
    twin.cuts(accepted=True)
    twin.cuts(accepted=False)
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            await http.post("sendMessage", json={"chat_id": 101, "text": "a"})
    assert len(lan.chat) == 1


async def test_a_stall_is_felt_and_does_not_hold_up_the_end(http: httpx.AsyncClient, twin: BotApi) -> None:
    twin.stalls(60)
    with pytest.raises(httpx.ReadTimeout):
        await http.get("getMe", timeout=0.05)


# webhooks


async def test_updates_are_posted_with_the_secret_and_again_until_taken(twin: BotApi, bot: Bot, lan: Person) -> None:
    got: list[tuple[str | None, int]] = []

    async def take(request: Request) -> Response:
        got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), (await request.json())["update_id"]))
        return Response(status_code=503 if len(got) == 1 else 200)

    async with Loopback(Starlette(routes=[Route("/tg", take, methods=["POST"])])) as receiver:
        await bot.set_webhook(f"{receiver.url}/tg", secret_token="s3cret")  # noqa: S106 - opens nothing
        await lan.says("một")
        await lan.says("hai")
        await twin.world.bell.until(lambda: not twin.world.updates.pending or None, 5)
        assert (await bot.get_webhook_info()).url == f"{receiver.url}/tg"
    assert got == [("s3cret", 1), ("s3cret", 1), ("s3cret", 2)]


async def test_an_update_nobody_takes_is_given_up(twin: BotApi, bot: Bot, lan: Person) -> None:
    await bot.set_webhook("http://127.0.0.1:1/tg")
    await lan.says("một")
    await twin.world.bell.until(lambda: twin.world.updates.given_up or None, 5)
    assert twin.world.updates.posts == [0] * 3


async def test_polling_while_a_webhook_is_set_is_a_conflict(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:1/tg")
    with pytest.raises(telegram.error.Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_webhook_elsewhere_is_refused(bot: Bot) -> None:
    with pytest.raises(telegram.error.BadRequest, match="Bad webhook"):
        await bot.set_webhook("https://example.org/tg")


# people


async def test_a_press_finds_the_newest_message_or_the_one_that_is_meant(bot: Bot, lan: Person) -> None:
    texts = ["Nhiệm vụ 1", "Nhiệm vụ 2", "Nhiệm vụ 3"]
    first, second, third = [(await bot.send_message(101, text, reply_markup=DONE)).message_id for text in texts]
    await lan.presses("Đã nộp")
    await lan.presses("Đã nộp", on="vụ 2")
    await lan.presses("Đã nộp", lan.chat[0])
    pressed = [update.callback_query for update in await bot.get_updates()]
    assert [query.message.message_id for query in pressed if query and query.message] == [third, second, first]


async def test_a_button_that_is_not_there_is_missed_with_what_is_there(bot: Bot, lan: Person) -> None:
    sent = await bot.send_message(101, "Nhiệm vụ", reply_markup=DONE)
    with pytest.raises(LookupError, match="Đã nộp"):
        await lan.presses("Gia hạn")
    shown = lan.newest
    await sent.delete()
    with pytest.raises(LookupError, match="no longer"):
        await lan.presses("Đã nộp", shown)


async def test_waiting_gives_what_came_since_the_person_acted_once(bot: Bot, lan: Person) -> None:
    await bot.send_message(101, "Chào cũ")
    await lan.says("xong")
    for text in ("Chào mới", "Chào nữa"):
        await bot.send_message(101, text)
    assert [(await lan.waits_for("Chào")).text for _ in range(2)] == ["Chào mới", "Chào nữa"]
    with pytest.raises(TimeoutError, match="Chào cũ"):
        await lan.waits_for("Chào", timeout=0.01)


async def test_waiting_sees_an_edit(bot: Bot, lan: Person) -> None:
    sent = await bot.send_message(101, "đang đọc…")
    await lan.waits_for("đang đọc")
    waiting = asyncio.create_task(lan.wait_for(lambda message: message.edited))
    await sent.edit_text("đã đọc xong")
    assert (await waiting).text == "đã đọc xong"


async def test_the_newest_message_of_a_silent_bot_is_missed(lan: Person) -> None:
    with pytest.raises(LookupError):
        _ = lan.newest


async def test_the_listener_hears_everything() -> None:
    heard: list[Happening] = []
    async with BotApi(limited=False, listener=heard.append) as api:
        lan = api.person(101, "Lan")
        bot = await bot_of(api)
        await lan.says("chào")
        sent = await bot.send_message(101, "Nhiệm vụ", reply_markup=DONE)
        await lan.presses("Đã nộp")
        await sent.edit_text("Đã ghi nhận")
        await sent.delete()
        await lan.sends_file("a.docx", b"PK")
        await bot.shutdown()
    assert [(one.kind, one.who, one.label) for one in heard] == [
        ("said", "Lan", None),
        ("sent", "Đôn Đốc", None),
        ("pressed", "Lan", "Đã nộp"),
        ("edited", "Đôn Đốc", None),
        ("deleted", "Đôn Đốc", None),
        ("said", "Lan", None),
    ]
