"""Sums over the findings of a sweep, unit by unit: an item's line and an office's. Pure.

Nothing is kept of a unit but its counts, so that a country takes no more room than a district.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from results.overview_lines import FAILED, OPEN, ItemLine, OwnerLine, OwnerUnit
from results.report import Totals, added, totals

if TYPE_CHECKING:
    from results.group import Group
    from results.head_parts import UnitText
    from results.report import ItemFinding

_NAMED_UNITS = 3


@dataclass
class _Sum:
    """Counts and points of some findings."""

    totals: Totals = field(default_factory=Totals)
    lost: float = 0.0
    open: float = 0.0

    def add(self, findings: Sequence[ItemFinding]) -> None:
        self.totals = added(self.totals, totals(findings))
        self.lost += _points(findings, FAILED)
        self.open += _points(findings, OPEN)


@dataclass
class _Item(_Sum):
    first: ItemFinding | None = None
    owners: Counter[str] = field(default_factory=Counter)


@dataclass
class _Owner(_Sum):
    units: int = 0
    behind: list[OwnerUnit] = field(default_factory=list)


class Sums:
    """The lines of items and of offices, over the units that were added."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self.totals = Totals()
        self._items: defaultdict[str, _Item] = defaultdict(_Item)
        self._owners: defaultdict[str, _Owner] = defaultdict(_Owner)

    def add(self, unit: UnitText, findings: Sequence[ItemFinding]) -> None:
        """Count the findings of one unit."""
        self.totals = added(self.totals, totals(findings))
        by_owner: dict[str, list[ItemFinding]] = defaultdict(list)
        for finding in findings:
            item = self._items[finding.item]
            item.first = item.first or finding
            item.owners[finding.owner] += 1
            item.add((finding,))
            by_owner[finding.owner].append(finding)
        for owner, found in by_owner.items():
            self._add_owner(self._owners[owner], unit, found)

    def _add_owner(self, owner: _Owner, unit: UnitText, found: Sequence[ItemFinding]) -> None:
        owner.add(found)
        if not any(finding.group in (*FAILED, *OPEN) for finding in found):
            return
        owner.units += 1
        gaps = sum(finding.group in FAILED for finding in found)
        if gaps:
            most = [*owner.behind, OwnerUnit(id=unit.id, name=unit.name, gaps=gaps)]
            most.sort(key=lambda one: (-one.gaps, one.name, one.id))
            owner.behind = most[:_NAMED_UNITS]

    def item_lines(self) -> tuple[ItemLine, ...]:
        """The items in checklist order."""
        lines = (_item_line(one.first, one) for one in self._items.values() if one.first)
        return tuple(sorted(lines, key=lambda line: line.number))

    def owner_lines(self) -> tuple[OwnerLine, ...]:
        """The offices with anything left to do, those that cost most first."""
        lines = (_owner_line(owner, one) for owner, one in self._owners.items() if one.units)
        return tuple(sorted(lines, key=lambda line: (-line.lost, -line.open, line.owner)))


def _item_line(first: ItemFinding, item: _Item) -> ItemLine:
    most_first = tuple(owner for owner, _count in item.owners.most_common())
    return ItemLine(
        item=first.item,
        title=first.title,
        owner=most_first[0],
        sub_indicator=first.sub_indicator,
        totals=item.totals,
        lost=item.lost,
        open=item.open,
        owners=most_first,
    )


def _owner_line(name: str, owner: _Owner) -> OwnerLine:
    counts = owner.totals
    return OwnerLine(
        owner=name,
        units=owner.units,
        missing=counts.missing,
        outdated=counts.outdated,
        review=counts.review,
        error=counts.error,
        lost=owner.lost,
        open=owner.open,
        gaps=counts.missing + counts.outdated,
        passed=counts.passed + counts.vouched,
        counted=counts.items - counts.not_applicable - counts.waived,
        behind=tuple(owner.behind),
    )


def _points(findings: Iterable[ItemFinding], groups: Sequence[Group]) -> float:
    return sum(finding.points for finding in findings if finding.group in groups)
