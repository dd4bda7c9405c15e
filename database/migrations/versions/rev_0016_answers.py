"""People's answers to the questions of reviews: what was asked, who answered, where it held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; decisions of before answer no question and keep their meaning."""
    with op.batch_alter_table("waivers") as table:
        table.add_column(sa.Column("asked", sa.String(64), server_default="", nullable=False))
        table.add_column(sa.Column("account", sa.String(80), server_default="", nullable=False))
        table.add_column(sa.Column("held_scan", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop them; an answer without its question holds in no scan."""
    with op.batch_alter_table("waivers") as table:
        table.drop_column("held_scan")
        table.drop_column("account")
        table.drop_column("asked")
