"""Keep the ladders of the office, of conclusions and of tasks, and find what is due for a unit."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("office", "conclusions", "tasks")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("ladder", sa.Text(), nullable=True))
    # What is due for some units is found without looking through everything that they have.
    op.create_index("ix_assignments_unit_due", "assignments", ["unit_id", "look_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_assignments_unit_due", table_name="assignments")
    for table in TABLES:
        op.drop_column(table, "ladder")
