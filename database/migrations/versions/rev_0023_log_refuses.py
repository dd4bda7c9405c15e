"""On PostgreSQL too whoever changes the log of use is refused aloud, and who empties it.

Rules that did nothing kept the lines, but told nobody; and TRUNCATE asks no rule.
"""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ACTIONS = ("UPDATE", "DELETE")


def upgrade() -> None:
    """Refuse by triggers in place of rules; SQLite does so already and has no TRUNCATE."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for action in _ACTIONS:
        op.execute(f"DROP RULE audit_log_no_{action.lower()} ON audit_log")
    op.execute(
        "CREATE FUNCTION audit_log_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'the audit log is append-only'; END$$"
    )
    op.execute(
        "CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuses()"
    )


def downgrade() -> None:
    """The rules again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP TRIGGER audit_log_append_only ON audit_log")
    op.execute("DROP FUNCTION audit_log_refuses()")
    for action in _ACTIONS:
        op.execute(
            f"CREATE RULE audit_log_no_{action.lower()} AS ON {action} TO audit_log "
            "DO INSTEAD NOTHING"
        )
