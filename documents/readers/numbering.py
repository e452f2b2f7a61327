"""Which numerals does Word draw itself? The labels of numbered paragraphs, counted as Word counts them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from documents.readers import legacy, numerals
from documents.readers.styles import Styles, is_set, value

_DEEPEST = 9
_PLACE = re.compile(r"%([1-9])")
_PRINTED_BULLETS = {"-": "-", "–": "-", "—": "-", "+": "+", "*": "*"}
# Other bullets are pictures of a font; by the custom of offices a hyphen leads, and a plus stands below it.
_BULLETS = ("-", "+", "•")


@dataclass(frozen=True)
class Level:
    """One level of a list: its numerals, its text ("%1.%2."), its first number, and what stands behind its label.

    ``restart`` is the number of levels of which each begins it anew, all above it where it is None; ``style`` puts its
    paragraphs here; ``digits`` has all its numerals written in digits.
    """

    form: str
    text: str
    start: int
    gap: str = " "
    restart: int | None = None
    style: str = ""
    digits: bool = False

    def restarts_after(self, depth: int) -> bool:
        """Tell whether the level begins anew behind a paragraph of a higher one."""
        return self.restart is None or depth < self.restart


@dataclass(frozen=True)
class Numbering:
    """A list: the one whose count it shares, its levels by depth, and those that begin anew where it first stands."""

    abstract: str
    levels: dict[int, Level]
    anew: frozenset[int] = frozenset()


@dataclass
class Counters:
    """The lists of a document and how far each has been counted."""

    lists: dict[str, Numbering]
    styles: Styles
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, paragraph: BaseOxmlElement) -> str:
        """Give the label that Word draws before a paragraph, with what parts them; nothing where it draws none. Counts on."""
        number, depth = self._place(paragraph)
        numbering = self.lists.get(number)
        level = numbering.levels.get(depth) if numbering else None
        if numbering is None or level is None:
            return ""
        label = _written(depth, numbering.levels, self._counted(number, numbering, depth))
        return f"{label}{level.gap}" if label.strip() else ""

    def _counted(self, number: str, numbering: Numbering, depth: int) -> dict[int, int]:
        """Count a paragraph, and give how far the levels of its list are counted then."""
        counted = self.counts.setdefault(numbering.abstract, {})
        if number not in self.begun:
            self.begun.add(number)
            for anew in numbering.anew:
                counted.pop(anew, None)
        counted[depth] = counted.get(depth, numbering.levels[depth].start - 1) + 1
        for deeper in [other for other in counted if other > depth]:
            if deeper not in numbering.levels or numbering.levels[deeper].restarts_after(depth):
                del counted[deeper]
        return counted

    def _place(self, paragraph: BaseOxmlElement) -> tuple[str, int]:
        """Give the list and the depth of a paragraph: its own, else its style's."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        number, depth = value(own, "w:numId"), value(own, "w:ilvl")
        style = self.styles.of_paragraph(paragraph)
        if not number:
            number, of_style = _of_style(style, self.styles)
            depth = depth or self._linked(style, number) or of_style
        return number, int(depth) if depth.isdecimal() else 0

    def _linked(self, style: str, number: str) -> str:
        """Give the depth of the level of a list that names a style, blank where none does."""
        levels = self.lists[number].levels.items() if number in self.lists else ()
        return next((str(depth) for depth, level in levels if level.style == style), "")


def of(document: Document, styles: Styles) -> Counters:
    """Read the lists of a document; a document without any has empty counters."""
    lists: dict[str, Numbering] = {}
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
            lists |= _lists(parse_xml(relation.target_part.blob), styles)
    return Counters(lists, styles)


def _lists(root: BaseOxmlElement, styles: Styles) -> dict[str, Numbering]:
    """Give the lists of the part for numbering by their numbers."""
    abstracts = {it.get(qn("w:abstractNumId"), ""): it for it in root.iterchildren(qn("w:abstractNum"))}
    numbers = {it.get(qn("w:numId"), ""): it for it in root.iterchildren(qn("w:num"))}
    made = {}
    for number, element in numbers.items():
        name = value(element, "w:abstractNumId")
        # A list may leave its levels to a style, which names the list that has them.
        if linked := value(abstracts.get(name), "w:numStyleLink"):
            name = value(numbers.get(_of_style(linked, styles)[0]), "w:abstractNumId")
        levels = dict(_levels(abstracts[name])) if name in abstracts else {}
        made[number] = _overridden(Numbering(name, levels), element)
    return made


def _overridden(numbering: Numbering, element: BaseOxmlElement) -> Numbering:
    """Give a list with the levels that one of its uses has otherwise, or begins anew."""
    levels, anew = dict(numbering.levels), set()
    for override in element.iterchildren(qn("w:lvlOverride")):
        depth, start = override.get(qn("w:ilvl"), ""), value(override, "w:startOverride")
        levels |= dict(_levels(override))
        if depth.isdecimal() and start.isdecimal() and int(depth) in levels:
            levels[int(depth)] = replace(levels[int(depth)], start=int(start))
            anew.add(int(depth))
    return replace(numbering, levels=levels, anew=frozenset(anew))


def _of_style(name: str, styles: Styles) -> tuple[str, str]:
    """Give the list and the depth that a style, or one it is based on, puts its paragraphs in."""
    own = [style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") for style in styles.chain(name)]
    number = next((number for it in own if (number := value(it, "w:numId"))), "")
    return number, next((depth for it in own if (depth := value(it, "w:ilvl"))), "")


def _levels(parent: BaseOxmlElement) -> Iterator[tuple[int, Level]]:
    """Give the levels of a list by their depth."""
    for level in parent.iterchildren(qn("w:lvl")):
        depth = level.get(qn("w:ilvl"), "0")
        if depth.isdecimal() and int(depth) < _DEEPEST:
            yield int(depth), _level(level)


def _level(level: BaseOxmlElement) -> Level:
    """Read one level."""
    start, restart = value(level, "w:start"), value(level, "w:lvlRestart")
    fonts = level.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    decoder = legacy.of_font(fonts.get(qn("w:hAnsi"), "")) if fonts is not None else None
    text, legal = value(level, "w:lvlText"), level.find(qn("w:isLgl"))
    return Level(
        value(level, "w:numFmt"),
        decoder(text) if decoder else text,
        int(start) if start.isdecimal() else 1,
        "" if value(level, "w:suff") == "nothing" else " ",
        int(restart) if restart.isdecimal() else None,
        value(level, "w:pStyle"),
        legal is not None and (legal.get(qn("w:val")) is None or is_set(legal, "w:val")),
    )


def _written(depth: int, levels: dict[int, Level], counted: dict[int, int]) -> str:
    """Write a label: a bullet as a sign, else the level's text with its numerals put in."""
    level = levels[depth]
    if level.form == "bullet":
        sign = level.text.strip()
        return _PRINTED_BULLETS.get(sign, _BULLETS[min(depth, len(_BULLETS) - 1)]) if sign else ""

    def numeral(place: re.Match[str]) -> str:
        other = int(place[1]) - 1
        if other not in levels:
            return ""
        form = "decimal" if level.digits and levels[other].form != "none" else levels[other].form
        return numerals.written(form, counted.get(other, levels[other].start))

    return _PLACE.sub(numeral, level.text)
