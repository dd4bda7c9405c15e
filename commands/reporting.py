"""`oit report`: the reports of a stored scan, in the formats and the language asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from checklist.english import translated
from checklist.schema import Checklist
from commands import options
from commands.disk import writing_into
from commands.gates import FAIL_ON_HELP, exit_code, gate
from commands.language import Exit, Lang, refusing, say, spoken
from commands.progress import writing_progress
from commands.stored import compared_with, printing, say_unprinted, scan_of, told_scan, units_of
from commands.sweeping import tool_version
from results.formats import FAIL_ON, USUAL, Format
from results.record import ScanInfo
from results.report import GapReport
from results.speech import Language, speaking
from results.statistic_rows import statistics_of
from results.store import Store, StoreError
from results.trend import trend_of
from sweep import bodies_of
from sweep.archiving import bodies_and_copies
from sweep.reporting import BodyOf, ReportWriter, report_of


def report(
    scan: Annotated[int, typer.Option("--scan", metavar="N", help="ครั้งที่ตรวจ (ไม่ระบุ = ล่าสุด)")] = 0,
    since: Annotated[
        int, typer.Option("--since", metavar="N", help="เทียบกับครั้งนี้ (ไม่ระบุ = ครั้งก่อนของหน่วยงานนั้น)")
    ] = 0,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="เฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    checklist_: options.ScanListOption = "",
    items: options.ItemsOption = "",
    format_: options.FormatOption = None,
    language: Annotated[
        Lang | None, typer.Option("--lang", help="ภาษาของรายงาน: th หรือ en (ไม่ระบุ = ภาษาที่ใช้อยู่)")
    ] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="fail,review,error", help=FAIL_ON_HELP)
    ] = "none",
    out: options.ReportsOption = None,
    database: options.DatabaseOption = "",
    browser_path: options.BrowserOption = "",
) -> None:
    """ออกรายงานจากผลตรวจที่บันทึกไว้ โดยไม่ต้องตรวจใหม่

    จบด้วยรหัส 0 เว้นแต่ระบุ --fail-on

    ตัวอย่าง:
      oit report --unit surin --format pdf --format docx
      oit report --scan 3 --since 1 --out reports-scan3
      oit report --items O12,O19-O22 --format xlsx
      oit report --format junit --format sarif --fail-on fail,error
      oit report --lang en --format pdf
    """
    gates = gate(fail_on)
    formats = tuple(format_) if format_ else USUAL
    tongue = Language((language or spoken()).value)
    with options.stored_results(database) as store, refusing(StoreError), speaking(tongue):
        info = scan_of(store, scan, checklist_)
        checklist = options.checklist_of(info.checklist)
        job = Job(
            info=info,
            checklist=translated(checklist) if tongue is Language.EN else checklist,
            units=units_of(store, info, unit),
            only=[item.id for item in options.items_of(checklist, items)] if items.strip() else [],
            since=compared_with(store, info, since),
            folder=_folder(out, checklist, items),
        )
        settings = options.crawl_settings(None, browser_path)
        with writing_into(job.folder), printing(Format.PDF in formats, settings) as printer:
            failures = gates or FAIL_ON
            writer = ReportWriter(job.folder, formats, printer, tool_version(), failures)
            place = options.evidence_place(store.url)
            body_of = bodies_and_copies(bodies_of(settings), place, store.engine)
            reports = _write(store, job, body_of, writer)
    say_unprinted(writer)
    th, en = told_scan(job.info)
    say(
        f"เขียนรายงาน {len(writer.written)} ไฟล์ของ{th} ใน {job.folder.resolve()}",
        f"{len(writer.written)} files of {en} in {job.folder.resolve()}",
    )
    if writer.unprinted:
        raise typer.Exit(Exit.BAD_INPUT)
    verdicts = [f.verdict for one in reports for f in one.findings() if f.verdict is not None]
    raise typer.Exit(exit_code(verdicts, gates) if gates else Exit.ALL_PASS)


def _folder(out: Path | None, checklist: Checklist, items: str) -> Path:
    """Reports of some items never take the place of whole ones unless a folder is named."""
    folder = options.reports_folder(out, checklist)
    return folder / "selected-items" if items.strip() and out is None else folder


@dataclass(frozen=True)
class Job:
    """What to write: units of a scan, narrowed to items, compared with a scan."""

    info: ScanInfo
    checklist: Checklist
    units: Sequence[str]
    only: Sequence[str]
    since: int | None
    folder: Path


def _write(store: Store, job: Job, body_of: BodyOf, writer: ReportWriter) -> list[GapReport]:
    reports: list[GapReport] = []
    for unit_id in writing_progress(job.units):
        one = report_of(
            store,
            job.checklist,
            job.info.id,
            unit_id,
            since=job.since,
            only=job.only,
            body_of=body_of,
        )
        reports.append(one)
        writer.write_unit(one)
    if len(reports) > 1:
        trend = trend_of(store, job.checklist, reports)
        writer.write_overview(reports, trend, statistics_of(store, job.info.id))
    else:
        writer.write_gates(reports)
    return reports
