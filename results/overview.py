"""The overview of a sweep, made from its units' gap reports: who stands where, and why. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import fmean

from results import wording
from results.gap import READ_IN_PART
from results.group import Group
from results.head_parts import AddressGroup, Deadline
from results.parts import Part
from results.report import GapReport, ItemFinding, Totals, totals
from results.speech import _, day_text

SCHEMA = "oit-overview/1"
_FAILED = (Group.MISSING, Group.OUTDATED)
_OPEN = (Group.REVIEW, Group.ERROR, Group.UNCHECKED)


class Cell(Part):
    """One unit's standing in one item."""

    item: str
    group: Group
    points: float
    summary: str


class UnitLine(Part):
    """A unit's row: `certain` to `possible` points of `weight`, `change` against the scan before.

    `rank` is `None` for a unit of which nothing could be checked; such units stand last.
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


class ItemLine(Part):
    """An item over all units: `lost` and `open` are points of 100 summed over the units."""

    item: str
    title: str
    owner: str
    sub_indicator: str
    totals: Totals
    lost: float
    open: float

    @property
    def number(self) -> int:
        """The item's number: 12 for O12."""
        return int(self.item[1:])


class OwnerLine(Part):
    """An office's share: findings that are its to mend, and points summed over the units."""

    owner: str
    units: int
    missing: int
    outdated: int
    review: int
    error: int
    lost: float
    open: float


class Overview(Part):
    """A sweep on one page; `units` best first, `items` in checklist order, `owners` worst first.

    `coverage_brief` is `coverage_line` with only the most frequent reasons.
    `score_title` heads the means; `notice` says what a share is, "" for the OIT's points.
    The means leave out the `unjudged` units, of which nothing could be checked; they are `None`
    when that is every unit.
    """

    schema_version: str = SCHEMA
    year: int
    checklist: str
    checklist_title: str
    subject: str
    short: str
    score_title: str
    notice: str
    as_of: date
    as_of_th: str
    coverage_line: str
    coverage_brief: str = ""
    deadline: Deadline
    weight: float
    mean_certain: float | None
    mean_possible: float | None
    unjudged: int
    totals: Totals
    units: tuple[UnitLine, ...]
    items: tuple[ItemLine, ...]
    owners: tuple[OwnerLine, ...]

    def worst_items(self) -> tuple[ItemLine, ...]:
        """The items that cost the units most, worst first; those that cost nothing left out."""
        costly = [item for item in self.items if item.lost or item.open]
        return tuple(sorted(costly, key=lambda item: (-item.lost, -item.open)))

    def troubled(self) -> tuple[UnitLine, ...]:
        """The units where something could not be checked, most such items first."""
        found = [unit for unit in self.units if unit.problems]
        return tuple(sorted(found, key=lambda unit: -unit.totals.error))


def build_overview(reports: Sequence[GapReport]) -> Overview:
    """The overview of `reports`; raises `ValueError` for none, or for more than one checklist."""
    if not reports:
        raise ValueError("an overview needs at least one report")
    keys = sorted({report.checklist for report in reports})
    if len(keys) > 1:
        raise ValueError(f"one overview cannot mix the checklists {', '.join(keys)}")
    first = reports[0]
    as_of = max(report.as_of for report in reports)
    latest = next(report for report in reports if report.as_of == as_of)
    judged = [report for report in reports if not report.totals.nothing_judged]
    everything = [finding for report in reports for finding in report.findings()]
    return Overview(
        year=first.year,
        checklist=first.checklist,
        subject=first.subject,
        short=first.short,
        score_title=first.score.mean_title,
        notice=first.score.notice,
        checklist_title=first.checklist_title,
        as_of=as_of,
        as_of_th=day_text(as_of),
        coverage_line=_coverage_line(reports),
        coverage_brief=_coverage_line(reports, wording.SHOWN_REASONS),
        deadline=latest.deadline,
        weight=first.score.weight,
        mean_certain=fmean(r.score.certain for r in judged) if judged else None,
        mean_possible=fmean(r.score.possible for r in judged) if judged else None,
        unjudged=len(reports) - len(judged),
        totals=totals(everything),
        units=_units(reports),
        items=_items(everything),
        owners=_owners(reports),
    )


