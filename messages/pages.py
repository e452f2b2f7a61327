"""What does the page say that shows a reading beside its paper?"""

from collections.abc import Iterable

from messages import readings
from messages.i18n import Speech


def words(speech: Speech, file: str) -> dict[str, str]:
    """Give the fixed words of the page by their places in its template."""
    return {
        "paper_title": speech.say("The paper"),
        "tasks_title": speech.say("The tasks"),
        "to_paper": speech.say("To the paper"),
        "to_tasks": speech.say("To the tasks"),
        "source": speech.say("Read from “{file}”. Nothing was stored or sent.", file=file),
    }


def item(speech: Speech, ref: str) -> str:
    """Name an item of the paper."""
    return speech.say("Item {item}", item=ref)


def mark(speech: Speech, field: str, ref: str | None) -> str:
    """Say what marked words are, and of which item."""
    label = readings.name(speech, field)
    return speech.say("{field} (item {item})", field=label, item=ref) if ref else label


def line(speech: Speech, number: int) -> str:
    """Name a printed line, counted from 1."""
    return speech.say("line {n}", n=speech.number(number))


def goes_on(speech: Speech, number: int) -> str:
    """Say in which printed line a sentence goes on, counted from 1."""
    return speech.say("goes on in line {n}", n=speech.number(number))


def decided_by_people(speech: Speech, items: Iterable[str]) -> str:
    """Say which items a person must decide."""
    return speech.say("To be decided: {items}.", items=speech.series(items))


def nothing(speech: Speech) -> str:
    """Say that a paper gives no tasks."""
    return speech.say("The paper gives no tasks.")


def letterhead(speech: Speech) -> str:
    """Name the part of a paper that says who issued it, and when."""
    return speech.say("Letterhead and title")
