"""How often is a task due? The meanings of recurring wordings, as RFC 5545 rules of last days."""

import re
from datetime import date

from documents.codes import Doubt
from documents.extraction import dates
from documents.extraction.deadlines.meanings import Anchor, Meaning, Rule, end_of_month
from domain.deadlines import Deadline, DeadlineKind

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
QUARTER_ENDS, QUARTER_STARTS = "3,6,9,12", "1,4,7,10"


def _recurring(rule: str, found: re.Match[str], doubt: Doubt | None = None) -> Meaning:
    """Give a recurring deadline, with the clock time where the match holds one."""
    at = dates.time_of(found) if found.groupdict().get("hour") else None
    return Meaning(Deadline(DeadlineKind.RECURRING, at=at, recurrence=rule + _until(found), basis="recurring"), doubt)


def _until(found: re.Match[str]) -> str:
    """Give the end of a series that is written with a month and a year."""
    month, year = (found.groupdict().get(name) for name in ("until_month", "until_year"))
    if not month or not year or not 1 <= int(month) <= 12:  # noqa: PLR2004 - the months of a year
        return ""
    return f";UNTIL={end_of_month(date(int(year), int(month), 1)):%Y%m%d}"


def _shifted(found: re.Match[str]) -> int | None:
    """Give the last day of the month that is meant: the one before an exclusive day, -1 for the end of the month before."""
    number = int(found["day"])
    last = number - 1 if re.search(r"\btruoc\b", found.group()) else number
    return (last or -1) if 1 <= number <= 31 else None  # noqa: PLR2004 - the days of a month


def monthly(months: str = "") -> Rule:
    """Mean a day of every month, or of the months given."""

    def meaning(found: re.Match[str], _: Anchor) -> Meaning | None:
        last = _shifted(found)
        if last is None:
            return None
        return _recurring("FREQ=MONTHLY" + (f";BYMONTH={months}" if months else "") + f";BYMONTHDAY={last}", found)

    return meaning


def yearly(found: re.Match[str], _: Anchor) -> Meaning | None:
    """Mean a day of every year; the eve of a first is the end of the month before."""
    written = dates.written(found)
    last = _shifted(found)
    month = written.month if last != -1 else (written.month - 1 or 12)
    return _recurring(f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={last}", found) if last else None


def weekly(found: re.Match[str], _: Anchor) -> Meaning | None:
    """Mean a weekday of every week; without a clock time, "before" it means the day before."""
    number = dates.weekday_of(found["weekday"])
    if not found.groupdict().get("hour") and re.search(r"\btruoc\b", found.group()):
        number -= 1
    return _recurring(f"FREQ=WEEKLY;BYDAY={_DAYS[number]}", found)


def every(rule: str, doubt: Doubt | None = None) -> Rule:
    """Mean a rule whatever else the match holds."""
    return lambda found, _: _recurring(rule, found, doubt)


def months_named(found: re.Match[str], _: Anchor) -> Meaning | None:
    """Mean a day of the months that are listed, of one year where it is written."""
    last = _shifted(found)
    months = ",".join(str(int(number)) for number in re.findall(r"\d{1,2}", found["months"]))
    until = f";UNTIL={found['year']}1231" if found["year"] else ""
    return _recurring(f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={last}{until}", found) if last else None


def last_working_day(found: re.Match[str], _: Anchor) -> Meaning | None:
    """Mean the last weekday of every month; the office's holidays move it when it falls due."""
    return _recurring("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", found)
