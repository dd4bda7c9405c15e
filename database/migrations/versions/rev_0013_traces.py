"""What each unit's crawl asked, so that the next one can go along it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; the first scan after this crawls every unit."""
    op.create_table(
        "traces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_traces")),
        sa.UniqueConstraint("unit_id", "plan", name=op.f("uq_traces_unit_id_plan")),
    )
    op.create_index(op.f("ix_traces_at"), "traces", ["at"])


def downgrade() -> None:
    """Drop it; the next scan crawls every unit."""
    op.drop_table("traces")
