"""Who has to do what? Items, audiences, addressees, citations and findings of small papers."""

import pytest

from documents.codes import Doubt, Oddity
from domain.readings import AudienceKind
from tests.documents import papers

ALL, GROUP, NAMED, ORGAN = AudienceKind.ALL, AudienceKind.GROUP, AudienceKind.NAMED, AudienceKind.ISSUER_ORGAN


@pytest.mark.parametrize(
    ("item", "kind", "units"),
    [
        ("Giao Sở Tài chính rà soát dự toán.", NAMED, ("Sở Tài chính",)),
        ("Sở Tài chính và Sở Xây dựng rà soát dự toán.", NAMED, ("Sở Tài chính", "Sở Xây dựng")),
        ("Sở Văn hóa, Thể thao và Du lịch tổ chức lễ hội.", NAMED, ("Sở Văn hóa, Thể thao và Du lịch",)),
        ("UBND các xã An Hòa, Đồng Xuân tuyên truyền.", NAMED, ("UBND xã An Hòa", "UBND xã Đồng Xuân")),
        ("Các Bộ: Quốc phòng, Công an, Ngoại giao báo cáo kết quả.", NAMED, ("Bộ Quốc phòng", "Bộ Công an", "Bộ Ngoại giao")),
        ("Các tổ dân phố số 3, 9 và 21 tự kiểm tra.", NAMED, ("Tổ dân phố số 3", "Tổ dân phố số 9", "Tổ dân phố số 21")),
        ("Giao Văn phòng Đảng ủy đôn đốc.", ORGAN, ("Văn phòng Đảng ủy",)),
        ("100% các chi bộ trực thuộc ban hành kế hoạch.", ALL, ()),
        ("Tất cả các đơn vị đăng ký thi đua.", ALL, ()),
        ("Các cấp ủy thực hiện nghiêm quy chế.", ALL, ()),
        ("UBND các xã, phường rà soát hộ nghèo.", GROUP, ()),
        ("Các xí nghiệp (trừ Xí nghiệp số 2) đăng ký sáng kiến.", GROUP, ()),
        ("Đảng ủy, Chi bộ cơ sở, Ủy ban Kiểm tra Đảng ủy thực hiện nghiêm quy chế.", GROUP, ()),
    ],
)
def test_the_audience_of_an_item_is_read(item: str, kind: AudienceKind, units: tuple[str, ...]) -> None:
    audience = papers.only(f"II. NHIỆM VỤ\n\n1. {item}\n").audience

    assert (audience.kind, audience.units) == (kind, units)


def test_those_who_help_are_not_responsible() -> None:
    audience = papers.only("1. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính lập phương án.\n").audience

    assert (audience.units, audience.coordinators) == (("Sở Y tế",), ("Sở Tài chính",))


GROUPS = """Ban Thường vụ đã làm việc với 02 chi bộ¹ và kết luận như sau:

2. Nhiệm vụ

2.1. Đối với các chi bộ đã làm việc: gửi báo cáo về Đảng ủy trước ngày 22/02/2021.

2.2. Đối với các chi bộ còn lại

(1) Rà soát chương trình công tác.

(2) 100% các chi bộ gửi danh sách đảng viên về Văn phòng Đảng ủy.

¹ (1) Chi bộ Sở Y tế; (2) Chi bộ Hội Nông dân tỉnh. Còn 01 đơn vị chưa làm việc: Chi bộ Sở Nội vụ.
"""


def test_groups_are_resolved_by_the_footnote() -> None:
    worked_with = ("Chi bộ Sở Y tế", "Chi bộ Hội Nông dân tỉnh")

    first, second, third = papers.read(GROUPS).directives

    assert first.audience.units == worked_with
    assert (second.audience.complement, second.audience.excluded) == (True, worked_with)
    assert (third.audience.kind, third.unsure) == (ALL, ())


@pytest.mark.parametrize(
    ("phrase", "complement"),
    [("Đảng ủy, Chi bộ cơ sở, Ủy ban Kiểm tra Đảng ủy", True), ("Các chi bộ cơ sở ở xã", False)],
)
def test_both_kinds_of_party_units_under_a_heading_are_those_of_the_heading(phrase: str, complement: bool) -> None:
    item = papers.read(GROUPS.replace("Rà soát chương trình", f"{phrase} thực hiện nghiêm chương trình")).directives[1]

    assert (item.audience.kind, item.audience.phrase, item.audience.complement) == (GROUP, phrase, complement)
    assert bool(item.audience.excluded) == complement


def test_an_item_for_all_under_a_heading_for_the_rest_is_a_finding() -> None:
    found = [it for it in papers.read(GROUPS).findings if it.code == Oddity.AUDIENCE_DIFFERS_FROM_HEADING]

    assert [(it.words, it.at) for it in found] == [("100% các chi bộ", "2.2.(2)")]


def test_an_item_without_anyone_named_is_asked_about() -> None:
    directive = papers.only("II. NHIỆM VỤ\n\n1. Tăng cường công tác kiểm tra.\n")

    assert directive.doubts == {"audience": Doubt.AUDIENCE_MISSING}