def _coverage_line(reports: Sequence[GapReport], shown: int = 0) -> str:
    found = sum(report.coverage.found for report in reports)
    fetched = sum(report.coverage.fetched for report in reports)
    skipped: Counter[str] = Counter()
    unusable: Counter[str] = Counter()
    for report in reports:
        skipped.update({group.th: group.count for group in _unread(report)})
        unusable.update({group.th: group.count for group in report.coverage.unusable})
    line = _(
        "ตรวจ {units:,} หน่วยงาน พบ {found:,} หน้า อ่านแล้ว {fetched:,} หน้า",
        units=len(reports),
        found=found,
        fetched=fetched,
    )
    line += " " + wording.counted(_("ข้าม"), skipped, shown)
    if unusable:
        line += " " + wording.counted(_("เปิดไม่ได้หรือใช้ไม่ได้"), unusable, shown)
    return line


def _unread(report: GapReport) -> list[AddressGroup]:
    return [group for group in report.coverage.skipped if group.reason not in READ_IN_PART]


def _units(reports: Sequence[GapReport]) -> tuple[UnitLine, ...]:
    best_first = sorted(
        reports,
        key=lambda r: (
            r.totals.nothing_judged,
            -r.score.certain,
            -r.score.possible,
            r.unit.name,
            r.unit.id,
        ),
    )
    lines: list[UnitLine] = []
    for place, report in enumerate(best_first, start=1):
        score = report.score
        tie = bool(lines) and lines[-1].certain == score.certain
        lines.append(
            UnitLine(
                rank=None if report.totals.nothing_judged else lines[-1].rank if tie else place,
                id=report.unit.id,
                name=report.unit.name,
                certain=score.certain,
                possible=score.possible,
                change=None if score.previous is None else score.certain - score.previous,
                totals=report.totals,
                cells=tuple(_cell(finding) for finding in report.findings()),
                found=report.coverage.found,
                fetched=report.coverage.fetched,
                skipped=sum(group.count for group in _unread(report)),
                problems=_problems(report),
            )
        )
    return tuple(lines)


def _cell(finding: ItemFinding) -> Cell:
    return Cell(
        item=finding.item, group=finding.group, points=finding.points, summary=finding.summary
    )


def _problems(report: GapReport) -> tuple[str, ...]:
    causes = Counter(
        finding.reasons[0].th if finding.reasons else finding.verdict_th
        for finding in report.errors
    )
    return tuple(
        _("{cause} ({count} ข้อ)", cause=cause, count=count) for cause, count in causes.most_common()
    )


def _items(everything: Iterable[ItemFinding]) -> tuple[ItemLine, ...]:
    by_item: dict[str, list[ItemFinding]] = defaultdict(list)
    for finding in everything:
        by_item[finding.item].append(finding)
    return tuple(
        ItemLine(
            item=found[0].item,
            title=found[0].title,
            owner=found[0].owner,
            sub_indicator=found[0].sub_indicator,
            totals=totals(found),
            lost=_points(found, _FAILED),
            open=_points(found, _OPEN),
        )
        for found in sorted(by_item.values(), key=lambda found: found[0].number)
    )


def _owners(reports: Sequence[GapReport]) -> tuple[OwnerLine, ...]:
    by_owner: dict[str, list[ItemFinding]] = defaultdict(list)
    units: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for finding in report.findings():
            if finding.group in (*_FAILED, *_OPEN):
                by_owner[finding.owner].append(finding)
                units[finding.owner].add(report.unit.id)
    lines = []
    for owner, found in by_owner.items():
        counts = totals(found)
        lines.append(
            OwnerLine(
                owner=owner,
                units=len(units[owner]),
                missing=counts.missing,
                outdated=counts.outdated,
                review=counts.review,
                error=counts.error,
                lost=_points(found, _FAILED),
                open=_points(found, _OPEN),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.lost, -line.open, line.owner)))


def _points(findings: Iterable[ItemFinding], groups: Sequence[Group]) -> float:
    return sum(finding.points for finding in findings if finding.group in groups)
