"""Who may do what with an event? The only door: an event becomes an answer inside one transaction, or a refusal does."""

import inspect
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from domain.errors import Refusal
from domain.people import DECIDING, STAFF, RoleKind
from handlers import (
    broadcasts,
    calendar_files,
    calendars,
    conclusions,
    decisions,
    early,
    ladders,
    moves,
    nudges,
    papers,
    pastes,
    questions,
    registration,
    reports,
    review,
    series,
    settings,
    snoozes,
    submissions,
    tasks,
)
from handlers.context import Answer, Context, Reply
from messages import settings as setting_messages
from storage import dialogues

ASKED_AGAIN = frozenset(
    {
        "day-is-over",
        "day-not-understood",
        "deadline-not-understood",
        "empty-text",
        "ladder-not-understood",
        "reason-required",
        "rule-is-over",
        "rule-not-understood",
        "too-long",
    }
)
"""Refusals of the words of an answer: the question stays open, so that it can be answered better."""
LONGEST_NUMBER = 18
"""Digits of the largest number that a database takes; a longer one in a button is forged."""
EVERYONE = frozenset(RoleKind)
UNIT = frozenset({RoleKind.SECRETARY})
ADMIN = frozenset({RoleKind.ADMIN})


@dataclass(frozen=True)
class Route:
    """A handler and the roles it is open to."""

    handler: Callable[..., Awaitable[Answer]]
    roles: Collection[RoleKind]


COMMANDS = {
    "viec": Route(tasks.show_list, UNIT),
    "tinhhinh": Route(reports.overview, STAFF),
    "ketluan": Route(conclusions.show_list, STAFF),
    "donvi": Route(reports.show_units, STAFF),
    "thongbao": Route(broadcasts.begin, DECIDING),
    "lich": Route(calendars.show, STAFF),
    "thangnhac": Route(ladders.show, ADMIN),
    "caidat": Route(settings.show_settings, EVERYONE),
    "ngonngu": Route(settings.ask_language, EVERYONE),
    "trogiup": Route(settings.show_help, EVERYONE),
    "help": Route(settings.show_help, EVERYONE),
    "huy": Route(settings.give_up, EVERYONE),
}
PRESSES = {
    "tasks": Route(tasks.show_list, UNIT),
    "details": Route(tasks.show_details, EVERYONE),
    "submit": Route(submissions.submit, UNIT),
    "calendar": Route(calendar_files.take, UNIT),
    "undo": Route(submissions.undo, UNIT),
    "sendfile": Route(submissions.expect_file, UNIT),
    "filefor": Route(submissions.choose_task, UNIT),
    "snooze": Route(snoozes.again, UNIT),
    "seen": Route(broadcasts.acknowledge, EVERYONE),
    "help": Route(settings.show_help, EVERYONE),
    "language": Route(settings.set_language, EVERYONE),
    "quiet": Route(settings.set_quiet, EVERYONE),
    "cancel": Route(settings.give_up, EVERYONE),
    "accept": Route(decisions.accept, DECIDING),
    "return": Route(decisions.ask_reason, DECIDING),
    "file": Route(decisions.open_file, STAFF),
    "draft": Route(review.show_draft, STAFF),
    "preview": Route(review.preview, DECIDING),
    "review": Route(review.show_task, DECIDING),
    "edit": Route(review.choose_field, DECIDING),
    "editdeadline": Route(review.ask_deadline, DECIDING),
    "editaudience": Route(review.ask_audience, DECIDING),
    "edittext": Route(review.ask_text, DECIDING),
    "audience": Route(review.choose_audience, DECIDING),
    "confirm": Route(questions.confirm, DECIDING),
    "choose": Route(questions.choose_day, DECIDING),
    "nodeadline": Route(questions.choose_none, DECIDING),
    "anotherday": Route(questions.ask_another_day, DECIDING),
    "otherunits": Route(questions.ask_other_units, DECIDING),
    "isunit": Route(questions.is_unit, DECIDING),
    "isnew": Route(questions.is_new, DECIDING),
    "askchange": Route(questions.show_change, DECIDING),
    "changetasks": Route(questions.show_change_tasks, DECIDING),
    "change": Route(questions.confirm_change, DECIDING),
    "nochange": Route(questions.refuse_change, DECIDING),
    "changetask": Route(questions.choose_change, DECIDING),
    "endwhole": Route(questions.end_whole, DECIDING),
    "drop": Route(review.drop, DECIDING),
    "restore": Route(review.restore, DECIDING),
    "publish": Route(conclusions.publish, DECIDING),
    "discard": Route(conclusions.discard, DECIDING),
    "addunits": Route(conclusions.register_units, DECIDING),
    "atonce": Route(conclusions.tell_at_once, DECIDING),
    "replaces": Route(conclusions.ask_replacement, DECIDING),
    "replaced": Route(conclusions.replace, DECIDING),
    "conclusion": Route(conclusions.show_card, STAFF),
    "setday": Route(moves.ask_day, DECIDING),
    "setrule": Route(series.ask_rule, DECIDING),
    "endseries": Route(series.ask_end, DECIDING),
    "seriesended": Route(series.end, DECIDING),
    "allparts": Route(pastes.read_parts, DECIDING),
    "withdraw": Route(conclusions.ask_withdrawal, DECIDING),
    "withdrawn": Route(conclusions.withdraw, DECIDING),
    "overview": Route(reports.overview, STAFF),
    "early": Route(early.decide, DECIDING),
    "nudge": Route(nudges.of_conclusion, DECIDING),
    "nudgeunit": Route(nudges.of_unit, DECIDING),
    "bto": Route(broadcasts.choose_audience, DECIDING),
    "bagain": Route(broadcasts.repeat, DECIDING),
    "bsend": Route(broadcasts.send, DECIDING),
    "bcancel": Route(broadcasts.cancel, DECIDING),
    "bshow": Route(broadcasts.show, STAFF),
    "ladder": Route(ladders.show, DECIDING),
    "setladder": Route(ladders.apply, DECIDING),
    "calyear": Route(calendars.show, STAFF),
    "caladd": Route(calendars.ask_day, ADMIN),
    "calset": Route(calendars.set_day, ADMIN),
    "calremove": Route(calendars.propose_removal, ADMIN),
    "calunset": Route(calendars.unset_day, ADMIN),
}
ANSWERS = {
    "reason": Route(decisions.give_back, DECIDING),
    "deadline": Route(review.take_deadline, DECIDING),
    "day": Route(moves.take_day, DECIDING),
    "rule": Route(series.take_rule, DECIDING),
    "wording": Route(review.take_text, DECIDING),
    "audience": Route(review.take_audience, DECIDING),
    "announcement": Route(broadcasts.take_text, DECIDING),
    "recipients": Route(broadcasts.take_names, DECIDING),
    "officeday": Route(calendars.take_words, ADMIN),
    ladders.QUESTION: Route(ladders.take, DECIDING),
}


