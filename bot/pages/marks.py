"""Which words of which printed line led to which value? Marks with their places, and lines cut where marks begin and end."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents import printing
from documents.codes import Oddity
from documents.printing import Span
from domain.readings import Directive, Evidence, Finding, Reading

TASK_FIELDS = ("audience", "deadline", "deliverable", "submit_to")


@dataclass(frozen=True)
class Mark:
    """Words that led to a value: their anchor on the page, the card they lead to, the field, and the task, counted from 1."""

    anchor: str
    card: str
    field: str
    task: int | None = None
    ref: str | None = None
    unsure: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of a line under the same marks, the widest first, with those that begin and those that end here."""

    text: str
    marks: tuple[Mark, ...] = ()
    begun: tuple[Mark, ...] = ()
    ended: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Places:
    """Where every mark stands on the printed lines, by its anchor; what stands nowhere is not there."""

    marks: Mapping[str, tuple[Mark, tuple[Span, ...]]]

    @classmethod
    def of(cls, reading: Reading) -> "Places":
        """Find the places of all that was read."""
        found = ((mark, printing.spans(reading, evidence)) for mark, evidence in _evidence(reading))
        return cls({mark.anchor: (mark, spans) for mark, spans in found if spans})

    def on(self, line: int) -> list[tuple[Span, Mark]]:
        """Give the marks of a line, the widest first; of the same words, the last task's first."""
        found = [(span, mark) for mark, spans in self.marks.values() for span in spans if span.line == line]
        return sorted(found, key=lambda one: (one[0].start - one[0].end, -(one[1].task or 0)))

    def line(self, anchor: str) -> int | None:
        """Give the line on which a mark begins; None where it stands nowhere."""
        return self.marks[anchor][1][0].line if anchor in self.marks else None

    def begins(self, mark: Mark, span: Span) -> bool:
        """Tell whether a span is the first of its mark."""
        return self.marks[mark.anchor][1][0] == span

    def pieces(self, text: str, line: int, *, start: int = 0, end: int | None = None) -> Iterator[Piece]:
        """Cut a line, or a part of it, where marks begin and end."""
        end = len(text) if end is None else end
        on = [(span, mark) for span, mark in self.on(line) if span.start < end and start < span.end]
        edges = {start, end, *(edge for span, _ in on for edge in (span.start, span.end) if start < edge < end)}
        for first, last in pairwise(sorted(edges)):
            over = [(span, mark) for span, mark in on if span.start <= first and last <= span.end]
            yield Piece(
                text[first:last],
                tuple(mark for _, mark in over),
                tuple(mark for span, mark in over if span.start == first and self.begins(mark, span)),
                tuple(mark for span, mark in over if span.end == last),
            )


def first_line(reading: Reading, directive: Directive) -> int | None:
    """Give the printed line on which a directive begins; None where its words stand in no paragraph."""
    evidence = directive.evidence.get("text")
    if evidence is None or not 0 <= evidence.paragraph < len(reading.sources):
        return None
    spans = printing.spans(reading, evidence)
    return spans[0].line if spans else next(iter(reading.sources[evidence.paragraph]), None)


def _evidence(reading: Reading) -> Iterator[tuple[Mark, Evidence]]:
    for field, evidence in reading.evidence.items():
        yield Mark(f"header-{field}", "header", field), evidence
    for number, directive in enumerate(reading.directives, 1):
        for field in TASK_FIELDS:
            if field in directive.evidence:
                card, unsure = f"task-{number}", field in directive.unsure
                yield Mark(f"{card}-{field}", card, field, number, directive.ref, unsure), directive.evidence[field]
    for number, finding in enumerate(reading.findings, 1):
        for count, evidence in enumerate(_words(reading, finding), 1):
            yield Mark(f"finding-{number}-{count}", f"finding-{number}", "finding"), evidence


def _words(reading: Reading, finding: Finding) -> Iterator[Evidence]:
    """Give where a finding's words stand: in its own item if they are there, else where they stand first."""
    if finding.code == Oddity.HEADER_INCOMPLETE:
        return
    parts = finding.words.split("; ") if finding.code == Oddity.CITATION_DATES_DIFFER else [finding.words]
    own = [one.evidence["text"].paragraph for one in reading.directives if one.ref == finding.at and "text" in one.evidence]
    for words in parts:
        if (paragraph := _holding(words, reading.paragraphs, first=own)) is not None:
            yield Evidence(words, paragraph)


def _holding(words: str, paragraphs: Sequence[str], *, first: Iterable[int]) -> int | None:
    numbers = [number for number in first if 0 <= number < len(paragraphs)]
    return next((number for number in (*numbers, *range(len(paragraphs))) if words in paragraphs[number]), None)
