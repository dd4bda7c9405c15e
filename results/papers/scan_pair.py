"""Which two scans a monthly report compares, told by when they ran in Thailand's time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from results.record import ScanInfo, ScanStatus, Scope
from results.speech import BANGKOK

_OIT = "oit-"
DUE_DAY = 10
"""The day of the month on which the report is due."""


@dataclass(frozen=True, slots=True)
class ScanPair:
    """The scan that is reported and the one a month before it, if there is one.

    `stale`: nothing was scanned since the last report was due. `unused` are the unfinished scans
    of these months that were passed over for finished ones.
    """

    now: ScanInfo
    before: ScanInfo | None
    stale: bool = False
    unused: tuple[ScanInfo, ...] = ()


def ran_at(scan: ScanInfo) -> datetime:
    """When the scan ended, or began where it never ended, in Thailand's time."""
    return (scan.finished or scan.started).astimezone(BANGKOK)


def due_day(month: date) -> date:
    """The day on which the report of a month is due."""
    return month.replace(day=DUE_DAY)


def next_due(today: date) -> date:
    """The nearest day a report is due, `today` included."""
    if today.day <= DUE_DAY:
        return due_day(today)
    return due_day(today.replace(day=1) + timedelta(days=32))


def due_before(due: date) -> date:
    """The day on which the report before was due."""
    return due_day(due.replace(day=1) - timedelta(days=1))


def choose_scans(scans: Sequence[ScanInfo], due: date, checklist: str = "") -> ScanPair | None:
    """The newest scan up to `due` and the newest up to the due day before; `None` without any.

    `checklist` is the key of the wanted one, "" for that of the newest scan of the OIT. A
    whole scan goes before one of some units or items, and a finished one before an unfinished one
    of the same month, whose units may be few.
    """
    held = [scan for scan in scans if scan.units and ran_at(scan).date() <= due]
    if not checklist and held:
        of_oit = [scan for scan in held if scan.checklist.startswith(_OIT)]
        checklist = max(of_oit or held, key=_age).checklist
    held = [scan for scan in held if scan.checklist == checklist]
    if not held:
        return None
    last = due_before(due)
    fresh = [scan for scan in held if ran_at(scan).date() > last]
    older = [scan for scan in held if ran_at(scan).date() <= last]
    if not fresh:
        return ScanPair(_best(older), None, stale=True, unused=_passed_over(older, _best(older)))
    now = _best(fresh)
    before = _best(older) if older else None
    unused = _passed_over(fresh, now) + (_passed_over(older, before) if before else ())
    return ScanPair(now, before, unused=unused)


def _age(scan: ScanInfo) -> tuple[datetime, int]:
    return ran_at(scan), scan.id


def _best(scans: Sequence[ScanInfo]) -> ScanInfo:
    return max(scans, key=lambda scan: (_rank(scan), *_age(scan)))


def _rank(scan: ScanInfo) -> tuple[bool, bool]:
    """A whole scan speaks before one of some units or items, a finished one before others."""
    return scan.scope is Scope.WHOLE, scan.status is ScanStatus.FINISHED


def _passed_over(scans: Sequence[ScanInfo], chosen: ScanInfo) -> tuple[ScanInfo, ...]:
    """The unfinished scans newer than the chosen one, newest first."""
    newer = (s for s in scans if s.status is not ScanStatus.FINISHED and _age(s) > _age(chosen))
    return tuple(sorted(newer, key=_age, reverse=True))