@pytest.mark.parametrize(
    ("body", "refs"),
    [
        ("I. NHIỆM VỤ\n1. Sở Y tế\na) Lập phương án.\nb) Gửi báo cáo.\nđ) Mua thuốc.\n", ["I.1.a", "I.1.b", "I.1.đ"]),
        ("II. NHIỆM VỤ\n1. Sở Y tế:\n- Lập phương án.\n- Gửi báo cáo.\n", ["II.1-1", "II.1-2"]),
        ("1. Sở Y tế lập phương án trước ngày 20/3/2021; gửi báo cáo trước ngày 25/3/2021.\n", ["1#1", "1#2"]),
        ("1. Sở Y tế lập phương án; Sở Nội vụ gửi báo cáo.\n", ["1#1", "1#2"]),
        ("1. Sở Y tế rà soát quy chế, cụ thể:\n+ Bổ sung mục tiêu;\n+ Sửa đổi thời gian.\n", ["1"]),
        ("1. Đánh giá chung\n1.1. Sở Y tế làm tốt.\n2. Nhiệm vụ\n2.1. Sở Y tế lập phương án.\n", ["2.1"]),
        ("Thứ nhất, giao Sở Y tế lập phương án.\nThứ hai, giao Sở Nội vụ gửi báo cáo.\n", ["Thứ nhất", "Thứ hai"]),
        ("1. Đồng ý chủ trương mua xe.\n2. Giao Sở Y tế lập phương án.\n", ["2"]),
        ("Giao Sở Y tế lập phương án.\n\nGiao Sở Nội vụ gửi báo cáo.\n", ["-1", "-2"]),
    ],
)
def test_items_that_order_are_the_directives(body: str, refs: list[str]) -> None:
    assert [it.ref for it in papers.read(f"Ban Thường vụ yêu cầu:\n\n{body}").directives] == refs


@pytest.mark.parametrize(
    ("item", "handed", "to"),
    [
        (
            "Sở Y tế gửi báo cáo khắc phục về Đảng ủy (qua Văn phòng Đảng ủy) trước ngày 22/02/2021.",
            "báo cáo khắc phục",
            "Đảng ủy (qua Văn phòng Đảng ủy)",
        ),
        ("Sở Y tế ban hành kế hoạch năm 2021, trong đó nêu rõ chỉ tiêu.", "kế hoạch năm 2021", None),
        ("Sở Y tế khắc phục dứt điểm tình trạng quá tải.", None, None),
        ("Sở Y tế lập danh sách, chuyển Sở Tài chính trước ngày 22/02/2021.", "danh sách", "Sở Tài chính"),
    ],
)
def test_what_is_handed_in_and_to_whom(item: str, handed: str | None, to: str | None) -> None:
    directive = papers.only(f"1. {item}\n")

    assert (directive.deliverable, directive.submit_to) == (handed, to)


def test_citations_are_merged_and_differing_dates_found() -> None:
    body = """1. Sở Y tế thực hiện Kế hoạch số 14-KH/ĐUK ngày 31/12/2020 của Đảng ủy Khối về y tế.

2. Sở Nội vụ thực hiện Kế hoạch số 14-KH/ĐUK, ngày 29/12/2020 và Thông báo kết luận số 39-KL/ĐUK 27/01/2021 của Đảng ủy Khối.
"""
    read = papers.read(body)

    cited = [(it.type, it.number, it.symbol, [day.isoformat() for day in it.dates], it.issuer) for it in read.citations]
    assert cited == [
        ("Kế hoạch", "14", "KH/ĐUK", ["2020-12-31", "2020-12-29"], "Đảng ủy Khối"),
        ("Kết luận", "39", "KL/ĐUK", ["2021-01-27"], "Đảng ủy Khối"),
    ]
    assert [(it.code, it.at) for it in read.findings] == [
        (Oddity.CITATION_DATES_DIFFER, "2"),
        (Oddity.TYPE_DIFFERS_FROM_SYMBOL, "2"),
    ]


def test_a_state_symbol_keeps_its_year() -> None:
    (cited,) = papers.read("1. Sở Y tế thực hiện Nghị quyết số 05/2019/NQ-HĐND ngày 12/7/2019 của HĐND tỉnh.\n").citations

    assert (cited.number, cited.symbol, cited.issuer) == ("05", "2019/NQ-HĐND", "HĐND tỉnh")


def test_rows_of_an_annex_are_directives() -> None:
    body = """1. Các xã thực hiện theo Phụ lục.

Nơi nhận:
- Các xã;

PHỤ LỤC

TT
Đơn vị
Thời hạn
1
Xã An Hòa
Trước ngày 10/3/2021
2
Xã Đồng Xuân
Quý II/2021
"""
    rows = [it for it in papers.read(body).directives if it.ref.startswith("PL")]

    assert [(it.ref, it.audience.units, str(it.deadline.last_day)) for it in rows] == [
        ("PL.1", ("Xã An Hòa",), "2021-03-09"),
        ("PL.2", ("Xã Đồng Xuân",), "2021-06-30"),
    ]
