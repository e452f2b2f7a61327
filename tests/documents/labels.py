"""How near does a reading come to what a person wrote down of the same paper? Tasks, deadlines, audiences, header and units."""

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dateutil.rrule import rrulestr

from documents.form import Form, to_form
from documents.reading import read
from domain.calendar import Calendar
from tests.documents import papers

# A reading may begin a task a little before the labels do: with a lead-in of so many signs.
LEAD_IN = 60
SINCE, UNTIL = datetime(2019, 1, 1), datetime(2028, 12, 31)  # noqa: DTZ001 - rules of days know no zone
SAME_KIND = {"issuer_organ": "named"}


@dataclass
class Figures:
    """What was right of how many, by name, and what was wrong in words."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def count(self, name: str, *, right: bool, else_say: str = "") -> None:
        """Count one more, right or wrong."""
        self.of[name] += 1
        self.right[name] += right
        if not right and else_say:
            self.wrong.append(f"{name}: {else_say}")

    def share(self, name: str) -> float:
        """Give the share that was right."""
        return self.right[name] / self.of[name] if self.of[name] else 1.0

    @property
    def task_f1(self) -> float:
        """Give the harmonic mean of the tasks that were found and of those found that are tasks."""
        found, true = self.share("task found"), self.share("found is a task")
        return 2 * found * true / (found + true) if found + true else 0.0


def compare(paper: Path, calendar: Calendar, figures: Figures) -> None:
    """Read a paper and hold it against the labels beside it."""
    labels = json.loads(paper.with_suffix(".json").read_text("utf-8"))
    read_form = to_form(read(papers.file(paper), calendar), calendar)
    for name in ("number", "symbol", "date"):
        actual, expected = read_form["header"][name], labels["header"][name]
        figures.count("header", right=actual == expected, else_say=f"{paper.stem} {name} {actual!r}, not {expected!r}")
    for unit in labels["units"]:
        named = any(bare(unit) == bare(other) for other in read_form["units"])
        figures.count("unit named", right=named, else_say=f"{paper.stem} {unit}")
    free = _compare_tasks(paper.stem, labels, read_form, figures)
    traps = {date.fromisoformat(day) for day in labels["non_deadline_dates"]}
    due = {task["deadline"]["last_day"] for task in labels["tasks"]}
    for task in free:
        last = task["deadline"]["last_day"]
        caught = bool(last) and last not in due and bool({date.fromisoformat(last) + timedelta(days=n) for n in (0, 1)} & traps)
        figures.count("no cited date", right=not caught, else_say=f"{paper.stem} {task['ref']} {last}")


def _compare_tasks(name: str, labels: Form, read_form: Form, figures: Figures) -> list[Form]:
    """Pair the labelled tasks with those that were read, the nearest deadline first; give those without a partner."""
    free: list[Form] = list(read_form["tasks"])
    optional = {bare(ref) for ref in labels.get("optional_refs", ())}
    for task in labels["tasks"]:
        fits = [one for one in free if 0 <= bare(one["text"]).find(bare(task["text_starts"])) <= LEAD_IN]
        figures.count("task found", right=bool(fits), else_say=f"{name} {task['ref']} {task['text_starts']}")
        if fits:
            partner = min(fits, key=lambda one: not _is_due_alike(task["deadline"], one["deadline"]))
            free.remove(partner)
            figures.count("found is a task", right=True)
            if not task.get("soft"):
                _compare_fields(f"{name} {task['ref']}", task, partner, figures)
    for one in (one for one in free if bare(one["ref"]) not in optional):
        figures.count("found is a task", right=False, else_say=f"{name} {one['ref']} {one['text'][:60]}")
    return free


def _compare_fields(where: str, task: Form, partner: Form, figures: Figures) -> None:
    """Compare the deadline and the audience of one task."""
    due, asked = _is_due_alike(task["deadline"], partner["deadline"]), "deadline" in partner["unsure"]
    if task["deadline"]["kind"] != "none":
        figures.count("deadline", right=due, else_say=f"{where} {partner['deadline']}, not {task['deadline']}")
    figures.count("sure", right=not asked)
    if not asked:
        figures.count("sure deadline", right=due, else_say=where)
    kinds = {SAME_KIND.get(one["audience"]["kind"], one["audience"]["kind"]) for one in (task, partner)}
    units = [sorted(map(bare, one["audience"]["units"])) for one in (task, partner)]
    alike = len(kinds) == 1 and units[0] == units[1]
    figures.count("audience", right=alike, else_say=f"{where} {partner['audience']['units']}, not {task['audience']['units']}")


def _is_due_alike(left: Form, right: Form) -> bool:
    """Tell whether two deadlines mean the same days; two spellings of one rule do."""
    if any((left.get(name) or None) != (right.get(name) or None) for name in ("kind", "last_day", "time")):
        return False
    return _days(left.get("recurrence")) == _days(right.get("recurrence"))


def _days(rule: str | None) -> list[Any]:
    """Give the days of a rule over some years."""
    return rrulestr(rule, dtstart=SINCE).between(SINCE, UNTIL, inc=True) if rule else []


def bare(text: str) -> str:
    """Fold case, spaces and punctuation away."""
    return re.sub(r"[\s\-–—.,;:()\"“”*|]+", " ", unicodedata.normalize("NFC", text).casefold()).strip()
