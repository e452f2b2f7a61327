"""Is a recurring task told with its rule, its periods and what comes next, to the office and to units?"""

from datetime import date, datetime, timedelta

import pytest

from domain.calendar import Calendar
from domain.conclusions import Task
from domain.deadlines import Deadline, DeadlineKind
from domain.duties import Duty, Tally
from domain.readings import Audience, AudienceKind
from domain.series import Recurring, Series, occurrence
from messages import conclusions, deadlines, periods, series, tasks
from messages.buttons import Rows
from tests.messages.samples import EN, MOMENT, NOW, VI, a_duty

WORDS = "trước ngày 25 hằng tháng"
MARCH = date(2021, 3, 24)


def a_rule(rule: str = "FREQ=MONTHLY;BYMONTHDAY=24") -> Deadline:
    return Deadline(DeadlineKind.RECURRING, WORDS, recurrence=rule)


def a_task(deadline: Deadline, name: str | None = "báo cáo <kết quả> & số liệu") -> Task:
    task = Task(1, 1, "2.1", "Gửi báo cáo", Audience(AudienceKind.ALL), deadline, name, "Đảng ủy Khối")
    task.id = 7
    return task


def recurring(*, opens_at: datetime | None = NOW, ended_at: datetime | None = None, formerly: str | None = None) -> Recurring:
    return Recurring(a_task(a_rule()), Series(7, date(2021, 3, 25), opens_at, ended_at, formerly=formerly))


def an_occurrence(number: int = 1) -> Duty:
    duty, task = a_duty(number), a_task(a_rule())
    made = occurrence(task, MARCH, ref=series.ref(VI, task, MARCH), name=series.name(VI, task, MARCH))
    made.id = number
    return Duty(duty.assignment, made, duty.unit, duty.conclusion)


def pressed(rows: Rows) -> list[str]:
    return [button.data for row in rows for button in row]


@pytest.mark.parametrize(
    ("rule", "day", "vietnamese", "english"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=24", "2026-03-24", "kỳ tháng 3/2026", "month 3/2026"),
        ("FREQ=WEEKLY;BYDAY=FR", "2026-03-20", "tuần 12/2026", "week 12/2026"),
        ("FREQ=WEEKLY;BYDAY=FR", "2027-01-01", "tuần 53/2026", "week 53/2026"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2026-03-31", "quý I/2026", "quarter I/2026"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", "2026-12-14", "quý IV/2026", "quarter IV/2026"),
        ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", "2026-04-10", "kỳ tháng 4/2026", "month 4/2026"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14", "2026-11-14", "năm 2026", "year 2026"),
        ("FREQ=DAILY", "2026-03-05", "kỳ ngày 05/03/2026", "for 05/03/2026"),
        ("FREQ=MONTHLY;BYMONTHDAY=10,25", "2026-03-10", "kỳ ngày 10/03/2026", "for 10/03/2026"),
    ],
)
def test_an_occurrence_is_called_by_its_period(rule: str, day: str, vietnamese: str, english: str) -> None:
    named = [periods.name(speech, a_rule(rule), date.fromisoformat(day)) for speech in (VI, EN)]
    assert named == [vietnamese, english]


def test_an_occurrence_keeps_its_period_in_a_long_name_and_is_escaped_once() -> None:
    task = a_task(a_rule(), "báo cáo kết quả học tập & làm theo " * 6)
    duty = an_occurrence()
    assert series.name(VI, task, MARCH).startswith("kỳ tháng 3/2021: Báo cáo kết quả học tập & làm theo")
    text = tasks.card(VI, duty, MOMENT).text
    assert "<b>Kỳ tháng 3/2021: Báo cáo &lt;kết quả&gt; &amp; số liệu</b>" in text
    assert "Mục 2.1, kỳ tháng 3/2021 – " in text


