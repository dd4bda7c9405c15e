"""The lines of a sweep's overview: a row for each unit, item and office that must act. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    PlainSerializer,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from results.first_steps import first_step
from results.gap import READ_IN_PART
from results.group import Group
from results.parts import Part
from results.report import Totals
from results.speech import _

if TYPE_CHECKING:
    from results.head_parts import AddressGroup
    from results.report import GapReport, ItemFinding

FAILED = (Group.MISSING, Group.OUTDATED)
OPEN = (Group.REVIEW, Group.ERROR, Group.UNCHECKED)
_STEP_CHARS = 300


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


def _kept(cells: Any, checked: ValidatorFunctionWrapHandler) -> Sequence[Cell]:
    """Cells that lie elsewhere stay there; they were checked when they were put down."""
    plain = isinstance(cells, str | bytes | list | tuple) or not isinstance(cells, Sequence)
    found: Sequence[Cell] = checked(cells) if plain else cells
    return found


Cells = Annotated[
    tuple[Cell, ...], WrapValidator(_kept), PlainSerializer(tuple, return_type=tuple[Cell, ...])
]
Shelve = Callable[[tuple[Cell, ...]], Sequence[Cell]]
"""Where the cells of a unit are put until they are written; gives them back as a sequence."""


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
    cells: Cells
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


def ranked(lines: list[UnitLine]) -> tuple[UnitLine, ...]:
    """The units, best first; scores that read alike (two decimals) share a rank.

    Lines that come with a rank, whichever, are of units that were judged. `lines` is emptied.
    """
    lines.sort(key=_best_first, reverse=True)
    found: list[UnitLine] = []
    while lines:
        line = lines.pop()
        tie = bool(found) and round(found[-1].certain, 2) == round(line.certain, 2)
        rank = found[-1].rank if tie else len(found) + 1
        known = line.rank if line.rank is None or line.rank == rank else rank
        found.append(line if known == line.rank else line.model_copy(update={"rank": known}))
    return tuple(found)


def _best_first(line: UnitLine) -> tuple[bool, float, float, str, str]:
    reach = (-round(line.certain, 2), -round(line.possible, 2))
    return (line.rank is None, *reach, line.name, line.id)


def unit_line(report: GapReport, findings: Sequence[ItemFinding], shelve: Shelve) -> UnitLine:
    """A unit's row, still without its place among the others (0); `findings` are the report's."""
    score = report.score
    return UnitLine(
        rank=None if report.nothing_judged else 0,
        id=report.unit.id,
        name=report.unit.name,
        certain=score.certain,
        possible=score.possible,
        change=None if score.previous is None else score.certain - score.previous,
        totals=report.totals,
        cells=shelve(tuple(_cell(finding) for finding in findings)),
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
