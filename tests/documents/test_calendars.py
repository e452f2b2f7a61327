"""Are the days of CSV and ICS lists read, and is every bad row told by its line?"""

from datetime import date

import pytest

from documents.calendars import Fault, Faulty, Row, day_of, rows_of
from domain.errors import Unreadable
from domain.office_days import DayKind

OFF, WORKING = DayKind.OFF, DayKind.WORKING
HEAD = "day,kind,name,source\n"


def ics(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//office//vi", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("day,kind,name,source\n2026-05-15,off,Ngày hội,TB 12\n2026-05-23,working,Làm bù,\n", id="in English"),
        pytest.param("ngày;loại;tên;căn cứ\n15/05/2026;nghỉ;Ngày hội;TB 12\n23/05/2026;làm bù;Làm bù;\n", id="in Vietnamese"),
        pytest.param(
            "\ufeffname,day,kind,source\nNgày hội,2026-05-15,off,TB 12\n\nLàm bù,2026-05-23,working,\n", id="in another order"
        ),
    ],
)
def test_a_csv_list_is_read(text: str) -> None:
    rows = rows_of("days.csv", text.encode())
    assert [(row.day, row.kind, row.name, row.source) for row in rows if isinstance(row, Row)] == [
        (date(2026, 5, 15), OFF, "Ngày hội", "TB 12"),
        (date(2026, 5, 23), WORKING, "Làm bù", None),
    ]


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        (HEAD + "2026-02-30,off,Ngày hội,\n", 2, Fault.NO_DAY),
        (HEAD + "15/05/1926,off,Ngày hội,\n", 2, Fault.NO_DAY),
        (HEAD + "2026-05-15,half,Ngày hội,\n", 2, Fault.NO_KIND),
        (HEAD + "2026-05-15,off,,\n", 2, Fault.NO_NAME),
        (HEAD + "2026-05-15,off,A,\n2026-05-16,off,B,\n15/05/2026,working,C,\n", 4, Fault.TWICE),
        ("when,what\n2026-05-15,off\n", 1, Fault.NO_COLUMNS),
    ],
)
def test_a_bad_row_of_a_csv_list_is_told_by_its_line(text: str, line: int, fault: Fault) -> None:
    bad = [row for row in rows_of("days.csv", text.encode()) if isinstance(row, Faulty)]
    assert [(one.line, one.fault) for one in bad] == [(line, fault)]


def test_all_day_events_are_days_off_up_to_the_day_before_their_end() -> None:
    tet = event("DTSTART;VALUE=DATE:20270204", "DTEND;VALUE=DATE:20270207", "SUMMARY:Tết", "DESCRIPTION:Thông báo 7")
    one = event("DTSTART;VALUE=DATE:20270416", "SUMMARY:Giỗ Tổ")
    two = event("DTSTART;VALUE=DATE:20270430", "DURATION:P2D", "SUMMARY:Lễ")
    rows = [row for row in rows_of("days.ics", ics(*tet, *one, *two)) if isinstance(row, Row)]
    assert [(row.day.isoformat(), row.name, row.source) for row in rows] == [
        ("2027-02-04", "Tết", "Thông báo 7"),
        ("2027-02-05", "Tết", "Thông báo 7"),
        ("2027-02-06", "Tết", "Thông báo 7"),
        ("2027-04-16", "Giỗ Tổ", None),
        ("2027-04-30", "Lễ", None),
        ("2027-05-01", "Lễ", None),
    ]
    assert {row.kind for row in rows} == {OFF}


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (("DTSTART:20270204T080000Z", "SUMMARY:Họp"), Fault.NOT_ALL_DAY),
        (("SUMMARY:Họp",), Fault.NOT_ALL_DAY),
        (("DTSTART;VALUE=DATE:2027xx04", "SUMMARY:Hỏng"), Fault.NOT_ALL_DAY),
        (("DTSTART;VALUE=DATE:20270204", "DTSTART;VALUE=DATE:20270205", "SUMMARY:Hai ngày"), Fault.NOT_ALL_DAY),
        (("DTSTART;VALUE=DATE:20270204", "DTEND;VALUE=DATE:hỏng", "SUMMARY:Hỏng"), Fault.NOT_ALL_DAY),
        (("DTSTART;VALUE=DATE:20270204", "DTEND;VALUE=DATE:20280204", "SUMMARY:Năm"), Fault.TOO_LONG),
        (("DTSTART;VALUE=DATE:20270204", "DTEND;VALUE=DATE:20270204", "SUMMARY:Ngược"), Fault.NO_DAY),
        (("DTSTART;VALUE=DATE:20270204", "RRULE:FREQ=YEARLY", "SUMMARY:Hằng năm"), Fault.REPEATS),
        (("DTSTART;VALUE=DATE:20270204",), Fault.NO_NAME),
    ],
)
def test_an_event_that_is_no_day_off_is_told_by_its_number(lines: tuple[str, ...], fault: Fault) -> None:
    good = event("DTSTART;VALUE=DATE:20270416", "SUMMARY:Giỗ Tổ")
    bad = [row for row in rows_of("days.ics", ics(*good, *event(*lines))) if isinstance(row, Faulty)]
    assert [(one.line, one.fault) for one in bad] == [(2, fault)]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("days.csv", b"", "empty"),
        ("days.csv", b"\xff\xfe\x00", "not-text"),
        ("days.csv", HEAD.encode(), "empty"),
        ("days.ics", b"no calendar", "broken-file"),
        ("days.ics", ics(), "empty"),
        ("days.xlsx", b"x", "unknown-ending"),
    ],
)
def test_what_is_no_list_is_refused(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        rows_of(name, content)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("text", "day"), [("2026-01-02", date(2026, 1, 2)), (" 02/01/2026 ", date(2026, 1, 2)), ("2/13/2026", None)]
)
def test_a_typed_day_is_read(text: str, day: date | None) -> None:
    assert day_of(text) == day
