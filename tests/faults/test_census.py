"""Does the census complain of everything that should not be, and of nothing else?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from domain.deliveries import Delivery, DeliveryState, Kind, Lane
from sandbox.telegram import Message
from tests.builders import NOW
from tests.faults.census import AGAIN, Census

LAN = 7


def a_census(*texts: str, too_fast: int = 0, **values: Any) -> Census:
    """Give the census of an announcement to Lan alone, who got these texts."""
    row = Delivery(1, "broadcast:1::7", Lane.BROADCAST, Kind.BROADCAST, LAN, NOW, NOW, **values)
    copies = [Message(number, text, 0, from_bot=True, author={}) for number, text in enumerate(texts)]
    return Census({LAN: copies}, {LAN: row}, too_fast)


SENT: dict[str, Any] = {"state": DeliveryState.SENT}
AGAIN_SENT: dict[str, Any] = {"state": DeliveryState.SENT, "repeated": True}
TWICE = ("Họp", f"{AGAIN} Họp")


@pytest.mark.parametrize(
    ("census", "terms"),
    [
        (a_census("Họp", **SENT), {}),
        (a_census("Họp", too_fast=3, **SENT), {"too_fast": 3}),
        (a_census(*TWICE, **AGAIN_SENT), {"doubt": [LAN]}),
        (a_census(*reversed(TWICE), **AGAIN_SENT), {"doubt": [LAN]}),
        (a_census("Họp", state=DeliveryState.UNKNOWN), {"doubt": [LAN]}),
        (a_census(state=DeliveryState.UNKNOWN), {"doubt": [LAN], "doubt_again": [LAN]}),
        (a_census(state=DeliveryState.FAILED), {"unreachable": [LAN]}),
    ],
)
def test_what_may_be_is_no_complaint(census: Census, terms: Mapping[str, Any]) -> None:
    assert census.complaints(**terms) == {}


@pytest.mark.parametrize(
    ("census", "terms", "complaint"),
    [
        (Census({LAN: []}, {}, 0), {}, "never told of"),
        (a_census("Họp", state=DeliveryState.SENDING), {}, "not ended"),
        (a_census(state=DeliveryState.FAILED), {}, "lost"),
        (a_census(state=DeliveryState.UNKNOWN), {"doubt": [LAN]}, "lost"),
        (a_census(state=DeliveryState.UNKNOWN), {"doubt": [LAN], "unreachable": [LAN]}, "missed and not told as failed"),
        (a_census(**SENT), {"unreachable": [LAN]}, "told as sent and not arrived"),
        (a_census("Họp", state=DeliveryState.FAILED), {}, "told as failed and arrived"),
        (a_census(*TWICE, **AGAIN_SENT), {}, "doubled beyond what was in flight"),
        (a_census(*TWICE, TWICE[1], **AGAIN_SENT), {"doubt": [LAN]}, "more than doubled"),
        (a_census(*TWICE, **SENT), {"doubt": [LAN]}, "doubled and not listed"),
        (a_census("Họp", "Họp", **AGAIN_SENT), {"doubt": [LAN]}, "doubled and the reader not told"),
        (a_census("Họp", **AGAIN_SENT), {}, "in doubt without a cause"),
        (a_census("Họp", too_fast=4, **SENT), {"too_fast": 3}, "refused as too fast"),
        (replace(a_census("Họp", **SENT), ended=["replica1"]), {}, "processes ended"),
    ],
)
def test_what_must_not_be_is_a_complaint(census: Census, terms: Mapping[str, Any], complaint: str) -> None:
    assert complaint in census.complaints(**terms)
