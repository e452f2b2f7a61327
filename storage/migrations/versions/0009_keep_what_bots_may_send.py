"""Keep how far ahead bots' places are taken, when messages leave and who leads, and index what workers look for."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

QUEUED = sa.text("state = 'queued'")
UNDER_WAY = sa.text("state IN ('claimed', 'sending')")
ACTIVE = sa.text("state IN ('queued', 'claimed', 'sending')")


def upgrade() -> None:
    op.create_table(
        "paces",
        sa.Column("bot", sa.String(length=16), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("bot", name=op.f("pk_paces")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.add_column("outbox", sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_outbox_waiting", table_name="outbox")
    op.drop_index("ix_outbox_person_id", table_name="outbox")
    _index("ix_outbox_waiting", QUEUED, "lane", "due_at", "id")
    _index("ix_outbox_fair", QUEUED, "lane", "subject_id", "due_at", "id")
    _index("ix_outbox_under_way", UNDER_WAY, "owner")
    _index("ix_outbox_active", ACTIVE, "person_id", "lane", "due_at", "id")
    op.create_index("ix_outbox_person", "outbox", ["person_id", "leaves_at"], unique=False)


def _index(name: str, condition: sa.TextClause, *columns: str) -> None:
    op.create_index(name, "outbox", list(columns), unique=False, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    for name in ("ix_outbox_person", "ix_outbox_active", "ix_outbox_under_way", "ix_outbox_fair", "ix_outbox_waiting"):
        op.drop_index(name, table_name="outbox")
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"], unique=False)
    op.create_index("ix_outbox_waiting", "outbox", ["state", "lane", "due_at"], unique=False)
    op.drop_column("outbox", "leaves_at")
    op.drop_table("leases")
    op.drop_table("paces")
