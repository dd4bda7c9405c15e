"""An overview under way: it takes in one report after the other and keeps none of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING

from results import wording
from results.distribution import spread_of
from results.overview import Movement, Overview
from results.overview_lines import UnitLine, ranked, unit_line, unread
from results.overview_sums import Sums
from results.speech import _, day_text
from results.sweep_decisions import Decided, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from results.overview_lines import Shelve
    from results.report import GapReport
    from results.statistics import ScanStatistics
    from results.trend import TrendPoint


def build_overview(
    reports: Iterable[GapReport],
    trend: Sequence[TrendPoint] = (),
    cost: ScanStatistics | None = None,
) -> Overview:
    """The overview of `reports`, with the scans before as `results.trend.trend_of` tells them.

    `cost` are the statistics of the scan that the reports are of. Raises `ValueError` for no
    report, or for more than one checklist.
    """
    draft = OverviewDraft()
    for report in reports:
        draft.add(report)
    return draft.finished(trend, cost)


@dataclass
class _Coverage:
    found: int = 0
    fetched: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    unusable: Counter[str] = field(default_factory=Counter)

    def add(self, report: GapReport) -> None:
        self.found += report.coverage.found
        self.fetched += report.coverage.fetched
        self.skipped.update({group.th: group.count for group in unread(report)})
        self.unusable.update({group.th: group.count for group in report.coverage.unusable})

    def line(self, units: int, shown: int = 0) -> str:
        line = _(
            "ตรวจ {units:,} หน่วยงาน พบ {found:,} หน้า อ่านแล้ว {fetched:,} หน้า",
            units=units,
            found=self.found,
            fetched=self.fetched,
        )
        line += " " + wording.counted(_("ข้าม"), self.skipped, shown)
        if self.unusable:
            line += " " + wording.counted(_("เปิดไม่ได้หรือใช้ไม่ได้"), self.unusable, shown)
        return line


class OverviewDraft:
    """What an overview tells, of the reports added so far.

    `shelve` says where the cells of each unit wait, the bulk of it all; they stay in memory
    unless it is given.
    """

    def __init__(self, shelve: Shelve = tuple) -> None:
        """Begin with no report."""
        self._shelve = shelve
        self._first: GapReport | None = None
        self._latest: GapReport | None = None
        self._checklists: set[str] = set()
        self._lines: list[UnitLine] = []
        self._judged: list[tuple[float, float, float, float]] = []
        self._sums = Sums()
        self._coverage = _Coverage()
        self._decided: list[Decided] = []

    def add(self, report: GapReport) -> None:
        """Take in the report of one more unit."""
        self._first = self._first or report
        if self._latest is None or report.as_of > self._latest.as_of:
            self._latest = report
        self._checklists.add(report.checklist)
        findings = report.findings()
        self._lines.append(unit_line(report, findings, self._shelve))
        if not report.nothing_judged:
            score = report.score
            self._judged.append((score.certain, score.possible, score.lost, score.percent))
        self._sums.add(report.unit, findings)
        self._coverage.add(report)
        if report.waivers:
            self._decided.append(Decided.of(report))

    def finished(
        self, trend: Sequence[TrendPoint] = (), cost: ScanStatistics | None = None
    ) -> Overview:
        """The overview, after which the draft is spent; raises as `build_overview` does."""
        first, latest = self._first, self._latest
        if first is None or latest is None:
            raise ValueError("an overview needs at least one report")
        if len(self._checklists) > 1:
            keys = ", ".join(sorted(self._checklists))
            raise ValueError(f"one overview cannot mix the checklists {keys}")
        units = ranked(self._lines)
        certain, possible, lost = (
            fmean(one[place] for one in self._judged) if self._judged else None
            for place in range(3)
        )
        return Overview(
            year=first.year,
            checklist=first.checklist,
            subject=first.subject,
            short=first.short,
            score_title=first.score.mean_title,
            notice=first.score.notice,
            checklist_title=first.checklist_title,
            as_of=latest.as_of,
            as_of_th=day_text(latest.as_of),
            coverage_line=self._coverage.line(len(units)),
            coverage_brief=self._coverage.line(len(units), wording.SHOWN_REASONS),
            deadline=latest.deadline,
            weight=first.score.weight,
            mean_certain=certain,
            mean_possible=possible,
            unjudged=len(units) - len(self._judged),
            totals=self._sums.totals,
            units=units,
            items=self._sums.item_lines(),
            owners=self._sums.owner_lines(),
            mean_lost=lost,
            movement=_movement(units),
            distribution=spread_of(
                first.score.bands,
                [percent for _certain, _possible, _lost, percent in self._judged],
                [100 * one[1] / first.score.weight if first.score.weight else 0.0
                 for one in self._judged],
            ),
            decisions=joined(self._decided),
            trend=tuple(trend),
            only=first.only,
            cost=cost,
        )  # fmt: skip


def _movement(units: Sequence[UnitLine]) -> Movement:
    moved = [round(unit.change, 2) for unit in units if unit.change is not None]
    return Movement(
        better=sum(change > 0 for change in moved),
        worse=sum(change < 0 for change in moved),
        same=sum(not change for change in moved),
        unknown=len(units) - len(moved),
        mean=fmean(unit.change for unit in units if unit.change is not None) if moved else None,
    )
