"""Who is who? People, their accounts and roles, and the invitations that bind them."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.people import CODE_LIFE, STAFF, Account, Invitation, Person, Role, RoleKind, Standing
from storage import offices, tables
from storage.session import changed, insert_new

REASON_LENGTH = 300
accounts, roles, invitations = tables.accounts.c, tables.roles.c, tables.invitations.c
_TAKES = accounts.suspended.is_(None), accounts.channel.in_(bindparam("channels", expanding=True))
_ADDRESSED: Select[Person, Role | None, Account | None] = (
    select(Person, Role, Account)
    .outerjoin(Role, and_(roles.person_id == tables.people.c.id, roles.until.is_(None)))
    .outerjoin(Account, and_(accounts.person_id == tables.people.c.id, *_TAKES))
    .where(tables.people.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(roles.id, accounts.id.desc())
)


class CodeTaken(Exception):
    """The code was given out before, so it cannot be given to somebody else; another one may be free."""


async def account(session: AsyncSession, channel: str, address: str) -> Account:
    """Give the account at an address, made when it is new."""
    new = {"channel": channel, "address": address, "wrong_codes": 0}
    await session.execute(insert_new(session, tables.accounts), new)
    found = await session.scalars(select(Account).where(accounts.channel == channel, accounts.address == address))
    return found.one()


@dataclass(frozen=True)
class Actor:
    """Who acts from an address: its account, and the person that it is bound to with the roles held now, if there is one."""

    account: Account
    person: Person | None
    standing: Standing


ACTORS = (
    select(Account, Person, Role)
    .outerjoin(Person, tables.people.c.id == accounts.person_id)
    .outerjoin(Role, and_(roles.person_id == tables.people.c.id, roles.until.is_(None)))
    .order_by(roles.id)
)


async def actor(session: AsyncSession, channel: str, address: str) -> Actor:
    """Find who acts from an address, in one statement unless the account is new."""
    found = (await session.execute(ACTORS.where(accounts.channel == channel, accounts.address == address))).all()
    if not found:
        return Actor(await account(session, channel, address), None, Standing())
    here, someone, _ = found[0]
    held: list[Role | None] = [role for *_, role in found]  # None where an outer join finds nothing, as no type tells
    return Actor(here, someone, Standing(tuple(filter(None, held))))


async def person(session: AsyncSession, person_id: int) -> Person:
    """Give one person."""
    return await session.get_one(Person, person_id)


async def names(session: AsyncSession, ids: Iterable[int]) -> dict[int, str]:
    """Give people's names by their ids."""
    return {one.id: one.name for one in await by_ids(session, ids)}


async def by_ids(session: AsyncSession, ids: Iterable[int]) -> list[Person]:
    """Give people by their ids, in the order of these."""
    found = await session.scalars(select(Person).where(tables.people.c.id.in_(list(ids))).order_by(tables.people.c.id))
    return list(found)


async def standing(session: AsyncSession, person_id: int) -> Standing:
    """Give the roles a person holds now."""
    held = select(Role).where(roles.person_id == person_id, roles.until.is_(None)).order_by(roles.id)
    return Standing(tuple(await session.scalars(held)))


@dataclass(frozen=True)
class Addressee:
    """A person as they are now, and the accounts that may take their messages, the newest first."""

    person: Person
    standing: Standing
    accounts: tuple[Account, ...] = ()

    @property
    def account(self) -> Account | None:
        """The account that takes their messages, None when there is none."""
        return self.beside(())

    def beside(self, shunned: Collection[str]) -> Account | None:
        """Give the account that takes a message, on one of the ``shunned`` channels only where there is no other."""
        return min(self.accounts, key=lambda one: one.channel in shunned, default=None)


async def addressees(session: AsyncSession, ids: Collection[int], channels: Collection[str]) -> dict[int, Addressee]:
    """Give people with their roles and their accounts on the channels, in one statement."""
    found: dict[int, tuple[Person, dict[int, Role], dict[int, Account]]] = {}
    for one, role, takes in await session.execute(_ADDRESSED, {"ids": list(ids), "channels": list(channels)}):
        _, held, bound = found.setdefault(one.id, (one, {}, {}))
        held |= {} if role is None else {role.id: role}
        bound |= {} if takes is None else {takes.id: takes}
    return {
        number: Addressee(one, Standing(tuple(held.values())), tuple(bound.values()))
        for number, (one, held, bound) in found.items()
    }


