"""Of each scan how much it was asked to look at, and for how many units it was begun."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0011"
branch_labels = None
depends_on = None

_INDEX = "ix_scans_checklist_scope_status_planned"


def upgrade() -> None:
    """Add both; of an earlier scan nobody wrote down that it was narrowed, so it counts whole."""
    op.add_column(
        "scans", sa.Column("scope", sa.String(20), nullable=False, server_default="whole")
    )
    op.add_column("scans", sa.Column("planned", sa.Integer(), nullable=True))
    _count_planned()
    op.create_index(op.f(_INDEX), "scans", ["checklist", "scope", "status", "planned"])


def _count_planned() -> None:
    """Count the units that each scan's settings name, one scan at a time: they may be large."""
    connection = op.get_bind()
    scans = sa.table("scans", sa.column("id"), sa.column("settings"), sa.column("planned"))
    for number in list(connection.scalars(sa.select(scans.c.id))):
        kept = connection.scalar(sa.select(scans.c.settings).where(scans.c.id == number))
        settings = json.loads(kept) if isinstance(kept, str) else kept
        units = settings.get("units") if isinstance(settings, dict) else None
        if isinstance(units, list):
            counted = scans.update().where(scans.c.id == number).values(planned=len(units))
            connection.execute(counted)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f(_INDEX), "scans")
    op.drop_column("scans", "planned")
    op.drop_column("scans", "scope")
