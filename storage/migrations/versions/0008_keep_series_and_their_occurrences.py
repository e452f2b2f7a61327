"""Keep how far recurring tasks have come, and each of their occurrences as a task of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # The reference is written with its column: SQLite adds none to a table that stands.
    series = sa.Column("series_id", Number, sa.ForeignKey("tasks.id", name=op.f("fk_tasks_series_id")), nullable=True)
    op.add_column("tasks", series, inline_references=True)
    op.add_column("tasks", sa.Column("occurs_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_tasks_series_id"), "tasks", ["series_id"], unique=False)
    op.create_index("uq_tasks_occurrence", "tasks", ["series_id", "occurs_on"], unique=True)
    op.create_table(
        "series",
        sa.Column("task_id", Number, autoincrement=False, nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("formerly", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_series_task_id")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_series")),
    )
    op.create_index(op.f("ix_series_opens_at"), "series", ["opens_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_series_opens_at"), table_name="series")
    op.drop_table("series")
    op.drop_index("uq_tasks_occurrence", table_name="tasks")
    op.drop_index(op.f("ix_tasks_series_id"), table_name="tasks")
    op.drop_column("tasks", "occurs_on")
    op.drop_column("tasks", "series_id")
