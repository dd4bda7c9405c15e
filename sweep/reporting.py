"""The reports of stored scans: a unit's result, the scan before, people's decisions, pictures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from results.availability import availability_text, entry_period
from results.check_rows import CheckBook
from results.formats import (
    FAIL_ON,
    USUAL,
    Format,
    unit_files,
    write_gate_files,
    write_made_overview,
    write_overview,
    write_unit_report,
)
from results.formats.printing import Printer, PrintError
from results.gap import AGENT, build_report
from results.newest import known_scan, scan_before
from results.pictures import Picture, pages_to_show, with_pictures
from results.speech import BANGKOK
from results.waivers import Standing, stand
from sweep.second_look import BodyOf as BodyOf
from sweep.second_look import draw_pages

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from checklist.verdict import Verdict
    from results.availability import AvailabilityText
    from results.overview import Overview
    from results.record import UnitResult
    from results.report import GapReport
    from results.statistics import ScanStatistics
    from results.store import Store
    from results.trend import TrendPoint


@dataclass
class ReportWriter:
    """Writes the reports of a scan into `folder` in `formats`; a PDF needs a `printer`.

    A PDF that cannot be printed is noted in `unprinted` (the unit's name, "" for the overview)
    with the last `print_fault`, and stops nothing. `failures` are the verdicts that JUnit calls
    failures, `written` every file so far. The methods raise `OSError` when the folder cannot be
    written.
    """

    folder: Path
    formats: Collection[Format] = USUAL
    printer: Printer | None = None
    tool_version: str = ""
    failures: Collection[Verdict] = FAIL_ON
    written: list[Path] = field(default_factory=list)
    unprinted: list[str] = field(default_factory=list)
    print_fault: PrintError | None = None

    def write_unit(self, report: GapReport) -> list[Path]:
        """Write a unit's report."""
        return self._write(
            report.unit.name,
            lambda formats: write_unit_report(report, self.folder, formats, self.printer),
        )

    def wrote(self, report: GapReport) -> bool:
        """True when all files of this unit's report stand in the folder, of whichever scan."""
        return all(path.exists() for path in unit_files(report, self.folder, self.formats))

    def write_overview(
        self,
        reports: Sequence[GapReport],
        trend: Sequence[TrendPoint] = (),
        cost: ScanStatistics | None = None,
    ) -> list[Path]:
        """Write what tells of all units together: the overview, and the files that gates read.

        `cost` are the statistics of the scan, for the overview's last section.
        """
        written = self._write(
            "",
            lambda formats: write_overview(
                reports, self.folder, formats, self.printer, trend, cost
            ),
        )
        self.write_gates(reports)
        return written

    def write_made(self, overview: Overview, reports: Iterable[GapReport]) -> list[Path]:
        """Write an overview that is made already, as `write_overview` does.

        `reports` are those it was made of; they are looked at only where gates read of them.
        """
        written = self._write(
            "",
            lambda formats: write_made_overview(overview, self.folder, formats, self.printer),
        )
        self.write_gates(reports)
        return written

    def write_gates(self, reports: Iterable[GapReport]) -> None:
        """Write the files that gates of a deployment read, where they are asked for."""
        gates = {Format.JUNIT, Format.SARIF} & set(self.formats)
        # Each of the two looks at every report.
        looked_at = list(reports) if gates else []
        self.written += write_gate_files(
            looked_at, self.folder, self.formats, self.failures, self.tool_version
        )

    def _write(self, name: str, write: Callable[[Collection[Format]], list[Path]]) -> list[Path]:
        written = write(set(self.formats) - {Format.PDF})
        if Format.PDF in self.formats:
            try:
                written += write({Format.PDF})
            except PrintError as error:
                self.unprinted.append(name)
                self.print_fault = error
        self.written += written
        return written


def report_of(
    store: Store,
    checklist: Checklist,
    scan_id: int,
    unit_id: str,
    *,
    since: int | None = None,
    only: Collection[str] = (),
    body_of: BodyOf | None = None,
) -> GapReport:
    """The gap report of one unit of a stored scan, with the changes since its scan before.

    `since` names the scan to compare with instead; a unit that it does not hold is compared with
    nothing. `only` narrows the report to these items. `body_of` gives kept scans and pictures, for
    the pages that a person must look at. Decisions of people hold as of today.
    """
    result = store.unit_result(scan_id, unit_id)
    if since is None:
        scan = known_scan(store, scan_id)
        since = scan_before(store, scan, unit_id) if scan is not None else None
    held = since is not None and unit_id in store.done_units(since)
    report = build_report(
        checklist,
        result,
        store.unit_result(since, unit_id) if since is not None and held else None,
        waivers=store.waivers(checklist.key, unit_id),
        day=today(),
        agent=str(store.crawl_settings(scan_id).get("user_agent") or AGENT),
        only=only,
        availability=availability_up_to(store, checklist, scan_id, unit_id),
    )
    return report if body_of is None else with_pictures(report, kept_pictures(result, body_of))


def availability_up_to(
    store: Store, checklist: Checklist, scan_id: int, unit_id: str
) -> AvailabilityText | None:
    """How the unit's addresses answered up to the scan, while the list was to be answered."""
    period = entry_period(checklist.calendar)
    return availability_text(CheckBook(store, checklist.key, period, scan_id).of(unit_id))


def kept_pictures(result: UnitResult, body_of: BodyOf) -> list[Picture]:
    """The pages of a result that a person must look at, drawn from what `body_of` kept."""
    known = {document.final_url: document.sha256 for document in result.documents}
    places = (
        place if place.sha256 else replace(place, sha256=known.get(place.url, ""))
        for place in pages_to_show(result.verdicts)
    )
    return draw_pages(places, body_of)


def note_ended_waivers(checklist: Checklist, store: Store, scan_id: int, unit_id: str) -> None:
    """End for good the unit's decisions whose evidence the scan found changed; note the others."""
    waivers = store.waivers(checklist.key, unit_id)
    if not waivers:
        return
    stood = stand(waivers, store.unit_result(scan_id, unit_id), today())
    changed = {one.waiver.id for one in stood if one.standing is Standing.EVIDENCE_CHANGED}
    if changed:
        store.note_changed_evidence(changed, scan_id)
    holding = {one.waiver.id for one in stood if one.standing is Standing.ACTIVE}
    if holding:
        store.note_holding(holding, scan_id)


def today() -> date:
    """The day in Thailand."""
    return datetime.now(BANGKOK).date()
