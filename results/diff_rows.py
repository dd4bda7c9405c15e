"""Reads the units of two stored scans side by side, as they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING

from results.diff import Pair
from results.stand_rows import scan_stands
from results.stands import UnitStand, with_decisions

if TYPE_CHECKING:
    from results.record import ScanInfo
    from results.store import Store


def unit_pairs(
    store: Store, scans: tuple[ScanInfo, ScanInfo], day: date, wanted: Sequence[str] = ()
) -> Iterator[Pair]:
    """Every unit of either scan, or the `wanted` ones, under the decisions that hold on `day`."""

    def side_of(side: int) -> Iterator[tuple[str, int, UnitStand]]:
        for one in scan_stands(store, scans[side].id, wanted):
            yield one.unit_id, side, one

    waivers = store.waivers(scans[0].checklist)
    for unit_id, found in groupby(
        merge(side_of(0), side_of(1), key=lambda one: one[:2]), key=lambda one: one[0]
    ):
        of_unit = [waiver for waiver in waivers if waiver.unit_id == unit_id]
        pair: dict[int, UnitStand] = {
            side: with_decisions(one, of_unit, day) for _unit, side, one in found
        }
        yield Pair(pair.get(0), pair.get(1))
