"""Which steps has a ladder? Those before, on and after the deadline, as an office writes them, and whose ladder holds."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal

MOST_STEPS = 20
FARTHEST = 90
"""Working days; a step farther from the deadline is a slip of the pen."""
_WEEKLY = re.compile(r"\b(?:(?:hằng|hàng|mỗi)\s*tuần|(?:hang|moi)\s*tuan|weekly|every\s+week)\b")
_STEP = re.compile(r"(?P<sign>[+\-−–])?\s*(?P<days>\d{1,3})(?!\d)")
_DIVIDERS = re.compile(r"[,;\s]*")


class Scope(StrEnum):
    """For what a ladder is set; one that is set for less holds there in the place of a wider one."""

    OFFICE = "office"
    CONCLUSION = "conclusion"
    TASK = "task"


@dataclass(frozen=True)
class Extent:
    """A scope and the number of its conclusion or task, zero for the office."""

    scope: Scope
    number: int = 0


@dataclass(frozen=True)
class Ladder:
    """Steps in working days: ``before`` the last working day (0 is that day itself), ``after`` the strict last day.

    Those before come with the farthest one first, those after with the nearest one. ``weekly`` goes on every week behind
    the last step after, until the task is fulfilled.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    weekly: bool

    def __str__(self) -> str:
        """Write the ladder as it is typed: "5, 2, 0, +1, +3, weekly"."""
        steps = [*map(str, self.before), *(f"+{days}" for days in self.after), *(["weekly"] if self.weekly else [])]
        return ", ".join(steps)


STANDARD = Ladder(before=(5, 2, 0), after=(1, 3, 5, 10), weekly=True)


def parse(text: str) -> Ladder:
    """Understand a ladder as it is typed: "5, 2, 0, +1, +3", with "hằng tuần" or "weekly" where weekly steps are to follow.

    Raise Refusal("ladder-not-understood") for anything else, for no step at all, and for more or farther ones than make sense.
    """
    written = unicodedata.normalize("NFC", text).casefold().rstrip(" .")
    bare = _WEEKLY.sub(" ", written)
    steps = [(found["sign"] == "+", int(found["days"])) for found in _STEP.finditer(bare)]
    is_clear = not _DIVIDERS.sub("", _STEP.sub("", bare)) and (True, 0) not in steps
    before = {days for is_after, days in steps if not is_after}
    after = {days for is_after, days in steps if is_after}
    weekly = bare != written
    count = len(before) + len(after) + weekly
    if not is_clear or not 1 <= count <= MOST_STEPS or max(before | after, default=0) > FARTHEST:
        raise Refusal("ladder-not-understood")
    return Ladder(tuple(sorted(before, reverse=True)), tuple(sorted(after)), weekly)


def effective(*narrower_first: Ladder | None) -> Ladder:
    """Give the ladder that holds: the first that is set, of the task's, the conclusion's and the office's, in this order."""
    return next((one for one in narrower_first if one is not None), STANDARD)
