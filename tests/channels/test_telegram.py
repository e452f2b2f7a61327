"""Does the Telegram channel keep the port's promises, against a Bot API that refuses what the real one refuses?"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from channels import (
    AddressGone,
    Attachment,
    Button,
    Channel,
    ChannelError,
    Command,
    Incoming,
    IncomingFile,
    Moved,
    NotSent,
    OutcomeUnknown,
    Outgoing,
    Refused,
    TooFast,
)
from channels.telegram import Telegram
from sandbox.serving import Loopback
from sandbox.telegram import BotApi, Happening, Person
from sandbox.waiting import Bell

CLOSED_PORT = "http://127.0.0.1:1"
DONE = Outgoing("Nhiệm vụ 12", rows=((Button("Đã nộp", "nop:12:1"),),))


class Inbox:
    """What was remembered; ``failures`` are raised first, one a batch."""

    def __init__(self, *failures: Exception) -> None:
        self.events: list[Incoming] = []
        self.failures = list(failures)
        self.bell = Bell()

    async def remember(self, events: Sequence[Incoming]) -> None:
        if self.failures:
            raise self.failures.pop()
        self.events += events
        self.bell.ring()

    async def has(self, number: int) -> list[Incoming]:
        await self.bell.until(lambda: len(self.events) >= number or None, 5)
        return self.events


class Naps:
    """Counts the seconds that the channel would have waited, and waits none of them."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.bell = Bell()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.bell.ring()
        await asyncio.sleep(0)

    async def come(self, number: int) -> None:
        await self.bell.until(lambda: len(self.seconds) >= number or None, 5)


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def telegram(twin: BotApi, naps: Naps) -> AsyncIterator[Telegram]:
    channel = Telegram(twin.token, api_url=twin.url, poll_seconds=1, answer_seconds=2, sleep=naps)
    yield channel
    await channel.close()


@asynccontextmanager
async def receiving(channel: Channel, remember: Callable[[Sequence[Incoming]], Awaitable[None]]) -> AsyncIterator[None]:
    task = asyncio.create_task(channel.receive(remember))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled(), "receive ended by itself"


