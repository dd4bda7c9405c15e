"""The week in numbers for ศปท. and executives: standing, movement, worst gaps. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from notices.plain_text import one_line
from results.overview_draft import build_overview
from results.score import EXCLUDED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from results.report import GapReport

_SHOWN = 5
_RANK = {Verdict.FAIL: 0, Verdict.REVIEW: 1, Verdict.PASS: 2}
Answers = Mapping[str, Mapping[str, Verdict]]
"""Verdicts by unit id and item."""


@dataclass(frozen=True, slots=True)
class WorstItem:
    """An item that costs the units most: it fails in so many, `lost` points of 100 in all."""

    item: str
    title: str
    units: int
    lost: float


@dataclass(frozen=True, slots=True)
class WeakUnit:
    """A unit with `points` of the whole and what it loses, and where its report stands."""

    name: str
    points: float
    lost: float
    gaps: int
    link: str


@dataclass(frozen=True, slots=True)
class Weekly:
    """The summary; `mean` points of `weight`, `None` when no unit could be judged.

    `better` and `worse` count items against the scan of a week before (`since`, `None` without
    one); `unseen` are the items that could not be checked, in `silent` units.
    """

    units: int
    unjudged: int
    mean: float | None
    possible: float | None
    weight: float
    better: int
    worse: int
    since: date | None
    gaps: int
    reviews: int
    unseen: int
    silent: int
    worst_items: tuple[WorstItem, ...]
    weak_units: tuple[WeakUnit, ...]


def weekly_of(
    reports: Sequence[GapReport],
    link: Callable[[GapReport], str],
    before: Answers,
    since: date | None,
) -> Weekly:
    """The summary of `reports` (one checklist, at least one unit), `before` a week ago."""
    overview = build_overview(reports)
    links = {report.unit.id: link(report) for report in reports}
    better, worse = _moved(reports, before)
    return Weekly(
        units=len(reports),
        unjudged=overview.unjudged,
        mean=overview.mean_certain,
        possible=overview.mean_possible,
        weight=overview.weight,
        better=better,
        worse=worse,
        since=since,
        gaps=overview.gaps,
        reviews=overview.totals.review,
        unseen=overview.totals.error,
        silent=len(overview.troubled()),
        worst_items=tuple(
            WorstItem(one.item, one_line(one.title), one.gaps, one.lost)
            for one in overview.worst_items()
            if one.gaps
        )[:_SHOWN],
        weak_units=tuple(
            WeakUnit(
                one_line(one.name),
                one.certain,
                one.lost,
                one.totals.missing + one.totals.outdated,
                links[one.id],
            )
            for one in overview.late_units()
        )[:_SHOWN],
    )


def _moved(reports: Sequence[GapReport], before: Answers) -> tuple[int, int]:
    """How many items stand better and worse; what a second fetch did not confirm is left out."""
    better = worse = 0
    for report in reports:
        then = before.get(report.unit.id, {})
        for finding in report.findings():
            was, now = then.get(finding.item), finding.verdict
            if was is None or now is None or finding.waiver or {was, now} & EXCLUDED:
                continue
            if was not in _RANK or now not in _RANK:
                continue
            doubtful = finding.recheck is not None and not finding.recheck.confirmed
            better += _RANK[now] > _RANK[was]
            worse += _RANK[now] < _RANK[was] and not doubtful
    return better, worse
