"""Which units follow the office, and which printed name means which unit?"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from domain.readings import Audience, AudienceKind


@dataclass(eq=False)
class Unit:
    """A unit that tasks are assigned to; ``group`` is the block or cluster it is counted in.

    ``folded_name`` makes the name unique whatever its spelling.
    """

    id: int = field(init=False)
    name: str
    short_name: str | None = None
    group: str | None = None
    folded_name: str = field(init=False)

    def __post_init__(self) -> None:
        """Fold the name."""
        self.folded_name = fold(self.name)


TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below


def fold(name: str) -> str:
    """Give the form under which two spellings of one name are equal: case, spaces, punctuation, place of the tone mark."""
    letters = unicodedata.normalize("NFD", name.casefold())
    words = "".join(mark if mark.isalnum() or unicodedata.combining(mark) else " " for mark in letters).split()
    return " ".join(unicodedata.normalize("NFC", _tone_last(word)) for word in words)


def _tone_last(word: str) -> str:
    tones = "".join(mark for mark in word if mark in TONE_MARKS)
    return "".join(mark for mark in word if mark not in TONE_MARKS) + tones


def group_number(group: str) -> int:
    """Give the number by which a button names a group, the same however the register changes."""
    return crc32(fold(group).encode())


@dataclass(frozen=True)
class Register:
    """The units that the office knows, to look printed names up in."""

    units: tuple[Unit, ...]

    def named(self, name: str) -> Unit | None:
        """Give the unit that is called so in full or in short, whatever the spelling; None when nobody is."""
        wanted = fold(name)
        return next((unit for unit in self.units if wanted in {unit.folded_name, fold(unit.short_name or unit.name)}), None)

    def groups(self) -> tuple[str, ...]:
        """Give the names of the groups in the order in which units were registered."""
        return tuple(dict.fromkeys(unit.group for unit in self.units if unit.group))

    def of_group(self, group: str) -> tuple[Unit, ...]:
        """Give the units of a group."""
        return tuple(unit for unit in self.units if unit.group and fold(unit.group) == fold(group))


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


def _known(names: Iterable[str], register: Register) -> tuple[Unit, ...]:
    found = (register.named(name) for name in names)
    return tuple({unit.id: unit for unit in found if unit}.values())


def _unknown(names: Sequence[str], register: Register) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if register.named(name) is None))
