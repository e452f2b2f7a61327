"""Is a whole paper read right? Compositions with labels, a notice around Tết, and what a reading never does."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from documents import form, readers, reading
from documents.codes import Doubt, Oddity
from domain.deadlines import DeadlineKind
from domain.readings import AudienceKind
from tests.documents import papers

SEED = papers.ROOT.parent / "shared" / "notices" / "seed.txt"
SLOWEST = 120


def test_a_notice_around_tet_is_read_whole() -> None:
    sample = reading.read(papers.file(papers.SAMPLE), papers.TET)

    by_ref = {it.ref: it for it in sample.directives}
    days = {ref: it.deadline.last_working_day(papers.TET) for ref, it in by_ref.items() if it.deadline.last_day}
    assert {ref: day.isoformat() for ref, day in days.items() if day} == {"2.1": "2021-02-19", "2.3.a": "2021-02-08"}
    assert len(by_ref["2.1"].audience.units) == 6
    assert by_ref["2.2.(1)"].audience.complement
    assert by_ref["2.2.(1)"].audience.excluded == by_ref["2.1"].audience.units
    assert by_ref["2.3.a"].audience.kind is AudienceKind.ALL
    assert by_ref["2.3.a"].submit_to == "Ban Thường vụ Đảng ủy Khối (qua Văn phòng Đảng ủy)"
    assert by_ref["2.2.(2)"].doubts == {"deadline": Doubt.DEADLINE_CONTRADICTS}
    assert by_ref["2.4"].deadline.kind is DeadlineKind.NONE
    assert [it.code for it in sample.findings] == [Oddity.CITATION_DATES_DIFFER, Oddity.DEADLINE_CONTRADICTS]


def test_words_of_evidence_stand_in_their_paragraph() -> None:
    sample = reading.read(papers.file(papers.SAMPLE), papers.TET)

    for directive in sample.directives:
        for name in {"deadline", "audience"} & directive.evidence.keys():
            evidence = directive.evidence[name]
            assert evidence.words in " ".join(sample.paragraphs)
    assert {len(sample.paragraphs) > it.paragraph >= 0 for one in sample.directives for it in one.evidence.values()} == {True}


def test_a_paper_of_decisions_only_has_no_directives() -> None:
    body = """Ngày 25/01/2021, Ban Thường vụ họp. Văn phòng thông báo kết quả như sau:

1. Về công tác cán bộ

Ban Thường vụ đã bỏ phiếu giới thiệu nhân sự; thống nhất cho nghỉ hưu từ ngày 01/3/2021.

2. Về đề án

Ban Thường vụ đồng ý về chủ trương, thời gian thực hiện 2021 - 2025.
"""
    assert papers.read(body).directives == ()


def test_a_cited_date_never_becomes_a_deadline() -> None:
    body = "1. Giao Văn phòng Đảng ủy thực hiện Công văn số 12-CV/ĐUK ngày 22/02/2021 của Đảng ủy Khối.\n"

    assert papers.only(body).deadline.kind is DeadlineKind.NONE


HARD = {
    "bullets": "- Sở Tài chính báo cáo trước ngày 20/3/2026;\n" * 2000,
    "dates": ("1. " + "trước ngày 1/1/2026 " * 900 + "\n") * 5,
    "semicolons": ("1. " + "a;" * 9000 + "\n") * 20,
    "brackets": ("1. " + "(" * 18000 + "\n") * 20,
    "capitals": ("1. Giao " + "Sở Tài " * 2500 + "\n") * 20,
    "stars": ("*a" * 9000 + "\n") * 20,
    "blanks": (" " * 19000 + "\n") * 20,
    "notes": "".join(f"[{n % 99}] chữ [{n * 7 % 99}]\n" for n in range(10000)),
    "symbols": ("1. số 1-" + "số 1/" * 3500 + "\n") * 20,
}


@pytest.mark.parametrize("name", HARD)
def test_hostile_text_costs_no_more_than_its_length(name: str) -> None:
    # An alarm ends a reading that would not end: SIGALRM's own action is to end the process.
    signal.alarm(SLOWEST)
    try:
        read = papers.read("Ban Thường vụ yêu cầu:\n\n" + HARD[name])
    finally:
        signal.alarm(0)

    assert read.header.number == "52"


@pytest.mark.skipif(not SEED.exists(), reason="the owner's notice lies beside the repository, not in it")
def test_the_owners_notice_scores_full_marks(tmp_path: Path) -> None:
    answer = tmp_path / "seed.json"
    read = reading.read(readers.read_bytes(SEED.name, SEED.read_bytes()), papers.TET)
    answer.write_text(json.dumps(form.to_form(read, papers.TET)), "utf-8")

    score = [sys.executable, str(SEED.parent / "score.py"), "--command", f"cat {answer}", str(SEED)]
    done = subprocess.run(score, capture_output=True, text=True, check=True)  # noqa: S603 - the owner's own script

    assert "task F1 1.000, deadlines 1.000, audience 1.000, sure 1.000, header 1.000, units 1.000, trap dates 0" in done.stdout
    assert len(read.citations) == 14
    assert {it.code for it in read.findings} >= {
        Oddity.CITATION_DATES_DIFFER,
        Oddity.TYPE_DIFFERS_FROM_SYMBOL,
        Oddity.AUDIENCE_DIFFERS_FROM_HEADING,
    }
