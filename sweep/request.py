"""What a sweep is asked to do, and what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from results.formats import USUAL, Format
from results.record import Scope
from sweep.stopping import Stop

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item
    from checklist.verdict import Verdict
    from crawler.harvest import CrawlEvent
    from crawler.ocr import OcrSettings
    from crawler.settings import CrawlSettings
    from results.formats.printing import Printer
    from results.overview_draft import OverviewDraft
    from results.report import GapReport
    from results.trend import Present
    from sweep.reporting import ReportWriter
    from units.registry import Unit

OnEvent = Callable[["CrawlEvent"], None]


@dataclass(frozen=True)
class SweepRequest:
    """What to sweep: units against items of a checklist, judged as of a day.

    Reports go below `out`, a folder a unit. With `resume` the newest unfinished scan of the
    same checklist goes on from the units that are done, or `resume_scan` where one is named.
    `narrowed` says that `units` are only some of their registry. With `ocr` scans that may decide
    an item are read, at most `ocr_pages_per_unit`; their bodies are kept in
    `settings.bodies_folder`.
    `formats` are written of each unit's report and of the overview; a PDF needs a `printer`.
    `stop` is how the sweep is asked to stop before its end.
    """

    checklist: Checklist
    units: Sequence[Unit]
    items: Sequence[Item]
    as_of: date
    settings: CrawlSettings
    out: Path
    resume: bool = False
    resume_scan: int | None = None
    narrowed: bool = False
    tool_version: str = ""
    ocr: OcrSettings | None = None
    ocr_pages_per_unit: int = 60
    formats: Collection[Format] = USUAL
    printer: Printer | None = None
    stop: Stop = field(default_factory=Stop)

    @property
    def scope(self) -> Scope:
        """How much of the registry and of the checklist is asked for."""
        if len(self.items) < len(self.checklist.items):
            return Scope.ITEMS
        return Scope.UNITS if self.narrowed else Scope.WHOLE


@dataclass
class SweepOutcome:
    """What a sweep did: the scan's number, what was written, and what all reports tell together.

    No report is kept: a country of them would not fit into memory. `units` are the ids of those
    reported, in that order; `draft` and `present` grow into the overview and its trend. `counts`
    are of verdicts, `rechecked` of verdicts after a second fetch (with whether it agreed),
    `causes` of the first reason why an item could not be checked.
    """

    scan_id: int
    writer: ReportWriter
    draft: OverviewDraft
    present: Present
    overview: list[Path] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    counts: Counter[Verdict] = field(default_factory=Counter)
    rechecked: Counter[tuple[Verdict | None, bool]] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False

    def add(self, report: GapReport) -> None:
        """Take in the report of one more unit."""
        self.units.append(report.unit.id)
        self.draft.add(report)
        self.present.add(report)
        for finding in report.findings():
            if finding.verdict is not None:
                self.counts[finding.verdict] += 1
            if finding.recheck is not None:
                self.rechecked[finding.verdict, finding.recheck.confirmed] += 1
        self.causes.update(one.code for error in report.errors for one in error.reasons[:1])

    def verdicts(self) -> Iterator[Verdict]:
        """Every item verdict of every unit of the sweep."""
        return self.counts.elements()
