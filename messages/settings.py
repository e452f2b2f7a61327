"""What does a person set, and how are they helped? Language, hours without reminders, help, and the commands of a role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from channels import Command, Outgoing
from domain.offices import Office
from domain.people import Person, RoleKind, Standing
from messages import buttons
from messages.i18n import Speech

BEGINS, ENDS = (17, 18), (9, 10)
"""Hours (of the office's zone) at which a person's quiet hours may begin and end."""
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


def choose_language(speech: Speech) -> Outgoing:
    """Offer the languages, each in its own words."""
    choices = tuple(buttons.button(name, "language", code) for code, name in LANGUAGE_NAMES.items())
    return Outgoing(speech.say("Which language shall I write in?"), (choices,))


def language_chosen(speech: Speech) -> Outgoing:
    """Confirm the language, in it."""
    return Outgoing(speech.say("From now on I write to you in English."))


@dataclass(frozen=True)
class QuietChoices:
    """The hours at which quiet hours may begin and end for a person."""

    begins: Sequence[int]
    ends: Sequence[int]


def quiet_choices(office: Office) -> QuietChoices:
    """Give the hours that make a person's quiet hours longer than the office's."""
    return QuietChoices(
        [hour for hour in BEGINS if office.quieter(quiet_from=time(hour), quiet_until=None) != office],
        [hour for hour in ENDS if office.quieter(quiet_from=None, quiet_until=time(hour)) != office],
    )


def chosen(speech: Speech, person: Person, office: Office) -> Outgoing:
    """Show what a person has chosen, and what else there is to choose."""
    own, choices = office.quieter(quiet_from=person.quiet_from, quiet_until=person.quiet_until), quiet_choices(office)
    text = speech.lines(
        speech.say("⚙️ <b>Your settings</b>"),
        speech.say("Language: {language}", language=LANGUAGE_NAMES[speech.language]),
        speech.say(
            "Reminders come between {begin} and {end} of working days.", begin=_clock(own.quiet_until), end=_clock(own.quiet_from)
        )
        if own.quiet_from != own.quiet_until
        else speech.say("Reminders come at any hour of working days."),
        speech.say("What waits meanwhile comes as one message when that time begins, if it still holds."),
    )
    ends = tuple(
        buttons.button(speech.say("No reminders before {hour}:00", hour=str(hour)), "quiet", "until", hour)
        for hour in choices.ends
    )
    begins = tuple(
        buttons.button(speech.say("No reminders after {hour}:00", hour=str(hour)), "quiet", "from", hour)
        for hour in choices.begins
    )
    shared = (buttons.button(speech.say("The office's hours"), "quiet", "office"),) if own != office else ()
    languages = tuple(buttons.button(name, "language", code) for code, name in LANGUAGE_NAMES.items())
    return Outgoing(text, tuple(row for row in (ends, begins, shared, languages) if row))


def _clock(clock: time) -> str:
    return clock.strftime("%H:%M")


def commands(speech: Speech, standing: Standing) -> tuple[Command, ...]:
    """Give the commands of a person's roles."""
    unit = (Command("viec", speech.say("My tasks")),) if standing.unit_ids else ()
    seen = (
        Command("tinhhinh", speech.say("Overview")),
        Command("ketluan", speech.say("Conclusions")),
        Command("donvi", speech.say("Units")),
        Command("lich", speech.say("Calendar")),
    )
    office = seen if standing.is_staff else ()
    deciding = (Command("thongbao", speech.say("New announcement")),) if standing.decides else ()
    admin = (Command("thangnhac", speech.say("Reminder ladder")),) if RoleKind.ADMIN in standing.kinds else ()
    every = (
        Command("caidat", speech.say("Settings")),
        Command("ngonngu", speech.say("Language")),
        Command("trogiup", speech.say("Help")),
    )
    return (*unit, *office, *deciding, *admin, *every)


def help_text(speech: Speech, standing: Standing) -> Outgoing:
    """Say what a person can do here."""
    unit = speech.lines(
        speech.say("• /viec – your unit's open tasks, the nearest deadline first."),
        speech.say("• Press “Submitted” when a task is done; you get a receipt, and can undo it for ten minutes."),
        speech.say("• A file or photo that you send here joins the task."),
    )
    office = speech.lines(
        speech.say(
            "• /tinhhinh – the table of what is fulfilled and what is late. /ketluan – the conclusions. /donvi – the units."
        ),
        speech.say("• /lich – days off and working days; administrators set those of the office."),
    )
    deciding = speech.lines(
        speech.say(
            "• Send a conclusion notice (a file, a scan or photo, or its text): I propose its tasks, you correct and publish."
        ),
        speech.say("• /thongbao – an announcement to all units, a group, or units by name."),
    )
    admin = speech.say("• /thangnhac – on which days before and after a deadline people are reminded.")
    every = speech.say("• /caidat – when you are reminded; /ngonngu – the language; /huy – give up what was begun.")
    parts = (
        speech.say("<b>What you can do here</b>"),
        unit if standing.unit_ids else None,
        deciding if standing.decides else None,
        office if standing.is_staff else None,
        admin if RoleKind.ADMIN in standing.kinds else None,
        every,
    )
    return Outgoing(speech.lines(*parts))


def cancelled(speech: Speech, *, was_open: bool) -> Outgoing:
    """Say that nothing is awaited any more."""
    return Outgoing(speech.say("Given up; nothing was changed.") if was_open else speech.say("There is nothing to give up."))


def not_understood(speech: Speech, standing: Standing) -> Outgoing:
    """Say what can be done with a message that means nothing here."""
    if standing.decides:
        text = speech.say("I did not understand this message. To load a notice, send its file or its whole text. Help: /trogiup")
        return Outgoing(text)
    rows = ((buttons.my_tasks(speech),),) if standing.unit_ids else ()
    return Outgoing(speech.say("I did not understand this message. Help: /trogiup"), rows)
