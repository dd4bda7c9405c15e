"""Scheduled jobs: what is remembered of each, their runs, the scheduler's sign of life."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "schedule_jobs",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("definition", sa.String(64), nullable=False),
        sa.Column("due", moment, nullable=True),
        sa.Column("reckoned", moment, nullable=True),
        sa.Column("requested", moment, nullable=True),
        sa.Column("again", moment, nullable=True),
        sa.Column("again_as", sa.String(20), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_schedule_jobs")),
    )
    op.create_table(
        "schedule_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(40), nullable=False),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("due", moment, nullable=True),
        sa.Column("started", moment, nullable=False),
        sa.Column("ended", moment, nullable=True),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("output", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_runs")),
    )
    with op.batch_alter_table("schedule_runs") as table:
        table.create_index(op.f("ix_schedule_runs_job_id"), ["job", "id"])
    op.create_table(
        "schedule_heartbeat",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("beat", moment, nullable=False),
        sa.Column("started", moment, nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("token", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_heartbeat")),
    )


def downgrade() -> None:
    """Drop them; jobs begin anew, and their history is lost."""
    for name in ("schedule_heartbeat", "schedule_runs", "schedule_jobs"):
        op.drop_table(name)
