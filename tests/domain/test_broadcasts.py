"""Does an announcement go out once only, and do its numbers add up?"""

from collections.abc import Callable

import pytest

from domain.broadcasts import Broadcast, BroadcastState, Hindrance, Miss, Results
from domain.errors import Refusal
from domain.readings import Audience, AudienceKind
from tests.builders import EVERYONE, NOW


def in_state(state: BroadcastState) -> Broadcast:
    return Broadcast(1, "Họp lúc 14 giờ.", NOW, state=state)


def send(broadcast: Broadcast) -> None:
    broadcast.send(NOW, broadcast.revision)


def wish(broadcast: Broadcast) -> None:
    broadcast.repeat(again=False)


def choose(broadcast: Broadcast) -> None:
    broadcast.choose(EVERYONE)


def test_a_draft_is_sent() -> None:
    broadcast = in_state(BroadcastState.DRAFT)
    broadcast.send(NOW, broadcast.revision)
    assert (broadcast.state, broadcast.sent_at) == (BroadcastState.SENDING, NOW)


def test_every_choice_of_an_audience_makes_the_older_previews_invalid() -> None:
    broadcast, maths = in_state(BroadcastState.DRAFT), Audience(AudienceKind.NAMED, ("Khoa Toán",))
    seen = []
    for audience in (EVERYONE, maths, maths):
        broadcast.choose(audience)
        seen.append(broadcast.revision)
    assert (broadcast.audience, seen) == (maths, [1, 2, 3])
    with pytest.raises(Refusal, match="card-old"):
        broadcast.send(NOW, seen[0])


def test_another_wish_makes_the_older_previews_invalid_and_the_same_one_does_not() -> None:
    broadcast = in_state(BroadcastState.DRAFT)
    broadcast.repeat(again=True)
    first = broadcast.revision
    assert (broadcast.again, first) == (True, 0)
    broadcast.repeat(again=False)
    with pytest.raises(Refusal, match="card-old"):
        broadcast.send(NOW, first)
    broadcast.repeat(again=False)
    assert (broadcast.again, broadcast.revision) == (False, first + 1)


def test_a_draft_is_cancelled() -> None:
    broadcast = in_state(BroadcastState.DRAFT)
    broadcast.cancel()
    assert (broadcast.state, broadcast.sent_at) == (BroadcastState.CANCELLED, None)


@pytest.mark.parametrize("state", [state for state in BroadcastState if state is not BroadcastState.DRAFT])
@pytest.mark.parametrize("act", [send, choose, wish, Broadcast.cancel])
def test_what_is_no_draft_is_neither_sent_again_nor_changed(act: Callable[[Broadcast], None], state: BroadcastState) -> None:
    broadcast = in_state(state)
    with pytest.raises(Refusal) as refused:
        act(broadcast)
    assert (refused.value.reason, broadcast.state, broadcast.sent_at) == (f"broadcast-{state}", state, None)
    assert (broadcast.audience, broadcast.revision) == (None, 0)


@pytest.mark.parametrize(
    ("total", "sent", "missed", "waiting"),
    [
        (5, 0, (), 5),
        (5, 3, (Miss("Minh", Hindrance.NO_ACCOUNT),), 1),
        (1, 0, (Miss("Minh", Hindrance.UNKNOWN),), 0),
        (0, 0, (), 0),
    ],
)
def test_what_is_neither_sent_nor_missed_waits(total: int, sent: int, missed: tuple[Miss, ...], waiting: int) -> None:
    assert Results(total, sent, acknowledged=0, missed=missed, unseen=()).waiting == waiting
