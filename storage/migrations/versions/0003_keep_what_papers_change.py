"""Keep what papers change of older conclusions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEXED = ("conclusion_id", "earlier_id", "earlier_task_id", "task_id")


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "changes",
        sa.Column("id", number, nullable=False),
        sa.Column("conclusion_id", number, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("earlier_id", number, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("earlier_task_id", number, nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("task_id", number, nullable=True),
        sa.Column("likely", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conclusion_id"], ["conclusions.id"], name=op.f("fk_changes_conclusion_id")),
        sa.ForeignKeyConstraint(["earlier_id"], ["conclusions.id"], name=op.f("fk_changes_earlier_id")),
        sa.ForeignKeyConstraint(["earlier_task_id"], ["tasks.id"], name=op.f("fk_changes_earlier_task_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_changes_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    for column in INDEXED:
        op.create_index(op.f(f"ix_changes_{column}"), "changes", [column], unique=False)


def downgrade() -> None:
    op.drop_table("changes")
