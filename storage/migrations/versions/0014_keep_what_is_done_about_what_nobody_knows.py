"""Keep what authors wish where nobody knows, when messages have had their day, and since when accounts take none."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("broadcasts", sa.Column("again", sa.Boolean(), server_default=sa.text("true"), nullable=False))


def downgrade() -> None:
    op.drop_column("broadcasts", "again")
    op.drop_column("outbox", "expires_at")
    op.drop_column("accounts", "suspended_at")
