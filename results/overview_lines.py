"""The lines of a sweep's overview: a row for each unit, item and office that must act. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from results.first_steps import first_step
from results.gap import READ_IN_PART
from results.group import Group
from results.parts import Part
from results.report import ItemFinding, Totals, totals
from results.speech import _

if TYPE_CHECKING:
    from results.head_parts import AddressGroup
    from results.report import GapReport

FAILED = (Group.MISSING, Group.OUTDATED)
OPEN = (Group.REVIEW, Group.ERROR, Group.UNCHECKED)
_STEP_CHARS = 300
_NAMED_UNITS = 3


class Cell(Part):
    """One unit's standing in one item.

    A gap (failed or still open) also names who must act (`owner`), what to do (`step`) and the
    first address that was looked at (`url`, "" for none); elsewhere these are empty.
    """

    item: str
    group: Group
    points: float
    summary: str
    owner: str = ""
    step: str = ""
    url: str = ""

    @property
    def is_gap(self) -> bool:
        """True when somebody still has something to do about it."""
        return self.group in (*FAILED, *OPEN)


class UnitLine(Part):
    """A unit's row: `certain` to `possible` points of 40, `change` against the scan before.

    `rank` is `None` for a unit of which nothing could be checked; such units stand last.
    `percent` is `certain` of 100, `band` the band that this alone would reach.
    """

    rank: int | None
    id: str
    name: str
    certain: float
    possible: float
    change: float | None
    totals: Totals
    cells: tuple[Cell, ...]
    found: int
    fetched: int
    skipped: int
    problems: tuple[str, ...]
    percent: float = 0.0
    band: str = ""
    lost: float = 0.0


class ItemLine(Part):
    """An item over all units: `lost` and `open` are points of 100 summed over the units.

    `owners` are the offices that act on it in one unit or another, the most frequent (`owner`)
    first.
    """

    item: str
    title: str
    owner: str
    sub_indicator: str
    totals: Totals
    lost: float
    open: float
    owners: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The item's number: 12 for O12."""
        return int(self.item[1:])

    @property
    def gaps(self) -> int:
        """In so many units it fails."""
        return self.totals.missing + self.totals.outdated


class OwnerUnit(Part):
    """A unit in which an office is behind: so many items fail there."""

    id: str
    name: str
    gaps: int


class OwnerLine(Part):
    """An office's share: findings that are its to mend, and points summed over the units.

    `gaps` are the items that fail, `passed` of `counted` items stand (those that people vouch for
    among them); `behind` names the units with most gaps.
    """

    owner: str
    units: int
    missing: int
    outdated: int
    review: int
    error: int
    lost: float
    open: float
    gaps: int = 0
    passed: int = 0
    counted: int = 0
    behind: tuple[OwnerUnit, ...] = ()


def unread(report: GapReport) -> list[AddressGroup]:
    """The addresses that were found and not read at all."""
    return [group for group in report.coverage.skipped if group.reason not in READ_IN_PART]


def unit_lines(reports: Sequence[GapReport]) -> tuple[UnitLine, ...]:
    """The units, best first; scores that read alike (two decimals) share a rank."""
    best_first = sorted(
        reports,
        key=lambda r: (
            r.nothing_judged,
            -round(r.score.certain, 2),
            -round(r.score.possible, 2),
            r.unit.name,
            r.unit.id,
        ),
    )
    lines: list[UnitLine] = []
    for place, report in enumerate(best_first, start=1):
        tie = bool(lines) and round(lines[-1].certain, 2) == round(report.score.certain, 2)
        rank = lines[-1].rank if tie else place
        lines.append(_unit_line(report, None if report.nothing_judged else rank))
    return tuple(lines)


