"""How does Word write what it keeps? Elements of its files for the tests, and documents made of them."""

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from documents.readers import words
from tests.documents import papers

SPACES = " ".join(
    f'xmlns:{name}="{space}"'
    for name, space in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def elements(xml: str) -> list[BaseOxmlElement]:
    """Parse the elements of a part."""
    return list(parse_xml(f"<w:body {SPACES}>{xml}</w:body>"))


def opened(body: str, *, styles: str = "") -> Document:
    """Give a document of a body, with more styles."""
    document = docx.Document()
    for element in elements(body):
        document.element.body.insert(-1, element)
    document.styles.element.extend(elements(styles))
    return document


def read(document: Document) -> list[str]:
    """Read a document; its blank lines say nothing here."""
    return [line for line in words.lines(papers.saved(document)) if line.strip()]


def run(text: str, look: str = "") -> str:
    """Write a run."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def font(name: str) -> str:
    """Write the font of a run."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def paragraph(content: str, properties: str = "") -> str:
    """Write a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def turn(kind: str) -> str:
    """Write a turn of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def cells(*texts: str, properties: str = "") -> str:
    """Write a row of a table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>" + "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in texts) + "</w:tr>"


def level(depth: int, text: str, form: str = "decimal", more: str = "") -> str:
    """Write a level of a list."""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered_document(levels: str, body: str, *, uses: str = "", styles: str = "") -> Document:
    """Give a document with the list 7 of the levels, and more uses of them."""
    document = opened(body, styles=styles)
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    root.extend(
        elements(
            f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
            f'<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>{uses}'
        )
    )
    return document


def numbered(*depths: int, use: int = 7) -> str:
    """Write paragraphs of a list by their depths."""
    return "".join(
        paragraph(run("x"), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{use}"/></w:numPr>') for depth in depths
    )
