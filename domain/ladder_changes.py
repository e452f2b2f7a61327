"""What does another ladder change? How many reminders, which come next, and which of its steps are over already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import occasions
from domain.deadlines import Deadline
from domain.ladders import Ladder
from domain.occasions import Occasion
from domain.offices import Office

NEXT = 3


@dataclass(frozen=True)
class Sharing:
    """A deadline that open assignments share, whether they are reminded early of it, and how many they are."""

    deadline: Deadline
    early: bool = False
    count: int = 0

    def steps(self, ladder: Ladder, now: datetime, office: Office) -> tuple[Occasion, ...]:
        """Give the steps of the deadline on a ladder, those that are over included."""
        return occasions.all_steps(self.deadline, now, office, ladder, early=self.early)


@dataclass(frozen=True)
class Foresight:
    """The next steps of a ladder, and how many open assignments are reminded otherwise by it than before."""

    coming: tuple[Occasion, ...]
    changed: int


def foresee(shared: Sequence[Sharing], before: Ladder, after: Ladder, now: datetime, office: Office) -> Foresight:
    """Tell what another ladder brings: its next three moments, each once, and whose reminders it changes."""
    old = [_ahead(one, before, now, office) for one in shared]
    new = [_ahead(one, after, now, office) for one in shared]
    moments = {occasion.at: occasion for ahead in new for occasion in ahead}
    changed = sum(one.count for one, was, is_now in zip(shared, old, new, strict=True) if was != is_now)
    return Foresight(tuple(moments[at] for at in sorted(moments)[:NEXT]), changed)


def over(one: Sharing, before: Ladder, after: Ladder, now: datetime, office: Office) -> list[str]:
    """Give the steps that another ladder would have had by now and this one had not: nobody is told of them afterwards."""
    had = _behind(one.steps(before, now, office), now)
    return [step for step in _behind(one.steps(after, now, office), now) if step not in had]


def _ahead(one: Sharing, ladder: Ladder, now: datetime, office: Office) -> list[Occasion]:
    return [occasion for occasion in one.steps(ladder, now, office) if occasion.at > now]


def _behind(steps: Iterable[Occasion], now: datetime) -> list[str]:
    return [occasion.step for occasion in steps if occasion.at <= now]
