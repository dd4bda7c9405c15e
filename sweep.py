"""Joins the rooms: units and items -> crawl -> documents -> judge -> results and reports.

The command line and every other face call only this module.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checklist.evidence import Coverage, Document
from checklist.placement import with_placements
from checklist.probes.base import Context
from confirming import InDoubt, Judge, Scanned, doubtful, earlier_verdicts, fetch_again
from crawler.bodies import BodyStore
from crawler.extract.folders import SourceError as SourceError
from crawler.extract.folders import read_source as read_source
from crawler.extract.members import members_of
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from proposing import discover as discover
from reporting import ReportWriter, note_ended_waivers, report_of
from results.formats import USUAL, Format
from results.pictures import with_pictures
from results.record import ScanStatus
from results.trend import trend_of
from second_look import BodyOf, Documents, Judged, draw, judge_with_ocr
from units.registry import Unit

if TYPE_CHECKING:
    from checklist.profile import UnitProfile
    from checklist.schema import Checklist, Item
    from checklist.verdict import ItemVerdict, Verdict
    from crawler.harvest import CrawlEvent, UnitHarvest
    from crawler.ocr import OcrSettings
    from crawler.settings import CrawlSettings
    from results.formats.printing import Printer
    from results.report import GapReport
    from results.store import Store

OnEvent = Callable[["CrawlEvent"], None]

_KEPT_BODIES = 4 * 1024**3
"""Bytes of scans kept between sweeps; the ones used longest ago go first."""


@dataclass(frozen=True)
class SweepRequest:
    """What to sweep: units against items of a checklist, judged as of a day.

    Reports go below `out`, a folder a unit. With `resume` the newest unfinished scan of the
    same checklist goes on from the units that are done. With `ocr` scans that may decide an
    item are read, at most `ocr_pages_per_unit`; their bodies are kept in `settings.bodies_folder`.
    `formats` are written of each unit's report and of the overview; a PDF needs a `printer`.
    """

    checklist: Checklist
    units: Sequence[Unit]
    items: Sequence[Item]
    as_of: date
    settings: CrawlSettings
    out: Path
    resume: bool = False
    tool_version: str = ""
    ocr: OcrSettings | None = None
    ocr_pages_per_unit: int = 60
    formats: Collection[Format] = USUAL
    printer: Printer | None = None


@dataclass
class SweepOutcome:
    """What a sweep did: the scan's number, the reports written, and every unit's verdicts."""

    scan_id: int
    writer: ReportWriter
    overview: list[Path] = field(default_factory=list)
    reports: list[GapReport] = field(default_factory=list)
    interrupted: bool = False

    def verdicts(self) -> Iterator[Verdict]:
        """Every item verdict of every unit of the sweep."""
        for report in self.reports:
            for finding in report.findings():
                if finding.verdict is not None:
                    yield finding.verdict


def sweep(request: SweepRequest, store: Store, on_event: OnEvent | None = None) -> SweepOutcome:
    """Crawl, judge and report all units; each is saved and reported as soon as it is done.

    A unit with items that stand worse than in its scan before is fetched again for these, at the
    end, and saved only then. An interruption (Ctrl-C) saves what is done, writes the overview over
    it and returns with `interrupted` set. Raises `results.store.StoreError` when the database
    cannot be used.
    """
    writer = ReportWriter(request.out, request.formats, request.printer, request.tool_version)
    outcome = SweepOutcome(_scan_to_fill(request, store), writer)
    done = store.done_units(outcome.scan_id)
    for unit_id in sorted(done & {unit.id for unit in request.units}):
        outcome.reports.append(_report(request, store, outcome.scan_id, unit_id))
    plans = {unit.id: plan_of(unit, request) for unit in request.units if unit.id not in done}
    in_doubt: list[InDoubt] = []
    status = ScanStatus.FAILED
    try:
        for harvest in crawl(list(plans.values()), request.settings, on_event):
            plan = plans[harvest.unit_id]
            judged = judge_harvest(harvest, plan.unit, request)
            scanned = Scanned(plan, judged, harvest.coverage, datetime.now(UTC))
            earlier = earlier_verdicts(
                store, request.checklist.key, harvest.unit_id, outcome.scan_id
            )
            if doubt := doubtful(scanned, earlier):
                in_doubt.append(doubt)
            else:
                _finish(scanned, request, store, outcome)
        for scanned in fetch_again(in_doubt, request.settings, _judge_again(request), on_event):
            _finish(scanned, request, store, outcome)
        status = ScanStatus.FINISHED
    except KeyboardInterrupt:
        outcome.interrupted = True
        status = ScanStatus.INTERRUPTED
    finally:
        store.finish_scan(outcome.scan_id, status)
        if request.settings.bodies_folder is not None:
            BodyStore(request.settings.bodies_folder).prune(_KEPT_BODIES)
    trend = trend_of(store, request.checklist, outcome.reports)
    outcome.overview = outcome.writer.write_overview(outcome.reports, trend)
    return outcome


def _finish(scanned: Scanned, request: SweepRequest, store: Store, outcome: SweepOutcome) -> None:
    """Store a unit's result and write its report."""
    unit, judged = scanned.plan.unit, scanned.judged
    documents = _distinct(judged.documents)
    store.save_unit(outcome.scan_id, unit, judged.verdicts, scanned.coverage, documents)
    note_ended_waivers(request.checklist, store, outcome.scan_id, unit.id)
    report = _report(request, store, outcome.scan_id, unit.id)
    pictured = with_pictures(report, draw(judged, bodies_of(request.settings)))
    outcome.writer.write_unit(pictured)
    outcome.reports.append(report)


