"""What is said of those whom no message reaches? Who it is, why, and since when."""

from collections.abc import Sequence

from channels.markup import plain
from domain.reach import Silent, Unreached
from messages.i18n import N_, Marked, Speech

WORDS = {
    "blocked": N_("has blocked the bot"),
    "deactivated": N_("has closed the account"),
    "not found": N_("has deleted the chat or the account"),
}
"""What platforms' reasons mean, by a word in them."""
OTHERWISE = N_("takes no messages from the bot")
NEVER = N_("has no chat with the bot")


def lost(speech: Speech, one: Unreached) -> Marked:
    """Tell of somebody why no message reaches them, and since when that is known."""
    why = speech.say(_words(one.reason))
    if one.since is None:
        return speech.say("📵 {person} {why}", person=one.name, why=why)
    day = speech.date(one.since.astimezone(speech.zone).date())
    return speech.say("📵 {person} {why}, since {day}", person=one.name, why=why, day=day)


def names(speech: Speech, silent: Sequence[Silent]) -> list[str]:
    """Name units for which nobody receives messages, each with who does not and why."""
    return [one.unit.name if not one.lost else plain(_unit(speech, one)) for one in silent]


def _unit(speech: Speech, one: Silent) -> Marked:
    return speech.say("{unit} ({people})", unit=one.unit.name, people=speech.series(lost(speech, each) for each in one.lost))


def _words(reason: str | None) -> str:
    if reason is None:
        return NEVER
    return next((words for word, words in WORDS.items() if word in reason.lower()), OTHERWISE)
