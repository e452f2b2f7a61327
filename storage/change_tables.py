"""Which rows tell what papers change? One a paper and older conclusion, or task of it."""

from sqlalchemy import Boolean, Column, Integer, Table, Text

from domain.changes import ChangeState
from domain.readings import AmendmentKind
from storage import columns
from storage.columns import Named
from storage.schema import metadata, number, ref

changes = Table(
    "changes",
    metadata,
    number(),
    ref("conclusion_id", "conclusions"),
    Column("kind", Named(AmendmentKind), nullable=False),
    ref("earlier_id", "conclusions"),
    Column("words", Text, nullable=False),
    ref("earlier_task_id", "tasks", nullable=True),
    Column("whole", Boolean, nullable=False),
    ref("task_id", "tasks", nullable=True),
    Column("likely", columns.numbers(), nullable=False),
    Column("state", Named(ChangeState), nullable=False),
    Column("reached", Integer, nullable=False),
)
