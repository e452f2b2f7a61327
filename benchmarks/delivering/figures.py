"""What is a figure? What was measured, what was to be reached, and whether it was."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

PER_CENT = 99


@dataclass(frozen=True)
class Figure:
    """One line of the table; ``is_met`` is None where there is no goal, as for what stands beside."""

    name: str
    measured: str
    goal: str = ""
    is_met: bool | None = None


def table(figures: Sequence[Figure], *, goes_on: bool = False) -> str:
    """Write figures as a table of Markdown, or as more rows of one that ``goes_on``."""
    lines = [] if goes_on else ["| figure | measured | goal | met |", "|---|---|---|---|"]
    met = {True: "yes", False: "no", None: ""}
    lines += [f"| {one.name} | {one.measured} | {one.goal} | {met[one.is_met]} |" for one in figures]
    return "\n".join(lines)


def at_most(name: str, measured: float, most: float, *, shown: str = "{:.2f}", detail: str = "") -> Figure:
    """Give a figure that is to be at most so much."""
    return Figure(name, shown.format(measured) + detail, "≤ " + shown.format(most), measured <= most)


def at_least(name: str, measured: float, least: float, *, shown: str = "{:.2f}", detail: str = "") -> Figure:
    """Give a figure that is to be at least so much."""
    return Figure(name, shown.format(measured) + detail, "≥ " + shown.format(least), measured >= least)


def worst_of_most(times: Sequence[float]) -> float:
    """Give the 99th percentile, the worst of all where they are fewer than a hundred."""
    return sorted(times)[min(len(times) - 1, len(times) * PER_CENT // 100)] if times else float("inf")


def median(times: Sequence[float]) -> float:
    """Give the median, without end where nothing was measured."""
    return statistics.median(times) if times else float("inf")
