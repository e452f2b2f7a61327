"""Who is of the office, and how do people come in? ``dondoc staff list``; ``staff invite`` and ``units invite`` print codes."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.app import channels_of
from bot.commands import CannotError, with_database
from bot.settings import Settings
from channels import ChannelError
from channels.markup import plain
from domain.people import CODE_DIGITS, RoleKind
from domain.units import Unit
from messages import reach as messages
from messages.i18n import Speech
from schedules.clock import wall_clock
from storage import people, reach, units
from storage.session import Database, Session

DRAWS = 20
"""So many codes are tried for one person; of 10⁸ so few are ever given out that chance alone cannot take them all."""


@dataclass(frozen=True)
class Code:
    """A one-time code, and the link that opens the chat with it, where it is known."""

    code: str
    link: str | None


@dataclass(frozen=True)
class Listed:
    """Someone of the office with a role, and why no message reaches them; None where messages do."""

    name: str
    role: str
    unreached: str | None


def listed(settings: Settings) -> list[Listed]:
    """Give the people of the office, by name."""
    speech = Speech("en", settings.zone)

    async def work(database: Database) -> list[Listed]:
        async with database.transaction() as session:
            found = await reach.staff(session)
        return [Listed(name, role.value, plain(messages.lost(speech, one)) if one else None) for name, role, one in found]

    return with_database(settings, work)


def new_code() -> str:
    """Give a new code; it lives for two weeks, and five wrong tries pause an account, so eight digits cannot be guessed."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def invite_staff(settings: Settings, name: str, kind: RoleKind, *, draw: Callable[[], str] = new_code) -> Code:
    """Make a code that gives a role in the office."""

    async def work(database: Database) -> Code:
        async with database.transaction() as session:
            code = await _invited(session, draw, kind, name=name)
        return (await _linked(settings, [code]))[0]

    return with_database(settings, work)


def invite_units(settings: Settings, name: str | None, *, draw: Callable[[], str] = new_code) -> list[tuple[str, Code]]:
    """Make a code for one unit, or for each when no name is given."""

    async def work(database: Database) -> list[tuple[str, Code]]:
        codes: dict[str, str] = {}
        async with database.transaction() as session:
            register = await units.register(session)
            for unit in _meant(register.units, register.named(name) if name else None, name):
                codes[unit.name] = await _invited(session, draw, RoleKind.SECRETARY, unit_id=unit.id)
        linked = await _linked(settings, list(codes.values()))
        return list(zip(codes, linked, strict=True))

    return with_database(settings, work)


def _meant(registered: Sequence[Unit], found: Unit | None, name: str | None) -> Sequence[Unit]:
    if name and found is None:
        raise CannotError(f"No unit is called “{name}”. “dondoc units list” shows the registered names.")
    if not registered:
        raise CannotError("No unit is registered yet. Import them first: dondoc units import FILE.csv")
    return [found] if found else registered


async def _invited(
    session: Session, draw: Callable[[], str], kind: RoleKind, *, name: str | None = None, unit_id: int | None = None
) -> str:
    """Draw codes until one was never given out before, and keep it."""
    for _ in range(DRAWS):
        code = draw()
        try:
            await people.invite(session, code, kind, wall_clock(), name=name, unit_id=unit_id)
        except people.CodeTaken:
            continue
        return code
    raise CannotError("No code was found that is still free. Please try again.")


async def _linked(settings: Settings, codes: Sequence[str]) -> list[Code]:
    """Add the links, as far as the platform tells the bot's name."""
    for channel in channels_of(settings).values():
        try:
            await channel.identify()
            return [Code(code, channel.link(code)) for code in codes]
        except ChannelError:
            continue
        finally:
            await channel.close()
    return [Code(code, None) for code in codes]
