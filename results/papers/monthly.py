"""The monthly progress report: what was closed, what opened, what is late, and whose it is. Pure.

Standings count every unit of the newest scan. Progress counts only units that both scans hold,
and only items that both could check: what could not be checked is never called missing, closed
or late.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from statistics import fmean

from checklist.verdict import ElementState
from results.group import Group
from results.head_parts import Deadline
from results.parts import Part
from results.report import GapReport, ItemFinding, Totals, totals

OPEN = frozenset({Group.MISSING, Group.OUTDATED, Group.REVIEW})
"""Groups of items on which somebody has work to do."""
_FAILED = frozenset({Group.MISSING, Group.OUTDATED})
_UNKNOWN = frozenset({Group.ERROR, Group.UNCHECKED})
MOST_BEHIND = 10


class Step(StrEnum):
    """What became of one item of one unit within the month."""

    CLOSED = "closed"
    OPENED = "opened"
    MOVED = "moved"
    LATE = "late"


class Steps(Part):
    """Items counted by step: closed, newly open, still open with progress, open without."""

    closed: int = 0
    opened: int = 0
    moved: int = 0
    late: int = 0


class OwnerProgress(Part):
    """An office: `totals` of all its findings now, steps since the month before.

    `late_items` are its late items with the number of units, most units first; `lost` points of
    100 summed over the units.
    """

    owner: str
    totals: Totals
    steps: Steps
    lost: float
    late_items: tuple[tuple[str, int], ...]

    @property
    def open(self) -> int:
        """Findings on which the office has work to do."""
        return self.totals.missing + self.totals.outdated + self.totals.review


class ItemProgress(Part):
    """An item: units that passed then and now, of those `compared`; `totals` of all units now."""

    item: str
    title: str
    totals: Totals
    compared: int
    passed_before: int
    passed_now: int
    steps: Steps


class UnitProgress(Part):
    """A unit: points of the OIT weight, and the change since the month before where it is known."""

    id: str
    name: str
    certain: float
    possible: float
    change: float | None
    totals: Totals
    late: int


class Trouble(Part):
    """A unit of which `count` items could not be checked for one cause."""

    unit: str
    count: int
    cause: str


class MonthlyReport(Part):
    """All the paper says. Means leave out units of which nothing could be checked.

    `change` is the difference of the mean over the `scored_twice` units of which both scans
    could check more than half of the items; `compared` counts the units in both scans, `None`
    without an earlier one. `lost` and `open` are mean points of `weight`.
    """

    year: int
    checklist_title: str
    due: date
    deadline: Deadline
    days_left: int
    weight: float
    certain: float | None
    possible: float | None
    lost: float
    open: float
    change: float | None
    scored_twice: int
    units: int
    unjudged: tuple[str, ...]
    compared: int | None
    only_now: tuple[str, ...]
    only_before: tuple[str, ...]
    totals: Totals
    steps: Steps
    owners: tuple[OwnerProgress, ...]
    items: tuple[ItemProgress, ...]
    behind: tuple[UnitProgress, ...]
    troubles: tuple[Trouble, ...]


def build_monthly(
    now: Sequence[GapReport], before: Sequence[GapReport] | None, due: date
) -> MonthlyReport:
    """The report due on `due` from the reports of the newest scan and of the one a month before.

    Both must be of one checklist. Raises `ValueError` when `now` is empty.
    """
    if not now:
        raise ValueError("a monthly report needs at least one unit")
    earlier = {report.unit.id: report for report in before or ()}
    current = {report.unit.id for report in now}
    judged = [report for report in now if not report.nothing_judged]
    pairs = [(earlier[r.unit.id], r) for r in now if r.unit.id in earlier]
    scored = [(b, n) for b, n in pairs if _comparable(b) and _comparable(n)]
    stepped = _stepped(pairs)
    deadline = now[0].deadline
    return MonthlyReport(
        year=now[0].year,
        checklist_title=now[0].checklist_title,
        due=due,
        deadline=deadline,
        days_left=(deadline.day - due).days,
        weight=now[0].score.weight,
        certain=fmean(r.score.certain for r in judged) if judged else None,
        possible=fmean(r.score.possible for r in judged) if judged else None,
        lost=fmean(r.score.lost for r in judged) if judged else 0.0,
        open=fmean(r.score.open for r in judged) if judged else 0.0,
        change=fmean(n.score.certain - b.score.certain for b, n in scored) if scored else None,
        scored_twice=len(scored),
        units=len(now),
        unjudged=tuple(r.unit.name for r in now if r.nothing_judged),
        compared=None if before is None else len(pairs),
        only_now=tuple(r.unit.name for r in now if before and r.unit.id not in earlier),
        only_before=tuple(r.unit.name for r in before or () if r.unit.id not in current),
        totals=totals(finding for report in now for finding in report.findings()),
        steps=_steps(stepped.values()),
        owners=_owners(now, stepped),
        items=_items(now, pairs, stepped),
        behind=_behind(judged, {n.unit.id: b for b, n in scored}, stepped),
        troubles=_troubles(now),
    )


def step_of(before: ItemFinding, now: ItemFinding) -> Step | None:
    """What became of an item; `None` when nothing was open, or either scan could not check it."""
    if {before.group, now.group} & _UNKNOWN:
        return None
    if now.group in OPEN:
        if before.group not in OPEN:
            return Step.OPENED
        return Step.MOVED if _progressed(before, now) else Step.LATE
    return Step.CLOSED if before.group in OPEN and now.group is Group.PASS else None


def _progressed(before: ItemFinding, now: ItemFinding) -> bool:
    if before.group in _FAILED and now.group is Group.REVIEW:
        return True
    return before.group in _FAILED and _shown(now) > _shown(before)


def _shown(finding: ItemFinding) -> int:
    return sum(e.required and e.state is ElementState.PRESENT for e in finding.elements)


_Stepped = Mapping[tuple[str, str], Step]


def _stepped(pairs: Iterable[tuple[GapReport, GapReport]]) -> _Stepped:
    """The step of every unit and item that made one."""
    steps: dict[tuple[str, str], Step] = {}
    for before, now in pairs:
        then = {finding.item: finding for finding in before.findings()}
        for finding in now.findings():
            step = step_of(then[finding.item], finding) if finding.item in then else None
            if step is not None:
                steps[now.unit.id, finding.item] = step
    return steps


def _steps(steps: Iterable[Step | None]) -> Steps:
    counted = Counter(step for step in steps if step is not None)
    return Steps(**{step.value: counted[step] for step in Step})


def _comparable(report: GapReport) -> bool:
    """True when more than half of the items that count were judged."""
    told = report.totals
    counted = told.items - told.not_applicable - told.waived
    return 2 * (counted - told.error - told.unchecked) > counted


def _owners(now: Sequence[GapReport], stepped: _Stepped) -> tuple[OwnerProgress, ...]:
    by_owner: dict[str, list[tuple[str, ItemFinding]]] = defaultdict(list)
    for report in now:
        for finding in report.findings():
            by_owner[finding.owner].append((report.unit.id, finding))
    lines = []
    for owner, found in by_owner.items():
        steps = {(unit, f.item): stepped.get((unit, f.item)) for unit, f in found}
        late = Counter(item for (_, item), step in steps.items() if step is Step.LATE)
        lines.append(
            OwnerProgress(
                owner=owner,
                totals=totals(finding for _, finding in found),
                steps=_steps(steps.values()),
                lost=sum(f.points for _, f in found if f.group in _FAILED),
                late_items=tuple(late.most_common()),
            )
        )
    return tuple(sorted(lines, key=lambda o: (-o.steps.late, -o.open, -o.lost, o.owner)))


def _items(
    now: Sequence[GapReport], pairs: Sequence[tuple[GapReport, GapReport]], stepped: _Stepped
) -> tuple[ItemProgress, ...]:
    by_item: dict[str, list[tuple[str, ItemFinding]]] = defaultdict(list)
    for report in now:
        for finding in report.findings():
            by_item[finding.item].append((report.unit.id, finding))
    then, since = (_passing(reports) for reports in zip(*pairs, strict=True)) if pairs else ({}, {})
    return tuple(
        ItemProgress(
            item=item,
            title=found[0][1].title,
            totals=totals(finding for _, finding in found),
            compared=len(pairs),
            passed_before=then.get(item, 0),
            passed_now=since.get(item, 0),
            steps=_steps(stepped.get((unit, item)) for unit, _ in found),
        )
        for item, found in sorted(by_item.items(), key=lambda pair: pair[1][0][1].number)
    )


def _passing(reports: Iterable[GapReport]) -> Mapping[str, int]:
    return Counter(finding.item for report in reports for finding in report.passes)


def _behind(
    judged: Sequence[GapReport], earlier: Mapping[str, GapReport], stepped: _Stepped
) -> tuple[UnitProgress, ...]:
    late = Counter(unit for (unit, _), step in stepped.items() if step is Step.LATE)
    lines = [
        UnitProgress(
            id=report.unit.id,
            name=report.unit.name,
            certain=report.score.certain,
            possible=report.score.possible,
            change=report.score.certain - earlier[report.unit.id].score.certain
            if report.unit.id in earlier
            else None,
            totals=report.totals,
            late=late[report.unit.id],
        )
        for report in judged
        if report.fails or report.reviews
    ]
    lines.sort(key=lambda unit: (unit.certain, -unit.late, unit.name))
    return tuple(lines[:MOST_BEHIND])


def _troubles(now: Sequence[GapReport]) -> tuple[Trouble, ...]:
    lines = []
    for report in now:
        causes = Counter(f.reasons[0].th if f.reasons else f.verdict_th for f in report.errors)
        lines += [
            Trouble(unit=report.unit.name, count=count, cause=cause)
            for cause, count in causes.items()
        ]
    return tuple(sorted(lines, key=lambda line: (-line.count, line.unit)))
