"""What is said to people who come in? The request for a code, the welcome, and word of them to the office."""

from channels import Outgoing
from domain.people import DECIDING, RoleKind
from messages import buttons
from messages.i18n import N_, Speech

ROLES = {
    RoleKind.ADMIN: N_("administrator"),
    RoleKind.OFFICER: N_("officer"),
    RoleKind.LEADER: N_("leader"),
    RoleKind.SECRETARY: N_("secretary"),
}


def ask_code(speech: Speech) -> Outgoing:
    """Ask a stranger for a code, and tell nothing about the office."""
    return Outgoing(speech.say("Hello. To use this chat, please send the invitation code that you were given: it has 8 digits."))


def wrong_code(speech: Speech) -> Outgoing:
    """Say that a code is not taken, without saying why."""
    return Outgoing(
        speech.say(
            "This code is not right, has been used, or has expired. Please check the 8 digits, or ask the office for a new code."
        )
    )


def welcome_to_unit(speech: Speech, person: str, unit: str) -> Outgoing:
    """Welcome a secretary and say what will happen."""
    text = speech.lines(
        speech.say("Welcome, comrade {person}!", person=person),
        speech.say("From now on you receive here the tasks that the office gives to <b>{unit}</b>.", unit=unit),
        speech.say("You are reminded in good time, on working days only. When a task is done, press “Submitted”; that is all."),
        speech.say("Your tasks: /viec · Language: /ngonngu · Help: /trogiup"),
    )
    return Outgoing(text, ((buttons.my_tasks(speech), buttons.button(speech.say("Help"), "help")),))


def welcome_to_office(speech: Speech, person: str, role: RoleKind) -> Outgoing:
    """Welcome one of the office's people."""
    text = speech.lines(
        speech.say("Welcome, comrade {person}! You are registered as {role}.", person=person, role=speech.say(ROLES[role])),
        speech.say("Send me a conclusion notice (.docx, .txt or its text), and I propose its tasks.")
        if role in DECIDING
        else None,
        speech.say("Overview: /tinhhinh · Help: /trogiup"),
    )
    return Outgoing(text)


def told_office(speech: Speech, person: str, unit: str | None, role: RoleKind, *, repeated: bool = False) -> Outgoing:
    """Tell the office who has registered."""
    who = (
        speech.say("👤 {person} now answers for {unit}.", person=person, unit=unit)
        if unit
        else speech.say("👤 {person} now works here as {role}.", person=person, role=speech.say(ROLES[role]))
    )
    return Outgoing(speech.lines(speech.say("(sent again)") if repeated else None, who))
