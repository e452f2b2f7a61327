"""Keep who took a task's calendar file."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendar_files",
        sa.Column("id", Number, nullable=False),
        sa.Column("assignment_id", Number, nullable=False),
        sa.Column("person_id", Number, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_calendar_files_assignment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calendar_files_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_files")),
        sa.UniqueConstraint("assignment_id", "person_id", name=op.f("uq_calendar_files_assignment_id_person_id")),
    )
    op.create_index(op.f("ix_calendar_files_assignment_id"), "calendar_files", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_calendar_files_person_id"), "calendar_files", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_calendar_files_person_id"), table_name="calendar_files")
    op.drop_index(op.f("ix_calendar_files_assignment_id"), table_name="calendar_files")
    op.drop_table("calendar_files")
