"""People's decisions about items, what a page says apart from its bytes, and a scan's checklist."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; earlier scans used the OIT checklist of their year."""
    with op.batch_alter_table("documents") as table:
        table.add_column(
            sa.Column("content_sha256", sa.String(64), nullable=False, server_default="")
        )
    with op.batch_alter_table("scans") as table:
        table.add_column(sa.Column("checklist", sa.String(40), nullable=False, server_default=""))
    scans = sa.table("scans", sa.column("year", sa.Integer), sa.column("checklist", sa.String))
    op.execute(
        scans.update().values(checklist=sa.literal("oit-") + sa.cast(scans.c.year, sa.String))
    )
    op.create_table(
        "waivers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("checklist", sa.String(40), nullable=False),
        sa.Column("item", sa.String(10), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("changed_scan", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waivers")),
    )
    with op.batch_alter_table("waivers") as table:
        table.create_index(op.f("ix_waivers_unit_id_checklist"), ["unit_id", "checklist"])


def downgrade() -> None:
    """Drop them; the decisions are lost."""
    op.drop_table("waivers")
    with op.batch_alter_table("scans") as table:
        table.drop_column("checklist")
    with op.batch_alter_table("documents") as table:
        table.drop_column("content_sha256")
