"""Keep with a series which units are reminded earlier of each of its occurrences."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("series", sa.Column("early", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("series", "early")
