"""The overview of a sweep, made from its units' gap reports: who stands where, and why. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from statistics import fmean
from typing import TYPE_CHECKING

from results import wording
from results.distribution import Distribution, distribution
from results.head_parts import Deadline
from results.overview_lines import (
    Cell,
    ItemLine,
    OwnerLine,
    UnitLine,
    item_lines,
    owner_lines,
    unit_lines,
    unread,
)
from results.parts import Part
from results.report import Totals, totals
from results.speech import _, day_text
from results.statistics import Figure, ScanStatistics, figures
from results.sweep_decisions import SweepDecisions, sweep_decisions
from results.trend import TrendPoint

if TYPE_CHECKING:
    from results.report import GapReport

__all__ = ["Cell", "ItemLine", "Movement", "Overview", "OwnerLine", "UnitLine", "build_overview"]

SCHEMA = "oit-overview/1"


class Movement(Part):
    """How the units moved, each against its own scan before; `unknown`: nothing to compare with.

    `mean` is the mean change in points of 40 over the units that could be compared.
    """

    better: int
    worse: int
    same: int
    unknown: int
    mean: float | None


class Overview(Part):
    """A sweep on one page; `units` best first, `items` in checklist order, `owners` worst first.

    `coverage_brief` is `coverage_line` with only the most frequent reasons.
    `score_title` heads the means; `notice` says what a share is, "" for the OIT's points.
    The means, `mean_lost` among them, leave out the `unjudged` units, of which nothing could be
    checked; they are `None` when that is every unit. `trend` is oldest first and ends with this
    sweep; it is empty when nobody looked at earlier scans. `only`: the items that the reports were
    narrowed to, none when they are whole; the scores are always of the whole. `cost` is of the
    whole scan too, `None` where nobody asked for it.
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
    mean_lost: float | None
    movement: Movement
    distribution: Distribution
    decisions: SweepDecisions
    trend: tuple[TrendPoint, ...] = ()
    only: tuple[str, ...] = ()
    cost: ScanStatistics | None = None

    @property
    def gaps(self) -> int:
        """Items that fail, over all units."""
        return self.totals.missing + self.totals.outdated

    @property
    def earlier(self) -> TrendPoint | None:
        """The newest earlier scan that this one can be compared with."""
        usable = [p for p in self.trend if not p.current and p.finished and p.gain is not None]
        return usable[-1] if usable else None

    def cost_figures(self) -> tuple[Figure, ...]:
        """What the scan cost, as lines; none when that is not known."""
        return figures(self.cost, verdicts=False) if self.cost is not None else ()

    def worst_items(self) -> tuple[ItemLine, ...]:
        """The items that cost the units most, worst first; those that cost nothing left out."""
        costly = [item for item in self.items if item.lost or item.open]
        return tuple(sorted(costly, key=lambda item: (-item.lost, -item.open)))

    def late_owners(self) -> tuple[OwnerLine, ...]:
        """The offices that have items to mend, most items first."""
        late = [owner for owner in self.owners if owner.gaps]
        return tuple(sorted(late, key=lambda owner: (-owner.gaps, -owner.lost, owner.owner)))

    def late_units(self) -> tuple[UnitLine, ...]:
        """The judged units that lose points, most points first."""
        late = [unit for unit in self.units if unit.rank is not None and unit.lost > 0]
        return tuple(sorted(late, key=lambda unit: -round(unit.lost, 2)))

    def troubled(self) -> tuple[UnitLine, ...]:
        """The units where something could not be checked, most such items first."""
        found = [unit for unit in self.units if unit.problems]
        return tuple(sorted(found, key=lambda unit: -unit.totals.error))


def build_overview(
    reports: Sequence[GapReport],
    trend: Sequence[TrendPoint] = (),
    cost: ScanStatistics | None = None,
) -> Overview:
    """The overview of `reports`, with the scans before as `results.trend.trend_of` tells them.

    `cost` are the statistics of the scan that the reports are of. Raises `ValueError` for no
    report, or for more than one checklist.
    """
    if not reports:
        raise ValueError("an overview needs at least one report")
    keys = sorted({report.checklist for report in reports})
    if len(keys) > 1:
        raise ValueError(f"one overview cannot mix the checklists {', '.join(keys)}")
    first = reports[0]
    as_of = max(report.as_of for report in reports)
    latest = next(report for report in reports if report.as_of == as_of)
    judged = [report for report in reports if not report.nothing_judged]
    everything = [finding for report in reports for finding in report.findings()]
    units = unit_lines(reports)
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
        units=units,
        items=item_lines(everything),
        owners=owner_lines(reports),
        mean_lost=fmean(r.score.lost for r in judged) if judged else None,
        movement=_movement(units),
        distribution=distribution(reports),
        decisions=sweep_decisions(reports),
        trend=tuple(trend),
        only=first.only,
        cost=cost,
    )


def _movement(units: Sequence[UnitLine]) -> Movement:
    moved = [round(unit.change, 2) for unit in units if unit.change is not None]
    return Movement(
        better=sum(change > 0 for change in moved),
        worse=sum(change < 0 for change in moved),
        same=sum(not change for change in moved),
        unknown=len(units) - len(moved),
        mean=fmean(unit.change for unit in units if unit.change is not None) if moved else None,
    )


def _coverage_line(reports: Sequence[GapReport], shown: int = 0) -> str:
    found = sum(report.coverage.found for report in reports)
    fetched = sum(report.coverage.fetched for report in reports)
    skipped: Counter[str] = Counter()
    unusable: Counter[str] = Counter()
    for report in reports:
        skipped.update({group.th: group.count for group in unread(report)})
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
