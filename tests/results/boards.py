"""Scans of random verdicts, for the tests of the board: every group, several kinds of units."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from checklist.profile import UnitProfile, UnitType
from checklist.verdict import Verdict
from results.gap import build_report
from tests.results.samples import (
    COVERAGE,
    document,
    excused,
    in_review,
    missing,
    outdated,
    passing,
    unreachable,
)

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from checklist.verdict import ItemVerdict
    from results.report import GapReport
    from results.store import Store

DAY = date(2023, 4, 5)
_SORTS = (
    passing,
    passing,
    missing,
    outdated,
    in_review,
    unreachable,
    lambda item: unreachable(item, "timeout"),
    lambda item: excused(item, Verdict.WAIVED),
    lambda item: excused(item, Verdict.NOT_APPLICABLE),
)
NAMES = ("จังหวัดภูสวน", "อบต.บางเตย", "เทศบาลตำบลดอนแก้ว", "กรมทดลอง", "=1+1 จังหวัดสูตร", "หน่วยมืด")
TYPES = (UnitType.PROVINCE, UnitType.LOCAL, UnitType.LOCAL, UnitType.CENTRAL, None, UnitType.OTHER)


def units() -> list[UnitProfile]:
    """Six units, one without a type; of the last nothing can be checked."""
    pairs = enumerate(zip(NAMES, TYPES, strict=True))
    return [UnitProfile(f"u{n}", name, kind) for n, (name, kind) in pairs]


def verdicts(checklist: Checklist, unit: UnitProfile, seed: int) -> list[ItemVerdict]:
    """Verdicts on the checklist's items, some left out."""
    if unit.name == NAMES[-1]:
        return [unreachable(item.id, "dns") for item in checklist.items]
    chance = random.Random(f"{unit.id} {seed}")
    return [chance.choice(_SORTS)(i.id) for i in checklist.items if chance.random() > 0.05]


def seeded(
    store: Store, checklist: Checklist, seed: int, most: int = 99, *, renamed: bool = False
) -> int:
    """A finished scan of so many of the units; its number."""
    scan_id = store.start_scan(checklist, DAY)
    for unit in units()[:most]:
        shown = replace(unit, name=f"{unit.name} (ใหม่)") if renamed else unit
        store.save_unit(scan_id, shown, verdicts(checklist, unit, seed), COVERAGE, [document()])
    store.finish_scan(scan_id)
    return scan_id


def reports_of(
    store: Store, checklist: Checklist, scan_id: int, day: date = DAY
) -> list[GapReport]:
    """The gap reports of a scan, each under the decisions about its unit."""
    return [
        build_report(
            checklist, result, waivers=store.waivers(checklist.key, result.unit.id), day=day
        )
        for result in store.unit_results(scan_id)
    ]
