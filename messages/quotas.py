"""What is said of a month's messages? How many are used, and what waits because little is left."""

from domain.quotas import Quota, Rest
from messages.i18n import Marked, Speech


def used(speech: Speech, quota: Quota) -> Marked:
    """Tell how many of a bot's messages are used this month."""
    return speech.say(
        "{bot}: {used} of {most} messages of this month ({percent}).",
        bot=quota.bot.capitalize(),
        used=speech.number(quota.used),
        most=speech.number(quota.most),
        percent=speech.percent(quota.percent),
    )


def waits(speech: Speech, rest: Rest) -> str:
    """Tell an announcement's author who does not get it yet, why, and until when."""
    head = speech.plural(
        "⏸ {n} person does not get it yet: what is left of this month's messages is kept for reminders and answers.",
        "⏸ {n} people do not get it yet: what is left of this month's messages is kept for reminders and answers.",
        rest.count,
    )
    return speech.lines(head, *_used_and_end(speech, rest))


def lacking(speech: Speech, rest: Rest) -> str:
    """Tell before it is sent how many would not get an announcement at once, why, and until when."""
    head = speech.plural(
        "⏸ {n} person would not get it yet: what is left of this month's messages is kept for reminders and answers.",
        "⏸ {n} people would not get it yet: what is left of this month's messages is kept for reminders and answers.",
        rest.count,
    )
    return speech.lines(head, *_used_and_end(speech, rest))


def _used_and_end(speech: Speech, rest: Rest) -> list[Marked]:
    return [*(used(speech, quota) for quota in rest.quotas), _end(speech, rest)]


def _end(speech: Speech, rest: Rest) -> Marked:
    if rest.expires_at is not None and rest.outlasts:
        return speech.say(
            "It is sent to them only if the administrator raises the quota before {moment}.",
            moment=speech.moment(rest.expires_at),
        )
    return speech.say(
        "It is sent to them from {moment} on, or as soon as the administrator raises the quota.",
        moment=speech.moment(rest.ends_at),
    )