def _unit_line(report: GapReport, rank: int | None) -> UnitLine:
    score = report.score
    return UnitLine(
        rank=rank,
        id=report.unit.id,
        name=report.unit.name,
        certain=score.certain,
        possible=score.possible,
        change=None if score.previous is None else score.certain - score.previous,
        totals=report.totals,
        cells=tuple(_cell(finding) for finding in report.findings()),
        found=report.coverage.found,
        fetched=report.coverage.fetched,
        skipped=sum(group.count for group in unread(report)),
        problems=_problems(report),
        percent=score.percent,
        band=score.band,
        lost=score.lost,
    )


def _cell(finding: ItemFinding) -> Cell:
    cell = Cell(
        item=finding.item, group=finding.group, points=finding.points, summary=finding.summary
    )
    if not cell.is_gap:
        return cell
    return cell.model_copy(
        update={
            "owner": finding.owner,
            "step": first_step(finding, _STEP_CHARS),
            "url": finding.urls[0] if finding.urls else "",
        }
    )


def _problems(report: GapReport) -> tuple[str, ...]:
    causes = Counter(
        finding.reasons[0].th if finding.reasons else finding.verdict_th
        for finding in report.errors
    )
    return tuple(
        _("{cause} ({count} ข้อ)", cause=cause, count=count) for cause, count in causes.most_common()
    )


def item_lines(findings: Iterable[ItemFinding]) -> tuple[ItemLine, ...]:
    """The items in checklist order, over the findings of all units."""
    by_item: dict[str, list[ItemFinding]] = defaultdict(list)
    for finding in findings:
        by_item[finding.item].append(finding)
    return tuple(
        _item_line(found) for found in sorted(by_item.values(), key=lambda found: found[0].number)
    )


def _item_line(found: Sequence[ItemFinding]) -> ItemLine:
    owners = Counter(finding.owner for finding in found)
    most_first = tuple(owner for owner, _count in owners.most_common())
    return ItemLine(
        item=found[0].item,
        title=found[0].title,
        owner=most_first[0],
        sub_indicator=found[0].sub_indicator,
        totals=totals(found),
        lost=_points(found, FAILED),
        open=_points(found, OPEN),
        owners=most_first,
    )


def owner_lines(reports: Sequence[GapReport]) -> tuple[OwnerLine, ...]:
    """The offices with anything left to do, those that cost most first."""
    by_owner: dict[str, list[ItemFinding]] = defaultdict(list)
    units: dict[str, dict[str, OwnerUnit]] = defaultdict(dict)
    for report in reports:
        for finding in report.findings():
            by_owner[finding.owner].append(finding)
            if finding.group in (*FAILED, *OPEN):
                there = units[finding.owner]
                gaps = there[report.unit.id].gaps if report.unit.id in there else 0
                there[report.unit.id] = OwnerUnit(
                    id=report.unit.id,
                    name=report.unit.name,
                    gaps=gaps + (finding.group in FAILED),
                )
    lines = [_owner_line(owner, by_owner[owner], there) for owner, there in units.items()]
    return tuple(sorted(lines, key=lambda line: (-line.lost, -line.open, line.owner)))


def _owner_line(
    owner: str, findings: Sequence[ItemFinding], units: dict[str, OwnerUnit]
) -> OwnerLine:
    counts = totals(findings)
    most_first = sorted(units.values(), key=lambda unit: (-unit.gaps, unit.name, unit.id))
    return OwnerLine(
        owner=owner,
        units=len(units),
        missing=counts.missing,
        outdated=counts.outdated,
        review=counts.review,
        error=counts.error,
        lost=_points(findings, FAILED),
        open=_points(findings, OPEN),
        gaps=counts.missing + counts.outdated,
        passed=counts.passed + counts.vouched,
        counted=counts.items - counts.not_applicable - counts.waived,
        behind=tuple(unit for unit in most_first if unit.gaps)[:_NAMED_UNITS],
    )


def _points(findings: Iterable[ItemFinding], groups: Sequence[Group]) -> float:
    return sum(finding.points for finding in findings if finding.group in groups)
