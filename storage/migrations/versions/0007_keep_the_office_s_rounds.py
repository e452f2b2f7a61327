"""Keep the office's rounds, the reminders that officers pressed for, and who is reminded early."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", Number, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("day", name=op.f("uq_rounds_day")),
    )
    op.create_table(
        "nudges",
        sa.Column("id", Number, nullable=False),
        sa.Column("unit_id", Number, nullable=False),
        sa.Column("person_id", Number, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_nudges_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_nudges_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudges")),
    )
    op.create_index(op.f("ix_nudges_person_id"), "nudges", ["person_id"], unique=False)
    op.create_index(op.f("ix_nudges_unit_id"), "nudges", ["unit_id"], unique=False)
    op.add_column("assignments", sa.Column("early", sa.Boolean(), nullable=False, server_default=sa.text("false")))


def downgrade() -> None:
    op.drop_column("assignments", "early")
    op.drop_index(op.f("ix_nudges_unit_id"), table_name="nudges")
    op.drop_index(op.f("ix_nudges_person_id"), table_name="nudges")
    op.drop_table("nudges")
    op.drop_table("rounds")
