"""Do answers leave at once, and is a place that was missed not used, on clocks that tests move?"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain.paces import Pace, Rates
from schedules.pacing import KNOWN_CHATS, LATE, Pacer
from tests.schedules.loops import run

RATES = Rates(overall=4, chat=1)
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def loop_clock() -> datetime:
    """Read the loop's clock, which leaps, as if it were the wall's."""
    return START + timedelta(seconds=asyncio.get_running_loop().time())


def answers(count: int, rates: Rates = RATES, *, chats: int = 1000) -> list[float]:
    """Let so many answers leave together to so many chats in turn, and tell the seconds after which each did."""

    async def leave() -> list[float]:
        pacer, left = Pacer(rates, loop_clock), []

        async def one(chat: int) -> None:
            await pacer.answer("telegram", f"{chat % chats}")
            left.append(asyncio.get_running_loop().time())

        await asyncio.gather(*map(one, range(count)))
        return left

    return run(leave())


def after(seconds: float, act: Callable[[Pacer], object], place: float) -> tuple[bool, float]:
    """Let something happen, and tell whether a place at so many seconds may be used then, and when that was known."""

    async def wait() -> tuple[bool, float]:
        pacer = Pacer(RATES, loop_clock)
        asyncio.get_running_loop().call_later(seconds, act, pacer)
        return await pacer.turn("telegram", START + timedelta(seconds=place)), asyncio.get_running_loop().time()

    return run(wait())


def test_answers_leave_at_once_as_many_as_the_rate_bears_in_a_second() -> None:
    assert answers(7) == pytest.approx([0, 0, 0, 0, 0, 0.25, 0.5])


def test_who_presses_on_and_on_waits_for_the_chat_s_rate() -> None:
    assert answers(5, Rates(overall=30, chat=1), chats=1) == pytest.approx([0, 0, 0, 1, 2])
    assert answers(6, Rates(overall=30, chat=1), chats=2) == [0] * 6


def test_chats_that_have_rested_are_forgotten() -> None:
    async def answer_many() -> int:
        pacer = Pacer(Rates(0, 1), loop_clock)
        for chat in range(KNOWN_CHATS + 1):
            await pacer.answer("telegram", f"{chat}")
        await asyncio.sleep(2)
        await pacer.answer("telegram", "1")
        return len(pacer._chats)

    assert run(answer_many()) == 1


def test_without_rates_no_answer_waits() -> None:
    assert answers(100, Rates(0, 0)) == [0] * 100


def test_a_place_is_waited_for() -> None:
    assert after(0, lambda _: None, 3) == (True, 3)


def test_a_place_that_a_clock_gave_which_was_set_back_since_is_not_waited_for() -> None:
    assert after(0, lambda _: None, 3 * 3600) == (False, 30)


def test_a_place_is_not_used_while_the_platform_asks_for_a_pause() -> None:
    assert after(1, lambda pacer: pacer.pause("telegram", 30), 3) == (False, 3)


def test_another_bot_s_pause_does_not_count() -> None:
    assert after(1, lambda pacer: pacer.pause("zalo", 30), 3) == (True, 3)


def test_a_pause_that_is_over_does_not_count() -> None:
    assert after(1, lambda pacer: pacer.pause("telegram", 2), 3) == (True, 3)


@pytest.mark.parametrize(("late", "may"), [(timedelta(0), True), (LATE, True), (LATE + timedelta(milliseconds=1), False)])
async def test_a_place_that_was_missed_is_lost(late: timedelta, *, may: bool) -> None:
    assert await Pacer(RATES, lambda: START + late).turn("telegram", START) is may


def test_shared_rows_are_told_of_answers_and_pauses_once() -> None:
    pacer, pace, other = Pacer(RATES, lambda: START), Pace("telegram", START), Pace("zalo", START)

    async def answered() -> None:
        await pacer.answer("telegram", "101")
        await pacer.answer("telegram", "101")

    asyncio.run(answered())
    pacer.pause("telegram", 5)
    assert pacer.has_news
    for _ in range(2):
        pacer.settle({"telegram": pace, "zalo": other})

    assert pace.next_at == START + timedelta(seconds=0.5)
    assert (pace.pause_ends(START), other) == (START + timedelta(seconds=5), other)
    assert (other.next_at, other.pause_ends(START), pacer.has_news) == (START, None, False)


def tell(pacer: Pacer, pace: Pace, *, kept: bool) -> None:
    """Tell a row what happened, in a transaction that is kept or not."""
    with pacer.telling():
        pacer.settle({pace.bot: pace})
        if not kept:
            raise ConnectionError


async def test_what_was_told_to_a_row_that_was_not_kept_is_told_again() -> None:
    pacer, lost, kept = Pacer(RATES, lambda: START), Pace("telegram", START), Pace("telegram", START)
    await pacer.answer("telegram", "101")
    pacer.pause("telegram", 3)

    with pytest.raises(ConnectionError):
        tell(pacer, lost, kept=False)
    tell(pacer, kept, kept=True)

    assert (kept.next_at, kept.pause_ends(START)) == (lost.next_at, lost.pause_ends(START))
    assert kept.pause_ends(START) == START + timedelta(seconds=3)
    assert not pacer.has_news
