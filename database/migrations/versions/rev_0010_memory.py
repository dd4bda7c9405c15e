"""What a night remembers for the next: kept answers, and what each verdict rests on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of kept answers and the basis of verdicts; earlier verdicts have none."""
    op.create_table(
        "kept_responses",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_responses")),
    )
    op.create_index(op.f("ix_kept_responses_checked_at"), "kept_responses", ["checked_at"])
    with op.batch_alter_table("item_verdicts") as table:
        table.add_column(sa.Column("basis", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Drop them; the next scan fetches, reads and judges everything."""
    with op.batch_alter_table("item_verdicts") as table:
        table.drop_column("basis")
    op.drop_table("kept_responses")
