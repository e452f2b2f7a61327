"""What does a time lean on? The meanings of wordings bound to an event, counted only where the paper gives the day."""

import re
from datetime import date, timedelta

from documents.codes import Doubt
from documents.extraction import dates
from documents.extraction.deadlines.meanings import Anchor, Meaning, Rule
from domain.deadlines import Deadline, DeadlineKind


def _relative(last_day: date | None, basis: str, doubt: Doubt | None) -> Meaning:
    """Give a relative deadline."""
    return Meaning(Deadline(DeadlineKind.RELATIVE, last_day=last_day, basis=basis), doubt)


def event(basis: str) -> Rule:
    """Mean an event whose day the paper does not give; the office fills it in."""
    return lambda _found, _anchor: _relative(None, basis, None)


def _counted(start: date, count: int, *, working: bool, anchor: Anchor) -> date:
    """Count days from a start that is not counted itself (Article 147 of the Civil Code, 91/2015/QH13)."""
    return anchor.calendar.shift(start, count) if working else start + timedelta(days=count)


def after_notice(found: re.Match[str], anchor: Anchor) -> Meaning:
    """Mean so many days, or working days, after the notice's date."""
    count, working = dates.count_of(found["count"]), bool(found["working"])
    basis = f"notice_date+{count}{'wd' if working else 'd'}"
    if anchor.notice is None:
        return _relative(None, basis, Doubt.DEADLINE_NOTICE_UNDATED)
    return _relative(_counted(anchor.notice, count, working=working, anchor=anchor), basis, None)


def after_day(found: re.Match[str], anchor: Anchor) -> Meaning:
    """Mean so many days, or working days, after a written day."""
    count, working = dates.count_of(found["count"]), bool(found["working"])
    start = dates.written(found).on(anchor.year)
    if start is None:
        return _relative(None, "after_day", Doubt.DEADLINE_IMPOSSIBLE)
    basis = f"{start.isoformat()}+{count}{'wd' if working else 'd'}"
    return _relative(_counted(start, count, working=working, anchor=anchor), basis, None)


def before_written_event(found: re.Match[str], anchor: Anchor) -> Meaning:
    """Mean the day before an event whose day stands in brackets behind it."""
    happens = dates.written(found).on(anchor.year)
    if happens is None:
        return _relative(None, "before_event", Doubt.DEADLINE_IMPOSSIBLE)
    return _relative(happens - timedelta(days=1), f"before_event:{happens.isoformat()}", None)


def before_meeting(found: re.Match[str], anchor: Anchor) -> Meaning:
    """Mean so many days before a meeting whose planned day stands earlier in the item; a planned day is to be confirmed."""
    count, working = dates.count_of(found["count"]), bool(found["working"])
    planned = _planned(f"{anchor.before} {found.string[: found.start()]}", anchor)
    if planned is None:
        return _relative(None, f"before_event-{count}{'wd' if working else 'd'}", None)
    last = anchor.calendar.shift(planned, -count) if working else planned - timedelta(days=count)
    return _relative(last, f"before_event:{planned.isoformat()}-{count}d;tentative", Doubt.DEADLINE_TENTATIVE)


def _planned(before: str, anchor: Anchor) -> date | None:
    """Give the day of the last meeting announced in the words before."""
    held = [
        written.on(anchor.year)
        for start, _, written in dates.all_in(before)
        if re.search(r"(?:du kien|to chuc|hop|hoi nghi|khai mac)\b[^.;]{0,60}$", before[max(0, start - 80) : start])
    ]
    return held[-1] if held else None
