"""The queue of jobs for sweeps on several machines, and the turns at hosts that these share.

The queue's tables are procrastinate's own, in a schema of their own, and only where several
machines can share a database: on PostgreSQL. A newer release of that library comes with steps of
its own, each of which is to be a revision here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None

SCHEMA = "oit_queue"


def upgrade() -> None:
    """Add both."""
    op.create_table(
        "host_turns",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("begun", sa.Double(), nullable=False),
        sa.Column("rests_until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_turns")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _queue()


def _queue() -> None:
    # Loaded here: a database of one machine does without.
    from procrastinate.schema import SchemaManager

    bind = op.get_bind()
    bind.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
    bind.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")
    cursor = bind.connection.cursor()
    # Without parameters the driver takes many statements, and no percent sign for a placeholder.
    cursor.execute(SchemaManager.get_schema())
    bind.exec_driver_sql("SET LOCAL search_path TO DEFAULT")


def downgrade() -> None:
    """Drop both; what waits in the queue is lost, a sweep is gone on with by resuming it."""
    if op.get_bind().dialect.name == "postgresql":
        op.get_bind().exec_driver_sql(f"DROP SCHEMA {SCHEMA} CASCADE")
    op.drop_table("host_turns")
