"""Which domain class lies on which table? The classes stay plain; only this module ties them to their rows."""

from sqlalchemy import Table
from sqlalchemy.orm import Composite, composite, registry

from domain.assignments import Assignment, Submission
from domain.broadcasts import Acknowledgement, Broadcast
from domain.changes import Change
from domain.conclusions import Conclusion, Task
from domain.deadlines import Deadline
from domain.deliveries import Dialogue, Event
from domain.files import File
from domain.incidents import Incident
from domain.nudges import Nudge
from domain.office_days import OfficeDay
from domain.paces import Pace
from domain.people import Account, Invitation, Person, Role
from domain.quotas import Quota
from domain.series import Series
from domain.units import Unit
from storage import change_tables, delivery_tables, health_tables, round_tables, series_tables, tables

_registry = registry(metadata=tables.metadata)
PLAIN = {
    Person: tables.people,
    Account: tables.accounts,
    Role: tables.roles,
    Invitation: tables.invitations,
    Conclusion: tables.conclusions,
    Change: change_tables.changes,
    Submission: tables.submissions,
    File: tables.files,
    Pace: delivery_tables.paces,
    Quota: delivery_tables.quotas,
    Event: tables.inbox,
    Dialogue: tables.dialogues,
    Broadcast: tables.broadcasts,
    Acknowledgement: tables.acknowledgements,
    Unit: tables.units,
    OfficeDay: tables.office_days,
    Nudge: round_tables.nudges,
    Series: series_tables.series,
    Incident: health_tables.incidents,
}
DUE = {Task: tables.tasks, Assignment: tables.assignments}
PARTS = ("kind", "literal", "last_day", "at", "recurrence", "basis")


def _deadline(table: Table) -> Composite[Deadline]:
    return composite(Deadline, *(table.c[f"deadline_{part}"] for part in PARTS))


for entity, table in PLAIN.items():
    _registry.map_imperatively(entity, table)
for entity, table in DUE.items():
    _registry.map_imperatively(entity, table, properties={"deadline": _deadline(table)})
