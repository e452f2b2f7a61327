"""Are broken sentences healed, and page noise and footnotes taken out?"""

import pytest

from documents.extraction import footnotes, lines, paragraphs


def healed(text: str) -> list[str]:
    lifted = footnotes.lift(tuple(text.splitlines()))
    return [paragraph.text for paragraph in paragraphs.heal(lines.cleaned(lifted.lines), lifted.notes)]


LONG = "Các đơn vị tập trung khắc phục những hạn chế đã được Ban Thường vụ nghiêm túc"


@pytest.mark.parametrize(
    "noise",
    [
        "- 2 -",
        "2",
        "Trang 1/2",
        "trang 3",
        "---------",
        "____",
        "___\n¹ (1) Chi bộ A; (2) Chi bộ B.\n\n- 2 -",
        "¹ Chú thích dài.\n\n² Một nữa.",
    ],
)
def test_a_sentence_goes_on_behind_page_noise(noise: str) -> None:
    assert healed(f"{LONG} chỉ\n\n{noise}\n\nra; hoàn thành ngay.\n\nĐoạn sau.") == [
        f"{LONG} chỉ ra; hoàn thành ngay.",
        "Đoạn sau.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gửi báo cáo trước ngày\n\n- 2 -\n\n20/02/2021 về Văn phòng.", ["gửi báo cáo trước ngày 20/02/2021 về Văn phòng."]),
        ("hoàn thành trong quý\n- 2 -\nI năm 2025.", ["hoàn thành trong quý I năm 2025."]),
        ("1.1. Ưu điểm\n\nCác đơn vị làm tốt.", ["1.1. Ưu điểm", "Các đơn vị làm tốt."]),
        ("- một;\n- hai;\n- ba.", ["- một;", "- hai;", "- ba."]),
        ("**Đảng ủy** thực hiện *nghị quyết*.", ["Đảng ủy thực hiện nghị quyết."]),
        ("## 1. Nhiệm vụ", ["1. Nhiệm vụ"]),
        ("diện tích 30 m² và 5 km².", ["diện tích 30 m² và 5 km²."]),
    ],
)
def test_lines_become_paragraphs(text: str, expected: list[str]) -> None:
    assert healed(text) == expected


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("hai chi bộ¹ báo cáo.\n\n¹ (1) Chi bộ A.", footnotes.Mark(10, "1", "¹")),
        ("hai chi bộ[1] báo cáo.\n\n[1] (1) Chi bộ A.", footnotes.Mark(10, "1", "[1]")),
        ("hai chi bộ(*) báo cáo.\n\n(*) (1) Chi bộ A.", footnotes.Mark(10, "*", "(*)")),
        ("hai chi bộ(1) báo cáo.\n____\n(1) Chi bộ A.", footnotes.Mark(10, "1", "(1)")),
    ],
)
def test_a_footnote_is_tied_to_its_mark(text: str, mark: footnotes.Mark) -> None:
    lifted = footnotes.lift(tuple(text.splitlines()))

    (paragraph,) = paragraphs.heal(lines.cleaned(lifted.lines), lifted.notes)

    assert paragraph == paragraphs.Paragraph("hai chi bộ báo cáo.", (mark,), (0,))
    assert "Chi bộ A" in lifted.notes[mark.name]


def test_a_running_title_beside_page_numbers_is_noise() -> None:
    text = f"{LONG} chỉ\n1\nTB 07 - Giao ban\nra.\n\n{LONG} chỉ\n2\nTB 07 - Giao ban\nra."

    assert healed(text) == [f"{LONG} chỉ ra."] * 2
