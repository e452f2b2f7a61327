"""How does a person choose a language and get help?"""

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
