"""How is a reading shown in a terminal? As cards for those who check it, and as a table of rules for those who ask why."""

from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from channels.markup import plain
from documents import printing
from domain.calendar import Calendar
from domain.readings import Directive, Evidence, Reading
from messages import doubts, pages, readings
from messages.i18n import Speech
from messages.readings import Fact


def shown(reading: Reading, speech: Speech, calendar: Calendar) -> RenderableType:
    """Lay a reading out for a person: header, findings, each task with its values and what is unsure, and the count of all."""
    *facts, title = readings.header(speech, reading.header)
    head = Group(Text(plain(title.lines[0]), style="bold"), *(_line(f"{fact.label}: {fact.lines[0]}", "") for fact in facts))
    found = (_line(doubts.finding(speech, one), "yellow") for one in reading.findings)
    cards = (_card(one, speech, calendar) for one in reading.directives)
    return Group(Panel(head), *found, *cards, _line(readings.summary(speech, reading), "bold"))


def _card(one: Directive, speech: Speech, calendar: Calendar) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", max_width=20)
    grid.add_column()
    for fact in readings.directive(speech, one, calendar):
        grid.add_row(plain(fact.label), _values(fact))
    title = Text(plain(pages.item(speech, one.ref)), style="bold")
    style = "yellow" if one.unsure else "none"
    return Panel(Group(Text(one.text), "", grid), title=title, title_align="left", border_style=style)


def _values(fact: Fact) -> RenderableType:
    doubt = (_line(fact.doubt, "bold yellow"),) if fact.doubt else ()
    return Group(*(_line(line, "") for line in fact.lines), *doubt)


def _line(marked: str, style: str) -> Text:
    return Text(plain(marked), style=style)


def explained(reading: Reading, speech: Speech) -> RenderableType:
    """Tell which words of the paper each value was taken from, by which rule, and on which lines they are printed."""
    table = Table(*(plain(heading) for heading in readings.headings(speech)), box=SIMPLE_HEAD, expand=True)
    for column, ratio in zip(table.columns, (3, 7, 5, None), strict=True):
        column.ratio, column.overflow = ratio, "fold"
    parts = [
        (pages.letterhead(speech), reading.evidence),
        *((pages.item(speech, one.ref), one.evidence) for one in reading.directives),
    ]
    for title, evidence in parts:
        table.add_row(Text(plain(title), style="bold"))
        for field in sorted(evidence, key=list(readings.FIELDS).index):
            table.add_row(*_took(reading, field, evidence[field], speech))
        table.add_section()
    return table


def _took(reading: Reading, field: str, evidence: Evidence, speech: Speech) -> tuple[RenderableType, ...]:
    lines = sorted({span.line for span in printing.spans(reading, evidence)})
    name, rule = plain(readings.name(speech, field)), plain(readings.rule(speech, evidence.rule))
    return Text(name), Text(evidence.words), Text(rule), ranges(lines)


def ranges(lines: list[int]) -> str:
    """Write lines, counted from 0, as people count them, those in a row as one range; a dash where there are none."""
    rows = (list(row) for _, row in groupby(enumerate(lines, 1), key=lambda one: one[1] - one[0]))
    ends = ((row[0][1] + 1, row[-1][1] + 1) for row in rows)
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in ends) or "–"
