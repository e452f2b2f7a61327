"""Does the channel that remembers behave as a platform does?"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from channels import Attachment, Channel, Command, Incoming, IncomingFile, Outgoing, Refused, TooFast
from channels.recording import EVERYTHING, Recording, Sent


def said(text: str, *, key: str = "1") -> Incoming:
    return Incoming(channel="recording", key=key, chat="101", sender="101", sender_name="Lan", text=text)


async def test_it_keeps_what_is_sent_and_numbers_it() -> None:
    channel = Recording()
    first, second = await channel.send("101", Outgoing("một")), await channel.send("102", Outgoing("hai"))
    assert channel.sent == [Sent("101", Outgoing("một"), first), Sent("102", Outgoing("hai"), second)]
    assert first != second
    assert channel.to("102") == [Outgoing("hai")]


async def test_an_edit_keeps_the_id_of_what_it_replaces() -> None:
    channel = Recording()
    first = await channel.send("101", Outgoing("một"))
    assert await channel.send("101", Outgoing("hai", edits=first)) == first


@pytest.mark.parametrize("files_out", [True, False])
async def test_a_file_goes_along_only_where_files_do(files_out: bool) -> None:
    channel, file = Recording(capabilities=replace(EVERYTHING, files_out=files_out)), Attachment("viec-1.ics", b"BEGIN")
    await channel.send("101", Outgoing("một", attachment=file))
    assert channel.to("101") == [Outgoing("một", attachment=file if files_out else None)]


async def test_it_fails_as_often_as_it_is_told_to() -> None:
    channel = Recording()
    channel.fails(TooFast(3))
    with pytest.raises(TooFast):
        await channel.send("101", Outgoing("một"))
    await channel.send("101", Outgoing("một"))
    assert len(channel.sent) == 1


async def test_events_come_in_order_and_again_when_not_remembered() -> None:
    channel: Recording = Recording()
    events: list[str | None] = []
    failures = [RuntimeError("database is locked")]

    async def remember(batch: Sequence[Incoming]) -> None:
        if failures:
            raise failures.pop()
        events.extend(event.text for event in batch)

    task = asyncio.create_task(channel.receive(remember))
    channel.deliver(said("một"))
    channel.deliver(said("hai", key="2"))
    await asyncio.wait_for(channel.settled(), 5)
    task.cancel()
    await asyncio.wait([task])
    assert events == ["một", "hai"]


async def test_it_gives_the_files_it_was_given() -> None:
    channel = Recording()
    channel.files["f1"] = b"PK"
    assert await channel.fetch(IncomingFile("f1", "a.docx")) == b"PK"
    with pytest.raises(Refused):
        await channel.fetch(IncomingFile("f2", "b.docx"))


async def test_it_is_a_channel_with_a_name_commands_and_links() -> None:
    channel: Channel = Recording("zalo")
    await channel.offer("101", [Command("viec", "Việc của tôi")])
    assert (channel.name, channel.capabilities, await channel.identify()) == ("zalo", EVERYTHING, "zalo")
    assert channel.link("ABC") == "https://zalo.invalid/ABC"
    await channel.close()