def _judge_again(request: SweepRequest) -> Judge:
    """Judges a second fetch: nothing but the items that were fetched."""

    def judge(harvest: UnitHarvest, plan: UnitPlan) -> Judged:
        wanted = [item for item in request.items if item.id in plan.only]
        return judge_harvest(harvest, plan.unit, replace(request, items=wanted))

    return judge


def _scan_to_fill(request: SweepRequest, store: Store) -> int:
    unfinished = store.unfinished_scan(request.checklist.key) if request.resume else None
    if unfinished is not None:
        store.resume_scan(unfinished.id)
        return unfinished.id
    settings = {
        "crawl": request.settings.model_dump(mode="json"),
        "units": [unit.model_dump(mode="json") for unit in request.units],
        "items": [item.id for item in request.items],
    }
    return store.start_scan(request.checklist, request.as_of, settings, request.tool_version)


def to_resume(store: Store, request: SweepRequest) -> SweepRequest | None:
    """`request` for the newest unfinished scan: its units, items and day; None without one.

    A scan goes on as it was begun, whatever units file is at hand when it is resumed.
    """
    scan = store.unfinished_scan(request.checklist.key)
    if scan is None or "units" not in scan.settings:
        return None
    asked: Any = scan.settings
    return replace(
        request,
        units=[Unit.model_validate(unit) for unit in asked["units"]],
        items=request.checklist.select(asked["items"]),
        as_of=scan.as_of,
        resume=True,
    )


def plan_of(unit: Unit, request: SweepRequest) -> UnitPlan:
    """What to crawl for a unit: every wanted item with the URLs the unit gave for it."""
    targets = tuple(ItemTarget(item, unit.urls.get(item.id, ())) for item in request.items)
    return UnitPlan(unit.profile, targets, request.checklist.year)


def judge_harvest(harvest: UnitHarvest, unit: UnitProfile, request: SweepRequest) -> Judged:
    """Verdicts for every wanted item on what the crawl brought home, scans read where it helps."""
    judged = judge_with_ocr(
        request.items,
        _taken_apart(harvest.documents),
        context_for(request.checklist, request.as_of, unit),
        bodies_of(request.settings),
        request.ocr,
        request.ocr_pages_per_unit,
    )
    return _placed(request.items, judged)


def _placed(items: Sequence[Item], judged: Judged) -> Judged:
    """The verdicts with the places of the documents that they rest on."""
    verdicts = tuple(
        with_placements(item, verdict, judged.documents.get(item.id, ()))
        for item, verdict in zip(items, judged.verdicts, strict=True)
    )
    return Judged(verdicts, judged.documents)


def _taken_apart(documents: Documents) -> Documents:
    """Archives as the files in them."""
    return {
        item_id: tuple(part for document in found for part in members_of(document))
        for item_id, found in documents.items()
    }


def bodies_of(settings: CrawlSettings) -> BodyOf:
    """Where the crawl kept its bodies; nothing is found when it kept none."""
    if settings.bodies_folder is None:
        return lambda _: None
    return BodyStore(settings.bodies_folder).get


def context_for(checklist: Checklist, as_of: date, unit: UnitProfile | None) -> Context:
    """The judge's context: year, day, unit, and the titles that an index page lists."""
    names = tuple(item.title for item in checklist.items)
    return Context(checklist.fiscal_year, as_of, unit, names)


def _report(request: SweepRequest, store: Store, scan_id: int, unit_id: str) -> GapReport:
    return report_of(store, request.checklist, scan_id, unit_id)


def _distinct(documents: Documents) -> list[Document]:
    return list({d.fetch.url: d for found in documents.values() for d in found}.values())


@dataclass(frozen=True)
class CheckResult:
    """Verdicts on one source, with the documents they rest on."""

    verdicts: tuple[ItemVerdict, ...]
    documents: tuple[Document, ...]
    coverage: Coverage = field(default_factory=Coverage)


def check_files(
    source: Path, items: Sequence[Item], context: Context, ocr: OcrSettings | None = None
) -> CheckResult:
    """Judge a file, or all files of a folder together, for every item.

    Raises `SourceError` when there is nothing to read.
    """
    return check_documents(read_source(source), items, context, ocr)


def check_documents(
    documents: tuple[Document, ...],
    items: Sequence[Item],
    context: Context,
    ocr: OcrSettings | None = None,
) -> CheckResult:
    """Judge documents read from local files, together, for every item."""
    paths = {d.fetch.sha256: Path(d.fetch.url) for d in documents}
    together = {item.id: documents for item in items}
    judged = judge_with_ocr(items, together, context, lambda sha: paths[sha].read_bytes(), ocr)
    return CheckResult(judged.verdicts, documents)


def check_url(
    url: str,
    items: Sequence[Item],
    context: Context,
    settings: CrawlSettings,
    unit: UnitProfile,
    on_event: OnEvent | None = None,
    ocr: OcrSettings | None = None,
) -> CheckResult:
    """Fetch a URL as if the unit had given it for every item, and judge each item."""
    targets = tuple(ItemTarget(item, (url,)) for item in items)
    plan = UnitPlan(unit, targets, context.fiscal_year.year)
    harvest = next(iter(crawl([plan], settings, on_event)))
    documents = _taken_apart(harvest.documents)
    judged = judge_with_ocr(items, documents, context, bodies_of(settings), ocr)
    judged = _placed(items, judged)
    return CheckResult(judged.verdicts, tuple(_distinct(judged.documents)), harvest.coverage)
