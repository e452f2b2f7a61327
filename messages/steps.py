"""How is a step of the ladder called?"""

from messages.i18n import Speech


def headings(speech: Speech) -> tuple[str, ...]:
    """Give the headings of a table of messages that would be sent."""
    return speech.say("When"), speech.say("Unit"), speech.say("People"), speech.say("Tasks")


def step(speech: Speech, name: str) -> str:
    """Name a step: "published", "-5" for working days before the last working day, "0", or "+1" for those after the last day."""
    if name == "published":
        return speech.say("on publishing")
    days = int(name)
    if days == 0:
        return speech.say("on the last working day")
    if days < 0:
        return speech.plural("{n} working day before", "{n} working days before", -days)
    return speech.plural("{n} working day after the deadline", "{n} working days after the deadline", days)
