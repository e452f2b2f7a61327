"""What does a paragraph print? Its runs as they are shown: changes accepted, fields by their results, old fonts decoded."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from documents.readers import legacy, symbols
from documents.readers.notes import Notes
from documents.readers.styles import Look, Styles, is_set

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = qn("w:txbxContent")
_FALLBACK = f"{COMPATIBILITY}Fallback"
# What was deleted or moved away, the pronunciation above a word, properties, and what only old programs are shown.
_NOT_SHOWN = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:rt"), qn("w:pPr"), qn("w:sdtPr"), _FALLBACK})
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# An old font prints "ư" where others print a soft hyphen; elsewhere it is taken out with the signs without width.
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
}


@dataclass(frozen=True)
class Piece:
    """A piece of a paragraph's text, what decodes its letters, and whether they are printed as capitals."""

    text: str
    decoder: Callable[[str], str] | None = None
    is_capitals: bool = False


@dataclass
class _Walk:
    """A walk through one paragraph; ``fields`` tells of each open field whether its result has begun."""

    styles: Styles
    notes: Notes | None
    style: str
    fields: list[bool] = field(default_factory=list)

    def pieces(self, parent: BaseOxmlElement) -> Iterator[Piece]:
        """Give the pieces below an element."""
        for node in parent:
            if node.tag == qn("w:r"):
                yield from self._run(node)
            elif node.tag == _FORMULA:
                yield Piece(node.text or "")
            elif node.tag not in _NOT_SHOWN:
                yield from self.pieces(node)

    def _run(self, run: BaseOxmlElement) -> Iterator[Piece]:
        """Give the pieces of a run; a note's own mark stands for all the run says."""
        look = self.styles.look(run, self.style)
        own_mark = ""
        for node in run:
            if node.tag == qn("w:fldChar"):
                self._turn(node.get(qn("w:fldCharType"), ""))
            elif not look.is_hidden and all(self.fields):
                own_mark = own_mark or self._own_mark(node, run)
                text = self.notes.mark(node) if self.notes else ""
                if text or not own_mark:
                    yield Piece(text) if text else _piece(node, look)

    def _turn(self, kind: str) -> None:
        """Follow a field: its instruction begins, then its result, then it ends."""
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _own_mark(self, node: BaseOxmlElement, run: BaseOxmlElement) -> str:
        """Give the sign that a person chose as a note's mark, which stands behind its reference."""
        if self.notes is None or not is_set(node, "w:customMarkFollows"):
            return ""
        return self.notes.chosen(node, "".join(text.text or "" for text in run.iterchildren(qn("w:t"))))


def text(paragraph: BaseOxmlElement, styles: Styles, notes: Notes | None = None) -> str:
    """Give a paragraph's text; with notes, the marks of notes are in it and are counted."""
    walk = _Walk(styles, notes, styles.of_paragraph(paragraph))
    return _joined([piece for piece in walk.pieces(paragraph) if piece.text])


def is_open(paragraph: BaseOxmlElement, styles: Styles) -> bool:
    """Tell whether a paragraph goes on in the next one, because the mark that parts them was deleted or is hidden."""
    properties = paragraph.find(qn("w:pPr"))
    own = properties.find(qn("w:rPr")) if properties is not None else None
    if own is None:
        return False
    gone = any(own.find(qn(change)) is not None for change in ("w:del", "w:moveFrom"))
    return gone or (own.find(qn("w:vanish")) is not None and styles.look(properties, styles.of_paragraph(paragraph)).is_hidden)


def boxes(paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Give the text boxes that hang on a paragraph, each once; those inside another box are that box's."""
    for box in paragraph.iter(_BOX):
        above = {node.tag for node in box.iterancestors() if paragraph in node.iterancestors()}
        if not above & {*_NOT_SHOWN, _BOX}:
            yield box


def _piece(node: BaseOxmlElement, look: Look) -> Piece:
    """Give what one element of a run prints."""
    if node.tag == qn("w:sym"):
        return _symbol(node)
    decoder = legacy.of_font(look.font)
    if node.tag == qn("w:t"):
        return Piece(symbols.text(node.text or "", look.font), decoder, look.is_capitals)
    return Piece(_SIGNS.get(node.tag, ""), decoder if node.tag == qn("w:softHyphen") else None)


def _symbol(node: BaseOxmlElement) -> Piece:
    """Give a sign that was put in by its code and its font."""
    font = node.get(qn("w:font"), "")
    return Piece(symbols.printed(int(node.get(qn("w:char"), "2022"), 16), font), legacy.of_font(font))


def _joined(pieces: Iterable[Piece]) -> str:
    """Join pieces, decoding those in old fonts together, since one letter's signs may stand in two runs."""
    made = [
        (Piece("".join(piece.text for piece in group), *kind))
        for kind, group in groupby(pieces, key=lambda piece: (piece.decoder, piece.is_capitals))
    ]
    old = [piece for piece in made if piece.decoder]
    modern = legacy.is_modern("".join(piece.text for piece in old), "".join(map(_decoded, old)))
    return "".join(_cased(piece.text if modern else _decoded(piece), piece) for piece in made)


def _decoded(piece: Piece) -> str:
    """Give a piece's text decoded."""
    return piece.decoder(piece.text) if piece.decoder else piece.text


def _cased(words: str, piece: Piece) -> str:
    """Give words in capitals where they are printed so."""
    return words.upper() if piece.is_capitals else words
