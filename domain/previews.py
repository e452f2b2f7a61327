"""What would be said, to whom and when, if a paper were published? Values that a preview is made of."""

from dataclasses import dataclass
from datetime import datetime

from domain.deadlines import Deadline
from domain.ladders import STANDARD, Ladder
from domain.units import Unit


@dataclass(frozen=True)
class Order:
    """An order that would be given to units: its place in the paper, its item, its short name, its deadline and its ladder."""

    position: int
    ref: str
    name: str
    deadline: Deadline
    units: tuple[Unit, ...]
    ladder: Ladder = STANDARD


@dataclass(frozen=True)
class Mention:
    """An order that a message brings up, and the step of its ladder, which is the reason."""

    step: str
    order: Order


@dataclass(frozen=True)
class Planned:
    """What one unit would be told at a moment (UTC), and how many people would read it."""

    when: datetime
    unit: Unit
    people: int
    mentions: tuple[Mention, ...]
