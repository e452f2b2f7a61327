"""Begin the series of recurring tasks that were published before there were any, and were told once.

What their units were given stands for the occurrence that is next, with whatever was handed in for it: its deadline is set, and
reminders begin. The series goes on from the one after it, so that no unit is asked twice for what it may have reported already.
"""

from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from alembic import context, op
from dateutil.rrule import rrulestr

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

AHEAD = timedelta(days=14)
"""About ten working days before it the occurrence that follows is opened; the program reckons the later ones itself."""
ROUND = time(1, tzinfo=UTC)
OPEN = ("assigned", "returned")


def upgrade() -> None:
    connection, metadata = op.get_bind(), sa.MetaData()
    tasks, conclusions, assignments, series = (
        sa.Table(name, metadata, autoload_with=connection, resolve_fks=False)
        for name in ("tasks", "conclusions", "assignments", "series")
    )
    told_once = (
        sa.select(tasks.c.id, tasks.c.deadline_recurrence, tasks.c.deadline_at)
        .join(conclusions, conclusions.c.id == tasks.c.conclusion_id)
        .outerjoin(series, series.c.task_id == tasks.c.id)
        .where(conclusions.c.state == "published", tasks.c.deadline_recurrence.is_not(None), series.c.task_id.is_(None))
        .where(tasks.c.series_id.is_(None), tasks.c.dropped.is_(False))
    )
    found = connection.execute(told_once).all()
    if not found:
        return
    if context.config.attributes["now"] is None:
        raise ValueError("series begin at a moment, which has to be given")
    now = context.config.attributes["now"].astimezone(UTC)
    for task_id, rule, clock in found:
        day = _next(rule, now.date())
        if day is not None:  # else the rule is over, and begins no series now either
            occurrence = _occurrence(connection, tasks, task_id, day, clock)
            _hand_over(connection, assignments, task_id, occurrence, now)
            connection.execute(sa.insert(series).values(task_id=task_id, revision=1, **_goes_on(rule, day)))


def downgrade() -> None:
    """Leave what was begun: it is no other than what the program begins itself."""


def _occurrence(connection: sa.Connection, tasks: sa.Table, task_id: int, day: date, clock: time | None) -> int:
    """Keep the occurrence that is next as a task of its own, and give its number."""
    own = {
        "series_id": task_id,
        "occurs_on": day,
        "deadline_kind": "date" if clock is None else "datetime",
        "deadline_last_day": day,
        "deadline_recurrence": None,
        "deadline_basis": "occurrence",
    }
    copied = [column.name for column in tasks.c if column.name != "id" and column.name not in own]
    values = [*(tasks.c[name] for name in copied), *(sa.literal(value, tasks.c[name].type) for name, value in own.items())]
    made = sa.insert(tasks).from_select([*copied, *own], sa.select(*values).where(tasks.c.id == task_id))
    connection.execute(made)
    kept = sa.select(tasks.c.id).where(tasks.c.series_id == task_id, tasks.c.occurs_on == day)
    number: int = connection.execute(kept).scalar_one()
    return number


def _hand_over(connection: sa.Connection, assignments: sa.Table, task_id: int, occurrence: int, now: datetime) -> None:
    """Let what units were given be for the occurrence; who has still to hand in is reminded from now on."""
    tasks = sa.Table("tasks", assignments.metadata)
    parts = [column.name for column in assignments.c if column.name.startswith("deadline_")]
    deadline = {name: sa.select(tasks.c[name]).where(tasks.c.id == occurrence).scalar_subquery() for name in parts}
    mine = sa.update(assignments).where(assignments.c.task_id == task_id)
    anew = {"version": assignments.c.version + 1, "revision": assignments.c.revision + 1, "remind_from": now, "look_at": now}
    connection.execute(mine.where(assignments.c.state.in_(OPEN)).values(**anew))
    connection.execute(mine.values(task_id=occurrence, **deadline))


def _goes_on(rule: str, day: date) -> dict[str, date | datetime | None]:
    """Give from which day on the series goes on after an occurrence, and when the one that follows is opened."""
    begins_on = day + timedelta(days=1)
    following = _next(rule, begins_on)
    opens_at = None if following is None else datetime.combine(max(begins_on, following - AHEAD), ROUND)
    return {"begins_on": begins_on, "opens_at": opens_at}


def _next(rule: str, since: date) -> date | None:
    """Give the first strict last day of a rule that is not before a day; None where it has none, or cannot be reckoned with."""
    try:
        found = next(iter(rrulestr(rule, dtstart=datetime.combine(since, time.min))), None)
    except ValueError:
        return None
    return None if found is None else found.date()
