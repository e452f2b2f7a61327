"""How is shown what was read? The header, what is odd, and a card a task, each value linked to its words on the paper."""

from collections.abc import Iterator
from html import escape

from bot.pages.marks import Places
from domain.calendar import Calendar
from domain.readings import Directive, Reading
from messages import doubts, pages, readings
from messages.i18n import Marked, Speech
from messages.readings import Fact


def head(reading: Reading, speech: Speech, places: Places) -> str:
    """Show the header, the count of what was read, and what a person must decide."""
    *facts, title = readings.header(speech, reading.header)
    asked = [
        Marked(f'<a href="#task-{number}">{escape(one.ref)}</a>')
        for number, one in enumerate(reading.directives, 1)
        if one.unsure
    ]
    lines = [readings.summary(speech, reading), *([pages.decided_by_people(speech, asked)] if asked else [])]
    counted = f'<div class="counted">{"".join(f"<p>{line}</p>" for line in lines)}</div>'
    return f"<h1>{_linked(title.lines[0], 'header-title', places)}</h1>{_facts(facts, 'header', places)}{counted}"


def findings(reading: Reading, speech: Speech, places: Places) -> str:
    """Show what is to be looked at, each with the lines where it stands; nothing where nothing is."""
    if not reading.findings:
        return ""
    shown = (
        f'<li id="finding-{number}">{doubts.finding(speech, one)} {" ".join(_lines(number, speech, places))}</li>'
        for number, one in enumerate(reading.findings, 1)
    )
    return f'<section class="findings"><h2>{readings.name(speech, "finding")}</h2><ul>{"".join(shown)}</ul></section>'


def _lines(finding: int, speech: Speech, places: Places) -> Iterator[str]:
    for anchor in places.marks:
        line = places.line(anchor)
        if anchor.startswith(f"finding-{finding}-") and line is not None:
            yield f'<a class="line-link" href="#{anchor}">{pages.line(speech, line + 1)}</a>'


def tasks(reading: Reading, speech: Speech, calendar: Calendar, places: Places) -> str:
    """Show a card a task; a sentence where there is none."""
    if not reading.directives:
        return f"<p>{pages.nothing(speech)}</p>"
    return "\n".join(_card(number, one, speech, calendar, places) for number, one in enumerate(reading.directives, 1))


def _card(number: int, one: Directive, speech: Speech, calendar: Calendar, places: Places) -> str:
    kind = "task unsure" if one.unsure else "task"
    title = f'<h3><a class="task-number" href="#task-{number}-text">{number}</a>{pages.item(speech, one.ref)}</h3>'
    text = f'<p class="text">{escape(one.text)}</p>'
    facts = _facts(readings.directive(speech, one, calendar), f"task-{number}", places)
    return f'<article class="{kind}" id="task-{number}">{title}{text}{facts}</article>'


def _facts(facts: list[Fact] | tuple[Fact, ...], card: str, places: Places) -> str:
    return f"<dl>{''.join(_fact(fact, f'{card}-{fact.field}', places) for fact in facts)}</dl>"


def _fact(fact: Fact, anchor: str, places: Places) -> str:
    first, *more = fact.lines
    doubt = f'<p class="doubt">{fact.doubt}</p>' if fact.doubt else ""
    lines = f"<p>{_linked(first, anchor, places)}</p>{''.join(f'<p>{line}</p>' for line in more)}"
    return f'<div class="{fact.field}"><dt>{fact.label}</dt><dd>{lines}{doubt}</dd></div>'


def _linked(shown: str, anchor: str, places: Places) -> str:
    """Lead to the words on the paper, where they stand there."""
    return f'<a href="#{anchor}">{shown}</a>' if anchor in places.marks else shown
