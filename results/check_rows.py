"""Reads from stored scans how often the given addresses of units were opened, and what came.

`checks_of` is the one place that knows where checks are written down.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import Select, select

from checklist.evidence import Origin
from database.sessions import reading
from database.texts import storable
from results.availability import (
    OURS,
    REFUSED,
    SILENT,
    Check,
    Period,
    UnitAvailability,
    availability,
)
from results.models import DocumentRow, ScanRow, UnitRow
from results.outages import UnitReach, network_down
from results.record import ScanStatus, Scope

if TYPE_CHECKING:
    from results.store import Store

_NETWORK_DOWN = "network_down"
_OF_UNIT: tuple[Any, ...] = (
    UnitRow.id, UnitRow.unit_id, UnitRow.scan_id, UnitRow.name, UnitRow.checked_at,
    UnitRow.skipped, UnitRow.bytes, UnitRow.fetched,
)  # fmt: skip
_ORIGINS = (Origin.GIVEN.value, Origin.MAIN_SITE.value)


class CheckBook:
    """The checks of a checklist's scans (its key) in a period; made once for many units.

    With `last_scan`, no later scan counts.
    """

    def __init__(
        self, store: Store, checklist: str, period: Period, last_scan: int | None = None
    ) -> None:
        """Nothing is read before it is asked for."""
        self._last_scan = last_scan
        self._store = store
        self._checklist = checklist
        self._period = period
        self._down = cache(self._network_down)

    def unit_ids(self) -> list[str]:
        """Every unit that a scan of the period holds, by id."""
        query = self._units(select(UnitRow.unit_id)).distinct().order_by(UnitRow.unit_id)
        with reading(self._store.engine) as session:
            return list(session.scalars(query))

    def of(self, unit_id: str) -> UnitAvailability:
        """How the unit's addresses answered; without checks where no scan holds it."""
        checks, name = self.checks_of(unit_id)
        return availability(unit_id, name, self._period, checks)

    def checks_of(self, unit_id: str) -> tuple[list[Check], str]:
        """Every opening of the unit's given addresses and main site, and the unit's newest name."""
        query = self._units(select(*_OF_UNIT)).where(UnitRow.unit_id == storable(unit_id))
        with reading(self._store.engine) as session:
            held = {row.id: row for row in session.execute(query.order_by(UnitRow.id))}
            documents = session.execute(_documents(list(held))).all()
        skipped = {row.id: {one["url"] for one in row.skipped} for row in held.values()}
        given = {one.url for one in documents if one.origin in _ORIGINS}
        silent = _silent_hosts(documents, skipped)
        found = {}
        for one in documents:
            if one.url not in given:
                continue
            unit = held[one.scan_unit_id]
            unasked = one.url in skipped[unit.id] and (unit.id, _host(one.url)) not in silent
            problem = self._problem(one.problem, unit, unasked)
            moment = one.fetched_at or unit.checked_at
            found[unit.id, one.url] = Check(one.url, moment, one.status, problem)
        name = list(held.values())[-1].name if held else ""
        return list(found.values()), name

    def _problem(self, code: str | None, unit: Any, unasked: bool) -> str | None:
        """The problem of a document of `unit`, told apart from what was not asked at all."""
        if code not in SILENT | REFUSED:
            return code
        if unasked:
            # The host had faltered or asked for rest before: this address was not asked.
            return "not_checked"
        unheard = code in SILENT and not _heard(unit)
        return _NETWORK_DOWN if unheard and unit.unit_id in self._down(unit.scan_id) else code

    def _units(self, query: Select[Any]) -> Select[Any]:
        begin, end = self._period.bounds
        if self._last_scan is not None:
            query = query.where(UnitRow.scan_id <= self._last_scan)
        return (
            query.join(ScanRow, ScanRow.id == UnitRow.scan_id)
            .where(ScanRow.checklist == self._checklist)
            .where(ScanRow.status != ScanStatus.FORGOTTEN.value)
            # Who asks for one unit picks the moment: that is no sample of when it answers.
            .where(ScanRow.scope == Scope.WHOLE.value)
            .where(UnitRow.checked_at >= begin, UnitRow.checked_at < end)
        )

    def _network_down(self, scan_id: int) -> frozenset[str]:
        columns = (
            UnitRow.unit_id, UnitRow.main_site, UnitRow.checked_at, UnitRow.bytes, UnitRow.fetched,
        )  # fmt: skip
        with reading(self._store.engine) as session:
            found = session.execute(select(*columns).where(UnitRow.scan_id == scan_id)).all()
        return network_down(
            UnitReach(row.unit_id, _host(row.main_site), row.checked_at, _heard(row))
            for row in found
        )


def _heard(unit: Any) -> bool:
    """True when anything came from the unit's sites; an unchanged page sends no bytes."""
    return bool(unit.bytes or unit.fetched)


def _silent_hosts(
    documents: Iterable[Any], skipped: Mapping[int, Collection[str]]
) -> set[tuple[int, str]]:
    """The hosts, each with its unit's row, that left everything that they were asked unanswered.

    Such a host shows none of its addresses: those that it was not asked for after its first
    silences did not answer either. Else a night without the host would count a handful of
    checks, and a night with it one for each address.
    """
    silent: set[tuple[int, str]] = set()
    answered: set[tuple[int, str]] = set()
    for one in documents:
        if one.url not in skipped[one.scan_unit_id] and one.problem not in OURS:
            of = silent if one.problem in SILENT else answered
            of.add((one.scan_unit_id, _host(one.url)))
    return silent - answered


def _documents(unit_rows: list[int]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        DocumentRow.scan_unit_id, DocumentRow.url, DocumentRow.status, DocumentRow.problem,
        DocumentRow.fetched_at, DocumentRow.origin,
    )  # fmt: skip
    return select(*columns).where(DocumentRow.scan_unit_id.in_(unit_rows))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
