"""The registry that a scan was begun with: written once, however many scans share it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, delete, insert, select

from database.sessions import reading
from database.texts import storable
from results.models import RegistryRow, RegistryUnitRow, ScanRow, UnitRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from results.store import Store

Asked = Mapping[str, Any]
"""A unit as it stood in the registry, as plain JSON: its `id`, its `name`, its `urls` by item."""


def registry_digest(units: Sequence[Asked]) -> str:
    """What tells a registry from every other: the SHA-256 of its units in their order, as hex."""
    text = json.dumps(list(units), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def kept_registry(session: Session, units: Sequence[Asked]) -> int:
    """The number of the registry of these units (plain JSON), written if it is new."""
    digest = registry_digest(units)
    known = session.scalar(select(RegistryRow.id).where(RegistryRow.digest == digest))
    if known is not None:
        return known
    row = RegistryRow(digest=digest)
    session.add(row)
    session.flush()
    if units:
        session.execute(
            insert(RegistryUnitRow),
            [
                {
                    "registry_id": row.id,
                    "position": n,
                    "unit_id": str(unit.get("id", "")),
                    "unit": unit,
                }
                for n, unit in enumerate(units)
            ],
        )
    return row.id


def asked_units(store: Store, scan_id: int) -> list[Asked] | None:
    """The units that the scan was begun for, in their order; `None`: not written down."""
    with reading(store.engine) as session:
        if session.scalar(select(ScanRow.registry_id).where(ScanRow.id == scan_id)) is None:
            return None
        return list(session.scalars(_of_scan(scan_id).order_by(RegistryUnitRow.position)))


def asked_unit(session: Session, scan_id: int, unit_id: str) -> Asked | None:
    """The unit as the scan was begun with it, if it was."""
    one = RegistryUnitRow.unit_id == storable(unit_id)
    found: Asked | None = session.scalar(_of_scan(scan_id).where(one).limit(1))
    return found


def units_left(store: Store, scan_id: int) -> list[Asked]:
    """The units that the scan was begun for and holds no result of, in their order."""
    done = select(UnitRow.unit_id).where(UnitRow.scan_id == scan_id)
    left = _of_scan(scan_id).where(RegistryUnitRow.unit_id.not_in(done))
    with reading(store.engine) as session:
        return list(session.scalars(left.order_by(RegistryUnitRow.position)))


def _of_scan(scan_id: int) -> Select[Any]:
    return (
        select(RegistryUnitRow.unit)
        .join(ScanRow, ScanRow.registry_id == RegistryUnitRow.registry_id)
        .where(ScanRow.id == scan_id)
    )


def forget_unused(session: Session, registry: int | None) -> None:
    """Delete the registry (its number) if no scan was begun with it any more."""
    used = select(ScanRow.id).where(ScanRow.registry_id == registry)
    if registry is not None and session.scalar(used.limit(1)) is None:
        session.execute(delete(RegistryRow).where(RegistryRow.id == registry))
