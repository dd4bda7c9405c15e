"""How much each scan was asked to look at, and the scans that people ask for in a browser."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_INDEX = "ix_scans_checklist_scope_status_planned"
_STATES = "ix_scan_jobs_state"
_SCANS = "ix_scan_jobs_scan_id"


def upgrade() -> None:
    """Add both; of an earlier scan nobody wrote down that it was narrowed, so it counts whole."""
    op.add_column(
        "scans", sa.Column("scope", sa.String(20), nullable=False, server_default="whole")
    )
    op.add_column("scans", sa.Column("planned", sa.Integer(), nullable=True))
    _count_planned()
    op.create_index(op.f(_INDEX), "scans", ["checklist", "scope", "status", "planned"])
    op.create_table(
        "scan_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checklist", sa.String(40), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("from_scratch", sa.Boolean(), nullable=False),
        sa.Column("resume", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("stops", sa.Integer(), nullable=False),
        sa.Column("stopped_by", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=True),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_jobs")),
    )
    op.create_index(op.f(_STATES), "scan_jobs", ["state"])
    op.create_index(op.f(_SCANS), "scan_jobs", ["scan_id"])


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
    op.drop_table("scan_jobs")
    op.drop_index(op.f(_INDEX), "scans")
    op.drop_column("scans", "planned")
    op.drop_column("scans", "scope")
