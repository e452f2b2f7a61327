"""Which rows are there about the office itself? Its salt, its ladder, the days that it has set, and its mark."""

from sqlalchemy import Column, Date, String, Table, Text

from domain.office_days import DayKind
from storage.columns import Moment, Named, Steps
from storage.schema import metadata, number, ref

office = Table("office", metadata, number(), Column("salt", String(64), nullable=False), Column("ladder", Steps))

office_days = Table(
    "office_days",
    metadata,
    number(),
    Column("day", Date, nullable=False, unique=True),
    Column("kind", Named(DayKind), nullable=False),
    Column("name", Text, nullable=False),
    Column("source", Text),
    ref("set_by", "people", nullable=True),
    Column("set_at", Moment, nullable=False),
)

instance = Table("instance", metadata, number(), Column("mark", String(32)), Column("paused_since", Moment))
