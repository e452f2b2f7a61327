"""Keep what went wrong and when work was last done, and index what is compared each minute."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NOT_OVER = sa.text("over_at IS NULL")
UNWATCHED = sa.text("look_at IS NULL AND deadline_last_day IS NOT NULL AND state IN ('assigned', 'returned')")


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index("uq_incidents_open", "incidents", ["cause"], unique=True, sqlite_where=NOT_OVER, postgresql_where=NOT_OVER)
    op.create_index("ix_incidents_told", "incidents", ["cause", "told_at"], unique=False)
    op.create_table(
        "ticks",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ticks")),
    )
    op.create_index("ix_assignments_unwatched", "assignments", ["id"], sqlite_where=UNWATCHED, postgresql_where=UNWATCHED)
    op.create_index("ix_reminders_at", "reminders", ["at"], unique=False)
    op.create_index("ix_digest_items_assignment_id", "digest_items", ["assignment_id"], unique=False)
    op.create_index("ix_broadcasts_sent_at", "broadcasts", ["sent_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_broadcasts_sent_at", table_name="broadcasts")
    op.drop_index("ix_digest_items_assignment_id", table_name="digest_items")
    op.drop_index("ix_reminders_at", table_name="reminders")
    op.drop_index("ix_assignments_unwatched", table_name="assignments")
    op.drop_table("ticks")
    op.drop_table("incidents")
