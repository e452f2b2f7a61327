"""Is it known whether a delivery may have reached its reader, and which lane goes first?"""

import pytest

from domain.deliveries import Delivery, DeliveryState, Kind, Lane
from tests.builders import NOW

MAY_HAVE_ARRIVED = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


@pytest.mark.parametrize("state", DeliveryState)
def test_only_what_began_to_be_sent_may_have_reached_its_reader(state: DeliveryState) -> None:
    delivery = Delivery("digest:1", Lane.REMINDER, Kind.DIGEST, 1, NOW, NOW, state=state)
    assert delivery.left == (state in MAY_HAVE_ARRIVED)


def test_word_goes_before_reminders_and_reminders_before_announcements() -> None:
    assert sorted(Lane, reverse=True) == [Lane.BROADCAST, Lane.REMINDER, Lane.WORD]
