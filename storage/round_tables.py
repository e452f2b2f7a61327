"""Which rows are there about the office's own rounds? The days of those that were made, and what officers pressed for."""

from sqlalchemy import Column, Date, Table

from storage.columns import Moment
from storage.schema import metadata, number, ref

rounds = Table(
    "rounds",
    metadata,
    number(),
    Column("day", Date, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
)

nudges = Table(
    "nudges",
    metadata,
    number(),
    ref("unit_id", "units"),
    ref("person_id", "people"),
    Column("at", Moment, nullable=False),
    Column("leaves_at", Moment, nullable=False),
)
