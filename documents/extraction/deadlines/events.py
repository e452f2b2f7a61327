"""What does a time lean on? The meanings of wordings bound to an event, counted only where the paper gives the day."""

import re
from datetime import date, timedelta

from documents.codes import Doubt
from documents.extraction import dates
from documents.extraction.deadlines.meanings import Anchor, Meaning, Rule
from domain.deadlines import Deadline, DeadlineKind

# Words that announce a meeting, with its day behind them.
_MEETING = re.compile(r"(?:hop|phien hop|ky hop|cuoc hop|hoi nghi|buoi giao ban)\b")
_HAPPENS = re.compile(r"^(?:(?:dien ra|to chuc|bat dau|khai mac) )+(?=[a-z])")
_HELD = "du kien|to chuc|hop|hoi nghi|khai mac"


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


def uncounted(found: re.Match[str], _: Anchor) -> Meaning:
    """Mean so many days after something ends or begins, whose day a person gives."""
    count, working = dates.count_of(found["count"]), bool(found["working"])
    return _relative(None, f"after_event+{count}{'wd' if working else 'd'}", Doubt.DEADLINE_EVENT)


def tomorrow(_: re.Match[str], anchor: Anchor) -> Meaning:
    """Mean the day after the notice's date."""
    if anchor.notice is None:
        return _relative(None, "notice_date+1d", Doubt.DEADLINE_NOTICE_UNDATED)
    return _relative(anchor.notice + timedelta(days=1), "notice_date+1d", None)


def before_event(found: re.Match[str], anchor: Anchor) -> Meaning:
    """Mean so many days before an event, whose day stands behind the words, earlier in the item, or elsewhere in the paper.

    A day that is only planned is to be confirmed.
    """
    count, working = dates.count_of(found["count"]), bool(found["working"])
    happens, tentative = _held(found, anchor)
    if happens is None:
        return _relative(None, f"before_event-{count}{'wd' if working else 'd'}", Doubt.DEADLINE_EVENT)
    last = anchor.calendar.shift(happens, -count) if working else happens - timedelta(days=count)
    basis = f"before_event:{happens.isoformat()}-{count}{'wd' if working else 'd'}{';tentative' if tentative else ''}"
    return _relative(last, basis, Doubt.DEADLINE_TENTATIVE if tentative else None)


def _with_day(words: str) -> re.Pattern[str]:
    """Give a pattern for words with a day behind them, in one sentence."""
    return re.compile(rf"\b(?:{words})\b[^.;]{{0,60}}?(?<![\d/]){dates.DAY}")


def _held(found: re.Match[str], anchor: Anchor) -> tuple[date | None, bool]:
    """Give the day of the event that a match names, and whether it is only planned."""
    words = _HAPPENS.sub("", found["what"]).split()
    shortest = min(2, len(words)) if _MEETING.match(found["what"]) else len(words)
    keys = [" ".join(words[:length]) for length in range(len(words), shortest - 1, -1)]
    behind, before = found.string[found.end() :], f"{anchor.before} {found.string[: found.start()]}"
    for key in keys:
        exact = _with_day(re.escape(key))
        announced = _with_day(f"{re.escape(key)}|{_HELD}") if _MEETING.match(found["what"]) else exact
        for text, form in ((behind, exact), (before, announced), (anchor.paper, exact)):
            held = [one for one in form.finditer(text) if dates.written(one).on(anchor.year)]
            if held:
                days = {dates.written(one).on(anchor.year) for one in held}
                loose = text is anchor.paper and (len(words) == 1 or len(days) > 1)
                return dates.written(held[-1]).on(anchor.year), loose or "du kien" in held[-1].group()
    return None, False
