"""Who of those who answer for units, or are of the office, receives messages, and who does not and why?"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.people import STAFF, RoleKind
from domain.reach import Reach, Unreached
from storage import tables

accounts, people, roles, units = tables.accounts.c, tables.people.c, tables.roles.c, tables.units.c
takes_messages: ColumnElement[bool] = (
    exists().where(accounts.person_id == people.id, accounts.suspended.is_(None)).correlate(tables.people)
)


async def of_units(session: AsyncSession, unit_ids: Collection[int]) -> Reach:
    """Tell for units whom of the people who answer for them now messages reach."""
    reached: dict[int, set[int]] = {}
    lost: dict[int, list[Unreached]] = {}
    held = _held(roles.unit_id).where(roles.unit_id.in_(unit_ids))
    for unit_id, person_id, *row in await session.execute(held):
        silent = _unreached(row)
        if silent is None:
            reached.setdefault(unit_id, set()).add(person_id)
        else:
            lost.setdefault(unit_id, []).append(silent)
    return Reach(reached, {unit_id: tuple(found) for unit_id, found in lost.items()})


async def silent(session: AsyncSession) -> set[int]:
    """Give the ids of the units, of all that there are, for which nobody receives messages."""
    answers = exists().where(roles.unit_id == units.id, roles.until.is_(None), roles.person_id == people.id, takes_messages)
    return set(await session.scalars(select(units.id).where(~answers)))


async def staff(session: AsyncSession) -> list[tuple[str, RoleKind, Unreached | None]]:
    """Give the office's people by name with each role, and why messages do not reach them; None where they do."""
    held = _held(roles.kind).where(roles.kind.in_(STAFF))
    return [(row[0], kind, _unreached(row)) for kind, _, *row in await session.execute(held)]


def _held(of: ColumnElement[Any]) -> Select[Any, int, str, bool, str | None, Any]:  # Any: what a role is of, and a moment
    """Select roles that hold, with the person, whether messages reach them, and how their newest account was suspended."""
    newest = select(func.max(accounts.id)).where(accounts.person_id == people.id).correlate(tables.people).scalar_subquery()
    found = select(of, people.id, people.name, takes_messages, accounts.suspended, accounts.suspended_at)
    found = found.select_from(tables.roles).join(tables.people, people.id == roles.person_id)
    found = found.outerjoin(tables.accounts, accounts.id == newest)
    return found.where(roles.until.is_(None)).distinct().order_by(people.name, people.id)


def _unreached(row: Sequence[Any]) -> Unreached | None:  # Any: a row's values
    name, is_reached, reason, since = row
    return None if is_reached else Unreached(name, reason, since)
