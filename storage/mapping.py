"""Which domain class lies on which table? The classes stay plain; only this module ties them to their rows."""

from sqlalchemy.orm import composite, registry

from domain.assignments import Assignment, Submission
from domain.broadcasts import Acknowledgement, Broadcast
from domain.conclusions import Conclusion, Task
from domain.deadlines import Deadline
from domain.deliveries import Delivery, Dialogue, Event
from domain.files import File
from domain.people import Account, Invitation, Person, Role
from domain.units import Unit
from storage import tables

_registry = registry(metadata=tables.metadata)
PLAIN = {
    Person: tables.people,
    Account: tables.accounts,
    Role: tables.roles,
    Invitation: tables.invitations,
    Conclusion: tables.conclusions,
    Assignment: tables.assignments,
    Submission: tables.submissions,
    File: tables.files,
    Delivery: tables.outbox,
    Event: tables.inbox,
    Dialogue: tables.dialogues,
    Broadcast: tables.broadcasts,
    Acknowledgement: tables.acknowledgements,
    Unit: tables.units,
}
DEADLINE = [tables.tasks.c[f"deadline_{part}"] for part in ("kind", "literal", "last_day", "at", "recurrence", "basis")]

for entity, table in PLAIN.items():
    _registry.map_imperatively(entity, table)
_registry.map_imperatively(Task, tables.tasks, properties={"deadline": composite(Deadline, *DEADLINE)})
