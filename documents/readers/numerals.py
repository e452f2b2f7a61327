"""Which numerals does Word draw itself? The labels of numbered paragraphs, counted as Word counts them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_DEEPEST = 9


@dataclass(frozen=True)
class Level:
    """One level of a list: its numerals, its text ("%1.%2."), and its first number."""

    form: str
    text: str
    start: int


@dataclass
class Counters:
    """The lists of a document and how far each has been counted."""

    lists: dict[str, tuple[str, dict[int, Level]]]
    styles: dict[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: BaseOxmlElement) -> str:
        """Give the label that Word draws before a paragraph, with a space; nothing where it draws none. Counts on."""
        number, depth = self._place(paragraph)
        if number not in self.lists:
            return ""
        abstract, levels = self.lists[number]
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        counted = self.counts.setdefault(abstract, {})
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [other for other in counted if other > depth]:
            del counted[deeper]
        return f"{_written(level, levels, counted)} "

    def _place(self, paragraph: BaseOxmlElement) -> tuple[str, int]:
        """Give the list and the depth of a paragraph: its own, or its style's."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is not None:
            return _numbered(own)
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.styles.get(style.get(qn("w:val"), "") if style is not None else "", ("", 0))


def of(document: Document) -> Counters:
    """Read the lists of a document; a document without any has empty counters."""
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            abstracts = {it.get(qn("w:abstractNumId"), ""): dict(_levels(it)) for it in root.iterchildren(qn("w:abstractNum"))}
            for number in root.iterchildren(qn("w:num")):
                name = _value(number, "w:abstractNumId")
                lists[number.get(qn("w:numId"), "")] = (name, abstracts.get(name, {}))
    styles = {
        style.get(qn("w:styleId"), ""): place
        for style in document.styles.element.iterchildren(qn("w:style"))
        if (place := _of_style(style))
    }
    return Counters(lists, styles)


def _of_style(style: BaseOxmlElement) -> tuple[str, int] | None:
    """Give the list that a style puts its paragraphs in."""
    own = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    return _numbered(own) if own is not None else None


def _numbered(own: BaseOxmlElement) -> tuple[str, int]:
    """Give the list and the depth that an element names."""
    depth = _value(own, "w:ilvl")
    return _value(own, "w:numId"), int(depth) if depth.isdigit() else 0


def _value(element: BaseOxmlElement, name: str) -> str:
    """Give the value of a child element, blank where there is none."""
    child = element.find(qn(name))
    return child.get(qn("w:val"), "") if child is not None else ""


def _levels(abstract: BaseOxmlElement) -> Iterator[tuple[int, Level]]:
    """Give the levels of a list by their depth."""
    for level in abstract.iterchildren(qn("w:lvl")):
        depth, start = level.get(qn("w:ilvl"), "0"), _value(level, "w:start")
        if depth.isdigit() and int(depth) < _DEEPEST:
            yield int(depth), Level(_value(level, "w:numFmt"), _value(level, "w:lvlText"), int(start) if start.isdigit() else 1)


def _written(level: Level, levels: dict[int, Level], counted: dict[int, int]) -> str:
    """Write a label: a bullet as a hyphen, else the level's text with its numerals put in."""
    if level.form == "bullet":
        return "+" if level.text.strip() == "+" else "-"
    label = level.text
    for depth in range(_DEEPEST):
        if depth in levels:
            label = label.replace(f"%{depth + 1}", _numeral(levels[depth].form, counted.get(depth, levels[depth].start)))
    return label


def _numeral(form: str, number: int) -> str:
    """Write a number in a level's numerals."""
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    """Write a number in Roman numerals."""
    signs = []
    for value, sign in _ROMAN:
        signs.append(sign * (number // value))
        number %= value
    return "".join(signs)
