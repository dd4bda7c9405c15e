"""That an item was fetched twice because it stood worse than in the scan before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; items of earlier scans were fetched once."""
    with op.batch_alter_table("item_verdicts") as table:
        table.add_column(sa.Column("recheck", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("item_verdicts") as table:
        table.drop_column("recheck")
