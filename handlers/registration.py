"""How does a person come in? A one-time code binds the account to a role, in one step."""

import re

from domain.deliveries import Kind, Lane
from domain.errors import Refusal
from domain.people import CODE_DIGITS, Invitation, Person, Role, RoleKind, Standing
from handlers.context import Answer, Context, Reply
from messages import registration as messages
from messages import settings, tasks
from storage import assignments, dialogues, outbox, people, units

WHOLE = re.compile(rf"\d{{{CODE_DIGITS // 2}}} ?\d{{{CODE_DIGITS // 2}}}")
WITHIN = re.compile(rf"(?<!\d)\d{{{CODE_DIGITS // 2}}}[ -]?\d{{{CODE_DIGITS // 2}}}(?!\d)")


def code_in(text: str, *, among_words: bool = False) -> str | None:
    """Give the code that a message consists of, or that stands among its words; None when there is none."""
    found = WITHIN.search(text) if among_words else WHOLE.fullmatch(text.strip())
    return re.sub(r"\D", "", found[0]) if found else None


async def ask_code(context: Context) -> Answer:
    """Ask a stranger for a code."""
    return [Reply(messages.ask_code(context.speech))]


async def enter(context: Context, text: str) -> Answer:
    """Take a code; a wrong one is counted against the account."""
    context.account.try_code(context.now)
    code = code_in(text, among_words=True)
    invitation = await people.claim(context.session, code, context.now) if code else None
    if invitation is None and code and context.bound and await people.used_by(context.session, code, context.bound.id):
        raise Refusal("own-code")
    if invitation is None:
        context.account.missed_code(context.now)
        return [Reply(messages.wrong_code(context.speech))]
    context.account.wrong_codes = 0
    return await _bind(context, invitation)


async def _bind(context: Context, invitation: Invitation) -> Answer:
    held = {(role.kind, role.unit_id) for role in context.standing.roles}
    if (invitation.kind, invitation.unit_id) in held:
        raise Refusal("own-code")
    person = context.bound or await people.add(context.session, Person(invitation.name or context.event.sender_name))
    context.account.person_id, invitation.used_by = person.id, person.id
    role = await people.take_role(context.session, Role(person.id, invitation.kind, context.now, unit_id=invitation.unit_id))
    told = set(await people.staff(context.session)) - {person.id}
    await outbox.put(context.session, Kind.REGISTERED, told, lane=Lane.WORD, at=context.now, subject=role.id)
    await dialogues.close(context.session, context.account.id)
    return await _welcome(context, person, role)


async def _welcome(context: Context, person: Person, role: Role) -> Answer:
    commands = settings.commands(context.speech, Standing((*context.standing.roles, role)))
    if role.kind is not RoleKind.SECRETARY or role.unit_id is None:
        return [Reply(messages.welcome_to_office(context.speech, person.name, role.kind), commands=commands)]
    unit = await units.one(context.session, role.unit_id)
    welcome = Reply(messages.welcome_to_unit(context.speech, person.name, unit.name), commands=commands)
    waiting = await assignments.of_units(context.session, [unit.id])
    return [welcome, Reply(tasks.listing(context.speech, waiting, context.moment))] if waiting else [welcome]
