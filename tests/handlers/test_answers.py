"""Is an answer given once, repeated only where that harms nobody, and kept for later where it did not leave?"""

from pathlib import Path

import pytest

from channels import AddressGone, ChannelError, Moved, NotSent, OutcomeUnknown, Outgoing, ServerFailed, TooFast
from channels.recording import Recording
from domain.deliveries import Event, EventState
from handlers import letters
from handlers.answers import SEND_TRIES, Answers
from handlers.context import Reply
from messages.i18n import Speech
from schedules.pacing import Pacer
from storage.files import Store
from storage.session import Database
from tests.builders import NOW, ZONE
from tests.schedules.scenes import WITHOUT_RATES, Clock

RECEIPT, CARD = Reply(Outgoing("Receipt No. 1")), Reply(Outgoing("Handed in", edits="7"))
SPEECH = Speech("en", ZONE)


@pytest.fixture
def telegram() -> Recording:
    return Recording("telegram")


@pytest.fixture
def answers(database: Database, telegram: Recording, tmp_path: Path) -> Answers:
    return Answers(database, {"telegram": telegram}, Store(tmp_path), Pacer(WITHOUT_RATES, Clock()))


def an_event(*replies: Reply) -> Event:
    return Event("telegram", "1", "101", {}, NOW, EventState.HANDLED, answer=letters.written(replies))


def texts(telegram: Recording, address: str = "101") -> list[str]:
    return [outgoing.text for outgoing in telegram.to(address)]


@pytest.mark.parametrize(
    "failure",
    [OutcomeUnknown("ReadTimeout"), OutcomeUnknown("ReadError"), ServerFailed("ServerTroubled"), AddressGone("blocked")],
    ids=["read timeout", "reset", "5xx", "blocked"],
)
async def test_what_may_have_arrived_is_not_repeated_and_the_rest_follows(
    answers: Answers, telegram: Recording, failure: ChannelError
) -> None:
    telegram.fails(failure)

    left = await answers.give(an_event(RECEIPT, Reply(Outgoing("Next"))), SPEECH)

    assert (left, texts(telegram)) == ([], ["Next"])


@pytest.mark.parametrize("failure", [OutcomeUnknown("ReadTimeout"), ServerFailed("ServerTroubled")])
async def test_a_card_is_edited_once_more_and_no_more(answers: Answers, telegram: Recording, failure: ChannelError) -> None:
    telegram.fails(failure)
    left = await answers.give(an_event(CARD, RECEIPT), SPEECH)
    assert (left, texts(telegram)) == ([], ["Handed in", "Receipt No. 1"])

    telegram.fails(failure, failure)
    left = await answers.give(an_event(CARD, RECEIPT), SPEECH)
    assert (left, texts(telegram)[2:]) == ([], ["Receipt No. 1"])


@pytest.mark.parametrize("failure", [NotSent("no route to host"), TooFast(0)], ids=["no connection", "429"])
async def test_what_did_not_leave_is_tried_again(answers: Answers, telegram: Recording, failure: ChannelError) -> None:
    telegram.fails(failure)

    left = await answers.give(an_event(RECEIPT), SPEECH)

    assert (left, texts(telegram)) == ([], ["Receipt No. 1"])


async def test_what_cannot_leave_is_kept_from_there_on(answers: Answers, telegram: Recording) -> None:
    telegram.fails(*[TooFast(0)] * SEND_TRIES)

    left = await answers.give(an_event(CARD, RECEIPT), SPEECH)

    assert (left, telegram.sent) == ([CARD, RECEIPT], [])


async def test_an_answer_follows_a_chat_that_moved(answers: Answers, telegram: Recording) -> None:
    telegram.fails(Moved("-100101"))

    left = await answers.give(an_event(RECEIPT), SPEECH)

    assert (left, texts(telegram), texts(telegram, "-100101")) == ([], [], ["Receipt No. 1"])


async def test_messages_that_the_platform_took_are_counted_and_edits_are_not(
    database: Database, telegram: Recording, tmp_path: Path
) -> None:
    pacer = Pacer(WITHOUT_RATES, Clock())
    answers = Answers(database, {"telegram": telegram}, Store(tmp_path), pacer)
    telegram.fails(OutcomeUnknown("ReadTimeout"), NotSent("no route"))

    await answers.give(an_event(RECEIPT, RECEIPT, CARD, RECEIPT), SPEECH)

    assert (len(telegram.sent), pacer.taken) == (3, {"telegram": 2})
