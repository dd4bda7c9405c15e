"""`oit report`: the reports of a stored scan, in the formats and the language asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from checklist.english import translated
from checklist.schema import Checklist
from checklist.verdict import Verdict
from commands import options
from commands.disk import writing_into
from commands.gates import FAIL_ON_HELP, exit_code, gate
from commands.language import Exit, Lang, refusing, say, spoken
from commands.progress import writing_progress
from commands.stored import compared_with, printing, scan_of, units_of
from commands.sweeping import tool_version
from reporting import BodyOf, report_of
from results.formats import (
    USUAL,
    Format,
    write_gate_files,
    write_overview,
    write_unit_report,
)
from results.formats.printing import Printer
from results.record import ScanInfo
from results.report import GapReport
from results.speech import Language, speaking
from results.store import Store, StoreError
from results.trend import trend_of
from sweep import bodies_of

FormatOption = Annotated[
    list[Format] | None,
    typer.Option("--format", help="ชนิดไฟล์ ระบุซ้ำได้ (ไม่ระบุ = html xlsx json)"),
]


def report(
    scan: Annotated[int, typer.Option("--scan", metavar="N", help="ครั้งที่ตรวจ (ไม่ระบุ = ล่าสุด)")] = 0,
    since: Annotated[
        int, typer.Option("--since", metavar="N", help="เทียบกับครั้งนี้ (ไม่ระบุ = ครั้งก่อนของหน่วยงานนั้น)")
    ] = 0,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="เฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    items: options.ItemsOption = "",
    format_: FormatOption = None,
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
    with options.store_of(database) as store, refusing(StoreError), speaking(tongue):
        info = scan_of(store, scan)
        checklist = options.checklist_of(info.checklist)
        job = Job(
            info=info,
            checklist=translated(checklist) if tongue is Language.EN else checklist,
            units=units_of(store, info, unit),
            only=[item.id for item in options.items_of(checklist, items)] if items.strip() else [],
            since=compared_with(store, info, since),
            formats=formats,
            folder=options.reports_folder(out, checklist),
            failures=gates or gate("review,error"),
        )
        settings = options.crawl_settings(None, browser_path)
        with writing_into(job.folder), printing(Format.PDF in formats, settings) as printer:
            reports, written = _write(store, job, bodies_of(settings), printer)
    say(
        f"เขียนรายงาน {len(written)} ไฟล์ใน {job.folder.resolve()}",
        f"{len(written)} files in {job.folder.resolve()}",
    )
    verdicts = [f.verdict for one in reports for f in one.findings() if f.verdict is not None]
    raise typer.Exit(exit_code(verdicts, gates) if gates else Exit.ALL_PASS)


@dataclass(frozen=True)
class Job:
    """What to write: units of a scan, narrowed to items, compared with a scan, in formats."""

    info: ScanInfo
    checklist: Checklist
    units: Sequence[str]
    only: Sequence[str]
    since: int | None
    formats: Collection[Format]
    folder: Path
    failures: Collection[Verdict]


def _write(
    store: Store, job: Job, body_of: BodyOf, printer: Printer | None
) -> tuple[list[GapReport], list[Path]]:
    reports: list[GapReport] = []
    written: list[Path] = []
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
        written += write_unit_report(one, job.folder, job.formats, printer)
    if len(reports) > 1:
        trend = trend_of(store, job.checklist, reports)
        written += write_overview(reports, job.folder, job.formats, printer, trend)
    written += write_gate_files(reports, job.folder, job.formats, job.failures, tool_version())
    return reports, written
