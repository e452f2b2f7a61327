"""Which wordings set a time? The grammar of deadlines as a table: one line a wording, its meaning, its strength.

To teach a wording, add one line here and one case to tests/documents/extraction/test_deadlines.py. Patterns are written
on folded text (letters.fold: small, without marks, single spaces). @day, @time, @weekday, @month, @quarter, @year and
@count stand for the pieces of dates; a group named ``words`` narrows the literal. Where matches overlap, the longest wins.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from documents.codes import Doubt
from documents.extraction import dates
from documents.extraction.deadlines import events, meanings, recurrences
from documents.extraction.deadlines.meanings import Rule
from domain.deadlines import DeadlineKind


class Strength(IntEnum):
    """How sure a wording is to set a deadline: a weak one gives way to any other of its clause."""

    CELL = 0
    WEAK = 1
    STRONG = 2


@dataclass(frozen=True)
class Wording:
    """One line of the grammar: as it is written in the table, and compiled."""

    rule: str
    pattern: re.Pattern[str]
    meaning: Rule
    strength: Strength


_PIECES = {
    "wday": r"(?:ngay )?(?:@weekday,? )?(?:ngay )?(?P<open>\()?(?:ngay )?@day(?(open)\))",
    "bound": r"(?:(?:cham|muon|tre) nhat|khong (?:muon|tre) hon|khong qua|han (?:cuoi cung|cuoi|chot|nop|gui)|truoc|den)"
    r"(?: la)?(?: den| vao| truoc| het)?:?",
    "every": r"(?:hang|moi|tung|cua (?:hang|moi|tung))",
    "until": r"(?:,? \(?(?:bat dau )?tu (?:thang|ngay) @first)?"
    r"(?:,? (?:cho )?den (?:het )?(?:thang (?P<until_month>\d{1,2}) ?/ ?(?P<until_year>\d{4})"
    r"|nam (?P<until_end>\d{4})|(?:ngay )?(?P<until>\d{1,2} ?/ ?\d{1,2}(?: ?/ ?\d{4})?))\)?| trong nam (?P<until_in>\d{4}))?",
    "count": r"(?P<count>\d{1,3}|mot|hai|ba|bon|nam|bay|tam|chin|muoi)(?: \([a-z ]{1,20}\))? ngay(?P<working> lam viec)?",
    "event": r"(?P<event>(?!(?:ngay )?\d)[^,.;:()]{2,70})",
    "nth": r"(?P<nth>dau tien|thu nhat|thu hai|thu ba|thu tu|cuoi cung|cuoi)",
    "meeting": r"(?:phien hop|ky hop|cuoc hop|hoi nghi|buoi giao ban)",
    "this": r"(?: (?:thong bao|ket luan|van ban)(?: ket luan)?(?: nay)?)?",
    "day": dates.DAY,
    "first": dates.FIRST_DAY,
    "lunar": dates.LUNAR_DAY,
    "time": dates.TIME,
    "weekday": dates.WEEKDAY,
    "month": dates.MONTH,
    "quarter": dates.QUARTER,
    "year": dates.YEAR,
}
_DONE = r"\b(?:hoan thanh|hoan tat|xong|dut diem|ket thuc|ban hanh|phe duyet|trinh)\b[^.;]{0,50}?"
_HANDED = r"\b(?:bao cao|gui|nop|trinh|xong|hoan thanh|hoan tat|y kien|phai co|thong qua)\b[^.;]{0,60}?"
_HANDED_AT = _HANDED.replace("0,60", "0,140")
_REPORTS = r"(?:bao cao|gui|nop|tong hop|cap nhat|ra soat|doi soat|doi chieu|so ket|danh gia|kiem tra|cong khai|cong bo|thong ke)"
_SIGNED = r"(?:ke )?(?:tu|sau) (?:ngay|khi) (?:ky ban hanh|ky|ban hanh|phat hanh|ra)\b"
_QUARTERLY = f"FREQ=MONTHLY;BYMONTH={recurrences.QUARTER_ENDS};BYMONTHDAY=-1"


def _wording(pattern: str, meaning: Rule, strength: Strength) -> Wording:
    """Put the pieces in and compile."""
    whole = pattern
    while "@" in whole:
        whole = re.sub(r"@([a-z]+)", lambda name: _PIECES[name[1]], whole)
    return Wording(pattern, re.compile(rf"(?<!\w){whole}"), meaning, strength)


_STRONG: tuple[tuple[str, Rule], ...] = (
    # a clock time on a day
    (r"@bound (?:luc )?@time,? (?:cua )?@wday", meanings.moment),
    (r"@bound @wday,? (?:luc )?@time", meanings.moment),
    # a day
    (r"(?:cham|muon|tre) nhat (?:la )?truoc @wday", meanings.day(-1, "exclusive", Doubt.DEADLINE_WORDING_CONTRADICTS)),
    (r"truoc @wday", meanings.day(-1, "exclusive")),
    (
        r"(?:(?:cham|muon|tre) nhat|khong (?:muon|tre) hon|khong qua)(?: la| den| vao| trong| het| tu)* @wday",
        meanings.day(0, "inclusive"),
    ),
    (r"(?:den )?het @wday", meanings.day(0, "inclusive")),
    (r"trong (?:cac |\d{1,2} )?ngay (?:\d{1,2} ?(?:-|,|va) ?){0,3}@day", meanings.day(0, "inclusive")),
    (r"(?:@bound )?(?:het |trong )?gio (?:lam viec|hanh chinh)(?: cua)? @wday", meanings.day(0, "inclusive")),
    (r"@bound (?:ngay )?(?P<day>\d{1,2}) thang nay", meanings.day_of_this_month),
    (r"(?:trong|truoc|het|den het) (?:ngay )?mai \((?:ngay )?@day\)", meanings.day(0, "inclusive")),
    (r"(?:trong|het|den het|cham nhat|cham nhat la) (?:ngay )?mai(?=[,.;]|$)", events.tomorrow),
    (
        r"(?:(?:thoi han|thoi gian|han)(?: (?:hoan thanh|gui|nop|cuoi cung|cuoi|chot|bao cao))*"
        r"|ngay (?:hoan thanh|gui|nop|cuoi cung|chot|bao cao))(?: la)?:? @wday",
        meanings.day(0, "inclusive"),
    ),
    (
        r"(?:lui|gia han|dieu chinh|keo dai|rut ngan)(?: (?:thoi han|thoi gian|han|moc)[^.;:]{0,140}?)?(?: (?:tu|"
        r"den) (?:ngay )?@first(?: \([^()]{0,90}\))?)?"
        r" (?:sang|thanh|den|xuong|toi)(?: het| con)? (?:ngay )?@day",
        meanings.day(0, "inclusive;amended"),
    ),
    (
        r"(?:lui|gia han|dieu chinh|keo dai|rut ngan)(?: (?:thoi han|thoi gian|han|moc)[^.;:]{0,140}?)?(?: (?:tu|"
        r"den) (?:ngay )?@first(?: \([^()]{0,90}\))?)?"
        r" (?:sang|thanh|den|xuong|toi)(?: con)? truoc (?:ngay )?@day",
        meanings.day(-1, "exclusive;amended"),
    ),
    # a month, a quarter, a year
    (r"(?:ngay )?trong thang @month", meanings.month(meanings.end_of_month, "end_of_month")),
    (r"(?:(?:den|truoc) )?(?:het|cuoi) thang @month", meanings.month(meanings.end_of_month, "end_of_month")),
    (r"(?:cham nhat )?truoc thang @month", meanings.month(lambda first: first - meanings.ONE_DAY, "before_month")),
    (r"(?:vao )?giua thang @month", meanings.month(lambda first: first.replace(day=15), "mid_month", DeadlineKind.DATE)),
    (r"(?:trong |vao )?nua dau thang @month", meanings.month(lambda first: first.replace(day=15), "first_half")),
    (r"(?:trong |vao )?nua cuoi thang @month", meanings.month(meanings.end_of_month, "end_of_month")),
    (r"(?:trong |vao |sang )?tuan (?:dau|thu nhat|thu 1)(?: tien)?(?: cua)? thang @month", meanings.part_of_month("week", 7)),
    (r"(?:trong |vao |sang )?tuan (?:thu hai|thu 2)(?: cua)? thang @month", meanings.part_of_month("week", 14)),
    (r"(?:trong |vao |sang )?tuan (?:thu ba|thu 3)(?: cua)? thang @month", meanings.part_of_month("week", 21)),
    (r"(?:trong |vao |sang )?tuan (?:thu tu|thu 4)(?: cua)? thang @month", meanings.part_of_month("week", 28)),
    (r"(?:trong |vao |sang )?tuan cuoi(?: cung)?(?: cua)? thang @month", meanings.part_of_month("week", -1)),
    (r"(?:trong |vao )?dau thang @month", meanings.part_of_month("start", 5, 10)),
    (r"(?:ngay )?trong thang(?: nay)?(?! \d| gieng| chap)(?=[,.;)]| nay|$)", meanings.month_of_notice(0)),
    (r"trong thang (?:toi|sau)", meanings.month_of_notice(1)),
    (r"(?:ngay )?trong quy @quarter", meanings.quarter),
    (r"(?:(?:den|truoc) )?(?:het|cuoi) quy @quarter", meanings.quarter),
    (r"trong quy(?: nay)?(?=[,.;)]|$)", meanings.quarter_of_notice),
    (r"(?:den )?het nam @year", meanings.year_day(12, "end_of_year")),
    # a rule
    (
        r"(?:dinh ky )?(?:(?:@bound|vao|luc) )?(?:@time,? )?ngay (?:mong |mung )?(?P<day>\d{1,2})"
        r"(?:(?:,| va)(?: ngay)? (?P<more>\d{1,2}))* @every thang@until",
        recurrences.monthly(),
    ),
    (r"@bound (?:mong |mung )?(?P<day>\d{1,2}) @every thang@until", recurrences.monthly()),
    (
        r"(?:(?:@bound|vao|luc) )?(?:@time,? )?(?:ngay )?@weekday @nth (?:@every |cua (?:@every )?)?thang@until",
        recurrences.nth_weekday,
    ),
    (
        r"(?:truoc|cham nhat(?: la| vao)?) ngay (?P<day>\d{1,2}) (?:cua )?thang (?:sau|ke tiep|tiep theo|lien ke|lien sau)",
        recurrences.monthly(),
    ),
    (
        r"(?:truoc|cham nhat(?: la| vao)?|vao)? ?ngay (?P<day>\d{1,2}) (?:cua )?thang cuoi (?:cua )?(?:(?:moi|hang) )?quy",
        recurrences.monthly(recurrences.QUARTER_ENDS),
    ),
    (
        r"(?:truoc|cham nhat(?: la| vao)?|vao)? ?ngay (?P<day>\d{1,2}) (?:cua )?thang dau (?:cua )?(?:(?:moi|"
        r"hang) )?quy(?: (?:sau|ke tiep|tiep theo))?",
        recurrences.monthly(recurrences.QUARTER_STARTS),
    ),
    (
        r"(?:dinh ky )?(?:truoc|cham nhat(?: la| vao)?|vao)? ?ngay @day"
        r"(?:(?:,| va)(?: truoc)?(?: ngay)? (?P<more>\d{1,2} ?/ ?\d{1,2}))? @every nam",
        recurrences.yearly,
    ),
    (
        r"(?:vao )?ngay (?P<day>\d{1,2}) (?:cua )?cac thang (?P<months>\d{1,2}(?: ?(?:,|va) ?\d{1,2})*)"
        r"(?:(?: ?/| nam) ?(?P<year>\d{4}))?",
        recurrences.months_named,
    ),
    (r"(?:vao )?ngay lam viec cuoi cung (?:@every |cua )?thang@until", recurrences.last_working_day),
    (r"(?:(?:@bound|vao) )?(?:@time,? )?ngay cuoi(?: cung)? (?:@every |cua (?:@every )?)?quy", recurrences.every(_QUARTERLY)),
    (
        r"(?:(?:@bound|vao) )?(?:@time,? )?ngay cuoi(?: cung)? (?:@every |cua (?:@every )?)?thang@until",
        recurrences.every("FREQ=MONTHLY;BYMONTHDAY=-1"),
    ),
    (r"(?:(?:@bound|vao|luc) )?(?:@time,? )?(?:(?:sang|chieu|ngay) )?@weekday @every tuan@until", recurrences.weekly),
    (r"@every tuan,? (?:@bound |vao )?(?:@time,? )?(?:(?:ngay|sang|chieu) )?@weekday", recurrences.weekly),
    (r"(?:dinh ky )?(?:sau|ket thuc) @every quy,? cham nhat(?: la)? @count", recurrences.after_quarter),
    (r"(?:dinh ky )?(?:moi|hang|mot) thang (?:mot|01|1) lan", recurrences.every("FREQ=MONTHLY;BYMONTHDAY=-1")),
    (r"(?:dinh ky )?(?:moi|hang|mot) tuan (?:mot|01|1) lan", recurrences.every("FREQ=WEEKLY;BYDAY=FR", Doubt.DEADLINE_AMBIGUOUS)),
    (r"(?:dinh ky )?(?:moi|hang|mot) nam (?:mot|01|1) lan", recurrences.every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31")),
    (r"@every tuan[^.;]{1,60}? (?:@bound|vao) (?:@time,? )?(?:ngay )?@weekday", recurrences.weekly),
    (r"(?:@bound|vao|luc) @time,? @every ngay@until", recurrences.every("FREQ=DAILY")),
    (r"(?:moi quy mot lan|@every quy),? (?:vao )?(?:tuan|ngay) cuoi (?:cua )?quy", recurrences.every(_QUARTERLY)),
    (r"moi quy (?:mot|01) lan", recurrences.every(_QUARTERLY)),
    (r"dinh ky (?:@every )?quy", recurrences.every(_QUARTERLY)),
    (r"dinh ky @every thang", recurrences.every("FREQ=MONTHLY;BYMONTHDAY=-1")),
    (r"dinh ky @every nam", recurrences.every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31")),
    (r"dinh ky @every tuan", recurrences.every("FREQ=WEEKLY;BYDAY=FR", Doubt.DEADLINE_AMBIGUOUS)),
    (
        r"dinh ky (?:6|06|sau) thang(?: mot lan)?",
        recurrences.every("FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1", Doubt.DEADLINE_AMBIGUOUS),
    ),
    (r"(?:3|03|ba) thang mot lan", recurrences.every(_QUARTERLY, Doubt.DEADLINE_AMBIGUOUS)),
    # an event
    (rf"(?:cham nhat )?(?:trong )?(?:(?:thoi han|vong) )?@count,? {_SIGNED}@this", events.after_notice),
    (r"(?:cham nhat )?(?:trong )?(?:(?:thoi han|vong) )?@count,? (?:ke |tinh )?(?:tu|sau) ngay @day", events.after_day),
    (
        r"(?:cham nhat )?(?:trong )?(?:(?:thoi han|vong) )?@count,? (?:ke |tinh )?(?:tu|sau)(?: ngay| khi)? "
        r"[^,.;:()\d]{2,60} \((?:ngay )?@day\)",
        events.after_day,
    ),
    (
        r"(?:cham nhat |it nhat |toi thieu )?(?:trong )?@count truoc (?:ngay |khi |buoi |le |dip )?"
        r"(?P<what>@meeting[^,.;()]{0,40}|[a-z][a-z ]{2,40})",
        events.before_event,
    ),
    (
        r"(?:cham nhat )?(?:trong )?(?:(?:thoi han|vong) )?@count,? (?:ke |tinh )?(?:tu|sau)(?! (?:ngay|khi) (?:ky|ban hanh|"
        r"phat hanh|ra)\b)(?: ngay| khi)? @event",
        events.event("after_event"),
    ),
    (r"(?:cham nhat )?(?:trong )?(?:(?:thoi han|vong) )@count(?=[,.;]|$)", events.event("after_event")),
    (
        r"(?:trong (?:vong|thoi han)|cham nhat|khong qua) \d{1,3} (?:gio|h|phut)\b"
        r"(?: (?:ke tu|tu|sau) (?:khi|luc|thoi diem) @event)?",
        events.event("after_event"),
    ),
    (
        r"truoc (?:ngay |khi |buoi |le |dip )?(?P<what>@meeting[^,.;()]{0,40}?|[a-z][a-z ]{2,40}?(?: \d{1,2})?)"
        r"(?: (?:it nhat|toi thieu|cham nhat))? @count",
        events.before_event,
    ),
    (
        r"truoc (?:khi|ngay|dip|le) (?!\d)(?![^()]{0,60}\d ngay\b)[^,.;()]{2,60} \([^():]{0,30}:? ?(?<![\d/])@day\)",
        events.before_written_event,
    ),
    (r"truoc (?:mua|vu|dot|thoi diem) [^,.;()]{2,40}", events.event("before_event")),
    (
        r"(?:dinh ky )?(?:vao |truoc )?(?:cac )?ngay (?P<days>\d{1,2}(?:, \d{1,2})*)(?:,| va)(?: ngay)? cuoi(?: cung)?"
        r"(?: cua)? @every thang@until",
        recurrences.days_and_end,
    ),
    (
        r"(?:trong )?(?:(?:thoi han|vong) )?@count,? (?:ke |tinh )?(?:tu|sau) (?:ngay |khi )?"
        r"(?:ket thuc|khai mac|bat dau|dien ra)[^.;,()]{2,60}",
        events.uncounted,
    ),
    (rf"{_HANDED}(?P<words>truoc khi @event)", events.event("before_event")),
    (r"ngay sau khi @event(?:, khong [^.;,]{1,60} qua \d{1,3} ngay)?", events.event("after_event")),
    (r"(?:trong |hoan thanh )?ngay khi @event", events.event("after_event")),
    (r"(?:cham nhat )?sau (?:ky nghi )?tet(?: nguyen dan)? \d{1,2} ngay", events.event("after_event")),
    (r"(?:ngay )?tu ngay lam viec dau tien[^,.;]{0,40}", events.event("after_event")),
    (
        r"(?:xong |hoan thanh )?truoc (?:(?:khi nghi|ky nghi|"
        r"dip)(?: le)? ?)?tet\b(?: nguyen dan)?(?: [a-z]+ [a-z]+(?= \d{4}|[,.;]))?",
        events.event("before_event"),
    ),
    (r"truoc (?:khi nghi|ky nghi|dip nghi|dip) le[^,.;]{0,30}", events.event("before_event")),
    (r"(?:truoc|trong|cham nhat|den|het)(?: vao| la| den)? @lunar", events.event("lunar")),
    (
        rf"{_HANDED_AT}(?P<words>(?:tai|truoc) @meeting(?: [a-z]+){{0,5}}? (?:thang|"
        r"gan nhat|toi|tiep theo|lan thu|thuong ky|cuoi nam|giua nam|"
        rf"sau)[^,.;]{{0,40}})",
        events.event("at_event"),
    ),
    (r"(?:theo )?dung (?:thoi )?han (?:theo |luat |quy |ghi )[^,.;]{2,40}", events.event("external_rule")),
    (r"(?:ngay )?trong tuan nay", meanings.week_of_notice(0)),
    (r"trong tuan (?:toi|sau)", meanings.week_of_notice(1)),
)
_WEAK: tuple[tuple[str, Rule], ...] = (
    (r"(?:@bound|vao|trong) (?:ngay )?@weekday(?! (?:hang|moi))", meanings.weekday),
    (r"(?:luc |vao |hoi )?@time,? @wday", meanings.moment),
    (r"(?:luc |vao )?@time,? @every ngay@until", recurrences.every("FREQ=DAILY")),
    (r"den @wday", meanings.day(0, "inclusive")),
    (r"(?:thuc hien |trong tuan )?tu (?:ngay )?@first den (?:het )?(?:ngay )?@day", meanings.day(0, "end_of_range")),
    (r"vao @wday", meanings.day(0, "scheduled")),
    (r"@weekday,? (?:ngay )?(?P<open>\()?(?:ngay )?@day(?(open)\))", meanings.day(0, "inclusive")),
    (rf"{_DONE}(?P<words>trong nam @year)", meanings.year_day(12, "end_of_year")),
    (rf"{_DONE}(?P<words>trong nam(?: nay)?)(?=[,.;]|$)", meanings.year_day(12, "end_of_year")),
    (r"trong (?:6|06|sau) thang dau nam(?: @year)?", meanings.year_day(6, "end_of_half")),
    (r"trong (?:6|06|sau) thang cuoi nam(?: @year)?", meanings.year_day(12, "end_of_half")),
    (rf"(?P<words>@every quy),? (?={_REPORTS})", recurrences.every(_QUARTERLY)),
    (rf"(?P<words>@every thang),? (?={_REPORTS})", recurrences.every("FREQ=MONTHLY;BYMONTHDAY=-1")),
    (rf"{_REPORTS}\b[^.;,]{{0,40}}? (?P<words>@every quy)\b", recurrences.every(_QUARTERLY)),
    (rf"{_REPORTS}\b[^.;,]{{0,40}}? (?P<words>@every thang)\b", recurrences.every("FREQ=MONTHLY;BYMONTHDAY=-1")),
    (rf"{_REPORTS}\b[^.;,]{{0,80}}? (?P<words>@every ngay)\b@until", recurrences.every("FREQ=DAILY")),
    (rf"(?P<words>@every ngay),? (?={_REPORTS})", recurrences.every("FREQ=DAILY")),
)
# What sets a time only where a table's heading says so.
_CELL: tuple[tuple[str, Rule], ...] = (
    (r"@wday", meanings.day(0, "inclusive")),
    (r"(?:ngay )?(?:sau )?khi @event", events.event("after_event")),
    (r"(?:xong )?(?:trong )?quy @quarter", meanings.quarter),
    (r"(?:xong )?(?:trong )?thang @month", meanings.month(meanings.end_of_month, "end_of_month")),
    (r"(?:xong )?(?:trong )?nam @year", meanings.year_day(12, "end_of_year")),
    (r"@every quy", recurrences.every(_QUARTERLY)),
    (r"@every thang", recurrences.every("FREQ=MONTHLY;BYMONTHDAY=-1")),
    (r"@every tuan", recurrences.every("FREQ=WEEKLY;BYDAY=FR", Doubt.DEADLINE_AMBIGUOUS)),
)

WORDINGS = (
    *(_wording(pattern, meaning, Strength.STRONG) for pattern, meaning in _STRONG),
    *(_wording(pattern, meaning, Strength.WEAK) for pattern, meaning in _WEAK),
    *(_wording(pattern, meaning, Strength.CELL) for pattern, meaning in _CELL),
)
