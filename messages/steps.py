"""How is a step of the ladder called?"""

from domain import nudges
from messages.i18n import N_, Speech

FIXED = {
    "published": N_("on publishing"),
    "0pm": N_("on the last working day, in the afternoon"),
    "-1pm": N_("on the afternoon before the last working day"),
    "-2h": N_("two hours before"),
}


def headings(speech: Speech) -> tuple[str, ...]:
    """Give the headings of a table of messages that would be sent."""
    return speech.say("When"), speech.say("Unit"), speech.say("People"), speech.say("Tasks")


def step(speech: Speech, name: str) -> str:
    """Name a step.

    "published", "-5" for working days before the last working day, "0" and "0pm" on it, "-1pm" for the afternoon before it,
    "-2h" for two hours before a clock time, "+1" for working days after the last day, "+w3" for weeks after it, and
    "nudge:7" for a reminder that an officer pressed for.
    """
    if name in FIXED:
        return speech.say(FIXED[name])
    if name.startswith(nudges.STEP):
        return speech.say("by an officer's press")
    if name.startswith("+w"):
        return speech.plural("{n} week after the deadline", "{n} weeks after the deadline", int(name.removeprefix("+w")))
    days = int(name)
    if days == 0:
        return speech.say("on the last working day")
    if days < 0:
        return speech.plural("{n} working day before", "{n} working days before", -days)
    return speech.plural("{n} working day after the deadline", "{n} working days after the deadline", days)
