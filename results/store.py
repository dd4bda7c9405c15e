"""The store of every scan: SQLite by default, PostgreSQL by its URL.

A unit's result is saved whole or not at all, so a scan that stops can be resumed from the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, delete, select

from database.engine import StoreError, connect, migrate
from database.postgres import ALONE
from database.sessions import reading, repeatable, writing
from database.texts import storable, storable_json
from results import rows
from results.board.rows import board_row
from results.models import ScanRow, UnitRow
from results.newest import resumable_scans
from results.recent import Recent, stored_before
from results.record import LookedAt, ScanInfo, ScanStatus, Scope, UnitResult
from results.registries import kept_registry
from results.scan_store import StoredScans, scan_row
from results.unit_rows import read_unit, write_parts
from results.waiver_store import StoredWaivers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from checklist.evidence import Coverage, Document
    from checklist.profile import UnitProfile
    from checklist.schema import Checklist
    from checklist.verdict import ItemVerdict

__all__ = ["Store", "StoreError", "checklist_hash"]


def checklist_hash(checklist: Checklist) -> str:
    """The SHA-256 hex digest of a checklist's whole content, whatever files it came from."""
    return hashlib.sha256(checklist.model_dump_json().encode()).hexdigest()


class Store(StoredScans, StoredWaivers):
    """The results of all scans; open it with `Store.open`, close it with `close` or `with`."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine whose database is already at the newest revision."""
        self.url = engine.url.render_as_string(hide_password=False)
        self.engine = engine
        self._recent = Recent()
        self._crawl_settings: dict[int, Mapping[str, Any]] = {}

    @classmethod
    def open(cls, url: str, *, busy_timeout: float = 15.0) -> Store:
        """Open the database at `url` (`sqlite:///var/oit.db`) and bring its tables up to date.

        `busy_timeout` is how long to wait for another writer, in seconds. A missing SQLite file
        and its folder are created. Raises `StoreError` when the database is locked, cannot be
        written, is not a database, or was written by a newer version of the tool.
        """
        engine = connect(url, busy_timeout)
        migrate(engine)
        return cls(engine)

    def close(self) -> None:
        """Let go of the database's connections."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        """Give the store to a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    @repeatable
    def start_scan(
        self,
        checklist: Checklist,
        as_of: date,
        settings: Mapping[str, object] | None = None,
        tool_version: str = "",
        scope: Scope = Scope.WHOLE,
    ) -> int:
        """Begin a scan and return its number; `settings` must be plain JSON values.

        Their `units` are kept apart, see `results.registries`. `scope` says how much of the
        registry and checklist was asked for.
        """
        asked = storable_json(dict(settings or {}))
        units = asked.pop("units", None)
        row = ScanRow(
            year=checklist.year,
            checklist=checklist.key,
            checklist_hash=checklist_hash(checklist),
            as_of=as_of,
            started=datetime.now(UTC),
            finished=None,
            status=ScanStatus.RUNNING.value,
            settings=asked,
            tool_version=storable(tool_version)[:100],
            scope=scope.value,
            planned=None if units is None else len(units),
        )
        with self._write() as session:
            row.registry_id = None if units is None else kept_registry(session, units)
            session.add(row)
            session.flush()
            return row.id

    @repeatable
    def save_unit(
        self,
        scan_id: int,
        unit: UnitProfile,
        verdicts: Sequence[ItemVerdict],
        coverage: Coverage,
        documents: Sequence[Document | LookedAt],
        *,
        tally: Mapping[str, int] | None = None,
        grounds: Mapping[str, dict[str, Any]] | None = None,
    ) -> None:
        """Save a unit's result in place of an earlier one; `grounds` by item as plain JSON."""
        row = rows.unit_row(scan_id, unit, coverage, tally or {})
        with self._write(f"unit {scan_id} {row.unit_id}") as session:
            as_of = scan_row(session, scan_id).as_of
            old = delete(UnitRow).where(UnitRow.scan_id == scan_id, UnitRow.unit_id == row.unit_id)
            session.execute(old)
            session.add(row)
            session.flush()
            write_parts(session, row.id, verdicts, documents, grounds or {})
            session.add(board_row(row, verdicts))
            mark = (scan_id, row.id, row.checked_at)
        if before := stored_before(documents):
            found = (unit, tuple(verdicts), coverage, before, grounds or {})
            self._recent.put(mark, UnitResult(scan_id, as_of, mark[2], *found))

    @repeatable
    def finish_scan(self, scan_id: int, status: ScanStatus = ScanStatus.FINISHED) -> None:
        """Mark the scan as ended with `status`; raises `StoreError` for an unknown scan."""
        with self._write() as session:
            row = scan_row(session, scan_id)
            row.status, row.finished = ScanStatus(status).value, datetime.now(UTC)

    @repeatable
    def resume_scan(self, scan_id: int) -> None:
        """Mark an unfinished scan as running again; raises `StoreError` for an unknown scan."""
        with self._write() as session:
            row = scan_row(session, scan_id)
            row.status, row.finished = ScanStatus.RUNNING.value, None

    def unfinished_scan(self, checklist: str) -> ScanInfo | None:
        """The scan to resume: the first of `results.newest.resumable_scans`, if there is one.

        A scan that failed or was killed can be resumed like an interrupted one: what it holds
        is whole.
        """
        open_scans = resumable_scans(self, checklist)
        return self.scan(open_scans[0].id) if open_scans else None

    @repeatable
    def unit_result(self, scan_id: int, unit_id: str) -> UnitResult:
        """What the scan found for the unit; raises `StoreError` when it holds none."""
        with self._read() as session:
            scan = scan_row(session, scan_id)
            held = (UnitRow.scan_id == scan_id, UnitRow.unit_id == unit_id)
            row = session.scalar(select(UnitRow).where(*held))
            if row is None:
                raise StoreError(
                    f"การตรวจครั้งที่ {scan_id} ไม่มีผลของหน่วยงาน «{unit_id}» "
                    f"(scan {scan_id} holds no result of unit «{unit_id}»)"
                )
            mark = (scan_id, row.id, row.checked_at)
            return self._recent.get(mark, lambda: read_unit(session, scan, row))

    def unit_results(self, scan_id: int) -> Iterator[UnitResult]:
        """The results of every unit of the scan by unit id, read one unit at a time."""
        yield from (self.unit_result(scan_id, one) for one in sorted(self.done_units(scan_id)))

    @contextmanager
    def _read(self) -> Iterator[Session]:
        with reading(self.engine) as session:
            yield session

    @contextmanager
    def _write(self, beside: str = ALONE) -> Iterator[Session]:
        with writing(self.engine, beside=beside) as session:
            yield session

    reading, writing = _read, _write
