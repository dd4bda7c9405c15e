"""What a scan cost: the counts of each unit, and each run of the program for a scan."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; of earlier scans nothing was counted."""
    with op.batch_alter_table("scan_units") as table:
        table.add_column(sa.Column("tally", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "scan_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("cpu_seconds", sa.Double(), nullable=False),
        sa.Column("children_cpu_seconds", sa.Double(), nullable=False),
        sa.Column("peak_bytes", sa.BigInteger(), nullable=False),
        sa.Column("children_peak_bytes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["scans.id"], name=op.f("fk_scan_runs_scan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_runs")),
    )
    with op.batch_alter_table("scan_runs") as table:
        table.create_index(op.f("ix_scan_runs_scan_id"), ["scan_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("scan_runs")
    with op.batch_alter_table("scan_units") as table:
        table.drop_column("tally")
