"""Which registered unit might a name mean? Names that come near, to ask a person about, and never to guess by."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from domain.units import Register, fold

NEAR = 82.0
SHOWN = 3
SPELLING = 94.0
"""From this likeness on (0 to 100) two names are held for two spellings of one."""


def nearest(names: Iterable[str], register: Register) -> list[str]:
    """Give the registered names that come near any of the names, the nearest first, three at most for each."""
    folded = {unit.folded_name: unit.name for unit in register.units}
    found = [
        match
        for name in names
        for match in process.extract(fold(name), list(folded), scorer=fuzz.WRatio, limit=SHOWN, score_cutoff=NEAR)
    ]
    return list(dict.fromkeys(folded[match] for match, _, _ in sorted(found, key=lambda one: -one[1])))


def spelled_nearly(name: str, register: Register) -> str | None:
    """Give the registered name that a name is spelled so nearly like that both may be one unit; None when there is none."""
    folded = {unit.folded_name: unit.name for unit in register.units}
    near = process.extractOne(fold(name), list(folded), scorer=fuzz.ratio, score_cutoff=SPELLING)
    return folded[near[0]] if near else None
