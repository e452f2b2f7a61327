"""Which rows are there about the program's own health? What went wrong, and when work was last done."""

from sqlalchemy import Column, Index, Integer, String, Table, text

from domain.incidents import Cause
from storage.columns import Moment, Named
from storage.schema import Number, metadata, number

NOT_OVER = text("over_at IS NULL")

incidents = Table(
    "incidents",
    metadata,
    number(),
    Column("cause", Named(Cause), nullable=False),
    Column("since", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("count", Integer, nullable=False),
    Column("subject_id", Number),
    Column("told_at", Moment),
    Column("over_at", Moment),
    # Of one cause there is one incident at a time, whoever sees it.
    Index("uq_incidents_open", "cause", unique=True, sqlite_where=NOT_OVER, postgresql_where=NOT_OVER),
    Index("ix_incidents_told", "cause", "told_at"),
)

ticks = Table("ticks", metadata, Column("name", String(32), primary_key=True), Column("at", Moment, nullable=False))
