"""The overview of a sweep: who stands where, and why. `results.overview_draft` makes it. Pure."""

from __future__ import annotations

from datetime import date

from results.distribution import Distribution
from results.head_parts import Deadline
from results.overview_lines import Cell, ItemLine, OwnerLine, UnitLine
from results.parts import Part
from results.report import Totals
from results.statistics import Figure, ScanStatistics, figures
from results.sweep_decisions import SweepDecisions
from results.trend import TrendPoint

__all__ = ["Cell", "ItemLine", "Movement", "Overview", "OwnerLine", "UnitLine"]

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
