"""Who may do what? People, their accounts and roles, and the codes that bind an account to a role."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from domain.errors import Refusal

CODE_DIGITS = 8
CODE_LIFE = timedelta(days=14)
TRIES = 5
PAUSE = timedelta(minutes=15)


class RoleKind(StrEnum):
    """What a person is to the office, or to a unit."""

    ADMIN = "admin"
    OFFICER = "officer"
    LEADER = "leader"
    SECRETARY = "secretary"


STAFF = frozenset({RoleKind.ADMIN, RoleKind.OFFICER, RoleKind.LEADER})
DECIDING = frozenset({RoleKind.ADMIN, RoleKind.OFFICER})


@dataclass(eq=False)
class Person:
    """Someone with a role; ``language`` is None until they choose one.

    ``quiet_from`` and ``quiet_until`` (times of the office's zone) are ends of quiet hours that are longer than the office's.
    """

    id: int = field(init=False)
    name: str
    language: str | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None


@dataclass(eq=False)
class Account:
    """An address on a channel: someone's once a code has bound it, a stranger's before.

    ``suspended`` is the platform's reason for taking no messages, since ``suspended_at`` (UTC), and is lifted when the person
    writes again.
    """

    id: int = field(init=False)
    channel: str
    address: str
    person_id: int | None = None
    suspended: str | None = None
    wrong_codes: int = 0
    paused_until: datetime | None = None
    suspended_at: datetime | None = None

    def lift(self) -> None:
        """Take messages again: the person has written."""
        self.suspended = self.suspended_at = None

    def try_code(self, at: datetime) -> None:
        """Refuse a code while the account is paused."""
        if self.paused_until is not None and at < self.paused_until:
            raise Refusal("code-paused")

    def missed_code(self, at: datetime) -> None:
        """Count a wrong code; the fifth in a row pauses the account for a quarter of an hour."""
        self.wrong_codes += 1
        if self.wrong_codes >= TRIES:
            self.wrong_codes, self.paused_until = 0, at + PAUSE


@dataclass(eq=False)
class Role:
    """A person's role in the office, or in a unit when there is one; it holds until it is ended."""

    id: int = field(init=False)
    person_id: int
    kind: RoleKind
    since: datetime
    unit_id: int | None = None
    until: datetime | None = None


@dataclass(eq=False)
class Invitation:
    """A one-time code that gives whoever enters it a role; only the hash of the code is kept."""

    id: int = field(init=False)
    code_hash: str
    kind: RoleKind
    created_at: datetime
    name: str | None = None
    unit_id: int | None = None
    used_at: datetime | None = None
    used_by: int | None = None


@dataclass(frozen=True)
class Standing:
    """The roles a person holds now."""

    roles: tuple[Role, ...] = ()

    @property
    def kinds(self) -> frozenset[RoleKind]:
        """The kinds of role held."""
        return frozenset(role.kind for role in self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether the person belongs to the office."""
        return bool(self.kinds & STAFF)

    @property
    def decides(self) -> bool:
        """Whether the person may publish, accept, return and broadcast."""
        return bool(self.kinds & DECIDING)

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units the person answers for."""
        return frozenset(role.unit_id for role in self.roles if role.unit_id is not None)

    def must(self, allowed: Iterable[RoleKind]) -> None:
        """Refuse what needs another role."""
        if not self.kinds & frozenset(allowed):
            raise Refusal("not-allowed")
