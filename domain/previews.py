"""What would be said, to whom and when, if a paper were published? Values that a preview is made of."""

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.changes import Effect
from domain.deadlines import Deadline
from domain.digests import Reason
from domain.duties import Duty
from domain.ladders import STANDARD, Ladder
from domain.records import Record
from domain.units import Unit


@dataclass(frozen=True)
class Order:
    """An order that would be given to units: its place in the paper, its item, its short name, its deadline and its ladder.

    Those units have the order already where its deadline is ``moved``. ``early`` are the ids of units brought up one step sooner.
    """

    position: int
    ref: str
    name: str
    deadline: Deadline
    units: tuple[Unit, ...]
    ladder: Ladder = STANDARD
    moved: bool = False
    early: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Coming:
    """An order of an older paper that recurs: the first strict last day that is not given yet, and when (UTC) it will be."""

    order: Order
    begins_on: date
    opens_at: datetime


@dataclass(frozen=True)
class Mention:
    """An order that a message brings up, and the step of its ladder, which is the reason."""

    step: str
    order: Order


@dataclass(frozen=True)
class Planned:
    """What one unit would be told at a moment (UTC), and the ids of the people who would read it, none where it has nobody."""

    when: datetime
    unit: Unit
    readers: frozenset[int]
    mentions: tuple[Mention, ...]

    @property
    def people(self) -> int:
        """How many people would read it."""
        return len(self.readers)


@dataclass(frozen=True)
class Pending:
    """A digest that was planned and has not left: why, when it is tried (UTC), and the ids of the assignments on it."""

    planned_at: datetime
    due_at: datetime
    reason: Reason
    assignments: frozenset[int]


@dataclass(frozen=True)
class Listener:
    """Somebody who would be told: the units they answer for, and what bears on when they are.

    ``quiet_from`` and ``quiet_until`` are their own wishes. ``got`` are the moments (UTC) at which digests reached them today,
    ``pending`` those that wait. ``duties`` are what their units have open, each with the steps that were brought up.
    """

    person_id: int
    unit_ids: frozenset[int]
    quiet_from: time | None = None
    quiet_until: time | None = None
    got: tuple[datetime, ...] = ()
    pending: tuple[Pending, ...] = ()
    duties: tuple[tuple[Duty, frozenset[str]], ...] = ()


@dataclass(frozen=True)
class Notice:
    """What tells a unit's people, at a moment (UTC), that something they have to do changes; ``effects`` come in one message."""

    when: datetime
    effects: tuple[Effect, ...]
    units: tuple[Unit, ...]
    readers: frozenset[int]


@dataclass(frozen=True)
class Foretold:
    """Everything that publishing would send: ``notices`` of what changes, and the messages that are ``planned``.

    ``at_once`` are those that come in their place if the units are told on a day off, and ``early`` if those that were
    ``often_late`` are reminded one step earlier, as the office decides when it has published.
    """

    planned: tuple[Planned, ...]
    notices: tuple[Notice, ...] = ()
    at_once: tuple[Planned, ...] = ()
    early: tuple[Planned, ...] = ()
    often_late: tuple[Record, ...] = ()
