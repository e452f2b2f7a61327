"""How does Word print a run? Its own look, else that of its style, of its paragraph's style, or of the whole document."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_OFF = frozenset({"0", "false", "off"})
# Old letters stand above ASCII, where the second of these fonts prints; a font of the theme is one of today.
_FONTS = (("w:hAnsiTheme", "w:hAnsi"), ("w:asciiTheme", "w:ascii"))


@dataclass(frozen=True)
class Look:
    """The font of a run, whether it is hidden, and whether its letters are printed as capitals."""

    font: str = ""
    is_hidden: bool = False
    is_capitals: bool = False


@dataclass(frozen=True)
class Styles:
    """The styles of a document by their id, the paragraphs' one where none is named, and the look where none says any."""

    known: dict[str, BaseOxmlElement]
    usual: str
    defaults: tuple[BaseOxmlElement, ...]
    looks: dict[tuple[str, str], tuple[BaseOxmlElement, ...]] = field(default_factory=dict)

    def chain(self, name: str) -> Iterator[BaseOxmlElement]:
        """Give a style and those it is based on, the nearest first; a circle ends where it began."""
        met: set[str] = set()
        while name in self.known and name not in met:
            met.add(name)
            yield self.known[name]
            name = value(self.known[name], "w:basedOn")

    def of_paragraph(self, paragraph: BaseOxmlElement) -> str:
        """Give the id of a paragraph's style."""
        return value(paragraph.find(qn("w:pPr")), "w:pStyle") or self.usual

    def look(self, run: BaseOxmlElement, paragraph_style: str) -> Look:
        """Give the look of a run, or of the mark that ends a paragraph where its properties are given for the run."""
        own = run.find(qn("w:rPr"))
        sources = (*(() if own is None else (own,)), *self._inherited(value(own, "w:rStyle"), paragraph_style))
        return Look(_font(sources), _is_on(sources, "w:vanish"), _is_on(sources, "w:caps"))

    def _inherited(self, run_style: str, paragraph_style: str) -> tuple[BaseOxmlElement, ...]:
        """Give the properties that styles and defaults give a run, the strongest first."""
        names = (run_style, paragraph_style)
        if names not in self.looks:
            styles = (style for name in names for style in self.chain(name))
            found = (style.find(qn("w:rPr")) for style in styles)
            self.looks[names] = (*(look for look in found if look is not None), *self.defaults)
        return self.looks[names]


def of(document: Document) -> Styles:
    """Read the styles of a document."""
    root = document.styles.element
    known = {style.get(qn("w:styleId"), ""): style for style in root.iterchildren(qn("w:style"))}
    usual = (
        name
        for name, style in known.items()
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in _OFF
    )
    defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    return Styles(known, next(usual, ""), () if defaults is None else (defaults,))


def value(element: BaseOxmlElement | None, name: str) -> str:
    """Give the value of a child element, blank where there is none."""
    child = element.find(qn(name)) if element is not None else None
    return child.get(qn("w:val"), "") if child is not None else ""


def is_set(element: BaseOxmlElement, name: str) -> bool:
    """Tell whether an attribute of an element switches something on."""
    return element.get(qn(name), "0") not in _OFF


def _font(sources: tuple[BaseOxmlElement, ...]) -> str:
    """Give the font that the first of the sources names, blank for one of the theme or none."""
    named = [fonts for source in sources if (fonts := source.find(qn("w:rFonts"))) is not None]
    for theme, name in _FONTS:
        for fonts in named:
            if fonts.get(qn(theme)) or fonts.get(qn(name)):
                return "" if fonts.get(qn(theme)) else fonts.get(qn(name), "")
    return ""


def _is_on(sources: tuple[BaseOxmlElement, ...], name: str) -> bool:
    """Tell whether the first of the sources that speaks of a switch puts it on."""
    switches = (switch for source in sources if (switch := source.find(qn(name))) is not None)
    switch = next(switches, None)
    return switch is not None and switch.get(qn("w:val"), "1") not in _OFF