async def role(session: AsyncSession, role_id: int) -> Role:
    """Give one role, ended or not."""
    return await session.get_one(Role, role_id)


async def take_role(session: AsyncSession, held: Role) -> Role:
    """Keep a new role."""
    session.add(held)
    await session.flush()
    return held


async def add(session: AsyncSession, someone: Person) -> Person:
    """Keep a new person."""
    session.add(someone)
    await session.flush()
    return someone


async def staff(session: AsyncSession, kinds: Collection[RoleKind] = STAFF) -> list[int]:
    """Give the ids of the office's people with one of the kinds of role."""
    held = select(roles.person_id).where(roles.kind.in_(kinds), roles.until.is_(None)).distinct()
    return list(await session.scalars(held.order_by(roles.person_id)))


async def of_units(session: AsyncSession, unit_ids: Collection[int]) -> dict[int, set[int]]:
    """Give, for each unit that has any, the ids of the people who answer for it now."""
    held = select(roles.unit_id, roles.person_id).where(roles.unit_id.in_(unit_ids), roles.until.is_(None))
    found: dict[int, set[int]] = {}
    for unit_id, person_id in await session.execute(held):
        found.setdefault(unit_id, set()).add(person_id)
    return found


async def units_beside(session: AsyncSession, unit_ids: Collection[int]) -> set[int]:
    """Give every unit for which somebody answers who answers for one of these."""
    here = select(roles.person_id).where(roles.unit_id.in_(unit_ids), roles.until.is_(None))
    beside = select(roles.unit_id).where(roles.person_id.in_(here), roles.unit_id.is_not(None), roles.until.is_(None))
    return set(await session.scalars(beside.distinct()))


async def suspended(session: AsyncSession, person_id: int) -> str | None:
    """Give the platform's reason for which the person's newest account takes no messages; None when there is no account."""
    mine = select(accounts.suspended).where(accounts.person_id == person_id, accounts.suspended.is_not(None))
    return await session.scalar(mine.order_by(accounts.id.desc()).limit(1))


async def suspend(session: AsyncSession, account_id: int, reason: str, at: datetime) -> None:
    """Send nothing more to an account until its person writes again; the first reason and moment (UTC) stay."""
    took = update(tables.accounts).where(accounts.id == account_id, accounts.suspended.is_(None))
    await session.execute(took.values(suspended=reason[:REASON_LENGTH], suspended_at=at))


async def move(session: AsyncSession, account_id: int, address: str) -> None:
    """Give an account the new address that its chat moved to."""
    await session.execute(update(tables.accounts).where(accounts.id == account_id).values(address=address))


async def invite(
    session: AsyncSession, code: str, kind: RoleKind, at: datetime, *, name: str | None = None, unit_id: int | None = None
) -> Invitation:
    """Keep the hash of a new code that gives a role; raise ``CodeTaken`` when the code was given out before."""
    hashed = _hash(code, await offices.salt(session))
    row = {"code_hash": hashed, "kind": kind, "created_at": at, "name": name, "unit_id": unit_id}
    if not changed(await session.execute(insert_new(session, tables.invitations), row)):
        raise CodeTaken
    return (await session.scalars(select(Invitation).where(invitations.code_hash == hashed))).one()


async def used_by(session: AsyncSession, code: str, person_id: int) -> Invitation | None:
    """Give the invitation of a code that the person has used; None when there is none."""
    hashed = _hash(code, await offices.salt(session))
    mine = select(Invitation).where(invitations.code_hash == hashed, invitations.used_by == person_id)
    return (await session.scalars(mine)).one_or_none()


async def claim(session: AsyncSession, code: str, at: datetime) -> Invitation | None:
    """Use a code up and give its invitation; None when there is none, or it was used or has expired."""
    hashed = _hash(code, await offices.salt(session))
    used = update(tables.invitations).where(
        invitations.code_hash == hashed, invitations.used_at.is_(None), invitations.created_at > at - CODE_LIFE
    )
    if not changed(await session.execute(used.values(used_at=at))):
        return None
    return (await session.scalars(select(Invitation).where(invitations.code_hash == hashed))).one()


def _hash(code: str, salt: str) -> str:
    """Hash a code slowly, so that trying all of them on a stolen database takes weeks, while a code lives for two."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**13, r=8, p=1, dklen=32).hex()
