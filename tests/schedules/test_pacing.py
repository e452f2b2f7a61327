"""Are the platform's rates kept, on a clock that tests move?"""

import asyncio
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedules import pacing
from schedules.pacing import Pacer, Rates
from tests.schedules.loops import run

RATES = Rates(overall=4, chat=1)
Left = tuple[float, str]


async def send(pacer: Pacer, *chats: str) -> list[Left]:
    """Send one message to each chat as soon as it may leave, all together, and tell when they left."""
    return await send_from(pacer, [(0.0, chat) for chat in chats])


async def send_from(pacer: Pacer, wanted: Sequence[Left]) -> list[Left]:
    left: list[Left] = []

    async def one(start: float, chat: str) -> None:
        await asyncio.sleep(start)
        await pacer.turn(chat)
        left.append((asyncio.get_running_loop().time(), chat))

    async with asyncio.TaskGroup() as senders:
        for start, chat in wanted:
            senders.create_task(one(start, chat))
    return left


def times(left: Sequence[Left], chat: str | None = None) -> list[float]:
    return [moment for moment, of in left if chat in {None, of}]


def test_messages_to_many_chats_leave_at_the_overall_rate() -> None:
    assert times(run(send(Pacer(RATES), "101", "102", "103", "104"))) == pytest.approx([0, 0.25, 0.5, 0.75])


def test_messages_to_one_chat_leave_at_its_rate() -> None:
    assert times(run(send(Pacer(RATES), "101", "101", "101"))) == pytest.approx([0, 1, 2])


def test_a_slow_chat_does_not_hold_up_the_others() -> None:
    left = run(send(Pacer(RATES), "101", "101", "101", "102", "103"))

    assert times(left, "101") == pytest.approx([0, 1, 2])
    assert max(times(left, "102") + times(left, "103")) < 1


def test_without_rates_nothing_waits() -> None:
    assert times(run(send(Pacer(Rates(overall=0, chat=0)), "101", "101", "102"))) == [0, 0, 0]


def test_a_pause_holds_up_even_what_already_waits() -> None:
    async def paused_meanwhile() -> list[Left]:
        pacer = Pacer(RATES)
        asyncio.get_running_loop().call_later(0.1, pacer.pause, 30)
        return await send(pacer, "101", "102", "103")

    assert times(run(paused_meanwhile())) == pytest.approx([0, 30.1, 30.35])


def test_a_shorter_pause_does_not_shorten_a_longer_one() -> None:
    async def paused_twice() -> list[Left]:
        pacer = Pacer(RATES)
        pacer.pause(30)
        pacer.pause(5)
        return await send(pacer, "101")

    assert times(run(paused_twice())) == pytest.approx([30])


def test_what_is_sent_in_bulk_makes_room_for_an_answer() -> None:
    async def answered_first() -> list[Left]:
        pacer = Pacer(RATES)
        pacer.note("101")
        return await send(pacer, "101", "102")

    assert sorted(run(answered_first())) == [(0.25, "102"), (1.0, "101")]


def test_chats_of_long_ago_are_forgotten() -> None:
    async def noted() -> Pacer:
        pacer = Pacer(Rates(overall=0, chat=1))
        for number in range(pacing.REMEMBERED_CHATS + 5):
            pacer.note(str(number))
        return pacer

    assert len(run(noted())._chats) == pacing.REMEMBERED_CHATS


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.tuples(st.floats(0, 10), st.sampled_from(["101", "102", "103"])), min_size=1, max_size=20))
def test_no_two_messages_are_nearer_than_the_rates_allow(wanted: list[Left]) -> None:
    left = run(send_from(Pacer(RATES), wanted))

    assert len(left) == len(wanted)
    assert all(later - earlier >= 0.25 - 1e-6 for earlier, later in pairwise(times(left)))
    for chat in ("101", "102", "103"):
        assert all(later - earlier >= 1 - 1e-6 for earlier, later in pairwise(times(left, chat)))
