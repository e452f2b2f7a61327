"""What was a paper read to say? The stages of extraction in order, from a paper to a reading."""

import re
import unicodedata
from dataclasses import dataclass, replace

from documents.codes import Doubt
from documents.extraction import (
    amendments,
    audiences,
    citations,
    deadlines,
    findings,
    footnotes,
    gazetteer,
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

    lines: tuple[str, ...]
    split: parts.Parts
    lifted: footnotes.Lifted
    body: tuple[Paragraph, ...]
    root: Item
    mentions: tuple[citations.Mention, ...]
    tables: tuple[tables.Table, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Give the healed paragraphs' words."""
        return tuple(paragraph.text for paragraph in self.body)

    @property
    def notes(self) -> dict[str, str]:
        """Give the footnotes by their marks."""
        return self.lifted.notes

    def said(self) -> tuple[Paragraph, ...]:
        """Give everything that evidence may point into: body, notes, and the rows of tables."""
        notes = (Paragraph(text, lines=self.lifted.places[mark]) for mark, text in self.notes.items())
        rows = (Paragraph(table.text(row), lines=row.lines) for table in self.tables for row in table.rows)
        return (*self.body, *notes, *rows)


def read(paper: Paper, calendar: Calendar) -> Reading:
    """Read a paper; pure and synchronous, so that it can run in another thread or process.

    Raises Unreadable("not-a-notice") where the text has no title and gives no orders, so that nothing says it is a notice.
    """
    stages = _stages(paper)
    listed = (
        *stages.notes.values(),
        *stages.split.recipients,
        *(cell for one in stages.tables for row in one.rows for cell in row.cells),
    )
    with names.known(gazetteer.shown(stages.texts, listed)):
        return _read(stages, paper.doubt, calendar)


def _read(stages: _Stages, doubt: Doubt | None, calendar: Calendar) -> Reading:
    """Read what the stages gave."""
    header = headers.read(stages.split, stages.texts)
    anchor = deadlines.Anchor(header.dated, calendar, paper=letters.fold(". ".join(stages.texts)))
    found = tuple(_doubted(one, doubt) for one in (*_of_items(stages, anchor), *_of_tables(stages, anchor)))
    if not _is_notice(header, found, stages):
        raise Unreadable(Reason.NOT_A_NOTICE)
    papers = citations.merged(stages.mentions, (header.number, header.symbol))
    formal, evidence = headers.evidence(header, stages.split, len(stages.said()))
    said = (*stages.said(), *formal)
    units = _units(stages, found, papers)
    return Reading(
        header,
        units,
        found,
        papers,
        (*_findings(stages, header, papers, found), *findings.spelled_twice(units)),
        tuple(paragraph.text for paragraph in said),
        stages.lines,
        tuple(paragraph.lines for paragraph in said),
        evidence,
        amendments.amendments(stages.mentions, stages.texts, _refs(stages)),
    )


def _doubted(directive: Directive, doubt: Doubt | None) -> Directive:
    """Leave every value of a paper that is not sure as a whole to a person, each with the nearest reason."""
    if doubt is None:
        return directive
    doubts = {"deadline": str(doubt), "audience": str(doubt), **directive.doubts}
    return replace(directive, unsure=tuple(doubts), doubts=doubts)


def _stages(paper: Paper) -> _Stages:
    """Take out noise and notes, part the paper, heal its paragraphs, and outline them."""
    text = tuple(unicodedata.normalize("NFC", line) for line in paper.lines)
    lifted = footnotes.lift(tuple(lines.unmarked(letters.spaced(line)) for line in text))
    split = parts.split(lifted.lines)
    plain = (line for line in lines.cleaned(split.body, first=split.body_from) if "|" not in line.text)
    body = paragraphs.heal(tuple(plain), lifted.notes)
    mentions = citations.mentions(tuple(paragraph.text for paragraph in body))
    return _Stages(text, split, lifted, body, outlines.outline(body), mentions, _tables(split))


def _tables(split: parts.Parts) -> tuple[tables.Table, ...]:
    """Give the tables of body and annexes."""
    placed = ((split.body, split.body_from), (split.annexes, split.annexes_from))
    return tuple(table for part, first in placed for table in tables.tables(lines.cleaned(part, first=first, keep_numbers=True)))


def _of_items(stages: _Stages, anchor: deadlines.Anchor) -> tuple[Directive, ...]:
    """Give the directives of the body."""
    cited: dict[int, tuple[tuple[int, int], ...]] = {}
    for mention in stages.mentions:
        cited[mention.paragraph] = (*cited.get(mention.paragraph, ()), (mention.start, mention.end))
    annexed = audiences.annexed(tuple(tables.listed(table) for table in stages.tables))
    groups = (*audiences.groups(stages.body, stages.notes), *annexed, *audiences.named_before(stages.body))
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
    paragraph = len(stages.body) + len(stages.notes)
    for table in stages.tables:
        made.extend(tables.directives(table, anchor, first=len(made) + 1, paragraph=paragraph))
        paragraph += len(table.rows)
    return tuple(made)


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
    for unit in (*listed, *acting, *(unit for unit in mentioned if letters.key(spelling.mended(unit)) not in issuers)):
        spelled = spelling.mended(unit)
        if names.begins(spelled[:1].upper() + spelled[1:], 0):
            known.setdefault(letters.key(spelled), spelled)
    return tuple(known.values())


def _refs(stages: _Stages) -> dict[int, str]:
    """Give in which item each paragraph stands."""
    return {item.paragraph: item.ref for item in stages.root.walk() if item.paragraph >= 0}


def _findings(stages: _Stages, header: Header, papers: tuple[Citation, ...], found: tuple[Directive, ...]) -> tuple[Finding, ...]:
    """Give everything the office should look at."""
    refs = _refs(stages)
    mentions = tuple(mention for mention in stages.mentions if any(findings.is_same(mention.citation, paper) for paper in papers))
    marked = tuple(
        (paragraph.text[:place], refs.get(number, ""), len(lists.listed(stages.notes[mark])))
        for number, paragraph in enumerate(stages.body)
        for place, mark, _ in paragraph.marks
    )
    return (
        *findings.all_of(header, papers, mentions, found, refs),
        *findings.authority(stages.texts, stages.split.recipients),
        *findings.counts(marked),
        *findings.missing_notes(stages.texts, stages.notes, refs),
        *findings.damage(stages.texts, refs),
    )
