"""Deletes stored scans in short transactions: a reader sees a scan whole or not at all.

A scan is first marked as forgotten, which hides it from every reader, then taken apart. Whatever
stops the work, the next run goes on with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, Table, delete, func, or_, select, update

from database.base import Base
from database.engine import clear_errors
from database.sessions import reading, writing
from results.models import DocumentRow, ScanRow, UnitRow, WaiverRow
from results.record import ScanStatus, Scope
from results.registries import forget_unused
from results.retention import ScanFacts

if TYPE_CHECKING:
    from results.store import Store

UNITS_AT_ONCE = 20
"""Units whose results are deleted in one transaction: some thousand rows, well under a second."""
_ROWS_AT_ONCE = 5_000
_COMPARED = 2


def scan_facts(store: Store) -> list[ScanFacts]:
    """What decides about every scan that is not forgotten yet."""
    with reading(store.engine) as session:
        named = select(WaiverRow.scan_id, WaiverRow.changed_scan)
        decided = {scan for pair in session.execute(named) for scan in pair if scan is not None}
        newest = set(session.scalars(_newest_of_units()))
        kept = select(ScanRow).where(ScanRow.status != ScanStatus.FORGOTTEN.value)
        return [
            ScanFacts(
                id=row.id,
                checklist=row.checklist,
                started=row.started,
                finished=row.finished,
                status=ScanStatus(row.status),
                decided=row.id in decided,
                newest_of_unit=row.id in newest,
                whole=row.scope == Scope.WHOLE.value,
            )
            for row in session.scalars(kept.order_by(ScanRow.id))
        ]


def _newest_of_units() -> Select[Any]:
    """Scans that are, of some unit and checklist, the newest finished one or the one before.

    Those of some items are counted apart, so that they displace none of every item.
    """
    some_items = ScanRow.scope == Scope.ITEMS.value
    place = func.row_number().over(
        partition_by=(ScanRow.checklist, UnitRow.unit_id, some_items),
        order_by=UnitRow.scan_id.desc(),
    )
    ranked = (
        select(UnitRow.scan_id.label("scan_id"), place.label("place"))
        .join(ScanRow, ScanRow.id == UnitRow.scan_id)
        .where(ScanRow.status == ScanStatus.FINISHED.value)
        .subquery()
    )
    return select(ranked.c.scan_id).where(ranked.c.place <= _COMPARED).distinct()


def half_forgotten(store: Store) -> list[int]:
    """The scans that an earlier run began to delete and did not finish."""
    query = select(ScanRow.id).where(ScanRow.status == ScanStatus.FORGOTTEN.value)
    with reading(store.engine) as session:
        return list(session.scalars(query.order_by(ScanRow.id)))


def mark_forgotten(store: Store, scan_id: int) -> bool:
    """Hide the scan from every reader; False, and nothing done, when a decision names it now."""
    named = or_(WaiverRow.scan_id == scan_id, WaiverRow.changed_scan == scan_id)
    with writing(store.engine) as session:
        if session.scalar(select(WaiverRow.id).where(named).limit(1)) is not None:
            return False
        gone = ScanStatus.FORGOTTEN.value
        session.execute(update(ScanRow).where(ScanRow.id == scan_id).values(status=gone))
        return True


def take_apart(store: Store, scan_id: int, on_units: Callable[[int], None] | None = None) -> None:
    """Delete a forgotten scan and all that hangs on it; `on_units` is told of units deleted.

    Raises `ValueError` for a scan that is not marked, and `StoreError` for a locked database.
    """
    if scan_id not in half_forgotten(store):
        raise ValueError(f"scan {scan_id} is not marked as forgotten")
    unit = UnitRow.__table__
    assert isinstance(unit, Table), "a mapped table"
    for count in _deleted(store, unit, scan_id, UNITS_AT_ONCE):
        if on_units is not None:
            on_units(count)
    for table in _other_tables():
        for _count in _deleted(store, table, scan_id, _ROWS_AT_ONCE):
            pass
    with writing(store.engine) as session:
        registry = session.scalar(select(ScanRow.registry_id).where(ScanRow.id == scan_id))
        session.execute(delete(ScanRow).where(ScanRow.id == scan_id))
        forget_unused(session, registry)


def _other_tables() -> list[Table]:
    """Tables of any room whose rows belong to a scan, besides its units."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.name != UnitRow.__tablename__
        and any(key.target_fullname == "scans.id" for key in table.foreign_keys)
        and {"id", "scan_id"} <= set(table.columns.keys())
    ]


def _deleted(store: Store, table: Table, scan_id: int, at_once: int) -> Iterator[int]:
    """Delete the scan's rows of `table`, so many in a transaction; tells how many each time."""
    while True:
        with writing(store.engine) as session:
            some = select(table.c.id).where(table.c.scan_id == scan_id).limit(at_once)
            ids = list(session.scalars(some))
            if not ids:
                return
            session.execute(delete(table).where(table.c.id.in_(ids)))
        yield len(ids)


def bodies_of(store: Store, scan_ids: Collection[int]) -> set[str]:
    """The hashes of everything that these scans read: bodies that must outlive any pruning."""
    found: set[str] = set()
    for scan_id in scan_ids:
        query = (
            select(DocumentRow.sha256)
            .join(UnitRow, UnitRow.id == DocumentRow.scan_unit_id)
            .where(UnitRow.scan_id == scan_id, DocumentRow.sha256 != "")
        )
        with reading(store.engine) as session:
            found.update(session.scalars(query.distinct()))
    return found


def compact(store: Store) -> None:
    """Give the room of deleted rows back to the disk (SQLite; other databases do it themselves).

    Writers wait while it runs. Raises `StoreError` when the database is locked or the disk full.
    """
    if store.engine.dialect.name != "sqlite":
        return
    with clear_errors(store.engine):
        connection = store.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()
        finally:
            connection.close()
