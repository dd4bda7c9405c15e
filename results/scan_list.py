"""The scans that are kept: where each stands and how its verdicts add up.

The JSON form of the model is a contract with other programs: keys are added, never renamed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from checklist.verdict import Verdict
from database.sessions import reading
from results.models import ItemRow, UnitRow
from results.parts import Part
from results.record import ScanInfo, ScanStatus
from results.speech import _, day_text, moment_text

if TYPE_CHECKING:
    from results.store import Store

SCHEMA = "oit-scan/1"
STATUSES = {
    ScanStatus.RUNNING: "กำลังตรวจหรือหยุดกลางคัน",
    ScanStatus.FINISHED: "ตรวจครบแล้ว",
    ScanStatus.INTERRUPTED: "ถูกหยุด",
    ScanStatus.FAILED: "ขัดข้อง",
    ScanStatus.FORGOTTEN: "กำลังลบ",
}


class ScanLine(Part):
    """One kept scan; `verdicts` counts the verdicts of all its units.

    `planned` is how many units it was begun for (`None`: not written down), `units` how many are
    done, `resumable` that `oit sweep --resume` would go on with it.
    """

    schema_version: str = SCHEMA
    scan: int
    checklist: str
    year: int
    as_of: date
    as_of_th: str
    started: datetime
    started_th: str
    finished: datetime | None
    finished_th: str
    status: ScanStatus
    status_th: str
    units: int
    planned: int | None
    verdicts: dict[Verdict, int]
    resumable: bool
    tool_version: str


def scan_lines(store: Store, infos: Sequence[ScanInfo]) -> tuple[ScanLine, ...]:
    """The scans of `infos` in their order, with their counts."""
    counts = verdict_counts(store, [info.id for info in infos])
    open_scans = {
        found.id
        for key in {info.checklist for info in infos}
        if (found := store.unfinished_scan(key)) is not None
    }
    return tuple(_line(one, counts.get(one.id, {}), one.id in open_scans) for one in infos)


def verdict_counts(store: Store, scan_ids: Collection[int]) -> dict[int, dict[Verdict, int]]:
    """How many verdicts of each sort the scans hold; answered from an index alone."""
    query = (
        select(UnitRow.scan_id, ItemRow.verdict, func.count())
        .join(ItemRow, ItemRow.scan_unit_id == UnitRow.id)
        .where(UnitRow.scan_id.in_(scan_ids))
        .group_by(UnitRow.scan_id, ItemRow.verdict)
    )
    found: dict[int, dict[Verdict, int]] = defaultdict(dict)
    with reading(store.engine) as session:
        for scan_id, verdict, count in session.execute(query):
            found[scan_id][Verdict(verdict)] = count
    return found


def _line(info: ScanInfo, counts: dict[Verdict, int], resumable: bool) -> ScanLine:
    return ScanLine(
        scan=info.id,
        checklist=info.checklist,
        year=info.year,
        as_of=info.as_of,
        as_of_th=day_text(info.as_of),
        started=info.started,
        started_th=moment_text(info.started),
        finished=info.finished,
        finished_th=moment_text(info.finished) if info.finished else "",
        status=info.status,
        status_th=_(STATUSES[info.status]),
        units=info.units,
        planned=info.planned,
        verdicts={one: counts.get(one, 0) for one in Verdict},
        resumable=resumable and info.planned is not None,
        tool_version=info.tool_version,
    )
