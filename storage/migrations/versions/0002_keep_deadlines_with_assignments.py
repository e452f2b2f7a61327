"""Keep deadlines with assignments, what unsure words may mean with tasks, and other names with units."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DEADLINE = ("kind", "literal", "last_day", "at", "recurrence", "basis")


def upgrade() -> None:
    # Columns are added where the tables stand: SQLite would have to make a changed table anew, which others refer to.
    op.add_column("assignments", sa.Column("deadline_kind", sa.String(length=32), nullable=False, server_default="none"))
    op.add_column("assignments", sa.Column("deadline_literal", sa.Text(), nullable=True))
    op.add_column("assignments", sa.Column("deadline_last_day", sa.Date(), nullable=True))
    op.add_column("assignments", sa.Column("deadline_at", sa.Time(), nullable=True))
    op.add_column("assignments", sa.Column("deadline_recurrence", sa.Text(), nullable=True))
    op.add_column("assignments", sa.Column("deadline_basis", sa.Text(), nullable=True))
    op.add_column("assignments", sa.Column("past", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("tasks", sa.Column("choices", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("units", sa.Column("also", sa.JSON(none_as_null=True), nullable=True))
    tasks = sa.table("tasks", sa.column("id"), *(sa.column(f"deadline_{part}") for part in DEADLINE))
    assignments = sa.table("assignments", sa.column("task_id"), *(sa.column(f"deadline_{part}") for part in DEADLINE))
    the_task = tasks.c.id == assignments.c.task_id
    values = {
        name: sa.select(tasks.c[name]).where(the_task).scalar_subquery() for name in (f"deadline_{part}" for part in DEADLINE)
    }
    op.execute(sa.update(assignments).values(values))


def downgrade() -> None:
    op.drop_column("units", "also")
    op.drop_column("tasks", "choices")
    for column in ("past", *(f"deadline_{part}" for part in DEADLINE)):
        op.drop_column("assignments", column)
