"""Are codes and roles held to the rules?"""

from datetime import timedelta

import pytest

from domain.errors import Refusal
from domain.people import DECIDING, PAUSE, STAFF, Account, Role, RoleKind, Standing
from tests.builders import NOW

MOMENT = timedelta(seconds=1)


def standing(*kinds: RoleKind, unit_id: int | None = None) -> Standing:
    return Standing(tuple(Role(1, kind, NOW, unit_id) for kind in kinds))


def missed(times: int) -> Account:
    account = Account("telegram", "101")
    for _ in range(times):
        account.missed_code(NOW)
    return account


def test_who_writes_again_takes_messages_again() -> None:
    account = Account("telegram", "101", suspended="Forbidden: bot was blocked by the user", suspended_at=NOW)
    account.lift()
    assert (account.suspended, account.suspended_at) == (None, None)


@pytest.mark.parametrize("times", [0, 1, 4])
def test_fewer_than_five_wrong_codes_do_not_pause(times: int) -> None:
    account = missed(times)
    account.try_code(NOW)
    assert (account.wrong_codes, account.paused_until) == (times, None)


@pytest.mark.parametrize("after", [timedelta(), timedelta(minutes=15) - MOMENT])
def test_the_fifth_wrong_code_pauses_for_fifteen_minutes(after: timedelta) -> None:
    with pytest.raises(Refusal) as refused:
        missed(5).try_code(NOW + after)
    assert refused.value.reason == "code-paused"


def test_after_the_pause_five_tries_are_free_again() -> None:
    account, later = missed(5), NOW + PAUSE
    for _ in range(4):
        account.try_code(later)
        account.missed_code(later)
    account.try_code(later)
    account.missed_code(later)
    with pytest.raises(Refusal):
        account.try_code(later)


@pytest.mark.parametrize(
    ("kind", "is_staff", "decides"),
    [
        (RoleKind.ADMIN, True, True),
        (RoleKind.OFFICER, True, True),
        (RoleKind.LEADER, True, False),
        (RoleKind.SECRETARY, False, False),
    ],
)
def test_what_a_role_makes_of_a_person(kind: RoleKind, is_staff: bool, decides: bool) -> None:
    held = standing(kind)
    assert (held.is_staff, held.decides) == (is_staff, decides)


def test_nobody_without_a_role_is_anything() -> None:
    nobody = Standing()
    assert (nobody.kinds, nobody.is_staff, nobody.decides, nobody.unit_ids) == (frozenset(), False, False, frozenset())


def test_a_person_answers_for_the_units_of_their_roles() -> None:
    roles = (Role(1, RoleKind.SECRETARY, NOW, 7), Role(1, RoleKind.SECRETARY, NOW, 8), Role(1, RoleKind.OFFICER, NOW))
    assert Standing(roles).unit_ids == frozenset({7, 8})


@pytest.mark.parametrize(
    ("held", "allowed", "passes"),
    [
        (standing(RoleKind.OFFICER), DECIDING, True),
        (standing(RoleKind.LEADER), DECIDING, False),
        (standing(RoleKind.LEADER), STAFF, True),
        (standing(RoleKind.SECRETARY, unit_id=1), STAFF, False),
        (standing(RoleKind.SECRETARY, RoleKind.ADMIN), [RoleKind.ADMIN], True),
        (Standing(), STAFF, False),
    ],
)
def test_what_needs_another_role_is_refused(held: Standing, allowed: frozenset[RoleKind], passes: bool) -> None:
    if passes:
        held.must(allowed)
        return
    with pytest.raises(Refusal) as refused:
        held.must(allowed)
    assert refused.value.reason == "not-allowed"
