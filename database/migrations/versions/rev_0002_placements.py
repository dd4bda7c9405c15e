"""Where each item's evidence stands on the unit's site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing is known of the places of earlier scans."""
    column = sa.Column("placements", sa.JSON(), server_default="[]", nullable=False)
    with op.batch_alter_table("item_verdicts") as table:
        table.add_column(column)


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("item_verdicts") as table:
        table.drop_column("placements")