@pytest.mark.parametrize(
    ("shown", "line"),
    [
        (recurring(), "🔁 Việc định kỳ: trước ngày 25 hằng tháng; kỳ này: thứ Tư, 24/03/2021; kỳ sau: thứ Bảy, 24/04/2021."),
        (
            recurring(opens_at=None),
            "🔁 Việc định kỳ: trước ngày 25 hằng tháng; kỳ này: thứ Tư, 24/03/2021; không còn kỳ sau.",
        ),
    ],
)
def test_the_details_of_an_occurrence_tell_the_rule_and_the_next_one(shown: Recurring, line: str) -> None:
    assert line in tasks.card(VI, an_occurrence(), MOMENT, None, shown).text.splitlines()


def test_a_draft_tells_the_first_occurrence() -> None:
    text = deadlines.line(VI, a_rule(), Calendar(), today=date(2021, 2, 1))
    assert text == "🔁 Định kỳ: trước ngày 25 hằng tháng – kỳ đầu: thứ Tư, 24/02/2021."


@pytest.mark.parametrize(
    ("shown", "line", "actions"),
    [
        (recurring(), "trước ngày 25 hằng tháng – kỳ tới: thứ Bảy, 24/04/2021.", ["setrule:7", "endseries:7"]),
        (recurring(opens_at=None), "– đã hết các kỳ.", ["setrule:7", "endseries:7"]),
        (recurring(opens_at=None, ended_at=NOW), "– đã dừng.", []),
    ],
)
def test_a_series_is_told_on_its_conclusion_s_card(shown: Recurring, line: str, actions: list[str]) -> None:
    duty = a_duty()
    told = conclusions.card(VI, duty.conclusion, Tally(), (), [shown], may_end=True)
    assert f"🔁 Mục 2.1: {WORDS} " in told.text
    assert told.text.splitlines()[-1].endswith(line)
    assert [data for data in pressed(told.rows) if data.endswith(":7")] == actions
    assert conclusions.card(VI, duty.conclusion, Tally(), (), [shown], may_end=False).rows == ()


@pytest.mark.parametrize(("still_open", "actions"), [(0, ["keep"]), (3, ["keep", "all"])])
def test_what_is_open_is_asked_about_before_a_series_ends(still_open: int, actions: list[str]) -> None:
    asked = series.confirm_end(VI, recurring(), still_open)
    assert pressed(asked.rows) == [*(f"seriesended:7:{one}" for one in actions), "cancel"]
    assert ("Còn 3 việc của các kỳ trước chưa nộp." in asked.text) is bool(still_open)


def test_units_read_the_new_rule_the_old_one_and_what_they_still_owe() -> None:
    told = series.told_units(VI, recurring(formerly="trước ngày 20 hằng tháng"), a_duty().conclusion, [an_occurrence()])
    assert told.text.splitlines() == [
        "🔁 Văn phòng đã đổi định kỳ của việc: Báo cáo &lt;kết quả&gt; &amp; số liệu",
        "Từ nay: trước ngày 25 hằng tháng; kỳ tới: <b>thứ Bảy, 24/04/2021</b>.",
        "Trước đây: trước ngày 20 hằng tháng.",
        "Mục 2.1 – Số 52-TB/ĐUK: KẾT LUẬN về &lt;công tác&gt; đảng",
        "Các kỳ còn phải nộp, theo hạn của từng kỳ:",
        "• Kỳ tháng 3/2021: Báo cáo &lt;kết quả&gt; &amp; số liệu – hạn Chủ nhật, 21/02/2021",
    ]


def test_units_read_of_the_end_and_of_what_is_left() -> None:
    ended = recurring(opens_at=None, ended_at=NOW + timedelta(days=1))
    texts = [series.told_units(VI, ended, a_duty().conclusion, duties).text for duties in ([], [an_occurrence()])]
    assert all(text.startswith("🔁 Văn phòng đã dừng việc định kỳ: ") for text in texts)
    assert ["Không còn kỳ nào phải nộp." in text for text in texts] == [True, False]


def test_an_occurrence_that_two_units_owe_is_named_once() -> None:
    first, second = an_occurrence(), an_occurrence()
    told = series.told_units(VI, recurring(), a_duty().conclusion, [first, second])
    assert told.text.count("• Kỳ tháng 3/2021") == 1
