"""The period that the document itself states, against the year rule `covers`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from checklist.document_period import read_period
from checklist.force_rule import in_force
from checklist.half_rule import first_half
from checklist.probes.base import Context, Finding, Probe
from checklist.reading import reading_of
from checklist.verdict import ElementState
from checklist.year_rule import covering, of_year

if TYPE_CHECKING:
    from checklist.evidence import Document

_ORDER = (ElementState.PRESENT, ElementState.UNSURE, ElementState.OUTDATED, ElementState.ABSENT)


class PeriodProbe(Probe):
    """The period that the document itself states, against the year rule `covers`.

    `fy`, `fy_prev`: the document is of the checklist's year or of the one before. `h1_fy`: its
    first six months are reported in full. `covers_fy`: a plan whose years include it.
    `in_force_fy`: a policy or rule that applies in it. `fy_or_h1`: either will do.
    """

    kind: Literal["period"]
    covers: Literal["fy", "fy_prev", "h1_fy", "covers_fy", "in_force_fy", "fy_or_h1"]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer for the documents as a set: the best one decides, reported months add up."""
        if len(documents) > 1:
            return self._weigh(documents, context)
        # Most items ask a document for the same period.
        asked = ("period", self.covers, context.fiscal_year)
        return context.once(
            reading_of(documents[0]), asked, lambda inner: self._weigh(documents, inner)
        )

    def _weigh(self, documents: Sequence[Document], context: Context) -> Finding:
        readings = [read_period(document) for document in documents]
        year = context.fiscal_year
        if self.covers == "h1_fy":
            return first_half(readings, year, context)
        if self.covers == "covers_fy":
            return _best([covering(reading, year) for reading in readings])
        if self.covers == "in_force_fy":
            return _best([in_force(reading, year) for reading in readings])
        if self.covers == "fy_prev":
            return _best([of_year(r, year.previous, report_of_past=True) for r in readings])
        of_fy = [of_year(reading, year, report_of_past=False) for reading in readings]
        if self.covers == "fy_or_h1":
            return _best([*of_fy, first_half(readings, year, context)])
        return _best(of_fy)


def _best(findings: Sequence[Finding]) -> Finding:
    return min(findings, key=lambda finding: _ORDER.index(finding.state))
