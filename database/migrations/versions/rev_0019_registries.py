"""The registry of a scan stands in a table, shared by the scans that were begun with the same."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_UNIT_INDEX = "ix_scan_registry_units_registry_id_unit_id"
_SCANS = sa.table(
    "scans", sa.column("id"), sa.column("settings", sa.JSON()), sa.column("registry_id")
)
_REGISTRIES = sa.table("scan_registries", sa.column("id", sa.Integer()), sa.column("digest"))
_UNITS = sa.table(
    "scan_registry_units",
    sa.column("registry_id"),
    sa.column("position"),
    sa.column("unit_id"),
    sa.column("unit", sa.JSON()),
)


def upgrade() -> None:
    """Add the tables, and move there what the settings of each scan hold."""
    op.create_table(
        "scan_registries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_registries")),
        sa.UniqueConstraint("digest", name=op.f("uq_scan_registries_digest")),
    )
    op.create_table(
        "scan_registry_units",
        sa.Column("registry_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registry_id"],
            ["scan_registries.id"],
            name=op.f("fk_scan_registry_units_registry_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registry_id", "position", name=op.f("pk_scan_registry_units")),
    )
    op.create_index(op.f(_UNIT_INDEX), "scan_registry_units", ["registry_id", "unit_id"])
    op.add_column("scans", sa.Column("registry_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_scans_registry_id"), "scans", ["registry_id"])
    connection = op.get_bind()
    for number in list(connection.scalars(sa.select(_SCANS.c.id))):
        _move(connection, number)


def _move(connection: sa.Connection, number: int) -> None:
    """Take the units out of a scan's settings; one scan at a time, they may be large."""
    of_scan = _SCANS.c.id == number
    settings: Any = connection.scalar(sa.select(_SCANS.c.settings).where(of_scan))
    units = settings.get("units") if isinstance(settings, dict) else None
    if not isinstance(units, list) or not all(isinstance(one, dict) for one in units):
        return
    rest = {name: value for name, value in settings.items() if name != "units"}
    kept = _kept(connection, units)
    connection.execute(_SCANS.update().where(of_scan).values(settings=rest, registry_id=kept))


def _kept(connection: sa.Connection, units: list[dict[str, Any]]) -> int:
    text = json.dumps(units, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = sa.select(_REGISTRIES.c.id).where(_REGISTRIES.c.digest == digest)
    number = connection.scalar(known)
    if number is None:
        connection.execute(_REGISTRIES.insert().values(digest=digest))
        number = connection.scalar(known)
        assert number is not None, "it was written"
        if units:
            connection.execute(
                _UNITS.insert(),
                [
                    {
                        "registry_id": number,
                        "position": place,
                        "unit_id": str(unit.get("id", "")),
                        "unit": unit,
                    }
                    for place, unit in enumerate(units)
                ],
            )
    return int(number)


def downgrade() -> None:
    """Put the units back into the settings of each scan, and drop the tables."""
    connection = op.get_bind()
    whole = sa.select(_SCANS.c.id, _SCANS.c.registry_id).where(_SCANS.c.registry_id.is_not(None))
    for number, kept in list(connection.execute(whole)):
        of_registry = sa.select(_UNITS.c.unit).where(_UNITS.c.registry_id == kept)
        units = list(connection.scalars(of_registry.order_by(_UNITS.c.position)))
        of_scan = _SCANS.c.id == number
        settings: Any = connection.scalar(sa.select(_SCANS.c.settings).where(of_scan))
        back = {**settings, "units": units}
        connection.execute(_SCANS.update().where(of_scan).values(settings=back))
    op.drop_index(op.f("ix_scans_registry_id"), "scans")
    op.drop_column("scans", "registry_id")
    op.drop_table("scan_registry_units")
    op.drop_table("scan_registries")
