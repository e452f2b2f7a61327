"""Who and what are the tests about? The cast, and builders with defaults for what the office works with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.assignments import Assignment, AssignmentState
from domain.broadcasts import Broadcast
from domain.conclusions import Conclusion, Task
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.duties import Duty
from domain.people import Person, Role, RoleKind
from domain.readings import Audience, AudienceKind
from domain.units import Unit
from storage import assignments, broadcasts, conclusions, people, units
from storage.session import Session

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EVERYONE = Audience(AudienceKind.ALL)


def at(day: str, clock: str = "09:00") -> datetime:
    """Give a moment in the office's zone."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


NOW = at("2026-03-02")
"""A Monday morning."""


def due(day: str | None) -> Deadline:
    """Give a deadline on a day such as 2026-03-20, or none."""
    return NO_DEADLINE if day is None else Deadline(DeadlineKind.DATE, f"trước ngày {day}", date.fromisoformat(day))


def numbered(number: int, unit: Unit) -> Unit:
    """Number a unit as the database would."""
    unit.id = number
    return unit


def a_task(
    text: str = "Gửi kế hoạch công tác", *, position: int = 1, deadline: Deadline = NO_DEADLINE, audience: Audience = EVERYONE
) -> Task:
    """Give a task that is on no conclusion yet."""
    return Task(0, position, f"{position}", text, audience, deadline, deliverable="Kế hoạch", submit_to="Văn phòng Đảng ủy")


def a_conclusion(*, number: str = "12", created_by: int = 1, created_at: datetime = NOW) -> Conclusion:
    """Give a draft."""
    return Conclusion(
        title="Thông báo kết luận giao ban",
        issuer="Đảng ủy",
        number=number,
        symbol="TB/ĐU",
        dated=created_at.date(),
        findings=(),
        citations=(),
        created_by=created_by,
        created_at=created_at,
    )


def an_assignment(
    state: AssignmentState = AssignmentState.ASSIGNED, *, submitted_at: datetime | None = None, deadline: Deadline = NO_DEADLINE
) -> Assignment:
    """Give an assignment that no database numbered."""
    return Assignment(1, 1, remind_from=NOW, look_at=NOW, state=state, submitted_at=submitted_at, deadline=deadline)


async def a_unit(session: Session, name: str = "Chi bộ Khoa Toán", *, short: str | None = None, group: str | None = None) -> Unit:
    """Register a unit."""
    unit = Unit(name, short, group)
    await units.add(session, [unit])
    return unit


async def an_account(session: Session, person: Person, address: str, *, channel: str = "telegram") -> int:
    """Bind an address to a person, and give the account's number."""
    account = await people.account(session, channel, address)
    account.person_id = person.id
    await session.flush()
    return account.id


async def a_person(
    session: Session,
    name: str = "Lan",
    kind: RoleKind = RoleKind.SECRETARY,
    unit: Unit | None = None,
    *,
    address: str | None = None,
    language: str | None = None,
    since: datetime = NOW,
) -> Person:
    """Give someone a role, in a unit when there is one, and an account when there is an address."""
    person = await people.add(session, Person(name, language))
    await people.take_role(session, Role(person.id, kind, since, unit.id if unit else None))
    if address:
        await an_account(session, person, address)
    return person


@dataclass(frozen=True)
class Cast:
    """Lan and Minh, secretaries of two units, and Hoa, of the office, who all write on Telegram."""

    maths: Unit
    physics: Unit
    lan: Person
    minh: Person
    hoa: Person


async def the_cast(session: Session) -> Cast:
    """Register the cast."""
    maths = await a_unit(session, "Chi bộ Khoa Toán", short="Khoa Toán", group="Khối Khoa học")
    physics = await a_unit(session, "Chi bộ Khoa Vật lý", short="Khoa Vật lý", group="Khối Khoa học")
    return Cast(
        maths,
        physics,
        lan=await a_person(session, "Lan", unit=maths, address="101"),
        minh=await a_person(session, "Minh", unit=physics, address="102"),
        hoa=await a_person(session, "Hoa", RoleKind.OFFICER, address="103"),
    )


async def a_published_conclusion(
    session: Session, *, to: Iterable[Unit], by: Person, tasks: Sequence[Task] = (), at: datetime = NOW, number: str = "12"
) -> list[Duty]:
    """Publish a conclusion with its tasks, or with one, given to every one of the units; give the duties by task and unit."""
    draft = a_conclusion(number=number, created_by=by.id, created_at=at)
    kept = list(tasks) or [a_task()]
    await conclusions.keep(session, draft, kept)
    draft.publish(kept, at)
    unit_ids = [unit.id for unit in to]
    for task in kept:
        await assignments.assign(session, task, unit_ids, at)
    return await assignments.of_conclusion(session, draft.id)


async def a_duty(session: Session, cast: Cast, deadline: Deadline = NO_DEADLINE, *, at: datetime = NOW) -> Duty:
    """Publish a conclusion with one task for Lan's unit, and give her duty."""
    (duty,) = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=[a_task(deadline=deadline)], at=at)
    return duty


async def a_broadcast(session: Session, author: Person, text: str = "Họp lúc 14 giờ.", *, at: datetime = NOW) -> Broadcast:
    """Keep an announcement that has not been sent."""
    return await broadcasts.add(session, Broadcast(author.id, text, at, EVERYONE))
