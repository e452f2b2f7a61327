"""Whom of a unit do messages reach, and whom not and why? A unit of whose people none is reached has nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.units import Unit


@dataclass(frozen=True)
class Unreached:
    """Someone who gets no messages: the platform's reason, and since when (UTC) it is known; None without any account."""

    name: str
    reason: str | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Silent:
    """A unit for which nobody receives messages, and those who answer for it, where there are any."""

    unit: Unit
    lost: tuple[Unreached, ...] = ()


@dataclass(frozen=True)
class Reach:
    """The people who answer for units, by unit: the ids of those who receive messages, where there are any, and who does not."""

    people: Mapping[int, set[int]]
    lost: Mapping[int, tuple[Unreached, ...]]

    @property
    def everyone(self) -> set[int]:
        """The ids of all who receive messages."""
        return set().union(*self.people.values())

    def silent(self, units: Iterable[Unit]) -> tuple[Silent, ...]:
        """Give those of units for which nobody receives messages."""
        return tuple(Silent(unit, self.lost.get(unit.id, ())) for unit in units if unit.id not in self.people)
