"""OIT items that a sweep found open, by the office that must act. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.report import totals

if TYPE_CHECKING:
    from results.report import GapReport, ItemFinding, Totals


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item that fails or is in review somewhere: which office acts, what to do, for which units.

    `finding` says what was found when there is but one unit, and is empty for several.
    """

    owner: str
    item: str
    title: str
    finding: str
    remedy: str
    failing: tuple[str, ...]
    review: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SweepFacts:
    """What a sweep found over its units: when, how much, and what is open.

    `totals` count items of all units; `items` begin with the owner that costs most points.
    """

    scan_id: int
    year: int
    checked: str
    units: tuple[str, ...]
    totals: Totals
    items: tuple[OpenItem, ...]


def sweep_facts(reports: Sequence[GapReport]) -> SweepFacts:
    """The facts of one scan's reports; raises `ValueError` when there is none."""
    if not reports:
        raise ValueError("no report of the sweep")
    newest = max(reports, key=lambda report: report.checked_at)
    return SweepFacts(
        scan_id=newest.scan_id,
        year=newest.year,
        checked=newest.checked_at_th,
        units=tuple(report.unit.name for report in reports),
        totals=totals(finding for report in reports for finding in report.findings()),
        items=_open_items(reports),
    )


def _open_items(reports: Sequence[GapReport]) -> tuple[OpenItem, ...]:
    found: dict[tuple[str, str], list[tuple[str, bool, ItemFinding]]] = {}
    lost: dict[str, float] = {}
    for report in reports:
        for fails, findings in ((True, report.fails), (False, report.reviews)):
            for finding in findings:
                place = found.setdefault((finding.owner, finding.item), [])
                place.append((report.unit.name, fails, finding))
                lost[finding.owner] = lost.get(finding.owner, 0.0) + finding.points
    ordered = sorted(found.items(), key=lambda pair: (-lost[pair[0][0]], pair[0][0], _number(pair)))
    return tuple(_item(owner, told, len(reports) == 1) for (owner, _), told in ordered)


def _number(pair: tuple[tuple[str, str], list[tuple[str, bool, ItemFinding]]]) -> int:
    return pair[1][0][2].number


def _item(owner: str, told: list[tuple[str, bool, ItemFinding]], one_unit: bool) -> OpenItem:
    first = told[0][2]
    return OpenItem(
        owner=owner,
        item=first.item,
        title=first.title,
        finding=(first.summary or first.question) if one_unit else "",
        remedy=first.remedy,
        failing=tuple(name for name, fails, _ in told if fails),
        review=tuple(name for name, fails, _ in told if not fails),
    )
