"""Which footnotes does a Word file keep apart? The parts for footnotes and endnotes, numbered by their marks in the text."""

from collections.abc import Callable
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_KINDS = ((RELATIONSHIP_TYPE.FOOTNOTES, "w:footnote"), (RELATIONSHIP_TYPE.ENDNOTES, "w:endnote"))
_REFERENCES = {qn(f"{kind}Reference"): kind for _, kind in _KINDS}


@dataclass
class Notes:
    """The notes of a document by kind and id, the numbers that their marks have been given so far, and marks of one's own."""

    elements: dict[tuple[str, str], BaseOxmlElement]
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    own: dict[tuple[str, str], str] = field(default_factory=dict)

    def mark(self, node: BaseOxmlElement) -> str:
        """Give the superscript for a reference to a note, numbered in the order of the text; nothing for other nodes."""
        name = _name(node)
        if name not in self.elements:
            return ""
        return _superscript(self.numbers.setdefault(name, len(self.numbers) + 1))

    def chosen(self, node: BaseOxmlElement, sign: str) -> str:
        """Keep the sign that a person chose as the mark of a note; it begins the note's words too."""
        if _name(node) not in self.elements:
            return ""
        return self.own.setdefault(_name(node), sign.strip())

    def lines(self, text: Callable[[BaseOxmlElement], str]) -> tuple[str, ...]:
        """Give the notes whose marks stand in the text, each as a line behind its superscript, by the text of a paragraph."""
        made = []
        for name, number in self.numbers.items():
            words = " ".join(" ".join(map(text, self.elements[name].iter(qn("w:p")))).split())
            made.append(f"{_superscript(number)} {words.removeprefix(self.own.get(name, '')).lstrip()}")
        return tuple(line for note in made for line in (note, ""))


def of(document: Document) -> Notes:
    """Read the notes of a document; separators are none."""
    found: dict[tuple[str, str], BaseOxmlElement] = {}
    for relation in document.part.rels.values():
        kind = next((kind for type_, kind in _KINDS if relation.reltype == type_), None)
        if kind is None or relation.is_external:
            continue
        for note in parse_xml(relation.target_part.blob).iterchildren(qn(kind)):
            if note.get(qn("w:type"), "normal") == "normal":
                found[kind, note.get(qn("w:id"), "")] = note
    return Notes(found)


def _name(node: BaseOxmlElement) -> tuple[str, str]:
    """Give kind and id of the note that a node refers to, blank where it refers to none."""
    kind = _REFERENCES.get(node.tag, "")
    return kind, node.get(qn("w:id"), "") if kind else ""


def _superscript(number: int) -> str:
    """Write a number as the mark of a note."""
    return str(number).translate(_SUPERSCRIPTS)
