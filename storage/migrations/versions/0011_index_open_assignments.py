"""Index open assignments by their last day, so that the office's round does not look at all there are."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN_NOW = sa.text("state IN ('assigned', 'returned')")


def upgrade() -> None:
    op.create_index(
        "ix_assignments_open",
        "assignments",
        ["deadline_last_day", "deadline_kind"],
        unique=False,
        sqlite_where=OPEN_NOW,
        postgresql_where=OPEN_NOW,
    )


def downgrade() -> None:
    op.drop_index("ix_assignments_open", table_name="assignments")
