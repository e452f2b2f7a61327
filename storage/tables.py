"""Which rows are there? The tables; ``mapping`` lays the domain's classes onto them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from domain.assignments import AssignmentState, SubmissionState
from domain.broadcasts import BroadcastState
from domain.conclusions import ConclusionState
from domain.deadlines import DeadlineKind
from domain.files import FileState, Purpose
from domain.people import RoleKind
from storage import columns, delivery_tables, office_tables, schema
from storage.columns import Moment, Named, Steps

OPEN_NOW = "state IN ('assigned', 'returned')"
UNWATCHED = "look_at IS NULL AND deadline_last_day IS NOT NULL AND state IN ('assigned', 'returned')"
"""Conditions of partial indexes, which a query must hold in these very words; open is what the domain calls so."""
metadata, Number, _id, _ref = schema.metadata, schema.Number, schema.number, schema.ref
office, office_days = office_tables.office, office_tables.office_days
outbox, digest_items, inbox = delivery_tables.outbox, delivery_tables.digest_items, delivery_tables.inbox

units = Table(
    "units",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("folded_name", Text, nullable=False, unique=True),
    Column("short_name", String(100)),
    Column("group", String(100)),
    Column("also", columns.some_words()),
)

people = Table(
    "people",
    metadata,
    _id(),
    Column("name", String(200), nullable=False),
    Column("language", String(8)),
    Column("quiet_from", Time),
    Column("quiet_until", Time),
)

accounts = Table(
    "accounts",
    metadata,
    _id(),
    Column("channel", String(16), nullable=False),
    Column("address", String(64), nullable=False),
    _ref("person_id", "people", nullable=True),
    Column("suspended", String(300)),
    Column("wrong_codes", Integer, nullable=False),
    Column("paused_until", Moment),
    Column("suspended_at", Moment),
    UniqueConstraint("channel", "address"),
)

roles = Table(
    "roles",
    metadata,
    _id(),
    _ref("person_id", "people"),
    Column("kind", Named(RoleKind), nullable=False),
    _ref("unit_id", "units", nullable=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
)

invitations = Table(
    "invitations",
    metadata,
    _id(),
    Column("code_hash", String(128), nullable=False, unique=True),
    Column("kind", Named(RoleKind), nullable=False),
    Column("name", String(200)),
    _ref("unit_id", "units", nullable=True),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    _ref("used_by", "people", nullable=True),
)

conclusions = Table(
    "conclusions",
    metadata,
    _id(),
    Column("title", Text),
    Column("issuer", Text),
    Column("number", String(32)),
    Column("symbol", String(64)),
    Column("dated", Date),
    Column("state", Named(ConclusionState), nullable=False),
    Column("findings", columns.findings(), nullable=False),
    Column("citations", columns.citations(), nullable=False),
    Column("names", columns.words(), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("published_at", Moment),
    _ref("created_by", "people"),
    _ref("replaces", "conclusions", nullable=True),
    Column("at_once", Boolean, nullable=False),
    Column("ladder", Steps),
)

tasks = Table(
    "tasks",
    metadata,
    _id(),
    _ref("conclusion_id", "conclusions"),
    Column("position", Integer, nullable=False),
    Column("ref", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("audience", columns.audience(), nullable=False),
    *columns.deadline(),
    Column("deliverable", Text),
    Column("submit_to", Text),
    Column("unsure", columns.words(), nullable=False),
    Column("doubts", JSON, nullable=False),
    Column("dropped", Boolean, nullable=False),
    Column("choices", columns.some_deadlines()),
    _ref("series_id", "tasks", nullable=True),
    Column("occurs_on", Date),
    Column("ladder", Steps),
    Index("uq_tasks_occurrence", "series_id", "occurs_on", unique=True),
)

assignments = Table(
    "assignments",
    metadata,
    _id(),
    _ref("task_id", "tasks"),
    _ref("unit_id", "units"),
    Column("state", Named(AssignmentState), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("remind_from", Moment, nullable=False),
    Column("look_at", Moment, index=True),
    Column("submitted_at", Moment),
    *columns.deadline(default=DeadlineKind.NONE),
    Column("past", columns.some_past()),
    Column("early", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("task_id", "unit_id"),
    Index("ix_assignments_unit_due", "unit_id", "look_at"),
    # What the office's round looks for among those that are open: what is late, and what has no day.
    Index(
        "ix_assignments_open",
        "deadline_last_day",
        "deadline_kind",
        sqlite_where=text(OPEN_NOW),
        postgresql_where=text(OPEN_NOW),
    ),
    Index("ix_assignments_unwatched", "id", sqlite_where=text(UNWATCHED), postgresql_where=text(UNWATCHED)),
)

submissions = Table(
    "submissions",
    metadata,
    _id(),
    _ref("assignment_id", "assignments"),
    _ref("person_id", "people"),
    Column("at", Moment, nullable=False),
    Column("opened_from", Named(AssignmentState), nullable=False),
    Column("state", Named(SubmissionState), nullable=False),
    _ref("decided_by", "people", nullable=True),
    Column("decided_at", Moment),
    Column("reason", Text),
    # Two presses in one moment make one submission.
    Index(
        "uq_submissions_pending",
        "assignment_id",
        unique=True,
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
)

files = Table(
    "files",
    metadata,
    _id(),
    Column("channel", String(16), nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("name", String(300), nullable=False),
    Column("size", BigInteger),
    _ref("person_id", "people"),
    Column("purpose", Named(Purpose), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", Named(FileState), nullable=False, index=True),
    Column("fetch_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("sha256", String(64)),
    Column("reason", String(300)),
    _ref("assignment_id", "assignments", nullable=True),
    _ref("submission_id", "submissions", nullable=True),
    _ref("conclusion_id", "conclusions", nullable=True),
    Column("text", Text),
)

reminders = Table(
    "reminders",
    metadata,
    _id(),
    Column("assignment_id", Number, ForeignKey("assignments.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", String(16), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    UniqueConstraint("assignment_id", "version", "step"),
)

dialogues = Table(
    "dialogues",
    metadata,
    Column("account_id", Number, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("question", String(32), nullable=False),
    Column("subject", JSON, nullable=False),
    Column("asked_at", Moment, nullable=False),
)

calendar_files = Table(
    "calendar_files",
    metadata,
    _id(),
    _ref("assignment_id", "assignments"),
    _ref("person_id", "people"),
    Column("sequence", Integer, nullable=False),
    UniqueConstraint("assignment_id", "person_id"),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    _id(),
    _ref("author_id", "people"),
    Column("text", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("audience", columns.audience()),
    Column("state", Named(BroadcastState), nullable=False, index=True),
    Column("sent_at", Moment, index=True),
    Column("channel", String(16)),
    Column("address", String(64)),
    Column("card", String(64)),
    Column("shown", String(64)),
    Column("revision", Integer, nullable=False),
    Column("again", Boolean, nullable=False, server_default=text("true")),
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    _id(),
    _ref("broadcast_id", "broadcasts"),
    _ref("person_id", "people"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("broadcast_id", "person_id"),
)