def actions(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [getattr(record, "action", "") for record in caplog.records if record.name.startswith("channels")]


# receiving


async def test_a_text_becomes_an_event(telegram: Telegram, lan: Person) -> None:
    inbox = Inbox()
    async with receiving(telegram, inbox.remember):
        said = await lan.says("xong 12")
        [event] = await inbox.has(1)
    assert event == Incoming(
        channel="telegram",
        key="1",
        chat="101",
        sender="101",
        sender_name="Lan",
        text="xong 12",
        message_id=str(said.id),
        language="vi",
    )


async def test_a_start_code_comes_as_the_command_it_is(telegram: Telegram, lan: Person) -> None:
    inbox = Inbox()
    async with receiving(telegram, inbox.remember):
        await lan.starts("KHTC-7Q2")
        [event] = await inbox.has(1)
    assert event.text == "/start KHTC-7Q2"


async def test_a_press_is_answered_and_names_its_message(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    inbox = Inbox()
    sent = await telegram.send("101", DONE)
    async with receiving(telegram, inbox.remember):
        await lan.presses("Đã nộp")
        [event] = await inbox.has(1)
        await twin.waits_for_request("answerCallbackQuery")
    assert (event.press, event.message_id, event.chat, event.sender, event.text) == ("nop:12:1", sent, "101", "101", None)


async def test_a_press_counts_though_answering_it_fails(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    inbox = Inbox()
    twin.fails(400, method="answerCallbackQuery", description="Bad Request: query is too old")
    await telegram.send("101", DONE)
    async with receiving(telegram, inbox.remember):
        await lan.presses("Đã nộp")
        await lan.says("và")
        events = await inbox.has(2)
    assert [event.press or event.text for event in events] == ["nop:12:1", "và"]


async def test_a_document_comes_with_its_caption_and_can_be_fetched(telegram: Telegram, lan: Person) -> None:
    inbox = Inbox()
    async with receiving(telegram, inbox.remember):
        await lan.sends_file("kết luận.docx", b"PK...", caption="gửi anh")
        [event] = await inbox.has(1)
    assert event.file is not None
    assert (event.text, event.file.name, event.file.size) == ("gửi anh", "kết luận.docx", 5)
    assert await telegram.fetch(event.file) == b"PK..."


async def test_a_photo_comes_in_its_largest_size_under_a_name_of_its_own(telegram: Telegram, lan: Person) -> None:
    inbox = Inbox()
    async with receiving(telegram, inbox.remember):
        sent = await lan.sends_photo(b"JFIF")
        [event] = await inbox.has(1)
    assert event.file is not None
    assert (event.text, event.file.name) == (None, f"anh-{sent.id}.jpg")
    assert await telegram.fetch(event.file) == b"JFIF"


async def test_a_word_in_a_group_is_not_private(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    inbox = Inbox()
    group = twin.group(-5, "Văn phòng")
    async with receiving(telegram, inbox.remember):
        await lan.says("chào cả nhà", where=group)
        [event] = await inbox.has(1)
    assert (event.chat, event.sender, event.private) == ("-5", "101", False)


async def test_an_edited_message_and_unknown_kinds_are_passed_over(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    inbox = Inbox()
    said = await lan.says("một")
    await lan.edits(said, "hai")
    twin.sends_update("poll_answer", {"poll_id": "1"})
    await lan.says("ba")
    async with receiving(telegram, inbox.remember):
        events = await inbox.has(2)
        await twin.world.bell.until(lambda: not twin.world.updates.pending or None, 5)
    assert [event.text for event in events] == ["một", "ba"]


async def test_a_malformed_update_does_not_hold_up_the_rest(
    telegram: Telegram, twin: BotApi, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Inbox()
    await lan.says("trước")
    twin.sends_update("message", {"message_id": "?", "from": {"id": 101}})
    twin.sends_update("callback_query", {"id": "1"})
    twin.sends_update("callback_query", None)
    await lan.says("sau")
    async with receiving(telegram, inbox.remember):
        events = await inbox.has(2)
    assert [event.text for event in events] == ["trước", "sau"]
    assert "telegram.malformed" in actions(caplog)


async def test_updates_are_acknowledged_only_when_remembered(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    may_finish = asyncio.Event()
    seen = asyncio.Event()

    async def remember(events: Sequence[Incoming]) -> None:
        seen.set()
        await may_finish.wait()

    await lan.says("xong 12")
    async with receiving(telegram, remember):
        await asyncio.wait_for(seen.wait(), 5)
        waiting = list(twin.world.updates.pending)
        may_finish.set()
        await twin.world.bell.until(lambda: not twin.world.updates.pending or None, 5)
    assert len(waiting) == 1


async def test_what_could_not_be_remembered_comes_again(telegram: Telegram, lan: Person, naps: Naps) -> None:
    inbox = Inbox(RuntimeError("database is locked"))
    async with receiving(telegram, inbox.remember):
        await lan.says("xong 12")
        events = await inbox.has(1)
    assert [(event.key, event.text) for event in events] == [("1", "xong 12")]
    assert len(naps.seconds) == 1


async def test_a_process_that_dies_before_remembering_gets_the_event_again(twin: BotApi, lan: Person) -> None:
    reached = asyncio.Event()

    async def dies(events: Sequence[Incoming]) -> None:
        reached.set()
        await asyncio.Event().wait()

    await lan.says("xong 12")
    first, second = (Telegram(twin.token, api_url=twin.url, poll_seconds=1) for _ in range(2))
    async with receiving(first, dies):
        await asyncio.wait_for(reached.wait(), 5)
    inbox = Inbox()
    async with receiving(second, inbox.remember):
        [event] = await inbox.has(1)
    await first.close()
    await second.close()
    assert event.key == "1"


# trouble while receiving


async def test_an_unreachable_platform_is_waited_for_and_told_of_once(naps: Naps, caplog: pytest.LogCaptureFixture) -> None:
    channel = Telegram("7000000001:secret-secret-secret", api_url=CLOSED_PORT, sleep=naps)
    async with receiving(channel, Inbox().remember):
        await naps.come(9)
    await channel.close()
    assert actions(caplog) == ["channel.unreachable"]
    assert all(0.5 * 0.5 <= seconds <= 30 for seconds in naps.seconds)
    assert naps.seconds[8] > naps.seconds[0]


async def test_receiving_goes_on_after_failures(
    telegram: Telegram, twin: BotApi, lan: Person, naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="channels")
    inbox = Inbox()
    twin.fails(502, times=2, method="getMe")
    twin.cuts(accepted=False, times=2, method="getUpdates")
    twin.fails(500, method="getUpdates")
    twin.fails(429, method="getUpdates", retry_after=7)
    async with receiving(telegram, inbox.remember):
        await lan.says("còn đây không")
        [event] = await inbox.has(1)
    assert event.text == "còn đây không"
    assert 7 in naps.seconds
    assert actions(caplog) == ["channel.unreachable", "channel.too_fast", "channel.recovered"]


async def test_a_wrong_token_is_an_error_and_tried_slowly(twin: BotApi, naps: Naps, caplog: pytest.LogCaptureFixture) -> None:
    channel = Telegram("7000000001:quite-another-token-here", api_url=twin.url, sleep=naps)
    async with receiving(channel, Inbox().remember):
        await naps.come(2)
    await channel.close()
    assert naps.seconds[:2] == [60, 60]
    assert [(record.levelname, record.__dict__["action"]) for record in caplog.records] == [("ERROR", "channel.wrong_token")]


async def test_a_webhook_left_set_is_removed(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    inbox = Inbox()
    twin.fails(409, method="getUpdates", description="Conflict: can't use getUpdates method while webhook is active")
    async with receiving(telegram, inbox.remember):
        await lan.says("xong 12")
        await inbox.has(1)
    assert twin.requests["deletewebhook"] == 1


async def test_another_poller_is_waited_out(
    telegram: Telegram, twin: BotApi, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Inbox()
    twin.fails(409, method="getUpdates")
    async with receiving(telegram, inbox.remember):
        await lan.says("xong 12")
        await inbox.has(1)
    assert actions(caplog)[0] == "channel.polled_elsewhere"


# sending


async def test_a_message_arrives_with_its_markup_and_buttons(telegram: Telegram, lan: Person) -> None:
    sent = await telegram.send("101", replace(DONE, text="<b>Hạn</b> 5 &lt; 7 &amp; còn"))
    message = lan.newest
    assert (str(message.id), message.text, message.rows) == (sent, "Hạn 5 < 7 & còn", (("Đã nộp",),))
    assert message.entities == ({"type": "bold", "offset": 0, "length": 3},)


async def test_a_long_text_arrives_in_parts_with_the_buttons_on_the_last(telegram: Telegram, lan: Person) -> None:
    lines = [f"{number}. <b>Nhiệm vụ</b> {'x' * 80}" for number in range(120)]
    sent = await telegram.send("101", replace(DONE, text="\n".join(lines)))
    messages = lan.chat
    assert len(messages) == 3
    assert [message.rows for message in messages] == [(), (), (("Đã nộp",),)]
    assert str(messages[-1].id) == sent
    assert "\n".join(message.text for message in messages) == "\n".join(
        line.replace("<b>", "").replace("</b>", "") for line in lines
    )


async def test_a_part_refused_for_its_rate_is_sent_again_alone(telegram: Telegram, twin: BotApi, lan: Person, naps: Naps) -> None:
    text = "x" * 4000 + "\n" + "y" * 4000

    def refuse_the_second(happening: Happening) -> None:
        if happening.message.text.startswith("x"):
            twin.fails(429, retry_after=3)

    twin.world.listener = refuse_the_second
    await telegram.send("101", Outgoing(text))
    assert naps.seconds == [3]
    assert [message.text[0] for message in lan.chat] == ["x", "y"]


async def test_a_start_that_arrived_makes_a_later_failure_unknown(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    twin.world.listener = lambda happening: twin.fails(429, retry_after=500)
    with pytest.raises(OutcomeUnknown):
        await telegram.send("101", Outgoing("x" * 4000 + "\n" + "y" * 4000))


async def test_an_edit_replaces_the_message_and_its_buttons(telegram: Telegram, lan: Person) -> None:
    sent = await telegram.send("101", DONE)
    edited = await telegram.send("101", Outgoing("Đã ghi nhận", edits=sent))
    assert edited == sent
    [message] = lan.chat
    assert (message.text, message.rows, message.edited) == ("Đã ghi nhận", (), True)


async def test_an_edit_that_changes_nothing_is_a_success(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    sent = await telegram.send("101", DONE)
    assert await telegram.send("101", replace(DONE, edits=sent)) == sent
    assert twin.refusals == {400: 1}


async def test_an_edit_of_what_is_gone_becomes_a_new_message(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    sent = await telegram.send("101", Outgoing("Đã ghi nhận", edits="999"))
    assert str(lan.newest.id) == sent


async def test_an_edit_of_a_persons_own_message_becomes_a_new_one(telegram: Telegram, lan: Person) -> None:
    said = await lan.says("xong 12")
    await telegram.send("101", Outgoing("Đã ghi nhận", edits=str(said.id)))
    assert [message.text for message in lan.chat] == ["xong 12", "Đã ghi nhận"]


async def test_an_edit_of_a_files_caption_becomes_a_new_message(telegram: Telegram, lan: Person) -> None:
    sent = await telegram.send("101", replace(DONE, attachment=Attachment("a.txt", b"a")))
    await telegram.send("101", Outgoing("Đã ghi nhận", edits=sent))
    assert [message.text for message in lan.chat] == ["Nhiệm vụ 12", "Đã ghi nhận"]


async def test_a_file_arrives_with_a_short_text_as_its_caption(telegram: Telegram, lan: Person) -> None:
    sent = await telegram.send("101", replace(DONE, attachment=Attachment("bảng.xlsx", b"PK")))
    [message] = lan.chat
    assert message.document is not None
    assert (str(message.id), message.text, message.labels) == (sent, "Nhiệm vụ 12", ("Đã nộp",))
    assert (message.document.name, message.document.content) == ("bảng.xlsx", b"PK")


async def test_a_file_s_name_spoils_no_request(telegram: Telegram, lan: Person) -> None:
    name = 'Báo cáo "quý 4"\r\n bản cuối\\.docx'
    await telegram.send("101", replace(DONE, attachment=Attachment(name, b"PK")))
    assert lan.newest.document is not None
    assert lan.newest.document.name == "Báo cáo _quý 4___ bản cuối_.docx"


async def test_a_file_follows_a_text_too_long_for_a_caption(telegram: Telegram, lan: Person) -> None:
    sent = await telegram.send("101", replace(DONE, text="x" * 1025, attachment=Attachment("a.txt", b"a")))
    text, file = lan.chat
    assert (str(text.id), text.labels, file.text) == (sent, ("Đã nộp",), "")
    assert file.document is not None


@pytest.mark.parametrize(
    "outgoing",
    [
        Outgoing(""),
        Outgoing("<b> </b>"),
        Outgoing("a", rows=((Button("x", "đ" * 33),),)),
        Outgoing("a", rows=((Button("x", ""),),)),
    ],
)
async def test_a_mistake_of_ours_is_not_sent(telegram: Telegram, twin: BotApi, outgoing: Outgoing) -> None:
    with pytest.raises(ValueError, match=r"needs a text|64 bytes"):
        await telegram.send("101", outgoing)
    assert not twin.requests


async def test_who_blocked_the_bot_or_never_wrote_is_gone(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    twin.person(102, "Minh")
    lan.blocks()
    for address in ("101", "102", "103"):
        with pytest.raises(AddressGone):
            await telegram.send(address, DONE)


async def test_whoever_unblocks_is_reached_again(telegram: Telegram, lan: Person) -> None:
    lan.blocks()
    lan.unblocks()
    await telegram.send("101", DONE)
    assert lan.newest.text == "Nhiệm vụ 12"


async def _failure(telegram: Telegram) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await telegram.send("101", DONE)
    return caught.value


async def test_another_400_is_a_refusal(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    twin.fails(400, description="Bad Request: message is odd")
    failure = await _failure(telegram)
    assert type(failure) is Refused
    assert failure.reason == "Message is odd"


async def test_too_fast_says_for_how_long(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    twin.fails(429, description="Too Many Requests: retry after 7", retry_after=7)
    failure = await _failure(telegram)
    assert isinstance(failure, TooFast)
    assert failure.seconds == 7


async def test_the_rates_of_a_chat_are_felt(naps: Naps) -> None:
    async with BotApi() as api:
        api.person(101, "Lan", known=True)
        channel = Telegram(api.token, api_url=api.url, sleep=naps)
        for _ in range(3):
            await channel.send("101", DONE)
        assert isinstance(await _failure(channel), TooFast)
        await channel.close()
    assert api.refusals == {429: 1}


async def test_a_group_that_moved_says_where(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    twin.fails(400, description="Bad Request: group chat was upgraded", migrate_to_chat_id=-1005)
    failure = await _failure(telegram)
    assert isinstance(failure, Moved)
    assert failure.address == "-1005"


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_server_error_leaves_the_outcome_unknown(telegram: Telegram, twin: BotApi, lan: Person, status: int) -> None:
    twin.fails(status)
    assert isinstance(await _failure(telegram), OutcomeUnknown)


async def test_a_cut_leaves_the_outcome_unknown_as_the_message_may_be_there(
    telegram: Telegram, twin: BotApi, lan: Person
) -> None:
    twin.cuts(accepted=True)
    twin.cuts(accepted=False)
    failures = [await _failure(telegram), await _failure(telegram)]
    assert [type(failure) for failure in failures] == [OutcomeUnknown, OutcomeUnknown]
    assert len(lan.chat) == 1


async def test_a_stall_leaves_the_outcome_unknown(twin: BotApi, lan: Person) -> None:
    channel = Telegram(twin.token, api_url=twin.url, answer_seconds=0.1)
    twin.stalls(2)
    assert isinstance(await _failure(channel), OutcomeUnknown)
    await channel.close()


async def test_a_refused_connection_is_not_sent() -> None:
    channel = Telegram("7000000001:secret-secret-secret", api_url=CLOSED_PORT)
    assert isinstance(await _failure(channel), NotSent)
    await channel.close()


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "socks5://127.0.0.1:1"])
async def test_a_proxy_out_of_reach_is_not_sent(twin: BotApi, lan: Person, proxy: str) -> None:
    channel = Telegram(twin.token, api_url=twin.url, proxy=proxy)
    assert isinstance(await _failure(channel), NotSent)
    await channel.close()


async def test_a_page_that_is_not_telegrams_is_not_sent() -> None:
    async def block(_: Request) -> Response:
        return Response("<h1>Bị chặn</h1>", status_code=403)

    async with Loopback(Starlette(routes=[Route("/{path:path}", block, methods=["POST"])])) as server:
        channel = Telegram("7000000001:secret-secret-secret", api_url=server.url)
        assert isinstance(await _failure(channel), NotSent)
        await channel.close()


async def test_an_answer_without_a_result_leaves_the_outcome_unknown(caplog: pytest.LogCaptureFixture) -> None:
    async def welcome(_: Request) -> Response:
        return Response("<h1>Wi-Fi</h1>")

    async with Loopback(Starlette(routes=[Route("/{path:path}", welcome, methods=["POST"])])) as server:
        channel = Telegram("7000000001:secret-secret-secret", api_url=server.url)
        assert isinstance(await _failure(channel), OutcomeUnknown)
        await channel.close()
    assert not caplog.records


async def test_where_an_answer_leads_elsewhere_nothing_is_followed() -> None:
    asked: list[str] = []

    async def lead(request: Request) -> Response:
        asked.append(request.url.path)
        return Response(status_code=302, headers={"Location": "/sign-in"})

    async with Loopback(Starlette(routes=[Route("/{path:path}", lead, methods=["GET", "POST"])])) as server:
        channel = Telegram("7000000001:secret-secret-secret", api_url=server.url)
        with pytest.raises(NotSent):
            await channel.fetch(IncomingFile("file-1", "a.pdf"))
        assert isinstance(await _failure(channel), OutcomeUnknown)
        await channel.close()
    assert "/sign-in" not in asked


async def test_a_wrong_token_is_not_sent(twin: BotApi) -> None:
    channel = Telegram("7000000001:quite-another-token-here", api_url=twin.url)
    assert isinstance(await _failure(channel), NotSent)
    await channel.close()


# the token


async def test_the_token_stays_inside(telegram: Telegram, twin: BotApi, lan: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="channels")
    wrong = Telegram("7000000001:quite-another-token-here", api_url=twin.url)
    nowhere = Telegram(twin.token, api_url=CLOSED_PORT)
    twin.fails(400, description=f"Bad Request: {twin.url}/bot{twin.token}/sendMessage")
    twin.cuts(accepted=True)
    failures = [await _failure(channel) for channel in (telegram, telegram, wrong, nowhere)]
    await wrong.close()
    await nowhere.close()
    told = [*map(str, failures), *map(repr, failures), caplog.text]
    assert not [words for words in told if twin.token in words or "quite-another" in words]
    assert [(failure.__cause__, failure.__context__) for failure in failures] == [(None, None)] * 4


# files, menus, names


async def test_a_file_over_the_limit_is_refused_unasked(telegram: Telegram, twin: BotApi) -> None:
    with pytest.raises(Refused, match="too big"):
        await telegram.fetch(IncomingFile("file-1", "a.pdf", 20_000_001))
    assert not twin.requests


async def test_a_file_whose_size_was_not_told_is_refused_by_telegram(telegram: Telegram, lan: Person) -> None:
    sent = await lan.sends_file("a.pdf", bytes(20_000_001))
    assert sent.document is not None
    with pytest.raises(Refused) as caught:
        await telegram.fetch(IncomingFile(sent.document.id, "a.pdf"))
    assert caught.value.reason == "File is too big"


async def test_fetching_that_fails_on_the_way_may_be_tried_again(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    twin.fails(502, method="getFile")
    twin.fails(429, method="getFile", retry_after=2)
    twin.cuts(accepted=False, method="getFile")
    for _ in range(3):
        with pytest.raises(NotSent):
            await telegram.fetch(IncomingFile("file-1", "a.pdf"))


async def test_commands_are_offered_in_one_chat(telegram: Telegram, twin: BotApi, lan: Person) -> None:
    await telegram.offer("101", [Command("viec", "Việc của tôi")])
    assert twin.commands(101) == [{"command": "viec", "description": "Việc của tôi"}]


async def test_the_link_is_known_once_the_bot_is(telegram: Telegram) -> None:
    before = telegram.link("ABC")
    name = await telegram.identify()
    assert (before, name, telegram.link("ABC")) == (None, "don_doc_bot", "https://t.me/don_doc_bot?start=ABC")


async def test_identifying_fails_as_the_port_says(telegram: Telegram, twin: BotApi) -> None:
    twin.fails(502)
    with pytest.raises(ChannelError):
        await telegram.identify()
