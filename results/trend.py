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
from results.report import Totals, added, totals
from results.score import EXCLUDED, score
from results.speech import BANGKOK, day_text
from results.wording import tidy

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.record import ScanInfo
    from results.report import GapReport
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


@dataclass(frozen=True, slots=True)
class _Stand:
    """A unit in this sweep: if it can be compared, and its points."""

    comparable: bool
    certain: float
    possible: float


class Present:
    """How the units of this sweep stand, no wider than a comparison needs; filled one by one."""

    def __init__(self, checklist: Checklist) -> None:
        """Nothing is known yet of any unit."""
        self.checklist = checklist
        self.stands: dict[str, _Stand] = {}
        self.decided: dict[str, dict[str, tuple[Verdict, bool]]] = {}
        self.totals = Totals()
        self.certain: list[float] = []
        self.possible: list[float] = []

    def add(self, report: GapReport) -> None:
        """Take a unit's report into account."""
        findings = report.findings()
        answers = {f.item: f.verdict for f in findings if f.verdict is not None}
        points = score(self.checklist, answers)
        able = comparable(self.checklist, answers)
        self.stands[report.unit.id] = _Stand(able, points.certain, points.possible)
        if any(f.waiver for f in findings):
            self.decided[report.unit.id] = {
                f.item: (f.verdict, f.answered) for f in findings if f.waiver and f.verdict
            }
        self.totals = added(self.totals, totals(findings))
        if not report.nothing_judged:
            self.certain.append(report.score.certain)
            self.possible.append(report.score.possible)


def trend_of(
    store: Store, checklist: Checklist, reports: Sequence[GapReport], most: int = MOST
) -> tuple[TrendPoint, ...]:
    """The scans up to that of `reports`, oldest first, at most `most`; none without reports.

    Raises `results.store.StoreError` when the store cannot be read or lacks the scan.
    """
    if not reports:
        return ()
    present = _present(checklist, reports)
    return trend_up_to(store, present, max(report.scan_id for report in reports), most)


def trend_up_to(
    store: Store, present: Present, scan_id: int, most: int = MOST
) -> tuple[TrendPoint, ...]:
    """The scans up to `scan_id`, whose units are `present`; none without units.

    Raises as `trend_of` does.
    """
    if not present.stands:
        return ()
    infos = store.earlier_scans(scan_id, most - 1)
    earlier = (EarlierScan(info, store.answers(info.id)) for info in reversed(infos))
    return tuple(_points(present, store.scan(scan_id), earlier))


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
    yield from _points(_present(checklist, reports), scan, earlier)


def _present(checklist: Checklist, reports: Iterable[GapReport]) -> Present:
    present = Present(checklist)
    for report in reports:
        present.add(report)
    return present


def _points(
    present: Present, scan: ScanInfo, earlier: Iterable[EarlierScan]
) -> Iterator[TrendPoint]:
    for one in earlier:
        yield _point(one, scan.checklist_hash, present)
    yield _current(scan, present)


def _known(answers: Answers, present: Present) -> Iterator[tuple[str, dict[str, Verdict]]]:
    """The verdicts on items that the checklist still has, under the decisions of today."""
    items = {item.id for item in present.checklist.items}
    for name, of_unit in answers.items():
        unit = tidy(name)
        kept = {item: verdict for item, verdict in of_unit.items() if item in items}
        yield unit, kept | _decisions(of_unit, present.decided.get(unit, {}))


def _decisions(
    of_unit: Mapping[str, Verdict], decided: Mapping[str, tuple[Verdict, bool]]
) -> dict[str, Verdict]:
    return {
        item: verdict
        for item, (verdict, answered) in decided.items()
        if not answered or of_unit.get(item) is Verdict.REVIEW
    }


def _point(one: EarlierScan, criteria: str, present: Present) -> TrendPoint:
    checklist, info = present.checklist, one.info
    counts: Counter[Verdict] = Counter()
    before: list[Score] = []
    since: list[_Stand] = []
    shared = units = 0
    for unit, answers in _known(one.answers, present):
        units += 1
        now = present.stands.get(unit)
        if now is None:
            continue
        shared += 1
        counts.update(answers.values())
        if now.comparable and comparable(checklist, answers):
            before.append(score(checklist, answers))
            since.append(now)
    return TrendPoint(
        scan_id=info.id,
        day=info.started.astimezone(BANGKOK).date(),
        day_th=day_text(info.started.astimezone(BANGKOK).date()),
        as_of=info.as_of,
        finished=info.status is ScanStatus.FINISHED,
        current=False,
        same_criteria=info.checklist_hash == criteria,
        units=units,
        shared=shared,
        compared=len(before),
        certain=_mean([one.certain for one in before]),
        possible=_mean([one.possible for one in before]),
        now_certain=_mean([one.certain for one in since]),
        now_possible=_mean([one.possible for one in since]),
        passed=counts[Verdict.PASS],
        failed=counts[Verdict.FAIL],
        review=counts[Verdict.REVIEW],
        error=counts[Verdict.ERROR],
        excluded=sum(counts[verdict] for verdict in EXCLUDED),
        unchecked=shared * len(checklist.items) - counts.total(),
        vouched=counts[Verdict.VOUCHED],
    )


def _current(scan: ScanInfo, present: Present) -> TrendPoint:
    counts, units = present.totals, len(present.stands)
    certain, possible = _mean(present.certain), _mean(present.possible)
    return TrendPoint(
        scan_id=scan.id,
        day=scan.started.astimezone(BANGKOK).date(),
        day_th=day_text(scan.started.astimezone(BANGKOK).date()),
        as_of=scan.as_of,
        finished=scan.status is ScanStatus.FINISHED,
        current=True,
        same_criteria=True,
        units=units,
        shared=units,
        compared=len(present.certain),
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
