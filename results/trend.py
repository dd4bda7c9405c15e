"""How a sweep's score moved over the scans before, each compared over the units it shares.

A unit that joined or left between two scans would move the mean by itself, so an earlier scan is
only ever compared with this one over the units that both could judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from results.changes import comparable
from results.parts import Part
from results.record import ScanStatus
from results.report import totals
from results.score import EXCLUDED, score
from results.speech import BANGKOK, day_text
from results.wording import tidy

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.record import ScanInfo
    from results.report import GapReport, ItemFinding
    from results.score import Score
    from results.store import Store

MOST = 12
"""So many scans are shown at most, the newest and this one among them."""
Answers = Mapping[str, Mapping[str, Verdict]]
"""Verdicts by unit id and item."""


@dataclass(frozen=True, slots=True)
class EarlierScan:
    """A scan before this one and its bare verdicts."""

    info: ScanInfo
    answers: Answers


class TrendPoint(Part):
    """A scan in the row of scans, `day` being the day it was begun.

    `units` it holds, `shared` of them are in this sweep too, `compared` of these could be judged
    in both. `certain` to `possible` are the mean points of 40 over the compared units,
    `now_certain` and `now_possible` what the same units have in this sweep (`None`: nothing to
    compare). The counts of items are over the shared units; `excluded` are waived or not
    applicable, `unchecked` were not asked for, `vouched` pass by a person's word.
    `same_criteria`: judged by the checklist's same content as this sweep.
    """

    scan_id: int
    day: date
    day_th: str
    as_of: date
    finished: bool
    current: bool
    same_criteria: bool
    units: int
    shared: int
    compared: int
    certain: float | None
    possible: float | None
    now_certain: float | None
    now_possible: float | None
    passed: int
    failed: int
    review: int
    error: int
    excluded: int
    unchecked: int
    vouched: int = 0

    @property
    def gain(self) -> float | None:
        """Points that the compared units have gained since, on average."""
        if self.certain is None or self.now_certain is None:
            return None
        return self.now_certain - self.certain


def trend_of(
    store: Store, checklist: Checklist, reports: Sequence[GapReport], most: int = MOST
) -> tuple[TrendPoint, ...]:
    """The scans up to that of `reports`, oldest first, at most `most`; none without reports.

    Raises `results.store.StoreError` when the store cannot be read or lacks the scan.
    """
    if not reports:
        return ()
    scan_id = max(report.scan_id for report in reports)
    infos = store.earlier_scans(scan_id, most - 1)
    earlier = (EarlierScan(info, store.answers(info.id)) for info in reversed(infos))
    return tuple(trend(checklist, reports, store.scan(scan_id), earlier))


def trend(
    checklist: Checklist,
    reports: Sequence[GapReport],
    scan: ScanInfo,
    earlier: Iterable[EarlierScan],
) -> Iterator[TrendPoint]:
    """A point for each of `earlier` and, last, the one of `reports`, which come from `scan`.

    Decisions of people that hold today are taken to hold in every scan, so that what moves the
    line is the websites; an answer to a question holds in the scans that asked one.
    """
    now = {
        report.unit.id: {f.item: f.verdict for f in report.findings() if f.verdict is not None}
        for report in reports
    }
    decided = {
        report.unit.id: {f.item: f for f in report.findings() if f.waiver and f.verdict}
        for report in reports
    }
    scores = {unit: score(checklist, answers) for unit, answers in now.items()}
    for one in earlier:
        then = _known(checklist, one.answers, decided)
        yield _point(checklist, one.info, scan.checklist_hash, then, now, scores)
    yield _current(scan, reports)


def _known(
    checklist: Checklist, answers: Answers, decided: Mapping[str, Mapping[str, ItemFinding]]
) -> dict[str, dict[str, Verdict]]:
    """The verdicts on items that the checklist still has, under the decisions of today."""
    items = {item.id for item in checklist.items}
    return {
        tidy(unit): {item: verdict for item, verdict in of_unit.items() if item in items}
        | _decisions(of_unit, decided.get(tidy(unit), {}))
        for unit, of_unit in answers.items()
    }


def _decisions(
    of_unit: Mapping[str, Verdict], decided: Mapping[str, ItemFinding]
) -> dict[str, Verdict]:
    return {
        item: finding.verdict
        for item, finding in decided.items()
        if finding.verdict is not None
        and (not finding.answered or of_unit.get(item) is Verdict.REVIEW)
    }


def _point(
    checklist: Checklist,
    info: ScanInfo,
    criteria: str,
    then: Answers,
    now: Answers,
    scores: Mapping[str, Score],
) -> TrendPoint:
    shared = [unit for unit in then if unit in now]
    compared = [
        unit
        for unit in shared
        if comparable(checklist, then[unit]) and comparable(checklist, now[unit])
    ]
    before = [score(checklist, then[unit]) for unit in compared]
    since = [scores[unit] for unit in compared]
    counts = Counter(verdict for unit in shared for verdict in then[unit].values())
    excluded = sum(counts[verdict] for verdict in EXCLUDED)
    return TrendPoint(
        scan_id=info.id,
        day=info.started.astimezone(BANGKOK).date(),
        day_th=day_text(info.started.astimezone(BANGKOK).date()),
        as_of=info.as_of,
        finished=info.status is ScanStatus.FINISHED,
        current=False,
        same_criteria=info.checklist_hash == criteria,
        units=len(then),
        shared=len(shared),
        compared=len(compared),
        certain=_mean([one.certain for one in before]),
        possible=_mean([one.possible for one in before]),
        now_certain=_mean([one.certain for one in since]),
        now_possible=_mean([one.possible for one in since]),
        passed=counts[Verdict.PASS],
        failed=counts[Verdict.FAIL],
        review=counts[Verdict.REVIEW],
        error=counts[Verdict.ERROR],
        excluded=excluded,
        unchecked=len(shared) * len(checklist.items) - counts.total(),
        vouched=counts[Verdict.VOUCHED],
    )


def _current(scan: ScanInfo, reports: Sequence[GapReport]) -> TrendPoint:
    judged = [report.score for report in reports if not report.nothing_judged]
    counts = totals(finding for report in reports for finding in report.findings())
    certain = _mean([one.certain for one in judged])
    possible = _mean([one.possible for one in judged])
    return TrendPoint(
        scan_id=scan.id,
        day=scan.started.astimezone(BANGKOK).date(),
        day_th=day_text(scan.started.astimezone(BANGKOK).date()),
        as_of=scan.as_of,
        finished=scan.status is ScanStatus.FINISHED,
        current=True,
        same_criteria=True,
        units=len(reports),
        shared=len(reports),
        compared=len(judged),
        certain=certain,
        possible=possible,
        now_certain=certain,
        now_possible=possible,
        passed=counts.passed,
        failed=counts.missing + counts.outdated,
        review=counts.review,
        error=counts.error,
        excluded=counts.not_applicable + counts.waived,
        unchecked=counts.unchecked,
        vouched=counts.vouched,
    )


def _mean(points: Sequence[float]) -> float | None:
    return fmean(points) if points else None
