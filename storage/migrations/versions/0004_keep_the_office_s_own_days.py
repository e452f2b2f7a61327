"""Keep the days that the office has set itself, and people's own quiet hours."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "office_days",
        sa.Column("id", Number, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("set_by", Number, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_office_days_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_days")),
        sa.UniqueConstraint("day", name=op.f("uq_office_days_day")),
    )
    op.create_index(op.f("ix_office_days_set_by"), "office_days", ["set_by"], unique=False)
    op.add_column("people", sa.Column("quiet_from", sa.Time(), nullable=True))
    op.add_column("people", sa.Column("quiet_until", sa.Time(), nullable=True))


def downgrade() -> None:
    op.drop_column("people", "quiet_until")
    op.drop_column("people", "quiet_from")
    op.drop_index(op.f("ix_office_days_set_by"), table_name="office_days")
    op.drop_table("office_days")
