"""What is told to those who watch the demo?"""

from messages.i18n import N_, Speech

CHAPTERS = {
    "1": N_("The office loads a notice, decides what reading was not sure of, and publishes it"),
    "2": N_("A secretary hands in, the office accepts; reminders follow, day by day"),
    "3": N_("The office announces something, and sees who has confirmed it"),
    "4": N_("Three weeks later: the leader's table"),
}


def chapter(speech: Speech, number: str) -> str:
    """Give the heading of a chapter."""
    return speech.say(CHAPTERS[number])


def well(speech: Speech) -> str:
    """Say that the story was played to its end."""
    return speech.say("All of this truly happened: the real program, over HTTP, against the loopback twin of Telegram.")
