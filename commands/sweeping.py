"""`oit sweep`: all units against the checklist, a gap report for each and an overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

import sweep as sweeping
from checklist.verdict import Verdict
from commands import options
from commands.language import Exit, refuse, refusing, say
from commands.progress import crawl_progress
from results.store import StoreError
from units.registry import Registry, UnknownUnitError


class FailOn(StrEnum):
    """The mildest verdict that counts as a gap for the exit code."""

    REVIEW = "review"
    FAIL = "fail"


FailOnOption = Annotated[
    FailOn,
    typer.Option("--fail-on", help="รหัสจบ 1 เมื่อพบข้อที่ไม่ผ่าน (fail) หรือรวมข้อที่ต้องให้คนดู (review)"),
]


def sweep(
    units: options.UnitsOption = None,
    db: Annotated[bool, typer.Option("--db", help="ใช้ทะเบียนที่นำเข้าด้วย oit units import")] = False,
    checklist: options.YearOption = options.LATEST_YEAR,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="ตรวจเฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    items: options.ItemsOption = "",
    as_of: options.AsOfOption = "",
    out: Annotated[Path, typer.Option("--out", metavar="โฟลเดอร์", help="ที่เก็บรายงาน")] = Path(
        "reports"
    ),
    resume: Annotated[bool, typer.Option("--resume", help="ทำต่อจากครั้งที่ค้างไว้")] = False,
    fail_on: FailOnOption = FailOn.REVIEW,
    ocr: options.OcrOption = True,
    database: options.DatabaseOption = "",
    allow_network: options.NetworkOption = None,
    browser_path: options.BrowserOption = "",
) -> None:
    """ตรวจทุกหน่วยงานตามรายการ OIT แล้วออกรายงานช่องว่างรายหน่วยงาน

    ตัวอย่าง:
      oit sweep --units my-units.xlsx --out reports
      oit sweep --units my-units.xlsx --items O1,O5-O9 --unit surin
      oit sweep --resume
    """
    if units is not None and db:
        refuse("ใช้ --units หรือ --db อย่างใดอย่างหนึ่ง", "use either --units or --db")
    if db and not options.registry_path().exists():
        refuse(
            "ยังไม่มีทะเบียนที่นำเข้า ให้สั่ง oit units import ไฟล์ ก่อน",
            "no units imported yet; run: oit units import FILE",
        )
    year = options.checklist_of(checklist)
    registry = _wanted(options.registry_of(units), unit)
    _refuse_file(out)
    request = sweeping.SweepRequest(
        checklist=year,
        units=list(registry),
        items=options.items_of(year, items),
        as_of=options.as_of_day(as_of, year),
        settings=options.crawl_settings(allow_network, browser_path),
        out=out,
        resume=resume,
        tool_version=tool_version(),
        ocr=options.ocr_settings(ocr),
    )
    raise typer.Exit(run(request, database, fail_on))


def run(request: sweeping.SweepRequest, database: str, fail_on: FailOn) -> int:
    """Sweep with progress, say where the reports are, and give the exit code."""
    with (
        options.store_of(database) as store,
        refusing(StoreError),
        crawl_progress(len(request.units)) as on_event,
    ):
        outcome = sweeping.sweep(request, store, on_event)
    _summary(outcome, request)
    if outcome.interrupted:
        say(
            "หยุดกลางคัน บันทึกผลที่ตรวจแล้วไว้แล้ว ทำต่อด้วย --resume",
            "interrupted; what was checked is saved, go on with --resume",
        )
        return Exit.INTERRUPTED
    return exit_code(outcome.verdicts(), fail_on)


def exit_code(verdicts: Iterable[Verdict], fail_on: FailOn) -> int:
    """0 all pass, 1 gaps, 3 when half or more, or all that does not pass, could not be checked."""
    counts = Counter(verdicts)
    errors, total = counts[Verdict.ERROR], counts.total()
    if total and errors * 2 >= total:
        return Exit.TOO_LITTLE_CHECKED
    gaps = counts[Verdict.FAIL] + (counts[Verdict.REVIEW] if fail_on is FailOn.REVIEW else 0)
    if gaps:
        return Exit.GAPS
    return Exit.TOO_LITTLE_CHECKED if errors else Exit.ALL_PASS


def tool_version() -> str:
    """The installed version of the checker."""
    try:
        return version("oit-checker")
    except PackageNotFoundError:
        return "source"


def _wanted(registry: Registry, unit_ids: list[str] | None) -> Registry:
    with refusing(UnknownUnitError):
        chosen = registry.select(unit_ids) if unit_ids else registry
    if not len(chosen):
        refuse("ทะเบียนหน่วยงานว่าง ไม่มีหน่วยงานให้ตรวจ", "the registry is empty: no unit to check")
    return chosen


def _refuse_file(out: Path) -> None:
    if out.exists() and not out.is_dir():
        refuse(f"«{out}» เป็นไฟล์ ไม่ใช่โฟลเดอร์", f"«{out}» is a file, not a folder")


def _summary(outcome: sweeping.SweepOutcome, request: sweeping.SweepRequest) -> None:
    counts = Counter(outcome.verdicts())
    units = len(outcome.reports)
    say(
        f"ตรวจ {units} หน่วยงาน: ผ่าน {counts[Verdict.PASS]} ข้อ ไม่ผ่าน {counts[Verdict.FAIL]} ข้อ "
        f"ต้องให้คนดู {counts[Verdict.REVIEW]} ข้อ ตรวจไม่ได้ {counts[Verdict.ERROR]} ข้อ",
        f"{units} units: {counts[Verdict.PASS]} pass, {counts[Verdict.FAIL]} fail, "
        f"{counts[Verdict.REVIEW]} review, {counts[Verdict.ERROR]} could not check",
    )
    for path in outcome.overview:
        if path.suffix == ".html":
            say(f"เปิดรายงานภาพรวม: {path.resolve()}", f"overview: {path.resolve()}")
    say(f"รายงานรายหน่วยงานอยู่ใน: {request.out.resolve()}", f"reports: {request.out.resolve()}")
