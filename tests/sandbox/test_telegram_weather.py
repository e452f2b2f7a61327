"""Does the loopback Bot API fail as a platform does on a bad day: for a time, in part, and all at once?"""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from sandbox.telegram import BotApi
from tests.sandbox.clocks import Ticks


@pytest.fixture
async def twin() -> AsyncIterator[BotApi]:
    async with BotApi(limited=False) as api:
        api.person(101, "Lan", known=True)
        yield api


@pytest.fixture
async def http(twin: BotApi) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{twin.url}/bot{twin.token}/", trust_env=False) as client:
        yield client


async def statuses(http: httpx.AsyncClient, times: int, method: str = "getMe") -> Counter[int]:
    return Counter([(await http.get(method)).status_code for _ in range(times)])


async def polled(http: httpx.AsyncClient, offset: int = 0) -> list[int]:
    """Poll as a bot does that acknowledges up to an offset, and give the numbers that came."""
    answer = await http.post("getUpdates", json={"offset": offset, "timeout": 5})
    return [update["update_id"] for update in answer.json()["result"]]


def write(terms: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"chat_id": 101, "text": "a"} | (terms or {})


async def test_a_storm_takes_its_share_until_it_is_over(twin: BotApi, http: httpx.AsyncClient) -> None:
    ticks = Ticks()
    storm = twin.storms(429, share=0.3, seconds=60, seed=1, ticks=ticks, retry_after=7)
    answers = [await http.get("getMe") for _ in range(100)]
    refused = [answer.json()["parameters"] for answer in answers if answer.status_code == 429]
    taken = storm.refused
    ticks.now += 60
    after = await statuses(http, 20)
    assert 15 <= len(refused) <= 45
    assert refused == [{"retry_after": 7}] * taken
    assert (after, storm.refused, storm.is_over) == ({200: 20}, taken, True)
    assert twin.refusals == {429: taken}


async def test_a_storm_of_one_method_leaves_the_others_and_polling_alone(twin: BotApi, http: httpx.AsyncClient) -> None:
    twin.storms(502, seconds=60, method="sendMessage", ticks=Ticks())
    assert (await http.post("sendMessage", json=write())).status_code == 502
    assert await statuses(http, 5) == {200: 5}
    twin.storms(503, seconds=60, ticks=Ticks())
    assert await statuses(http, 5, "getUpdates") == {200: 5}


async def test_out_of_reach_no_connection_is_taken_and_afterwards_all_is_as_before(twin: BotApi, http: httpx.AsyncClient) -> None:
    place = twin.url
    await http.post("sendMessage", json=write())
    poll = asyncio.create_task(http.post("getUpdates", json={"timeout": 5}))
    await twin.waits_for_request("getUpdates")
    async with twin.away():
        with pytest.raises(httpx.RemoteProtocolError):
            await poll
        with pytest.raises(httpx.ConnectError):
            await http.get("getMe")
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", int(place.rpartition(":")[2])))
        assert twin.url == place
    assert await statuses(http, 3) == {200: 3}


async def test_every_connection_is_cut_and_the_next_is_taken(twin: BotApi, http: httpx.AsyncClient) -> None:
    poll = asyncio.create_task(http.post("getUpdates", json={"timeout": 5}))
    await twin.waits_for_request("getUpdates")
    twin.cuts_all()
    with pytest.raises(httpx.RemoteProtocolError):
        await poll
    assert await statuses(http, 1) == {200: 1}


async def test_updates_come_again_out_of_order_whatever_was_acknowledged(twin: BotApi, http: httpx.AsyncClient) -> None:
    twin.repeats_updates(3, seed=1)
    lan = twin.person(101, "Lan")
    for word in ("một", "hai", "ba", "bốn"):
        await lan.says(word)
    polls = [await polled(http, offset) for offset in (0, 5, 5)]
    assert [sorted(numbers) for numbers in polls] == [[1, 2, 3, 4]] * 3
    assert [1, 2, 3, 4] not in polls
    await lan.says("năm")
    assert await polled(http, 5) == [5]


async def test_updates_are_given_to_several_pollers_at_once(twin: BotApi, http: httpx.AsyncClient) -> None:
    twin.repeats_updates(2, to_all=True)
    polls = [asyncio.create_task(polled(http)) for _ in range(2)]
    await twin.waits_for_request("getUpdates", times=2)
    await twin.person(101, "Lan").says("một")
    assert await asyncio.gather(*polls) == [[1], [1]]


async def test_a_group_that_moved_names_its_new_number(twin: BotApi, http: httpx.AsyncClient) -> None:
    group = twin.group(-5, "Văn phòng")
    grown = group.moves(-1005)
    old = await http.post("sendMessage", json=write({"chat_id": -5}))
    new = await http.post("sendMessage", json=write({"chat_id": -1005}))
    assert (old.status_code, old.json()["parameters"]) == (400, {"migrate_to_chat_id": -1005})
    assert (new.json()["result"]["chat"]["type"], len(grown.chat), group.chat) == ("supergroup", 1, [])


async def test_a_group_that_was_deleted_forbids(twin: BotApi, http: httpx.AsyncClient) -> None:
    twin.group(-5, "Văn phòng").ends()
    answer = await http.post("sendMessage", json=write({"chat_id": -5}))
    assert (answer.status_code, answer.json()["description"]) == (403, "Forbidden: the group chat was deleted")
