"""Which registered unit might a name mean? Names that come near, to ask a person about, and never to guess by."""

import re
from collections.abc import Iterable
from itertools import product

from rapidfuzz import fuzz, process

from domain import questions
from domain.conclusions import Task
from domain.names import fold, spelled_out
from domain.units import Candidate, Register

NEAR = 82.0
SHOWN = 3
ASKED = 85.0
"""From this likeness on (0 to 100) a person is asked whether a name of a paper is a spelling of a registered one."""
PARTLY = 0.9
"""How much it counts that all words of the one name are among the other's ("Phòng Tài chính – Kế hoạch")."""
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


def candidates(name: str, register: Register) -> tuple[Candidate, ...]:
    """Give the units that a name of a paper may mean, the likeliest first, three at most; a unit with another number is none."""
    same_number = (unit for unit in register.units if _numbers(unit.name) == _numbers(name))
    found = (Candidate(unit, max(_likeness(name, known) for known in unit.names)) for unit in same_number)
    return tuple(sorted((one for one in found if one.score >= ASKED), key=lambda one: -one.score)[:SHOWN])


def likely(tasks: Iterable[Task], register: Register) -> dict[str, tuple[Candidate, ...]]:
    """Give the names by which kept tasks call units that nobody registered, each with the units that it may mean."""
    names = {name for task in tasks if not task.dropped for name in questions.names(task)}
    found = {name: candidates(name, register) for name in names if register.named(name) is None}
    return {name: near for name, near in found.items() if near}


def spelled_nearly(name: str, register: Register) -> str | None:
    """Give the registered name that a name is spelled so nearly like that both may be one unit; None when there is none."""
    folded = {unit.folded_name: unit.name for unit in register.units}
    near = process.extractOne(fold(name), list(folded), scorer=fuzz.ratio, score_cutoff=SPELLING)
    return folded[near[0]] if near else None


def _likeness(one: str, other: str) -> float:
    """Tell how like two names are, from 0 to 100, with abbreviations spelled out in the way that brings them nearest."""
    ways = product(spelled_out(one), spelled_out(other))
    return max(max(fuzz.ratio(*way), PARTLY * fuzz.token_set_ratio(*way)) for way in ways)


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+", name)
