"""How often is a task due? The meanings of recurring wordings, as RFC 5545 rules of last days."""

import re
from datetime import date

from documents.codes import Doubt
from documents.extraction import dates
from documents.extraction.deadlines.meanings import Anchor, Meaning, Rule, end_of_month
from domain.deadlines import Deadline, DeadlineKind

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST_MONTH = 28
_NTH = {"dau tien": 1, "thu nhat": 1, "thu hai": 2, "thu ba": 3, "thu tu": 4, "cuoi cung": -1, "cuoi": -1}
QUARTER_ENDS, QUARTER_STARTS = "3,6,9,12", "1,4,7,10"


def _recurring(rule: str, found: re.Match[str], anchor: Anchor, doubt: Doubt | None = None) -> Meaning:
    """Give a recurring deadline, with the clock time where the match holds one."""
    at = dates.time_of(found) if found.groupdict().get("hour") else None
    return Meaning(Deadline(DeadlineKind.RECURRING, at=at, recurrence=rule + _until(found, anchor), basis="recurring"), doubt)


def _until(found: re.Match[str], anchor: Anchor) -> str:
    """Give the end of a series that is written with a day, or with a month and a year."""
    if year := found.groupdict().get("until_end") or found.groupdict().get("until_in"):
        return f";UNTIL={year}1231" if int(year) in dates.YEARS else ""
    if (written := found.groupdict().get("until")) and (last := dates.all_in(written)) and (day := last[0][2].on(anchor.year)):
        return f";UNTIL={day:%Y%m%d}"
    month, year = (found.groupdict().get(name) for name in ("until_month", "until_year"))
    if not month or not year or int(year) not in dates.YEARS or not 1 <= int(month) <= 12:  # noqa: PLR2004 - the months of a year
        return ""
    return f";UNTIL={end_of_month(date(int(year), int(month), 1)):%Y%m%d}"


def _shifted(found: re.Match[str]) -> int | None:
    """Give the last day of the month that is meant: the one before an exclusive day, -1 for the end of the month before."""
    number = int(found["day"])
    last = number - 1 if re.search(r"\btruoc\b", found.group()) and not found.groupdict().get("hour") else number
    return (last or -1) if 1 <= number <= 31 else None  # noqa: PLR2004 - the days of a month


def monthly(months: str = "") -> Rule:
    """Mean a day of every month, or of the months given."""

    def meaning(found: re.Match[str], anchor: Anchor) -> Meaning | None:
        last = _shifted(found)
        if last is None:
            return None
        more = found.groupdict().get("more")
        days = f"{last},{int(more) - (int(found['day']) - last)}" if more and last > 0 else f"{last}"
        return _recurring("FREQ=MONTHLY" + (f";BYMONTH={months}" if months else "") + f";BYMONTHDAY={days}", found, anchor)

    return meaning


def days_and_end(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean some days of every month, and its end."""
    return _recurring(f"FREQ=MONTHLY;BYMONTHDAY={found['days'].replace(' ', '')},-1", found, anchor)


def after_quarter(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean so many days after each quarter, as a day of the month that follows it."""
    count = dates.count_of(found["count"])
    doubt = Doubt.DEADLINE_AMBIGUOUS if found["working"] or count > _SHORTEST_MONTH else None
    return _recurring(f"FREQ=MONTHLY;BYMONTH={QUARTER_STARTS};BYMONTHDAY={min(count, _SHORTEST_MONTH)}", found, anchor, doubt)


def yearly(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean a day of every year, or the same day of two months; the eve of a first is the end of the month before."""
    written = dates.written(found)
    last = _shifted(found)
    month = written.month if last != -1 else (written.month - 1 or 12)
    if not last:
        return None
    if more := found["more"]:
        second = dates.all_in(more)[0][2]
        doubt = None if second.day == written.day else Doubt.DEADLINE_AMBIGUOUS
        return _recurring(f"FREQ=YEARLY;BYMONTH={month},{second.month};BYMONTHDAY={last}", found, anchor, doubt)
    return _recurring(f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={last}", found, anchor)


def nth_weekday(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean a weekday of every month, counted from its beginning or its end."""
    return _recurring(f"FREQ=MONTHLY;BYDAY={_NTH[found['nth']]}{_DAYS[dates.weekday_of(found['weekday'])]}", found, anchor)


def weekly(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean a weekday of every week; without a clock time, "before" it means the day before."""
    number = dates.weekday_of(found["weekday"])
    if not found.groupdict().get("hour") and re.search(r"\btruoc\b", found.group()):
        number -= 1
    return _recurring(f"FREQ=WEEKLY;BYDAY={_DAYS[number]}", found, anchor)


def every(rule: str, doubt: Doubt | None = None) -> Rule:
    """Mean a rule whatever else the match holds."""
    return lambda found, anchor: _recurring(rule, found, anchor, doubt)


def months_named(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean a day of the months that are listed, of one year where it is written."""
    last = _shifted(found)
    months = ",".join(str(int(number)) for number in re.findall(r"\d{1,2}", found["months"]))
    until = f";UNTIL={found['year']}1231" if found["year"] else ""
    return _recurring(f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={last}{until}", found, anchor) if last else None


def last_working_day(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean the last weekday of every month; the office's holidays move it when it falls due."""
    return _recurring("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", found, anchor)
