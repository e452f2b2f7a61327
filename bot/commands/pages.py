"""How does an officer compare a reading with its paper? One page that needs nothing from outside: ``dondoc read --html``."""

from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from bot.commands import CannotError
from bot.pages import cards, papers
from bot.pages.marks import Places
from domain.calendar import Calendar
from domain.readings import Reading
from messages import pages
from messages.i18n import Speech


def page(reading: Reading, speech: Speech, calendar: Calendar, *, file: str) -> str:
    """Give the HTML page of a reading, in the language of the speech; ``file`` is the name that the paper was read from."""
    template = Template(files("bot.pages").joinpath("page.html").read_text(encoding="utf-8"))
    places = Places.of(reading)
    return template.substitute(
        pages.words(speech, file),
        language=escape(speech.language),
        title=escape(reading.header.title or file),
        head=cards.head(reading, speech, places),
        legend=papers.legend(speech),
        findings=cards.findings(reading, speech, places),
        tasks=cards.tasks(reading, speech, calendar, places),
        paper=papers.paper(reading, speech, places),
    )


def write(page: str, target: Path, paper: Path) -> None:
    """Write a page to a file; raise ``CannotError`` where that cannot be, or would overwrite the paper itself."""
    if target.resolve() == paper.resolve():
        raise CannotError(f"{target} is the notice itself; give the page another name.")
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CannotError(f"{target} cannot be written: {error.strerror}.") from None
