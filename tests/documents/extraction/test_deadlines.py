"""Does every wording mean the day it says? The grammar of deadlines, and what an officer types."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.codes import Doubt
from documents.extraction import deadlines
from domain.calendar import Calendar
from domain.deadlines import Deadline, DeadlineKind
from domain.errors import Refusal
from tests.documents import papers

ANCHOR = deadlines.Anchor(date(2021, 2, 1), papers.TET)
DATE, MOMENT, MONTH = DeadlineKind.DATE, DeadlineKind.DATETIME, DeadlineKind.MONTH
QUARTER, RELATIVE = DeadlineKind.QUARTER, DeadlineKind.RELATIVE


def found(text: str) -> deadlines.Found:
    (one,) = deadlines.find(text, ANCHOR)
    return one


@pytest.mark.parametrize(
    ("text", "kind", "last_day"),
    [
        ("gửi trước ngày 22/02/2021", DATE, date(2021, 2, 21)),
        ("gửi trước 22/02/2021", DATE, date(2021, 2, 21)),
        ("gửi trước ngày 22/02", DATE, date(2021, 2, 21)),
        ("gửi trước ngày mồng 5 tháng 3", DATE, date(2021, 3, 4)),
        ("gửi trước ngày 01/3/2021", DATE, date(2021, 2, 28)),
        ("chậm nhất ngày 22/02/2021", DATE, date(2021, 2, 22)),
        ("chậm nhất là ngày 22 tháng 02 năm 2021", DATE, date(2021, 2, 22)),
        ("muộn nhất là ngày 22/02/2021", DATE, date(2021, 2, 22)),
        ("không muộn hơn ngày 22/02/2021", DATE, date(2021, 2, 22)),
        ("đến hết ngày 22/02/2021", DATE, date(2021, 2, 22)),
        ("xong trong ngày 22/02/2021", DATE, date(2021, 2, 22)),
        ("Thời hạn hoàn thành: 22/02/2021", DATE, date(2021, 2, 22)),
        ("nộp trưóc ngày 2O/3/2O21", DATE, date(2021, 3, 19)),
        ("TRƯỚC NGÀY 22/02/2021", DATE, date(2021, 2, 21)),
        ("kéo dài thời hạn từ ngày 20/02/2021 sang ngày 25/02/2021", DATE, date(2021, 2, 25)),
        ("vào giữa tháng 3", DATE, date(2021, 3, 15)),
        ("thu dứt điểm trong năm 2021", DATE, date(2021, 12, 31)),
        ("trong 6 tháng đầu năm 2021", DATE, date(2021, 6, 30)),
        ("trong tháng 3/2021", MONTH, date(2021, 3, 31)),
        ("trước tháng 3/2021", MONTH, date(2021, 2, 28)),
        ("hoàn thành trong tháng.", MONTH, date(2021, 2, 28)),
        ("trong quý I năm 2021", QUARTER, date(2021, 3, 31)),
        ("hết quý II/2021", QUARTER, date(2021, 6, 30)),
        ("trong 10 ngày kể từ ngày ký", RELATIVE, date(2021, 2, 11)),
        ("trong 07 ngày làm việc kể từ ngày ban hành Thông báo này", RELATIVE, date(2021, 2, 17)),
        ("trước khi khai mạc (ngày khai mạc: 27/3/2021)", RELATIVE, date(2021, 3, 26)),
        ("ngay sau khi được phê duyệt", RELATIVE, None),
        ("chốt trước ngày 23 tháng Chạp", RELATIVE, None),
        ("hoàn thành trước Tết Nguyên đán", RELATIVE, None),
    ],
)
def test_a_wording_means_its_last_day(text: str, kind: DeadlineKind, last_day: date | None) -> None:
    deadline = found(text).deadline

    assert (deadline.kind, deadline.last_day) == (kind, last_day)


@pytest.mark.parametrize(
    ("text", "last_day", "at"),
    [
        ("trước 17h00 ngày 22/02/2021", date(2021, 2, 22), time(17)),
        ("trước 17 giờ 30 phút ngày 22/02/2021", date(2021, 2, 22), time(17, 30)),
        ("trước 16h30 thứ Hai, ngày 22/02/2021", date(2021, 2, 22), time(16, 30)),
        ("trước 17h00 ngày Thứ Hai (22/02/2021)", date(2021, 2, 22), time(17)),
        ("đến 5 giờ chiều ngày 22/02/2021", date(2021, 2, 22), time(17)),
        ("trước 24 giờ ngày 22/02/2021", date(2021, 2, 22), time(23, 59)),
    ],
)
def test_a_clock_time_is_kept(text: str, last_day: date, at: time) -> None:
    deadline = found(text).deadline

    assert (deadline.kind, deadline.last_day, deadline.at) == (MOMENT, last_day, at)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=24"),
        ("trước ngày 01 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("chậm nhất ngày 20 tháng sau", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("trước ngày 20 của tháng cuối quý", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=19"),
        ("trước ngày 15/11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14"),
        ("vào thứ Sáu hàng tuần", "FREQ=WEEKLY;BYDAY=FR"),
        ("trước 14 giờ 00 hàng ngày", "FREQ=DAILY"),
        ("ngày 10 các tháng 10, 11 và 12/2021", "FREQ=YEARLY;BYMONTH=10,11,12;BYMONTHDAY=10;UNTIL=20211231"),
        ("mỗi quý một lần", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
    ],
)
def test_a_recurring_wording_means_a_rule_of_last_days(text: str, rule: str) -> None:
    assert found(text).deadline.recurrence == rule


@pytest.mark.parametrize(
    ("text", "doubt", "last_day"),
    [
        ("gửi vào thứ Sáu, ngày 20/02/2021", Doubt.DEADLINE_CONTRADICTS, None),
        ("gửi trước ngày 30/02/2021", Doubt.DEADLINE_IMPOSSIBLE, None),
        ("gửi trước ngày 15/01/2021", Doubt.DEADLINE_BEFORE_NOTICE, None),
        ("chậm nhất trước ngày 22/02/2021", Doubt.DEADLINE_WORDING_CONTRADICTS, date(2021, 2, 21)),
        ("trong tuần đầu tháng 3/2021", Doubt.DEADLINE_AMBIGUOUS, None),
        ("trong tuần này", Doubt.DEADLINE_AMBIGUOUS, date(2021, 2, 7)),
    ],
)
def test_what_is_not_sure_is_marked(text: str, doubt: Doubt, last_day: date | None) -> None:
    one = found(text)

    assert (one.doubt, one.deadline.last_day) == (doubt, last_day)


def test_a_missing_year_is_never_guessed_without_a_notice_date() -> None:
    (one,) = deadlines.find("trước ngày 22/02", deadlines.Anchor(None, Calendar()))

    assert (one.doubt, one.deadline.last_day) == (Doubt.DEADLINE_YEAR_MISSING, None)


@pytest.mark.parametrize(
    "text",
    [
        "tính đến ngày 28/02/2021 đạt 40%",
        "giải ngân đến ngày 28/02/2021 đạt 40%",
        'thay cho thời hạn "trước ngày 20/02/2021"',
        "(hạn cũ: 28/02/2021)",
        "(kể cả 6 hộ xử lý trước ngày 20/02/2021)",
        "khẩn trương thực hiện ngay",
        "niêm yết ít nhất 21 ngày",
        "nghỉ việc từ ngày 22/02/2021",
    ],
)
def test_dates_that_only_look_like_deadlines_are_none(text: str) -> None:
    assert deadlines.find(text, ANCHOR) == ()


@given(st.dates(min_value=date(2021, 2, 3), max_value=date(2099, 12, 31)))
def test_before_a_day_is_its_eve_however_the_day_is_written(day: date) -> None:
    written = (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day.day} tháng {day.month} năm {day.year}")

    eves = {found(f"gửi trước ngày {words}").deadline.last_day for words in written}

    assert [eve.toordinal() + 1 for eve in eves if eve] == [day.toordinal()]


@given(st.text(max_size=200))
def test_no_text_breaks_the_grammar(text: str) -> None:
    for one in deadlines.find(text, ANCHOR, cell=True):
        assert text[one.start : one.end].strip() == one.deadline.literal


@pytest.mark.parametrize(
    ("typed", "kind", "last_day"),
    [
        ("22/02/2021", DATE, date(2021, 2, 22)),
        ("22/2", DATE, date(2021, 2, 22)),
        ("10/1", DATE, date(2022, 1, 10)),
        ("trước ngày 22/02/2021", DATE, date(2021, 2, 21)),
        ("hết ngày 5/3", DATE, date(2021, 3, 5)),
        ("trong tháng 3/2021", MONTH, date(2021, 3, 31)),
        ("17h00 ngày 22/02/2021", MOMENT, date(2021, 2, 22)),
        ("không", DeadlineKind.NONE, None),
        ("Không hạn", DeadlineKind.NONE, None),
    ],
)
def test_what_an_officer_types_is_understood(typed: str, kind: DeadlineKind, last_day: date | None) -> None:
    deadline = deadlines.parse_typed(typed, today=date(2021, 2, 1), calendar=papers.TET)

    assert (deadline.kind, deadline.last_day, deadline.literal) == (kind, last_day, typed)


@pytest.mark.parametrize(
    "typed", ["", "mai", "30/02", "31/4/2021", "22/2 hoặc 23/2", "thứ Sáu, ngày 20/02/2021", "khi có yêu cầu"]
)
def test_what_is_not_understood_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        deadlines.parse_typed(typed, today=date(2021, 2, 1), calendar=papers.TET)

    assert refused.value.reason == "deadline-not-understood"


@given(st.text(max_size=80))
def test_typing_gives_a_deadline_or_a_refusal(typed: str) -> None:
    try:
        deadline = deadlines.parse_typed(typed, today=date(2021, 2, 1), calendar=papers.TET)
    except Refusal:
        return
    assert isinstance(deadline, Deadline)
