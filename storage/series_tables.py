"""Which rows are there about recurring tasks? One a series, beside its task: how far its occurrences have come."""

from sqlalchemy import Column, Date, ForeignKey, Integer, Table, Text

from storage import columns
from storage.columns import Moment
from storage.schema import Number, metadata

series = Table(
    "series",
    metadata,
    Column("task_id", Number, ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    Column("begins_on", Date, nullable=False),
    Column("opens_at", Moment, index=True),
    Column("ended_at", Moment),
    Column("revision", Integer, nullable=False),
    Column("formerly", Text),
    Column("early", columns.some_numbers()),
)
