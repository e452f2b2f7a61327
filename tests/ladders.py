"""How do tests of ladders write moments? As on an office's wall: the day, the hour, and the step beside them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from domain.occasions import Occasion
from tests.builders import ZONE


def at(text: str) -> datetime:
    """Give a moment (UTC) that is written in the office's zone, like 2021-02-01 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def told(occasions: Iterable[Occasion]) -> list[str]:
    """Write each step with its moment in the office's zone."""
    return [f"{one.step} {one.at.astimezone(ZONE):%a %Y-%m-%d %H:%M}" for one in occasions]
