"""The evidence archive: captures, and the manifest's head at the end of every scan."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables, empty."""
    op.create_table(
        "captures",
        sa.Column("seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("payload_sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("object_sha256", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry_window", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_captures")),
    )
    with op.batch_alter_table("captures") as table:
        table.create_index(op.f("ix_captures_scan_id_unit_id"), ["scan_id", "unit_id"])
        table.create_index(op.f("ix_captures_payload_sha256"), ["payload_sha256"])
        table.create_index(op.f("ix_captures_object_sha256"), ["object_sha256"])
    op.create_table(
        "evidence_heads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_heads")),
    )
    with op.batch_alter_table("evidence_heads") as table:
        table.create_index(op.f("ix_evidence_heads_scan_id"), ["scan_id"])


def downgrade() -> None:
    """Drop them; the archive's files stay where they are."""
    op.drop_table("evidence_heads")
    op.drop_table("captures")
