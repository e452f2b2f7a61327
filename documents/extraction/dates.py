"""Which day do these words name? Written dates, as pieces of the grammar and as values."""

import re
from dataclasses import dataclass
from datetime import date, time

# Named groups of every piece; a rule may use each piece once.
DAY = (
    r"(?:(?:mong|mung) )?(?P<day>\d{1,2})"
    r"(?: ?/ ?(?P<month>\d{1,2})(?: ?/ ?(?P<year>\d{4})| nam (?P<year4>\d{4}))?(?![\d/])"
    r"|(?P<sep>[.-])(?P<month2>\d{1,2})(?P=sep)(?P<year2>\d{4})(?!\d)"
    r"| thang (?P<month3>\d{1,2})(?: ?/ ?(?P<year3>\d{4})|,? nam (?P<year5>\d{4}))?(?![\d/]))"
)
LUNAR_DAY = r"(?P<lunar>(?:ngay )?(?:(?:mong|mung|ram) ?)?\d{0,2} ?thang (?:gieng|chap|\d{1,2} am lich)(?: am lich)?)"
FIRST_DAY = r"\d{1,2}(?: ?/ ?\d{1,4}(?: ?/ ?\d{4})?|[.-]\d{1,2}[.-]\d{4}| thang \d{1,2}(?: nam \d{4})?)?"
MONTH = r"(?P<month>\d{1,2})(?: ?/ ?(?P<year>\d{4})|,? nam (?P<year2>\d{4})|(?P<this_year> nam nay))?(?![\d/])"
QUARTER = r"(?P<quarter>iv|[il]{1,3}|[1-4])(?: ?[/-] ?(?P<year>\d{4})|,? nam (?P<year2>\d{4})| nam nay)?(?![\w/])"
YEAR = r"(?P<year>\d{4})(?![\d/-])"
TIME = (
    r"(?P<hour>\d{1,2}) ?(?:h|g|gio|:)(?: ?(?P<minute>\d{2})(?: ?phut)?)?(?![\w])"
    r"(?P<part> (?:sang|trua|chieu|toi)(?! mai))?(?: cung)?"
)
WEEKDAY = r"(?P<weekday>thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)"

_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5, "nhat": 6}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
WRITTEN = re.compile(rf"(?<![\d/]){DAY}")
# Another year is a slip of the pen; around the first and the last year there are no days to count.
YEARS = range(1900, 2200)
_NOON, _EVENING = 12, 24


@dataclass(frozen=True)
class Written:
    """A day as written: the year may be missing, and the day may not exist."""

    day: int
    month: int
    year: int | None

    def on(self, year: int | None) -> date | None:
        """Give the day, in the given year where none is written; None where there is no such day, or the year is a slip."""
        meant = self.year if self.year is not None else year
        if meant is None or meant not in YEARS:
            return None
        try:
            return date(meant, self.month, self.day)
        except ValueError:
            return None


def written(found: re.Match[str]) -> Written:
    """Give the day that the groups of DAY hold."""
    groups = found.groupdict()
    month = _first(groups, "month", "month2", "month3")
    year = _first(groups, "year", "year2", "year3", "year4", "year5")
    return Written(int(groups["day"]), int(month or 0), int(year) if year else None)


def year_of(found: re.Match[str], default: int | None) -> int | None:
    """Give the year that the groups of MONTH, QUARTER or YEAR hold, else another one; it may be a slip, outside of YEARS."""
    year = _first(found.groupdict(), "year", "year2")
    return int(year) if year else default


def quarter_of(found: re.Match[str]) -> int:
    """Give the quarter, 1 to 4, that the group of QUARTER holds."""
    words = found["quarter"].replace("l", "i")
    return _QUARTERS.get(words) or int(words)


def weekday_of(words: str) -> int:
    """Give the weekday of the words, Monday being 0."""
    return _WEEKDAYS[words.rsplit(maxsplit=1)[-1]]


def time_of(found: re.Match[str]) -> time | None:
    """Give the clock time that the groups of TIME hold, 24:00 as 23:59; None where there is no such time."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if (found["part"] or "").strip() in {"chieu", "toi"} and hour < _NOON:
        hour += _NOON
    if hour == _EVENING and minute == 0:
        return time(23, 59)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def count_of(words: str) -> int:
    """Give the number of the words, digits or one Vietnamese numeral."""
    return int(words) if words.isdigit() else _WORDS[words]


def all_in(folded: str) -> list[tuple[int, int, Written]]:
    """Give every written date of a folded text with its place."""
    return [(found.start(), found.end(), written(found)) for found in WRITTEN.finditer(folded)]


def _first(groups: dict[str, str | None], *names: str) -> str | None:
    """Give the first of the groups that took part."""
    return next((groups[name] for name in names if groups.get(name)), None)
