"""Is nothing lost between a reading and its JSON form?"""

import json
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from documents import form, reading
from domain.calendar import Calendar
from domain.deadlines import Deadline
from domain.readings import Amendment, Audience, Citation, Directive, Evidence, Finding, Header, Reading
from tests.documents import papers

DAYS = st.dates(min_value=date(2000, 1, 10), max_value=date(2100, 1, 1))
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
TEXT = st.text(max_size=12)
NAMES = st.lists(TEXT, max_size=3).map(tuple)
DEADLINES = st.builds(
    Deadline,
    last_day=st.none() | DAYS,
    at=st.none() | MINUTES,
    literal=st.none() | TEXT,
    recurrence=st.none() | TEXT,
    basis=st.none() | TEXT,
)
AUDIENCES = st.builds(
    Audience, units=NAMES, phrase=st.none() | TEXT, coordinators=NAMES, complement=st.booleans(), excluded=NAMES
)
EVIDENCE = st.dictionaries(TEXT, st.builds(Evidence, TEXT, st.integers(0, 99), TEXT), max_size=2)
DIRECTIVES = st.builds(
    Directive,
    TEXT,
    TEXT,
    AUDIENCES,
    DEADLINES,
    deliverable=st.none() | TEXT,
    submit_to=st.none() | TEXT,
    unsure=NAMES,
    doubts=st.dictionaries(TEXT, TEXT, max_size=2),
    evidence=EVIDENCE,
    choices=st.lists(DEADLINES, max_size=2).map(tuple),
)
READINGS = st.builds(
    Reading,
    st.builds(
        Header,
        issuer=st.none() | TEXT,
        number=st.none() | TEXT,
        symbol=st.none() | TEXT,
        dated=st.none() | DAYS,
        title=st.none() | TEXT,
    ),
    units=NAMES,
    directives=st.lists(DIRECTIVES, max_size=2).map(tuple),
    citations=st.lists(
        st.builds(Citation, TEXT, TEXT, TEXT, st.lists(DAYS, max_size=2).map(tuple), st.none() | TEXT, TEXT), max_size=2
    ).map(tuple),
    findings=st.lists(st.builds(Finding, TEXT, TEXT, st.none() | TEXT), max_size=2).map(tuple),
    paragraphs=NAMES,
    lines=NAMES,
    sources=st.lists(st.lists(st.integers(0, 99), max_size=3).map(tuple), max_size=3).map(tuple),
    evidence=EVIDENCE,
    amendments=st.lists(st.builds(Amendment), max_size=2).map(tuple),
)


@given(READINGS)
def test_a_reading_comes_back_from_its_form(read: Reading) -> None:
    written = json.loads(json.dumps(form.to_form(read, Calendar())))

    assert form.from_form(written) == read


def test_a_real_reading_comes_back_from_its_form() -> None:
    sample = reading.read(papers.file(papers.SAMPLE), papers.TET)

    assert form.from_form(json.loads(json.dumps(form.to_form(sample, papers.TET)))) == sample


def test_the_form_tells_the_last_working_day() -> None:
    task = form.to_form(papers.read("1. Giao Văn phòng Đảng ủy gửi báo cáo trước ngày 17/02/2021.\n"), papers.TET)["tasks"][0]

    assert (task["deadline"]["last_day"], task["deadline"]["effective_workday"]) == ("2021-02-16", "2021-02-09")
