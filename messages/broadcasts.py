"""What is said about announcements? Writing one, its preview, its progress and result, and the announcement itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from channels import Outgoing
from domain.broadcasts import Broadcast, Hindrance, Results
from domain.quotas import Rest
from domain.reach import Silent
from domain.units import group_number
from messages import buttons, quotas, reach, review
from messages.i18n import N_, Marked, Speech

WORDS_SHOWN = 80
MISSES_SHOWN = 20

HINDRANCES = {
    Hindrance.NO_ACCOUNT: N_("has no chat with the bot"),
    Hindrance.UNREACHABLE: N_("has blocked the bot or closed the account"),
    Hindrance.REFUSED: N_("the platform refused the message"),
    Hindrance.UNSENT: N_("could not be reached for days"),
    Hindrance.UNKNOWN: N_("sent twice, and no answer came; it may have arrived"),
    Hindrance.UNKNOWN_ONCE: N_("sent once, and no answer came; it may have arrived"),
    Hindrance.EXPIRED: N_("not sent: it could not leave for days and was out of date by then"),
    Hindrance.QUOTA: N_("not sent: this month's messages were used up, and it was out of date before there were more"),
    Hindrance.VOID: N_("no longer answers for a unit"),
}


@dataclass(frozen=True)
class Held:
    """When an announcement leaves that the quiet hours hold, and whether it may break them."""

    until: datetime
    may_be_urgent: bool


def ask_text(speech: Speech) -> Outgoing:
    """Ask for the words of an announcement."""
    return Outgoing(
        speech.say("Please write the announcement as one message. Nothing is sent yet."), ((buttons.cancel(speech),),)
    )


def ask_audience(speech: Speech, broadcast: Broadcast, groups: Sequence[str]) -> Outgoing:
    """Ask who is to get an announcement."""
    choices = [
        buttons.button(speech.say("All units"), "bto", broadcast.id, "all"),
        *(buttons.button(group, "bto", broadcast.id, "group", group_number(group)) for group in groups),
        buttons.button(speech.say("Units by name"), "bto", broadcast.id, "units"),
        buttons.button(speech.say("Cancel"), "bcancel", broadcast.id),
    ]
    return Outgoing(speech.say("Who is to get it?"), buttons.column(choices))


def ask_names(speech: Speech) -> Outgoing:
    """Ask for the names of units."""
    return Outgoing(speech.say("Please write the names of the units, one on each line."), ((buttons.cancel(speech),),))


def preview(
    speech: Speech,
    broadcast: Broadcast,
    units: Sequence[str],
    *,
    people: int,
    without: Sequence[Silent],
    held: Held | None = None,
    rest: Rest | None = None,
) -> Outgoing:
    """Show an announcement as it will be read, with the number of people who will get it, and when where it must wait.

    The month's messages do not suffice for those who ``rest``. Its author chooses what happens where nobody knows whether it
    arrived.
    """
    text = speech.lines(
        speech.say("<b>Preview</b>"),
        "",
        speech.say("{text}", text=broadcast.text),
        "",
        speech.plural("To {n} person of {units}.", "To {n} people of {units}.", people, units=review.names(speech, units)),
        _nobody(speech, without),
        speech.say("🌙 It is quiet time; it will be sent at {moment}.", moment=speech.moment(held.until)) if held else None,
        quotas.lacking(speech, rest) if rest else None,
        _doubt(speech, broadcast) if people else None,
    )
    send = (buttons.button(speech.say("Send"), "bsend", broadcast.id, broadcast.revision),) if people else ()
    urgent = buttons.button(speech.say("Send now (urgent)"), "bsend", broadcast.id, broadcast.revision, "urgent")
    rows = ((urgent,),) if people and held and held.may_be_urgent else ()
    other = speech.say("Send only once") if broadcast.again else speech.say("Send once more")
    choice = ((buttons.button(other, "bagain", broadcast.id, int(not broadcast.again)),),) if people else ()
    return Outgoing(text, ((*send, buttons.button(speech.say("Cancel"), "bcancel", broadcast.id)), *rows, *choice))


def _nobody(speech: Speech, silent: Sequence[Silent]) -> Marked | None:
    if not silent:
        return None
    return speech.say("📵 Nobody receives messages for: {names}.", names=review.names(speech, reach.names(speech, silent)))


def _doubt(speech: Speech, broadcast: Broadcast) -> Marked:
    """Tell what is done where a connection broke and nobody knows whether the announcement arrived."""
    if broadcast.again:
        return speech.say("🔁 Where it is unknown whether it arrived, it is sent once more and says so.")
    return speech.say("☝️ Where it is unknown whether it arrived, it is not sent again, and you see for whom.")


def waits(speech: Speech, moment: datetime) -> Outgoing:
    """Say that an announcement waits for the end of the quiet hours."""
    return Outgoing(speech.say("🌙 It is quiet time; the announcement will be sent at {moment}.", moment=speech.moment(moment)))


def announcement(speech: Speech, broadcast: Broadcast, *, repeated: bool = False) -> Outgoing:
    """Give the announcement to a reader, who can confirm it."""
    return _announcement(speech, broadcast.id, broadcast.text, repeated=repeated)


@lru_cache(maxsize=32)
def _announcement(speech: Speech, number: int, words: str, *, repeated: bool) -> Outgoing:
    """Find the words once for all readers of a language."""
    text = speech.lines(
        speech.say("(sent again)") if repeated else None,
        speech.say("📣 <b>Announcement of the office</b>"),
        "",
        speech.say("{text}", text=words),
    )
    return Outgoing(text, ((buttons.button(speech.say("Received"), "seen", number),),))


def seen(speech: Speech, broadcast: Broadcast) -> Outgoing:
    """Show an announcement as confirmed."""
    return Outgoing(
        speech.lines(announcement(speech, broadcast).text, "", speech.say("✅ Thank you, the office sees that you received it."))
    )


def progress(speech: Speech, broadcast: Broadcast, now: Results, rest: Rest | None = None) -> Outgoing:
    """Show an announcement's author how far it has come, what must ``rest``, and once it is out, who got it and who did not."""
    if now.waiting:
        head = speech.say("📣 Going out: {sent} of {total}.", sent=speech.number(now.sent), total=speech.number(now.total))
    else:
        head = speech.plural(
            "📣 <b>Sent</b>: {sent} of {n} person got it.",
            "📣 <b>Sent</b>: {sent} of {n} people got it.",
            now.total,
            sent=speech.number(now.sent),
        )
    text = speech.lines(
        speech.say("“{words}”", words=broadcast.text.partition("\n")[0][:WORDS_SHOWN]),
        head,
        quotas.waits(speech, rest) if rest else None,
        *(
            speech.say("✗ {person}: {why}", person=miss.person, why=speech.say(HINDRANCES[miss.hindrance]))
            for miss in now.missed[:MISSES_SHOWN]
        ),
        speech.plural("✗ … and {n} more", "✗ … and {n} more", len(now.missed) - MISSES_SHOWN)
        if len(now.missed) > MISSES_SHOWN
        else None,
        _nobody(speech, now.without),
        speech.say("Confirmed: {seen} of {sent}.", seen=speech.number(now.acknowledged), sent=speech.number(now.sent))
        if now.sent
        else None,
        speech.say("Not confirmed yet: {names}.", names=review.names(speech, now.unseen))
        if now.unseen and not now.waiting
        else None,
    )
    return Outgoing(text, ((buttons.button(speech.say("Refresh"), "bshow", broadcast.id),),))


def given_up(speech: Speech) -> Outgoing:
    """Confirm that an announcement was not sent."""
    return Outgoing(speech.say("The announcement was put away; nothing was sent."))
