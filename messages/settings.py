"""What does a person set, and how are they helped? Language, help, and the commands of a role."""

from channels import Command, Outgoing
from domain.people import Standing
from messages import buttons
from messages.i18n import Speech

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


def choose_language(speech: Speech) -> Outgoing:
    """Offer the languages, each in its own words."""
    choices = tuple(buttons.button(name, "language", code) for code, name in LANGUAGE_NAMES.items())
    return Outgoing(speech.say("Which language shall I write in?"), (choices,))


def language_chosen(speech: Speech) -> Outgoing:
    """Confirm the language, in it."""
    return Outgoing(speech.say("From now on I write to you in English."))


def commands(speech: Speech, standing: Standing) -> tuple[Command, ...]:
    """Give the commands of a person's roles."""
    unit = (Command("viec", speech.say("My tasks")),) if standing.unit_ids else ()
    seen = (
        Command("tinhhinh", speech.say("Overview")),
        Command("ketluan", speech.say("Conclusions")),
        Command("donvi", speech.say("Units")),
    )
    office = seen if standing.is_staff else ()
    deciding = (Command("thongbao", speech.say("New announcement")),) if standing.decides else ()
    every = (Command("ngonngu", speech.say("Language")), Command("trogiup", speech.say("Help")))
    return (*unit, *office, *deciding, *every)


def help_text(speech: Speech, standing: Standing) -> Outgoing:
    """Say what a person can do here."""
    unit = speech.lines(
        speech.say("• /viec – your unit's open tasks, the nearest deadline first."),
        speech.say("• Press “Submitted” when a task is done; you get a receipt, and can undo it for ten minutes."),
        speech.say("• A file or photo that you send here joins the task."),
    )
    office = speech.say(
        "• /tinhhinh – the table of what is fulfilled and what is late. /ketluan – the conclusions. /donvi – the units."
    )
    deciding = speech.lines(
        speech.say("• Send a conclusion notice (.docx, .txt, .md, or its text): I propose its tasks, you correct and publish."),
        speech.say("• /thongbao – an announcement to all units, a group, or units by name."),
    )
    every = speech.say("• /ngonngu – the language; /huy – give up what was begun.")
    parts = (
        speech.say("<b>What you can do here</b>"),
        unit if standing.unit_ids else None,
        deciding if standing.decides else None,
        office if standing.is_staff else None,
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
