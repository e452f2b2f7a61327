"""Are words led back to where they are printed, over lines, pages and notes?"""

import pytest

from documents import printing
from documents.readers import read_text
from documents.reading import read
from domain.readings import Evidence, Reading
from tests.documents import papers

BROKEN = """1. Giao Văn phòng Đảng ủy tổng hợp, gửi báo cáo¹ trước
ngày

¹ Theo Kế hoạch số 14-KH/ĐUK ngày 02/01/2021,
còn hiệu lực.
2

22/02/2021 theo mẫu.
"""


def printed(reading: Reading, evidence: Evidence) -> list[str]:
    return [reading.lines[span.line][span.start : span.end] for span in printing.spans(reading, evidence)]


def test_words_are_found_on_the_lines_they_were_healed_from() -> None:
    reading = papers.read("1. Giao Văn phòng Đảng ủy tổng hợp và gửi báo cáo\ntrước ngày 22/02/2021.\n")
    evidence = reading.directives[0].evidence

    assert printed(reading, evidence["deadline"]) == ["trước ngày 22/02/2021"]
    assert printed(reading, evidence["audience"]) == ["Văn phòng Đảng ủy"]
    assert not printing.healed(reading, evidence["deadline"].paragraph)


def test_words_around_a_note_and_a_page_number_are_found_in_their_parts() -> None:
    reading = papers.read(BROKEN)
    evidence = reading.directives[0].evidence["deadline"]

    assert printed(reading, evidence) == ["trước", "ngày", "22/02/2021"]
    assert printing.healed(reading, evidence.paragraph)


def test_the_header_is_found_where_it_is_printed() -> None:
    reading = papers.read("1. Giao Văn phòng Đảng ủy gửi báo cáo trước ngày 22/02/2021.\n")

    found = {name: printed(reading, evidence) for name, evidence in reading.evidence.items()}

    assert found == {
        "number": ["Số 52-TB/ĐUK"],
        "date": ["ngày 01 tháng 02 năm 2021"],
        "issuer": ["ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH"],
        "title": ["KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI", "về công tác quý I"],
    }


def test_a_row_of_a_table_is_found_on_its_lines() -> None:
    body = "1. Giao các đơn vị theo bảng:\n\nTT | Nội dung | Đơn vị | Thời hạn\n1 | Báo cáo | Sở Tài chính | 20/3/2021\n"
    reading = papers.read(body)
    (row,) = [one for one in reading.directives if one.ref == "PL.1"]

    assert printed(reading, row.evidence["deadline"]) == ["20/3/2021"]
    assert printed(reading, row.evidence["audience"]) == ["Sở Tài chính"]


@pytest.mark.parametrize("evidence", [Evidence("không có", 0), Evidence("", 99), Evidence("", -1)])
def test_words_that_stand_nowhere_have_no_place(evidence: Evidence) -> None:
    assert printing.spans(read(read_text(papers.LETTERHEAD + "1. Giao Văn phòng họp.\n"), papers.TET), evidence) == ()
