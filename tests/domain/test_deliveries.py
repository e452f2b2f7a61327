"""Is it known whether a delivery may have reached its reader, and which lane goes first?"""

from datetime import datetime, timedelta

import pytest

from domain.deliveries import Delivery, DeliveryState, Kind, Lane
from tests.builders import NOW

MAY_HAVE_ARRIVED = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


@pytest.mark.parametrize("state", DeliveryState)
def test_only_what_began_to_be_sent_may_have_reached_its_reader(state: DeliveryState) -> None:
    delivery = Delivery(1, "digest:1", Lane.REMINDER, Kind.DIGEST, 1, NOW, NOW, state=state)
    assert delivery.left == (state in MAY_HAVE_ARRIVED)


@pytest.mark.parametrize("state", DeliveryState)
def test_what_was_repeated_may_have_reached_its_reader_already(state: DeliveryState) -> None:
    assert Delivery(1, "digest:1", Lane.REMINDER, Kind.DIGEST, 1, NOW, NOW, state=state, repeated=True).left


@pytest.mark.parametrize(
    ("expires_at", "over"),
    [(None, False), (NOW + timedelta(seconds=1), False), (NOW, True), (NOW - timedelta(days=1), True)],
)
def test_a_delivery_has_had_its_day_from_the_end_of_it_on(expires_at: datetime | None, *, over: bool) -> None:
    delivery = Delivery(1, "preview:1", Lane.WORD, Kind.PREVIEW, 1, NOW, NOW, expires_at=expires_at)
    assert delivery.has_had_its_day(NOW) is over


def test_word_goes_before_reminders_and_reminders_before_announcements() -> None:
    assert sorted(Lane, reverse=True) == [Lane.BROADCAST, Lane.REMINDER, Lane.WORD]
