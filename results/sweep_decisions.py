"""People's decisions over a whole sweep: how many hold, and which ended by themselves. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.parts import Part
from results.waivers import LOUD, Standing

if TYPE_CHECKING:
    from results.decisions import WaiverText
    from results.report import GapReport


class DecisionLine(Part):
    """A decision about one item of one unit: who made it, why, and how it stands now.

    `changed` are the pages it rested on that say something else now.
    """

    unit_id: str
    unit: str
    item: str
    title: str
    kind_th: str
    made_by: str
    reason: str
    until_th: str
    standing: Standing
    standing_th: str
    changed: tuple[str, ...]


class SweepDecisions(Part):
    """How many decisions stand how; `loud` ended by themselves, `holding` count today.

    `ended` counts those that a person ended, `not_needed` those whose item passes by itself,
    `suspended` answers whose question the scan did not ask again of the same pages.
    """

    active: int = 0
    not_needed: int = 0
    expired: int = 0
    evidence_changed: int = 0
    ended: int = 0
    suspended: int = 0
    loud: tuple[DecisionLine, ...] = ()
    holding: tuple[DecisionLine, ...] = ()

    @property
    def any(self) -> bool:
        """True when a person has ever decided anything about these units."""
        return bool(
            self.active
            + self.not_needed
            + self.expired
            + self.evidence_changed
            + self.ended
            + self.suspended
        )


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions about one unit: each with its standing, and if it holds."""

    name: str
    unit_id: str
    lines: tuple[tuple[DecisionLine, bool], ...]

    @classmethod
    def of(cls, report: GapReport) -> Decided:
        """Those of a report."""
        lines = tuple((_line(report, waiver), waiver.holds) for waiver in report.waivers)
        return cls(report.unit.name, report.unit.id, lines)


def joined(decided: Iterable[Decided]) -> SweepDecisions:
    """The decisions of all units, in the order of their names."""
    in_order = sorted(decided, key=lambda one: (one.name, one.unit_id))
    found = [line for one in in_order for line in one.lines]
    counts = Counter(line.standing.value for line, _holds in found)
    return SweepDecisions(
        **counts,
        loud=tuple(line for line, _holds in found if line.standing in LOUD),
        holding=tuple(line for line, holds in found if holds),
    )


def _line(report: GapReport, waiver: WaiverText) -> DecisionLine:
    return DecisionLine(
        unit_id=report.unit.id,
        unit=report.unit.name,
        item=waiver.item,
        title=waiver.title,
        kind_th=waiver.kind_th,
        made_by=waiver.made_by,
        reason=waiver.reason,
        until_th=waiver.until_th,
        standing=waiver.standing,
        standing_th=waiver.standing_th,
        changed=waiver.changed,
    )
