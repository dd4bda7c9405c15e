"""Decisions as they stand in the newest scan that judged their item, for pages and programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from database.sessions import reading
from results.case_rows import newest_scan_with
from results.decisions import waiver_texts
from results.waivers import stand

if TYPE_CHECKING:
    from datetime import date

    from checklist.schema import Checklist
    from results.decisions import WaiverText
    from results.store import Store
    from results.waivers import Waiver


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """A decision about a unit in words, as it stands now."""

    unit: str
    name: str
    text: WaiverText


def told_decisions(
    store: Store, checklist: Checklist, made: Iterable[Waiver], day: date
) -> list[ToldDecision]:
    """The decisions, newest first; those about a unit without any result are left out."""
    by_item: dict[tuple[str, str], list[Waiver]] = defaultdict(list)
    for waiver in made:
        by_item[waiver.unit_id, waiver.item].append(waiver)
    told: list[ToldDecision] = []
    for (unit, item), waivers in by_item.items():
        with reading(store.engine) as session:
            scan = newest_scan_with(session, checklist.key, unit, item)
        if scan is not None:
            result = store.unit_result(scan, unit)
            texts = waiver_texts(checklist, stand(waivers, result, day))
            told += [ToldDecision(unit, result.unit.name, text) for text in texts]
    return sorted(told, key=lambda one: -one.text.id)
