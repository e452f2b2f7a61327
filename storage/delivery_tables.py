"""Which rows are there about what comes in and what leaves? Events, messages, and the tasks that are on a digest."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from domain.deliveries import DeliveryState, EventState, Kind
from storage.columns import Moment, Named
from storage.schema import Number, metadata, number, ref

outbox = Table(
    "outbox",
    metadata,
    number(),
    Column("key", String(200), nullable=False, unique=True),
    Column("lane", Integer, nullable=False),
    Column("kind", Named(Kind), nullable=False),
    ref("person_id", "people"),
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
    Index("ix_outbox_waiting", "state", "lane", "due_at"),
)

digest_items = Table(
    "digest_items",
    metadata,
    Column("delivery_id", Number, ForeignKey("outbox.id"), primary_key=True),
    Column("assignment_id", Number, ForeignKey("assignments.id"), primary_key=True),
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
