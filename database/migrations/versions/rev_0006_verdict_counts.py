"""The verdicts of a scan are counted from an index, without reading their rows."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INDEX = "ix_item_verdicts_scan_unit_id_verdict"


def upgrade() -> None:
    """Add the index."""
    with op.batch_alter_table("item_verdicts") as table:
        table.create_index(op.f(_INDEX), ["scan_unit_id", "verdict"])


def downgrade() -> None:
    """Drop it; counting reads every verdict again."""
    with op.batch_alter_table("item_verdicts") as table:
        table.drop_index(op.f(_INDEX))
