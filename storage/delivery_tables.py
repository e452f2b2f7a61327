"""Which rows are there about what comes in and what leaves? Events, messages, and the tasks that are on a digest."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from domain.deliveries import DeliveryState, EventState, Kind
from storage.columns import Moment, Named
from storage.schema import Number, metadata, number, ref

QUEUED = "state = 'queued'"
ACTIVE = "state IN ('queued', 'claimed', 'sending')"
UNDER_WAY = "state IN ('claimed', 'sending')"
"""Conditions of partial indexes; a query must hold them in these very words, since a parameter's value is not known in time."""


def _where(condition: str, name: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


outbox = Table(
    "outbox",
    metadata,
    number(),
    Column("key", String(200), nullable=False, unique=True),
    Column("lane", Integer, nullable=False),
    Column("kind", Named(Kind), nullable=False),
    Column("person_id", Number, ForeignKey("people.id"), nullable=False),
    Column("subject_id", Number, index=True),
    Column("state", Named(DeliveryState), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("owner", String(64)),
    Column("lease_until", Moment),
    Column("tries", Integer, nullable=False),
    Column("repeated", Boolean, nullable=False),
    Column("reason", String(300)),
    ref("account_id", "accounts", nullable=True),
    Column("message_id", String(64)),
    Column("sent_at", Moment),
    Column("leaves_at", Moment),
    Column("expires_at", Moment),
    # What a worker looks for among rows that grow for years: what waits, in order; what waits of one announcement; what a
    # person is about to get; what workers have taken; and when a person was last written to.
    _where(QUEUED, "ix_outbox_waiting", "lane", "due_at", "id"),
    _where(QUEUED, "ix_outbox_fair", "lane", "subject_id", "due_at", "id"),
    _where(ACTIVE, "ix_outbox_active", "person_id", "lane", "due_at", "id"),
    _where(UNDER_WAY, "ix_outbox_under_way", "owner"),
    Index("ix_outbox_person", "person_id", "leaves_at"),
)

paces = Table(
    "paces",
    metadata,
    Column("bot", String(16), primary_key=True),
    Column("next_at", Moment, nullable=False),
    Column("paused_at", Moment),
    Column("paused_until", Moment),
)

quotas = Table(
    "quotas",
    metadata,
    Column("bot", String(16), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("most", Integer, nullable=False),
    Column("used", Integer, nullable=False),
)

digest_items = Table(
    "digest_items",
    metadata,
    Column("delivery_id", Number, ForeignKey("outbox.id"), primary_key=True),
    Column("assignment_id", Number, ForeignKey("assignments.id"), primary_key=True, index=True),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("until", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    number(),
    Column("channel", String(16), nullable=False),
    Column("key", String(64), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("incoming", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", Named(EventState), nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("answer", JSON),
    Column("owner", String(64)),
    Column("lease_until", Moment),
    UniqueConstraint("channel", "key"),
)
