"""What was a paper read to say? The stages of extraction in order, from a paper to a reading."""

import re
import unicodedata
from dataclasses import dataclass

from documents.extraction import (
    audiences,
    citations,
    deadlines,
    findings,
    footnotes,
    headers,
    letters,
    lines,
    lists,
    names,
    orders,
    outlines,
    paragraphs,
    parts,
    spelling,
    tables,
    tasks,
)
from documents.extraction.outlines import Item
from documents.extraction.paragraphs import Paragraph
from documents.papers import Paper
from documents.reasons import Reason
from domain.calendar import Calendar
from domain.errors import Unreadable
from domain.readings import Citation, Directive, Finding, Header, Reading

_SOUNDS_LIKE_ONE = re.compile(r"\b(?:thong bao|ket luan)\b")


@dataclass(frozen=True)
class _Stages:
    """What the earlier stages gave the later ones."""

    split: parts.Parts
    notes: dict[str, str]
    body: tuple[Paragraph, ...]
    root: Item
    mentions: tuple[citations.Mention, ...]
    texts: tuple[str, ...]


def read(paper: Paper, calendar: Calendar) -> Reading:
    """Read a paper; pure and synchronous, so that it can run in another thread or process.

    Raises Unreadable("not-a-notice") where the text has no title and gives no orders, so that nothing says it is a notice.
    """
    stages = _stages(paper)
    header = headers.read(stages.split, stages.texts)
    anchor = deadlines.Anchor(header.dated, calendar)
    found = (*_of_items(stages, anchor), *_of_tables(stages, anchor))
    if not _is_notice(header, found, stages):
        raise Unreadable(Reason.NOT_A_NOTICE)
    papers = citations.merged(stages.mentions, (header.number, header.symbol))
    return Reading(
        header,
        _units(stages, found, papers),
        found,
        papers,
        _findings(stages, header, papers, found),
        (*stages.texts, *stages.notes.values(), *_rows(stages)),
    )


def _stages(paper: Paper) -> _Stages:
    """Take out noise and notes, part the paper, heal its paragraphs, and outline them."""
    text = tuple(unicodedata.normalize("NFC", line) for line in paper.lines)
    lifted = footnotes.lift(text)
    split = parts.split(lifted.lines)
    body = paragraphs.heal(tuple(line for line in lines.cleaned(split.body) if "|" not in line.text), lifted.notes)
    texts = tuple(paragraph.text for paragraph in body)
    return _Stages(split, lifted.notes, body, outlines.outline(body), citations.mentions(texts), texts)


def _of_items(stages: _Stages, anchor: deadlines.Anchor) -> tuple[Directive, ...]:
    """Give the directives of the body."""
    cited: dict[int, tuple[tuple[int, int], ...]] = {}
    for mention in stages.mentions:
        cited[mention.paragraph] = (*cited.get(mention.paragraph, ()), (mention.start, mention.end))
    groups = audiences.groups(stages.body, stages.notes)
    setting = orders.Setting(anchor, stages.notes, groups, cited, _sole_class(stages.split.recipients))
    return tuple(spelling.repaired(directive) for directive in tasks.directives(stages.root, setting))


def _sole_class(recipients: tuple[str, ...]) -> str | None:
    """Give the first words of the one class of units that a paper is sent to; None where it is sent to several."""
    entries = [
        letters.squeezed(letters.fold(line)).strip(" -+;.,") for line in recipients if line.strip().startswith(("-", "+", "–"))
    ]
    acting = [entry for entry in entries if not re.search(r"\((?:de )?(?:b/c|bao cao)\)|^luu\b", entry)]
    return " ".join(acting[0].split()[:2]) if len(acting) == 1 and acting[0].startswith("cac ") else None


def _of_tables(stages: _Stages, anchor: deadlines.Anchor) -> tuple[Directive, ...]:
    """Give the directives of the tables in body and annexes."""
    made: list[Directive] = []
    start = len(stages.texts) + len(stages.notes)
    for table in _tables(stages):
        made.extend(tables.directives(table, anchor, first=len(made) + 1, paragraph=start + len(made)))
    return tuple(made)


def _tables(stages: _Stages) -> tuple[tables.Table, ...]:
    """Give the tables of body and annexes."""
    annexed = tables.tables(lines.cleaned(stages.split.annexes, keep_numbers=True))
    return (*tables.tables(lines.cleaned(stages.split.body, keep_numbers=True)), *annexed)


def _rows(stages: _Stages) -> tuple[str, ...]:
    """Give the words of every table's rows, as evidence points into them."""
    return tuple(
        tables.row_text(row, [letters.fold(cell) for cell in table.heading]) for table in _tables(stages) for row in table.rows
    )


def _is_notice(header: Header, found: tuple[Directive, ...], stages: _Stages) -> bool:
    """Tell whether anything says that the paper is a notice: its title, or orders and the word itself."""
    if header.title:
        return True
    opening = letters.fold(" ".join((*stages.split.letterhead, *stages.texts))[:3000])
    return bool(found) and bool(_SOUNDS_LIKE_ONE.search(opening))


def _units(stages: _Stages, found: tuple[Directive, ...], papers: tuple[Citation, ...]) -> tuple[str, ...]:
    """Give the units named one by one, lists first, each once; issuers of cited papers are none."""
    issuers = {letters.key(paper.issuer) for paper in papers if paper.issuer}
    listed = [unit for note in stages.notes.values() for unit in (*lists.listed(note), *lists.remainder(note))]
    acting = [unit for directive in found for unit in (*directive.audience.units, *directive.audience.coordinators)]
    mentioned = [unit for text in stages.texts for unit in lists.all_names(text)]
    known: dict[str, str] = {}
    for unit in (*listed, *acting, *mentioned):
        spelled = spelling.mended(unit)
        if letters.key(spelled) not in issuers and names.begins(spelled[:1].upper() + spelled[1:], 0):
            known.setdefault(letters.key(spelled), spelled)
    return tuple(known.values())


def _findings(stages: _Stages, header: Header, papers: tuple[Citation, ...], found: tuple[Directive, ...]) -> tuple[Finding, ...]:
    """Give everything the office should look at."""
    refs = {item.paragraph: item.ref for item in stages.root.walk() if item.paragraph >= 0}
    mentions = tuple(mention for mention in stages.mentions if any(findings.is_same(mention.citation, paper) for paper in papers))
    marked = tuple(
        (paragraph.text[:place], refs.get(number, ""), len(lists.listed(stages.notes[mark])))
        for number, paragraph in enumerate(stages.body)
        for place, mark in paragraph.marks
    )
    return (
        *findings.all_of(header, papers, mentions, found, refs),
        *findings.authority(stages.texts, stages.split.recipients),
        *findings.counts(marked),
        *findings.missing_notes(stages.texts, stages.notes, refs),
        *findings.damage(stages.texts, refs),
    )
