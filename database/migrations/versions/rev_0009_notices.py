"""The outbox of notices, and what each person was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(36), nullable=False),
        sa.Column("slot", sa.String(50), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(120), nullable=False),
        sa.Column("queued_at", moment, nullable=False),
        sa.Column("due", moment, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(36), nullable=False),
        sa.Column("claimed_at", moment, nullable=True),
        sa.Column("first_tried", moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("sent_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "person", "channel", "slot", name=op.f("uq_notices_person_channel_slot")
        ),
    )
    with op.batch_alter_table("notices") as table:
        table.create_index(op.f("ix_notices_digest"), ["digest"])
        table.create_index(op.f("ix_notices_state_due"), ["state", "due"])
    op.create_table(
        "told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("checklist", sa.String(40), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("item", sa.String(10), nullable=False),
        sa.Column("about", sa.String(60), nullable=False),
        sa.Column("digest", sa.String(36), nullable=False),
        sa.Column("was", sa.String(20), nullable=False),
        sa.Column("became", sa.String(20), nullable=False),
        sa.Column("told_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told")),
        sa.UniqueConstraint(
            "person", "event", "checklist", "unit", "item", "about", name="uq_told_key"
        ),
    )
    with op.batch_alter_table("told") as table:
        table.create_index(op.f("ix_told_digest"), ["digest"])
        table.create_index(op.f("ix_told_checklist_unit"), ["checklist", "unit"])


def downgrade() -> None:
    """Drop them; what was told would be told again."""
    op.drop_table("told")
    op.drop_table("notices")
