"""The captures that the database knows of, found again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from database.engine import clear_errors
from database.sessions import repeatable
from evidence import table

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from evidence.capture import Kept


class Captures:
    """Captures in the tables of one database; every question raises `StoreError` if it must."""

    def __init__(self, engine: Engine) -> None:
        """Ask a database that is at the newest revision."""
        self.engine = engine

    @repeatable
    def of_unit(self, scan_id: int, unit_id: str, item: str = "") -> list[Kept]:
        """A unit's captures of a scan, those of `item` alone when it is named."""
        with self.reading() as session:
            found = table.of_unit(session, scan_id, unit_id)
        return [one for one in found if not item or item in one.capture.items]

    def windows_of(self, scan_ids: Collection[int], unit_id: str, item: str) -> dict[int, bool]:
        """Those of the scans that hold copies for the unit's item: whether of an entry window."""
        found: dict[int, bool] = {}
        with self.reading() as session:
            for one in table.of_unit_in(session, scan_ids, unit_id):
                if not item or item in one.capture.items:
                    inside = found.get(one.scan_id, False)
                    found[one.scan_id] = inside or one.capture.entry_window
        return found

    def meanwhile(self, unit_id: str, moments: Sequence[Kept]) -> list[Kept]:
        """All that was kept of the unit in the scans from the first of `moments` to the last."""
        scans = [one.scan_id for one in moments]
        with self.reading() as session:
            ended = table.ended_scans(session, min(scans, default=0), max(scans, default=0))
            return list(table.of_unit_in(session, ended.union(scans), unit_id))

    def of_address(self, scan_ids: Collection[int], unit_id: str, url: str) -> list[Kept]:
        """A unit's captures of one address in these scans, oldest first."""
        with self.reading() as session:
            return list(table.of_address_in(session, scan_ids, unit_id, url))

    def moments_of(self, captures: Sequence[Kept]) -> list[Kept]:
        """These and all other captures of their units with the same address and bytes."""
        wanted = {(one.unit_id, one.capture.copy_key) for one in captures}
        with self.reading() as session:
            found = table.with_payloads(session, {one.capture.payload_sha256 for one in captures})
            return [one for one in found if (one.unit_id, one.capture.copy_key) in wanted]

    def protected(self) -> frozenset[int]:
        """The scans with captures made inside an entry window, which `forget` never touches."""
        with self.reading() as session:
            return table.protected_scans(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with clear_errors(self.engine), Session(self.engine) as session, session.begin():
            yield session
