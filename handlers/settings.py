"""How does a person choose a language and the hours without reminders, and get help?"""

from datetime import time

from domain.errors import Refusal
from handlers.context import Answer, Context, Reply
from messages import settings as messages
from messages.i18n import LANGUAGES, Speech
from storage import dialogues


async def ask_language(context: Context) -> Answer:
    """Offer the languages."""
    return [Reply(messages.choose_language(context.speech))]


async def set_language(context: Context, language: str) -> Answer:
    """Write to the person in a language from now on."""
    if language not in LANGUAGES:
        raise Refusal("card-old")
    context.person.language = language
    speech = Speech(language, context.speech.zone)
    chosen = context.in_place(messages.language_chosen(speech))
    commands = messages.commands(speech, context.standing)
    return [chosen, Reply(messages.help_text(speech, context.standing), commands=commands)]


async def show_settings(context: Context) -> Answer:
    """Show what the person has chosen, with the other choices."""
    return [context.in_place(messages.chosen(context.speech, context.person, context.office))]


async def set_quiet(context: Context, end: str, hour: int = 0) -> Answer:
    """Begin the person's quiet hours earlier, end them later, or take the office's again."""
    person, offered = context.person, messages.quiet_choices(context.office)
    match end:
        case "from" if hour in offered.begins:
            person.quiet_from = time(hour)
        case "until" if hour in offered.ends:
            person.quiet_until = time(hour)
        case "office":
            person.quiet_from = person.quiet_until = None
        case _:
            raise Refusal("card-old")
    return await show_settings(context)


async def show_help(context: Context) -> Answer:
    """Say what the person can do here."""
    return [Reply(messages.help_text(context.speech, context.standing))]


async def give_up(context: Context) -> Answer:
    """Drop the question that waits for an answer."""
    dialogue = await dialogues.open_with(context.session, context.account.id, context.now)
    await dialogues.close(context.session, context.account.id)
    # A pressed Cancel gives something up even where no answer was awaited, as under a question with buttons only.
    was_open = dialogue is not None or context.event.press is not None
    return [context.in_place(messages.cancelled(context.speech, was_open=was_open))]
