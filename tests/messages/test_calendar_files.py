"""Does a calendar get the right day, the same event again, and everything a person needs to know of the task?"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Alarm, Calendar, Event

from domain.assignments import AssignmentState
from domain.calendar import Calendar as WorkingDays
from domain.deadlines import Deadline, DeadlineKind
from domain.duties import Duty
from domain.offices import Office
from messages import calendar_files, tasks
from tests.messages.samples import EN, MOMENT, NOW, VI, ZONE, a_deadline, a_duty

OFFICE = Office(WorkingDays(), ZONE)
SALT = "5a17"
DAILY = "FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20211231"


def parsed(*duties: Duty, office: Office = OFFICE, now: datetime = NOW, salt: str = SALT) -> Calendar:
    """Read the file of tasks as a phone does."""
    read = Calendar.from_ical(calendar_files.attachment(VI, duties, office, now, salt=salt).content)
    assert isinstance(read, Calendar)
    return read


def event(duty: Duty, *, office: Office = OFFICE, now: datetime = NOW, salt: str = SALT) -> Event:
    """Read the one event of a task."""
    (found,) = parsed(duty, office=office, now=now, salt=salt).events
    return found


def alarms(found: Event) -> list[Alarm]:
    return [part for part in found.subcomponents if isinstance(part, Alarm)]


def test_a_file_says_what_it_is() -> None:
    read = parsed(a_duty())

    assert (read.method, read.prodid, read.version) == ("PUBLISH", "-//Don Doc//dondoc//VI", "2.0")
    assert read.errors == []
    assert not read.timezones


def test_a_task_takes_its_whole_last_working_day() -> None:
    found = event(a_duty())

    assert (found.start, found.end) == (date(2021, 2, 19), date(2021, 2, 20))
    assert (found.summary, found.status, found.transparency) == ("Báo cáo khắc phục", "CONFIRMED", "TRANSPARENT")


def test_the_words_the_strict_day_the_addressee_and_the_paper_stand_in_the_description() -> None:
    description = event(a_duty()).description or ""

    for words in (
        "“Gửi báo cáo khắc phục & ký”",
        "ngày cuối: Chủ nhật, 21/02/2021",
        "Đảng ủy Khối",
        "Mục 2.1",
        "52-TB/ĐUK: KẾT LUẬN về <công tác> đảng",
    ):
        assert words in description


def test_a_clock_time_is_half_an_hour_in_utc() -> None:
    found = event(a_duty(deadline=Deadline(DeadlineKind.DATETIME, "trước 17 giờ", date(2021, 2, 19), time(17))))

    start = datetime(2021, 2, 19, 10, tzinfo=UTC)
    assert (found.start, found.end) == (start, start + timedelta(minutes=30))
    assert "17:00" in (found.description or "")


def test_a_series_is_a_rule_from_its_first_day_on() -> None:
    found = event(a_duty(deadline=Deadline(DeadlineKind.RECURRING, "ngày 25 hằng tháng", recurrence=DAILY)))

    assert found.start == date(2021, 2, 25)
    assert [rule.to_ical().decode() for rule in found.rrules] == ["FREQ=MONTHLY;UNTIL=20211231;BYMONTHDAY=25"]
    assert [alarm.TRIGGER for alarm in alarms(found)] == [timedelta(hours=-16)]


def test_a_series_that_is_over_before_it_begins_is_still_a_file() -> None:
    over = Deadline(DeadlineKind.RECURRING, "ngày 25 hằng tháng", recurrence="FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20201231")

    assert event(a_duty(deadline=over)).start == date(2021, 2, 1)


def test_the_phone_rings_at_the_round_one_working_day_before() -> None:
    tet = Office(WorkingDays(frozenset({date(2021, 2, 18), date(2021, 2, 17)})), ZONE)

    (alarm,) = alarms(event(a_duty(), office=tet))

    rings = (alarm.ACTION, alarm.TRIGGER, alarm.description)
    assert rings == ("DISPLAY", datetime(2021, 2, 16, 1, tzinfo=UTC), "Báo cáo khắc phục")


def test_a_moment_that_is_over_does_not_ring() -> None:
    assert alarms(event(a_duty(), now=datetime(2021, 2, 18, 1, tzinfo=UTC))) == []


def test_an_event_keeps_its_name_whatever_happens_and_shares_it_with_no_other() -> None:
    duty, other = a_duty(), a_duty(2)
    name = event(duty).uid

    duty.assignment.move(a_deadline(date(2021, 3, 1)), NOW)

    assert event(duty).uid == name
    assert len({name, event(other).uid, event(duty, salt="another office").uid}) == 3
    assert name.endswith("@dondoc")
    assert SALT not in name


def test_the_sequence_grows_with_each_deadline_and_with_the_end() -> None:
    duty = a_duty()
    found = [event(duty)]
    for day in (date(2021, 3, 1), date(2021, 3, 8)):
        duty.assignment.move(a_deadline(day), NOW)
        found.append(event(duty, now=NOW + timedelta(days=1)))
    duty.assignment.end(AssignmentState.CANCELLED)
    found.append(event(duty, now=NOW + timedelta(days=2)))

    assert [one.sequence for one in found] == [0, 1, 2, 3]
    assert [one.status for one in found] == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [one.stamp for one in found][2:] == [NOW + timedelta(days=1), NOW + timedelta(days=2)]
    assert found[-1].last_modified == NOW + timedelta(days=2)
    assert alarms(found[-1]) == []
    assert (found[-1].description or "").startswith("Thôi theo dõi")


def test_one_file_takes_several_tasks() -> None:
    file = calendar_files.attachment(VI, [a_duty(1), a_duty(2)], OFFICE, NOW, salt=SALT)

    assert file.name == "viec-1.ics"
    assert len(Calendar.from_ical(file.content).events) == 2
    assert len(file.content) < 50_000


def test_the_text_says_the_date_for_who_gets_no_file() -> None:
    told = calendar_files.told(VI, a_duty(), OFFICE, NOW, salt=SALT)

    assert "ngày làm việc cuối: thứ Sáu, 19/02/2021" in told.text
    assert told.attachment == calendar_files.attachment(VI, [a_duty()], OFFICE, NOW, salt=SALT)
    assert calendar_files.told(EN, a_duty(), OFFICE, NOW, salt=SALT, repeated=True).text.startswith("(sent again)")


@pytest.mark.parametrize(
    ("deadline", "offered"),
    [
        pytest.param(a_deadline(), True, id="a day"),
        pytest.param(Deadline(DeadlineKind.RECURRING, "hằng tháng", recurrence=DAILY), True, id="a series"),
        pytest.param(a_deadline(None), False, id="none"),
        pytest.param(Deadline(DeadlineKind.RELATIVE, "trước hội nghị 5 ngày"), False, id="an event whose day nobody knows"),
        pytest.param(Deadline(DeadlineKind.RELATIVE, "trước hội nghị 5 ngày", date(2021, 3, 1)), True, id="an event with a day"),
    ],
)
def test_the_card_offers_the_file_where_there_is_a_day(deadline: Deadline, offered: bool) -> None:
    labels = [button.label for row in tasks.card(VI, a_duty(deadline=deadline), MOMENT).rows for button in row]

    assert ("Thêm vào lịch" in labels) is offered
    assert "Việc của tôi" in labels
