"""Is a Word file read as it is printed, with all that Word keeps beside the words?"""

import contextlib
import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.readers import words
from documents.reasons import Reason
from domain.errors import Unreadable
from tests.documents import papers
from tests.documents.readers.markup import cells, elements, font, level, numbered_document, opened, paragraph, read, run, turn

MOTTO = "ĐẢNG CỘNG SẢN VIỆT NAM"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("Th«ng b¸o", font(".VnTime")), "Thông báo"),
        (run("th«ng b¸o", font(".VnTimeH")), "THÔNG BÁO"),
        (run("Thoâng baùo", font("VNI-Times")), "Thông báo"),
        (run("Tho", font("VNI-Times")) + run("âng", font("VNI-Times") + "<w:b/>"), "Thông"),
        (run("Thông báo của Đảng ủy", font(".VnTime")), "Thông báo của Đảng ủy"),
        (run("Báo cáo công tác", font(".VnTimeH")), "Báo cáo công tác"),
        (run("kÕt luËn ", font(".VnTime")) + run("của Đảng ủy"), "kết luận của Đảng ủy"),
        (f"<w:r><w:rPr>{font('.VnTime')}</w:rPr><w:t>l</w:t><w:softHyphen/><w:t>u</w:t></w:r>", "lưu"),
        (run("kÕt luËn", '<w:rStyle w:val="OldSign"/>'), "kết luận"),
        (run("kÕt luËn", f'<w:rStyle w:val="OldSign"/>{font("Arial")}'), "kÕt luËn"),
        (run("kÕt luËn", '<w:rStyle w:val="OldSign"/><w:rFonts w:hAnsiTheme="minorHAnsi"/>'), "kÕt luËn"),
    ],
)
def test_letters_are_decoded_by_the_font_of_the_run(content: str, expected: str) -> None:
    styles = f'<w:style w:type="character" w:styleId="OldSign"><w:rPr>{font(".VnTime")}</w:rPr></w:style>'

    assert read(opened(paragraph(content), styles=styles)) == [expected]


def test_the_font_may_be_that_of_a_style_far_below() -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Old"><w:rPr>{font(".VnTime")}</w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Older"><w:basedOn w:val="Old"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>'
    )
    body = "".join(paragraph(run("kÕt luËn"), f'<w:pStyle w:val="{name}"/>') for name in ("Older", "Round"))

    assert read(opened(body, styles=styles)) == ["kết luận", "kÕt luËn"]


def test_the_font_may_be_that_of_the_document() -> None:
    document = opened(paragraph(run("kÕt luËn")))
    for fonts in list(document.styles.element.iter("{*}rFonts")):
        fonts.getparent().remove(fonts)
    document.styles.element.find("{*}docDefaults/{*}rPrDefault/{*}rPr").extend(elements(font(".VnTime")))

    assert read(document) == ["kết luận"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            run("Giao ") + f"<w:ins>{run('Văn phòng')}</w:ins><w:del><w:r><w:delText>Ban</w:delText></w:r></w:del>",
            "Giao Văn phòng",
        ),
        (f"<w:moveFrom>{run('cũ')}</w:moveFrom><w:moveTo>{run('mới')}</w:moveTo>", "mới"),
        (f"<w:del>{run('cũ')}</w:del>" + run("mới"), "mới"),
        (run("có") + run("ẩn", "<w:vanish/>"), "có"),
        (run("có") + run(" hiện", '<w:vanish w:val="0"/>'), "có hiện"),
        (run("văn phòng", "<w:caps/>"), "VĂN PHÒNG"),
        (run("a") + '<w:r><w:noBreakHyphen/><w:tab/></w:r><w:hyperlink r:id="rId999">' + run("b") + "</w:hyperlink>", "a-\tb"),
        (run("a") + '<w:r><w:commentReference w:id="1"/></w:r>', "a"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" xong"), "✓ xong"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 5"), "≥ 5"),
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>' + run(" việc"), "• việc"),
        ('<w:r><w:sym w:font=".VnTime" w:char="F0AE"/></w:r>' + run("i"), "đi"),
        (run("ü", font("Wingdings")) + run(" xong"), "✓ xong"),
        (run("\uf0b7", font("Symbol")) + run(" việc"), "• việc"),
        (
            f'<w:smartTag w:element="x"><w:smartTagPr/>{run("thẻ")}</w:smartTag>'
            f"<w:sdt><w:sdtContent>{run(' ô')}</w:sdtContent></w:sdt>",
            "thẻ ô",
        ),
    ],
)
def test_what_is_printed_is_read(content: str, expected: str) -> None:
    assert read(opened(paragraph(content))) == [expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (turn("begin") + "<w:r><w:instrText>DATE</w:instrText></w:r>" + turn("separate") + run("12/3") + turn("end"), "12/3."),
        (turn("begin") + run("ngầm") + turn("begin") + turn("separate") + run("sâu") + turn("end") + turn("end"), "."),
        ('<w:fldSimple w:instr="DATE">' + run("12/3") + "</w:fldSimple>", "12/3."),
        (turn("end") + turn("separate"), "."),
    ],
)
def test_fields_give_their_results(content: str, expected: str) -> None:
    assert read(opened(paragraph(content + run(".")))) == [expected]


