"""What is wrong with the program, by what is seen of it?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.deliveries import Kind
from domain.health import Fault, Health, Leader, SetAside, Unknown, faults
from tests.builders import NOW

WELL = Health(
    at=NOW,
    rows={},
    due=0,
    oldest=None,
    failing={},
    is_stuck=False,
    left=0,
    rate=30,
    pauses={},
    quotas=(),
    earlier=(),
    month_ends=NOW + timedelta(days=20),
    resting=0,
    suspended=(),
    unknown=(),
    set_aside=(),
    leader=Leader("host-1", NOW + timedelta(seconds=30)),
    planned_at=NOW - timedelta(minutes=2),
    incidents=(),
    gaps={"look": 0, "digest": 0},
    files=3,
    missing=(),
)
A_DAY_AGO = NOW - timedelta(days=1)
LATELY = A_DAY_AGO + timedelta(seconds=1)


def unknown(*, at_last: bool) -> Unknown:
    return Unknown(1, "Lan", Kind.DIGEST, LATELY if at_last else A_DAY_AGO)


def set_aside(*, at_last: bool) -> SetAside:
    return SetAside(1, "telegram", LATELY if at_last else A_DAY_AGO)


@pytest.mark.parametrize(
    ("seen", "wrong"),
    [
        pytest.param(WELL, [], id="all is well"),
        pytest.param(replace(WELL, leader=None), [Fault.NO_LEADER], id="nobody leads"),
        pytest.param(replace(WELL, planned_at=None), [Fault.STILL], id="nothing was ever planned"),
        pytest.param(replace(WELL, planned_at=NOW - timedelta(seconds=121)), [Fault.STILL], id="planning stands still"),
        pytest.param(replace(WELL, is_stuck=True), [Fault.STUCK], id="messages do not leave"),
        pytest.param(replace(WELL, is_stuck=True, pauses={"telegram": NOW}), [], id="they wait, as the platform asked"),
        pytest.param(replace(WELL, set_aside=[set_aside(at_last=False)]), [], id="an event was set aside a day ago"),
        pytest.param(
            replace(WELL, set_aside=[set_aside(at_last=False), set_aside(at_last=True)]), [Fault.SET_ASIDE], id="and one lately"
        ),
        pytest.param(replace(WELL, unknown=[unknown(at_last=False)]), [], id="a message became unknown a day ago"),
        pytest.param(
            replace(WELL, unknown=[unknown(at_last=False), unknown(at_last=True)]), [Fault.UNKNOWN], id="another one lately"
        ),
        pytest.param(replace(WELL, gaps={"look": 0, "digest": 1}), [Fault.GAPS], id="something is missing"),
        pytest.param(replace(WELL, missing=[7]), [Fault.FILES], id="a file cannot be read"),
        pytest.param(replace(WELL, leader=None, missing=[7]), [Fault.NO_LEADER, Fault.FILES], id="two at once"),
    ],
)
def test_what_is_wrong_is_named_and_what_is_long_past_or_wanted_is_not(seen: Health, wrong: list[Fault]) -> None:
    assert faults(seen) == wrong
