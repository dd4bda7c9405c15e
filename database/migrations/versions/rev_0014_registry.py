"""The registry of units: as it stands, every revision, approvals, imports being looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; units imported earlier stay in their file until the first import."""
    op.create_table(
        "registry_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("folded", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_units")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_registry_units_unit_id")),
        sa.UniqueConstraint("folded", name=op.f("uq_registry_units_folded")),
    )
    op.create_index(op.f("ix_registry_units_position"), "registry_units", ["position"])
    op.create_table(
        "registry_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("batch", sa.String(36), nullable=False),
        sa.Column("state", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_revisions")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_registry_revisions_unit_id_number")),
    )
    op.create_index(op.f("ix_registry_revisions_batch"), "registry_revisions", ["batch"])
    op.create_table(
        "registry_approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_approvals")),
    )
    op.create_index(op.f("ix_registry_approvals_unit_id"), "registry_approvals", ["unit_id"])
    op.create_table(
        "registry_drafts",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_drafts")),
    )


def downgrade() -> None:
    """Drop them: the registry, its history and its approvals are gone."""
    for table in ("registry_drafts", "registry_approvals", "registry_revisions", "registry_units"):
        op.drop_table(table)