@pytest.mark.parametrize("change", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_a_paragraph_whose_mark_is_gone_goes_on_in_the_next(change: str) -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    body = paragraph(run("Giao Văn "), f"{numbered}<w:rPr>{change}</w:rPr>") + paragraph(run("phòng"), numbered)

    assert read(numbered_document(level(0, "%1."), body)) == ["1. Giao Văn phòng"]


def test_deleted_rows_are_left_out_and_wrapped_ones_kept() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{cells('1', 'Văn phòng', 'quý I')}</w:sdtContent></w:sdt>"
    rows = cells("TT", "Đơn vị", "Hạn") + cells("x", "y", "z", properties="<w:del/>") + wrapped

    assert read(opened(f"<w:tbl>{rows}</w:tbl>")) == ["TT | Đơn vị | Hạn", "1 | Văn phòng | quý I"]


def test_cells_give_their_numerals_and_the_tables_in_them() -> None:
    numbered = paragraph(run("việc"), '<w:numPr><w:numId w:val="7"/></w:numPr>')
    inner = f"<w:tbl>{cells('a', 'b', 'c')}</w:tbl>{paragraph('')}"
    body = (
        "<w:tbl><w:tr>"
        + "".join(f"<w:tc>{content}</w:tc>" for content in (numbered, inner, paragraph(run("z"))))
        + "</w:tr></w:tbl>"
    )

    assert read(numbered_document(level(0, "%1."), body)) == ["1. việc | a / b / c | z"]


def test_a_table_within_a_table_for_layout_keeps_its_rows() -> None:
    inner = f"<w:tbl>{cells('a', 'b', 'c')}{cells('1', '2', '3')}</w:tbl>{paragraph('')}"

    assert read(opened(f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>")) == ["a | b | c", "1 | 2 | 3"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('Số: 12-TB/TU'))}</w:txbxContent>"
    versions = f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    shape = f"<w:r><mc:AlternateContent>{versions}</mc:AlternateContent></w:r>"
    alone = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"

    assert read(opened(paragraph(shape + run("Thông báo")))) == ["Số: 12-TB/TU", "Thông báo"]
    assert read(opened(paragraph(alone + run("Thông báo")))) == ["Số: 12-TB/TU", "Thông báo"]


def test_notes_of_both_kinds_and_those_with_marks_of_their_own_are_numbered_by_the_text() -> None:
    content = papers.word_file(["Chi bộ A{2}, chi bộ B{3}."])
    content = papers.with_footnotes(content, {2: "*", 3: "Ghi chú B"})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b'<w:footnoteReference w:id="2"/>', b'<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>'
    )
    more = "</w:t></w:r></w:p><w:p><w:r><w:t>Ghi chú A</w:t></w:r></w:p>".encode()
    parts["word/footnotes.xml"] = parts["word/footnotes.xml"].replace(b">*</w:t></w:r></w:p>", b">*" + more)

    lines = [line for line in words.lines(papers.zipped(parts)) if line]

    assert lines == ["Chi bộ A¹, chi bộ B².", "¹ Ghi chú A", "² Ghi chú B"]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_letterhead_in_the_header_is_read(is_first: bool) -> None:
    document = docx.Document()
    document.add_paragraph("THÔNG BÁO")
    section = document.sections[0]
    section.different_first_page_header_footer = is_first
    header = section.first_page_header if is_first else section.header
    header.paragraphs[0].text = MOTTO
    section.footer.paragraphs[0].text = "Trang 1"

    assert read(document) == [MOTTO, "THÔNG BÁO"]


def test_a_file_without_sections_has_no_header() -> None:
    document = docx.Document()
    document.add_paragraph("THÔNG BÁO")
    document.element.body.remove(document.element.body.sectPr)

    assert read(document) == ["THÔNG BÁO"]


@pytest.mark.parametrize("words_of_header", ["Tài liệu hội nghị", MOTTO])
def test_other_headers_are_noise(words_of_header: str) -> None:
    document = docx.Document()
    document.add_paragraph(MOTTO)
    document.sections[0].header.paragraphs[0].text = words_of_header

    assert read(document) == [MOTTO]


def test_a_file_made_for_macros_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(papers.word_file(["Thông báo"]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kinds = parts["[Content_Types].xml"]
    ordinary = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    parts["[Content_Types].xml"] = kinds.replace(ordinary, b"vnd.ms-word.document.macroEnabled.main")

    with pytest.raises(Unreadable) as refused:
        words.lines(papers.zipped(parts))

    assert refused.value.reason == Reason.HAS_MACROS


def test_a_part_of_macros_is_left_alone() -> None:
    with zipfile.ZipFile(io.BytesIO(papers.word_file(["Thông báo"]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    assert "Thông báo" in words.lines(papers.zipped({**parts, "word/vbaProject.bin": b"\x00" * 64}))


def test_links_to_elsewhere_are_not_followed() -> None:
    # The tests' network is shut: a link that were followed would raise, and the file would be called broken.
    document = opened(paragraph(run("Thông báo")))
    kinds = ("attachedTemplate", "footnotes", "numbering", "image", "hyperlink", "aFChunk")
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for kind in kinds:
        document.part.relate_to("http://127.0.0.1:9/x", f"{space}/{kind}", is_external=True)

    assert read(document) == ["Thông báo"]


@settings(deadline=None)  # a busy machine is no failure
@given(st.binary(max_size=300), st.integers(0, 40_000))
def test_a_damaged_file_is_read_or_refused(noise: bytes, place: int) -> None:
    content = papers.word_file(["Thông báo"])
    start = place % len(content)

    with contextlib.suppress(Unreadable):
        words.lines(content[:start] + noise + content[start + len(noise) :])
