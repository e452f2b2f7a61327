"""Are the numerals that Word draws itself counted as it counts them?"""

import pytest

from tests.documents.readers.markup import font, level, numbered, numbered_document, paragraph, read, run


@pytest.mark.parametrize(
    ("levels", "depths", "labels"),
    [
        (level(0, "%1."), (0, 0, 0), "1. 2. 3."),
        (level(0, "%1)", "lowerLetter"), (0,) * 5, "a) b) c) d) e)"),
        (level(0, "%1)", "lowerLetter"), (0,) * 27, " ".join(f"{sign})" for sign in [*"abcdefghijklmnopqrstuvwxyz", "aa"])),
        (level(0, "%1.", "upperRoman"), (0,) * 4, "I. II. III. IV."),
        (level(0, "%1.", "decimalZero"), (0,), "01."),
        (level(0, "%1.") + level(1, "%1.%2."), (0, 1, 1, 0, 1), "1. 1.1. 1.2. 2. 2.1."),
        (level(0, "%1.") + level(1, "%1.%2."), (1, 1), "1.1. 1.2."),
        (level(0, "%1.", "upperRoman") + level(1, "%1.%2.", more="<w:isLgl/>"), (0, 1), "I. 1.1."),
        (level(0, "%1.") + level(1, "%2)", more='<w:lvlRestart w:val="0"/>'), (0, 1, 1, 0, 1), "1. 1) 2) 2. 3)"),
        (
            level(0, "%1.") + level(1, "%2)") + level(2, "(%3)", more='<w:lvlRestart w:val="1"/>'),
            (0, 1, 2, 1, 2, 0, 1, 2),
            "1. 1) (1) 2) (2) 2. 1) (1)",
        ),
        (level(0, "-", "bullet") + level(1, "\uf0b7", "bullet") + level(2, "+", "bullet"), (0, 1, 2), "- + +"),
        (level(0, "\uf0d8", "bullet"), (0,), "-"),
        (level(0, "Điều %1."), (0,), "Điều 1."),
        (level(0, "§iÒu %1.", more=f"<w:rPr>{font('.VnTime')}</w:rPr>"), (0,), "Điều 1."),
        (level(0, "%1%9."), (0,), "1."),
    ],
)
def test_labels_are_counted_as_word_counts_them(levels: str, depths: tuple[int, ...], labels: str) -> None:
    actual = read(numbered_document(levels, numbered(*depths)))

    assert " ".join(line.removesuffix(" x") for line in actual) == labels


@pytest.mark.parametrize(("gap", "expected"), [("nothing", "1.x"), ("space", "1. x"), ("tab", "1. x")])
def test_what_parts_a_label_from_its_words_is_kept(gap: str, expected: str) -> None:
    assert read(numbered_document(level(0, "%1.", more=f'<w:suff w:val="{gap}"/>'), numbered(0))) == [expected]


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("", ["1. x", "2. x", "3. x", "4. x", "5. x"]),
        ('<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>', ["1. x", "2. x", "1. x", "2. x", "3. x"]),
        ('<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>', ["1. x", "2. x", "5. x", "6. x", "7. x"]),
        (f'<w:lvlOverride w:ilvl="0">{level(0, "%1)")}</w:lvlOverride>', ["1. x", "2. x", "3) x", "4) x", "5. x"]),
    ],
)
def test_a_use_of_a_list_may_begin_anew(override: str, expected: list[str]) -> None:
    uses = f'<w:num w:numId="8"><w:abstractNumId w:val="1"/>{override}</w:num>'
    body = numbered(0, 0) + numbered(0, 0, use=8) + numbered(0)

    assert read(numbered_document(level(0, "%1."), body, uses=uses)) == expected


def test_numerals_come_from_styles_and_go_with_them() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Task"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Lower"><w:basedOn w:val="Task"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Kept"><w:basedOn w:val="Task"/></w:style>'
    )
    levels = level(0, "%1.") + level(1, "%2)", "lowerLetter", more='<w:pStyle w:val="Lower"/>')
    named = [f'<w:pStyle w:val="{name}"/>' for name in ("Task", "Lower", "Lower", "Kept")]
    off = '<w:pStyle w:val="Task"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = "".join(paragraph(run("x"), properties) for properties in (*named, off))

    assert read(numbered_document(levels, body, styles=styles)) == ["1. x", "a) x", "b) x", "2. x", "x"]


def test_a_list_may_take_its_levels_from_a_style() -> None:
    styles = '<w:style w:type="numbering" w:styleId="Lists"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    uses = (
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Lists"/></w:abstractNum>'
        '<w:num w:numId="8"><w:abstractNumId w:val="2"/></w:num>'
    )

    assert read(numbered_document(level(0, "%1."), numbered(0, use=8), uses=uses, styles=styles)) == ["1. x"]


def test_a_number_without_bounds_is_not_drawn_in_letters() -> None:
    levels = level(0, "%1.", "upperRoman").replace('<w:start w:val="1"/>', '<w:start w:val="999999999"/>')

    assert read(numbered_document(levels, numbered(0))) == ["999999999. x"]