async def answer(context: Context) -> Answer:
    """Give the answer to an event; raise ``Refusal`` when the rules forbid what it asks for."""
    event = context.event
    text = (event.text or "").strip()
    if not event.private:
        return await _in_group(context, text)
    if context.bound is None or not context.standing.roles:
        return await _stranger(context, text)
    if event.press is not None:
        return await _press(context, event.press)
    if event.file is not None:
        return await _file(context)
    if text.startswith("/"):
        return await _command(context, text)
    return await _words(context, text)


async def _in_group(context: Context, text: str) -> Answer:
    """Say nothing in a group, where everyone would read along, but to who asks for something."""
    if context.event.press is not None or text.startswith("/"):
        raise Refusal("not-private")
    return []


async def _stranger(context: Context, text: str) -> Answer:
    command, _, code = text.partition(" ")
    given = code if command == "/start" else text
    if given and (command == "/start" or registration.code_in(given, among_words=True)):
        return await registration.enter(context, given)
    return await registration.ask_code(context)


async def _run(context: Context, route: Route, *subject: object) -> Answer:
    context.standing.must(route.roles)
    return await route.handler(context, *subject)


async def _press(context: Context, data: str) -> Answer:
    action, *words = data.split(":")
    route = PRESSES.get(action)
    if route is None or any(len(word) > LONGEST_NUMBER for word in words):
        raise Refusal("card-old")
    subject = [int(word) if word.isdecimal() else word for word in words]
    try:
        inspect.signature(route.handler).bind(context, *subject)
    except TypeError:
        raise Refusal("card-old") from None
    return await _run(context, route, *subject)


async def _file(context: Context) -> Answer:
    dialogue = await dialogues.open_with(context.session, context.account.id, context.now)
    for_task = dialogue is not None and dialogue.question == "file"
    is_report = bool(context.standing.unit_ids) and not papers.is_paper(context.event)
    if context.standing.decides and not for_task and not is_report:
        return await papers.take_file(context)
    context.standing.must(UNIT)
    return await submissions.take_file(context)


async def _command(context: Context, text: str) -> Answer:
    command, _, rest = text[1:].partition(" ")
    name = command.partition("@")[0].lower()
    if name == "start":
        return await registration.enter(context, rest) if rest.strip() else await settings.show_help(context)
    route = COMMANDS.get(name)
    if route is None:
        return [Reply(setting_messages.not_understood(context.speech, context.standing))]
    return await _run(context, route)


async def _words(context: Context, text: str) -> Answer:
    dialogue = await dialogues.open_with(context.session, context.account.id, context.now)
    if dialogue is not None and dialogue.question in ANSWERS:
        return await _run(context, ANSWERS[dialogue.question], dialogue.subject, _not_empty(text))
    if registration.code_in(text):
        return await registration.enter(context, text)
    if context.standing.decides and await pastes.is_notice(context, text):
        return await pastes.take_text(context, text)
    return [Reply(setting_messages.not_understood(context.speech, context.standing))]


def _not_empty(text: str) -> str:
    if not text:
        raise Refusal("empty-text")
    return text
