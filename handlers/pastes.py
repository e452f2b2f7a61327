"""When is a pasted notice whole? Its parts come in several messages, and are read together when no more is to come."""

from datetime import datetime, timedelta

from channels import IncomingFile
from documents.pastes import is_whole
from domain.errors import Refusal
from domain.files import File, Purpose
from handlers.context import Answer, Context, Reply
from messages import review
from storage import files

PASTED_NAME = "van-ban-dan-vao.txt"
NOTICE_LENGTH = 200
SETTLES = timedelta(seconds=3)
"""A text that came to the end of a notice is read when no more has come for so long: platforms cut long texts in pieces."""
PARTS_WITHIN = timedelta(minutes=1)
"""For so long a text that stops before the end waits for the next part, which a person copies or forwards by hand."""


async def is_notice(context: Context, text: str) -> bool:
    """Tell whether a message of the office is meant as a notice: it is long, or goes on with one that is coming in.

    What goes on is long or forwarded, brings the end, or came at once behind the part before.
    """
    if len(text) >= NOTICE_LENGTH:
        return True
    begun = await files.pasted_by(context.session, context.person.id)
    if begun is None:
        return False
    return context.event.forwarded or is_whole(text) or context.now - _last_part(begun) <= SETTLES


async def take_text(context: Context, text: str) -> Answer:
    """Take in a pasted notice or its next part; say once that it is read, or that more is awaited."""
    begun = await files.pasted_by(context.session, context.person.id)
    if begun is not None:
        begun.text = f"{begun.text}\n{text}"
        begun.fetch_at = context.now + _patience(begun.text)
        return []
    file = context.received(IncomingFile(context.event.key, PASTED_NAME), Purpose.PAPER)
    file.text, file.fetch_at = text, context.now + _patience(text)
    await files.announce(context.session, file)
    return [Reply(review.reading(context.speech, PASTED_NAME) if is_whole(text) else review.awaiting_parts(context.speech))]


async def read_parts(context: Context) -> Answer:
    """Read what has come so far, because the officer says that it was all."""
    begun = await files.pasted_by(context.session, context.person.id)
    if begun is None:
        raise Refusal("card-old")
    begun.fetch_at = context.now
    return [context.in_place(review.reading(context.speech, PASTED_NAME))]


def _patience(text: str) -> timedelta:
    return SETTLES if is_whole(text) else PARTS_WITHIN


def _last_part(begun: File) -> datetime:
    """Give the moment at which the newest part came."""
    return begun.fetch_at - _patience(begun.text or "")
