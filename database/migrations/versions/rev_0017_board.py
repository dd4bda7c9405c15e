"""One narrow line for each unit of a scan, from which the overview's page is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; the lines of earlier scans are written when they are first asked for."""
    op.create_table(
        "board_lines",
        sa.Column("scan_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(20), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.String(99), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id", "unit_id"],
            ["scan_units.scan_id", "scan_units.unit_id"],
            name=op.f("fk_board_lines_scan_id_unit_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scan_id", "unit_id", name=op.f("pk_board_lines")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_board_lines_scan_id_checked_at"), "board_lines", ["scan_id", "checked_at"]
    )


def downgrade() -> None:
    """Drop it; everything in it is in the verdicts."""
    op.drop_table("board_lines")
