"""Which units follow the office, and which printed name means which unit?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from zlib import crc32

from domain.names import fold, spelled_out
from domain.readings import Audience, AudienceKind


@dataclass(eq=False)
class Unit:
    """A unit that tasks are assigned to; ``group`` is the block or cluster it is counted in.

    ``also`` are other names by which papers call it: former names, and spellings that a person recognised.
    ``folded_name`` makes the name unique whatever its spelling.
    """

    id: int = field(init=False)
    name: str
    short_name: str | None = None
    group: str | None = None
    also: tuple[str, ...] = ()
    folded_name: str = field(init=False)

    def __post_init__(self) -> None:
        """Fold the name."""
        self.folded_name = fold(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, the full one first."""
        return tuple(name for name in (self.name, self.short_name, *self.also) if name)

    def learn(self, name: str) -> None:
        """Take a name as one more by which papers call the unit."""
        if all(fold(name) != fold(known) for known in self.names):
            self.also = (*self.also, name)


def group_number(group: str) -> int:
    """Give the number by which a button names a group, the same however the register changes."""
    return crc32(fold(group).encode())


@dataclass(frozen=True)
class Register:
    """The units that the office knows, to look printed names up in; what they learn is known to the next register."""

    units: tuple[Unit, ...]

    def named(self, name: str) -> Unit | None:
        """Give the unit that goes by a name, whatever the spelling; None when nobody does.

        Where no unit is called just so, abbreviations are spelled out, and then the name must lead to one unit alone.
        """
        wanted = fold(name)
        if wanted in self._called:
            return self._called[wanted]
        meant = {unit.id: unit for way in spelled_out(wanted) for unit in self._spelled_out.get(way, ())}
        return next(iter(meant.values())) if len(meant) == 1 else None

    @cached_property
    def _called(self) -> dict[str, Unit]:
        return {fold(name): unit for unit in reversed(self.units) for name in unit.names}

    @cached_property
    def _spelled_out(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for name, unit in self._called.items():
            for way in spelled_out(name):
                found.setdefault(way, []).append(unit)
        return found

    def groups(self) -> tuple[str, ...]:
        """Give the names of the groups in the order in which units were registered."""
        return tuple(dict.fromkeys(unit.group for unit in self.units if unit.group))

    def of_group(self, group: str) -> tuple[Unit, ...]:
        """Give the units of a group."""
        return tuple(unit for unit in self.units if unit.group and fold(unit.group) == fold(group))


@dataclass(frozen=True)
class Candidate:
    """A registered unit that a printed name may mean; ``score`` is their likeness from 0 to 100."""

    unit: Unit
    score: float


@dataclass(frozen=True)
class Resolution:
    """The units that an audience means, the printed names that nobody registered, and whether the phrase could be resolved."""

    units: tuple[Unit, ...]
    unknown: tuple[str, ...] = ()
    decided: bool = True


def resolve(audience: Audience, register: Register) -> Resolution:
    """Tell which registered units an audience means; a class of units that no list and no group explains stays undecided."""
    if audience.kind is AudienceKind.ALL:
        return Resolution(register.units)
    if audience.complement:
        excluded = {unit.id for unit in _known(audience.excluded, register)}
        return Resolution(tuple(unit for unit in register.units if unit.id not in excluded))
    if audience.units:
        return Resolution(_known(audience.units, register), _unknown(audience.units, register))
    members = register.of_group(audience.phrase or "")
    return Resolution(members, decided=bool(members))


def without(audience: Audience, units: Sequence[Unit], register: Register) -> Audience:
    """Give an audience but for some units: of everyone, who is registered later stays bound; of a group, its units by name."""
    names = tuple(unit.name for unit in units)
    if audience.kind is AudienceKind.ALL or audience.complement:
        return replace(audience, kind=AudienceKind.GROUP, complement=True, excluded=(*audience.excluded, *names))
    left = (unit.name for unit in resolve(audience, register).units if unit.name not in names)
    return replace(audience, kind=AudienceKind.NAMED, units=(*left, *_unknown(audience.units, register)))


def _known(names: Iterable[str], register: Register) -> tuple[Unit, ...]:
    found = (register.named(name) for name in names)
    return tuple({unit.id: unit for unit in found if unit}.values())


def _unknown(names: Sequence[str], register: Register) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if register.named(name) is None))
