"""`oit sweep`: all units against the checklist, a gap report for each and an overview."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import sweep as sweeping
from checklist.reasons import REASONS
from checklist.verdict import Verdict
from commands import options, unit_lists
from commands.disk import writing_reports
from commands.gates import FailOnOption, exit_code, gate
from commands.language import Exit, refuse, refusing, say, words
from commands.progress import crawl_progress
from commands.stopping import heeding
from commands.stored import printing, say_unprinted
from crawler.confinement.trial import try_out_aside
from results.formats import USUAL, Format
from results.store import StoreError
from sweep.archiving import reach_buckets
from units.packed import PackedUnits
from units.registry import Registry, UnknownUnitError

if TYPE_CHECKING:
    from sweep.running import Fill


def sweep(
    units: options.UnitsOption = None,
    db: Annotated[
        bool, typer.Option("--db", help="ใช้ทะเบียนในฐานข้อมูล (ค่าปริยายเมื่อไม่ระบุ --units)")
    ] = False,
    shipped: Annotated[
        bool, typer.Option("--shipped", help="ใช้ทะเบียนที่มากับโปรแกรม ซึ่งที่อยู่ยังไม่มีใครตรวจสอบ")
    ] = False,
    checklist: options.ChecklistOption = options.LATEST,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="ตรวจเฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    items: options.ItemsOption = "",
    as_of: options.AsOfOption = "",
    out: options.ReportsOption = None,
    format_: options.FormatOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="ทำต่อจากครั้งที่ค้างไว้")] = False,
    scan: Annotated[
        int, typer.Option("--scan", metavar="N", min=0, help="ครั้งที่จะทำต่อ (ใช้กับ --resume)")
    ] = 0,
    from_scratch: Annotated[
        bool,
        typer.Option(
            "--from-scratch", help="ดาวน์โหลด อ่าน และตัดสินใหม่ทั้งหมด ไม่ใช้ของครั้งก่อนแม้ไม่มีอะไรเปลี่ยน"
        ),
    ] = False,
    fail_on: FailOnOption = "review",
    ocr: options.OcrOption = True,
    distributed: Annotated[
        bool,
        typer.Option(
            "--distributed",
            envvar="OIT_DISTRIBUTED",
            help="ให้เครื่องที่เปิด oit worker ช่วยกันตรวจ (ต้องใช้ PostgreSQL)",
        ),
    ] = False,
    first: Annotated[
        bool, typer.Option("--first", help="ตรวจก่อนงานอื่นที่รออยู่ในคิว (ใช้กับ --distributed)")
    ] = False,
    screenshots: Annotated[
        bool | None,
        typer.Option(
            "--screenshots/--no-screenshots", help="ถ่ายภาพหน้าเว็บทุกหน้าที่ระบุ URL ไว้ เก็บเป็นหลักฐาน"
        ),
    ] = None,
    database: options.DatabaseOption = "",
    allow_network: options.NetworkOption = None,
    browser_path: options.BrowserOption = "",
) -> None:
    """ตรวจทุกหน่วยงานตามรายการตรวจ (OIT หรือรายการอื่น) แล้วออกรายงานช่องว่างรายหน่วยงาน

    ข้อที่ผลแย่ลงจากการตรวจครั้งก่อนจะเปิดซ้ำอีกครั้งก่อนบันทึกและรายงาน

    ตัวอย่าง:
      oit sweep --units my-units.xlsx --out reports
      oit sweep --units my-units.xlsx --items O1,O5-O9 --unit surin
      oit sweep --resume            (ทำต่อจากครั้งที่ค้าง ด้วยหน่วยงานและข้อชุดเดิม)
      oit sweep --units my-units.xlsx --format html --format pdf --format docx
      oit sweep --units my-units.xlsx --from-scratch   (ตรวจใหม่ทั้งหมด)
      oit sweep --shipped --unit surin
      oit sweep --db --distributed  (หลายเครื่องช่วยกันตรวจ เปิด oit worker ไว้ก่อน)
      oit sweep --units my-units.xlsx --checklist moi-2566   (แนวทางขับเคลื่อนของ สป.มท.)
    """
    if scan and not resume:
        refuse("--scan ใช้กับ --resume เท่านั้น", "--scan goes with --resume")
    gates = gate(fail_on)
    year = options.checklist_of(checklist)
    wanted = PackedUnits(() if resume else _wanted(_registry(units, db, shipped, database), unit))
    folder = options.reports_folder(out, year)
    _refuse_file(folder)
    request = sweeping.SweepRequest(
        checklist=year,
        units=wanted,
        items=options.items_of(year, items),
        as_of=options.as_of_day(as_of, year),
        settings=options.crawl_settings(
            allow_network, browser_path, **_pictures(screenshots), **_memory(from_scratch)
        ),
        out=folder,
        formats=tuple(format_) if format_ else USUAL,
        tool_version=tool_version(),
        ocr=options.ocr_settings(ocr),
        resume_scan=scan or None,
        narrowed=bool(unit),
    )
    if resume:
        request = _resumed(request, database)
    fill = _by_workers(database, first) if distributed else None
    raise typer.Exit(run(request, database, gates, fill))


def _by_workers(database: str, first: bool) -> Fill:
    """Let the workers of all machines do it; a database that they cannot share is refused."""
    # Imported here: most sweeps are of one machine.
    from distributed.conducting import fill_by_workers
    from distributed.queue import conninfo_of

    with refusing(StoreError):
        conninfo_of(options.database_url(database))
    return fill_by_workers(first=first, on_workers=_say_workers)


def _say_workers(count: int) -> None:
    if count:
        say(f"มีผู้ทำงาน {count} โปรเซส", f"{count} worker processes")
    else:
        say(
            "ยังไม่มีเครื่องใดรับงาน ให้สั่ง oit worker -n 4 ในเครื่องที่จะช่วยตรวจ",
            "nobody takes the work yet; run: oit worker -n 4",
        )


def _pictures(wanted: bool | None) -> dict[str, bool]:
    """The setting that the option names; none where the environment decides."""
    return {} if wanted is None else {"screenshots": wanted}


def _memory(from_scratch: bool) -> dict[str, bool]:
    return {"remember": False} if from_scratch else {}


def _registry(units: Path | None, db: bool, shipped: bool, database: str) -> Registry:
    """The units asked for: exactly one of a file, the imported registry, or the shipped one."""
    if (units is not None) + db + shipped > 1:
        refuse(
            "ใช้ --units, --db หรือ --shipped อย่างใดอย่างหนึ่ง", "use one of --units, --db, --shipped"
        )
    if units is not None or shipped:
        return unit_lists.registry_of(units, shipped_only=shipped)
    imported = unit_lists.imported_registry(database)
    if imported is None:
        refuse(
            "ระบุหน่วยงานที่จะตรวจด้วย --units ไฟล์ (สร้างแบบด้วย oit units template) "
            "หรือ --db หลังสั่ง oit units import",
            "say which units: --units FILE, or --db after: oit units import FILE",
        )
    return imported


def _resumed(request: sweeping.SweepRequest, database: str) -> sweeping.SweepRequest:
    with (
        options.store_of(database, options.SWEEP_PATIENCE_S) as store,
        refusing(StoreError),
    ):
        resumed = sweeping.to_resume(store, request)
    if resumed is None and request.resume_scan is not None:
        number = request.resume_scan
        refuse(
            f"การตรวจครั้งที่ {number} ทำต่อไม่ได้: เสร็จแล้ว มีครั้งใหม่กว่าที่เสร็จแล้ว หรือไม่มีครั้งนี้",
            f"scan {number} cannot be resumed: finished, overtaken by a finished one, or unknown",
        )
    if resumed is None:
        refuse("ไม่มีการตรวจที่ค้างอยู่ให้ทำต่อ", "there is no unfinished sweep to go on with")
    say(
        f"ทำต่อจากครั้งที่ค้าง {len(resumed.units)} หน่วยงาน {len(resumed.items)} ข้อ",
        f"going on: {len(resumed.units)} units, {len(resumed.items)} items",
    )
    return resumed


def run(
    request: sweeping.SweepRequest,
    database: str,
    fail_on: Collection[Verdict],
    fill: Fill | None = None,
) -> int:
    """Sweep with progress, say where the reports are, and give the exit code."""
    with (
        options.store_of(database, options.SWEEP_PATIENCE_S) as store,
        refusing(StoreError),
        writing_reports(request.out),
        heeding(request.stop.ask),
        printing(Format.PDF in request.formats, request.settings) as printer,
        crawl_progress(len(request.units)) as on_event,
    ):
        _make_folder(request.out)
        try_out_aside()
        settings = options.with_archive(request.settings, store.url)
        reach_buckets(settings)
        asked = replace(request, printer=printer, settings=settings)
        outcome = sweeping.sweep(asked, store, on_event, fill)
    _summary(outcome, request)
    if outcome.interrupted:
        say(
            "หยุดกลางคัน บันทึกผลที่ตรวจแล้วไว้แล้ว ทำต่อด้วย --resume",
            "interrupted; what was checked is saved, go on with --resume",
        )
        return Exit.INTERRUPTED
    return exit_code(outcome.verdicts(), fail_on)


def tool_version() -> str:
    """The installed version of the checker."""
    try:
        return version("oit-checker")
    except PackageNotFoundError:
        return "source"


def _wanted(registry: Registry, unit_ids: list[str] | None) -> Registry:
    with refusing(UnknownUnitError):
        chosen = registry.select(unit_ids) if unit_ids else registry.active()
    if not len(chosen):
        refuse("ทะเบียนหน่วยงานว่าง ไม่มีหน่วยงานให้ตรวจ", "the registry is empty: no unit to check")
    return chosen


def _refuse_file(out: Path) -> None:
    if out.exists() and not out.is_dir():
        refuse(f"«{out}» เป็นไฟล์ ไม่ใช่โฟลเดอร์", f"«{out}» is a file, not a folder")


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse(
            f"สร้างโฟลเดอร์รายงาน «{out}» ไม่ได้ เลือกที่อื่นด้วย --out ({error.strerror})",
            f"cannot make the folder «{out}»; choose another with --out ({error.strerror})",
        )


def _summary(outcome: sweeping.SweepOutcome, request: sweeping.SweepRequest) -> None:
    counts = outcome.counts
    units = str(len(outcome.units))
    if len(outcome.units) < len(request.units):
        units += words(f" จาก {len(request.units)}", f" of {len(request.units)}")
    say(
        f"ตรวจ {units} หน่วยงาน: ผ่าน {counts[Verdict.PASS]} ข้อ ไม่ผ่าน {counts[Verdict.FAIL]} ข้อ "
        f"ต้องให้เจ้าหน้าที่ตรวจ {counts[Verdict.REVIEW]} ข้อ ตรวจไม่ได้ {counts[Verdict.ERROR]} ข้อ",
        f"{units} units: {counts[Verdict.PASS]} pass, {counts[Verdict.FAIL]} fail, "
        f"{counts[Verdict.REVIEW]} review, {counts[Verdict.ERROR]} could not check",
    )
    _say_what_was_fetched_twice(outcome)
    say_unprinted(outcome.writer)
    if counts[Verdict.ERROR] * 2 >= counts.total() > 0:
        _say_why_unchecked(outcome)
    for path in outcome.overview:
        if path.suffix == ".html":
            say(f"เปิดรายงานภาพรวม: {path.resolve()}", f"overview: {path.resolve()}")
    say(f"รายงานรายหน่วยงานอยู่ใน: {request.out.resolve()}", f"reports: {request.out.resolve()}")


def _say_what_was_fetched_twice(outcome: sweeping.SweepOutcome) -> None:
    """Tell what a second fetch settled; an item that stays unreachable is not told as worse."""
    twice = outcome.rechecked.total()
    if twice:
        agreed = {one: count for (one, sure), count in outcome.rechecked.items() if sure}
        unseen = agreed.pop(Verdict.ERROR, 0)
        worse = sum(agreed.values())
        say(
            f"เปิดซ้ำ {twice} ข้อ: ยืนยันว่าแย่ลง {worse} ข้อ ยังตรวจไม่ได้ {unseen} ข้อ ที่เหลือใช้ผลที่ดีกว่า",
            f"{twice} items were fetched twice: {worse} confirmed as worse, "
            f"{unseen} still could not be checked",
        )


def _say_why_unchecked(outcome: sweeping.SweepOutcome) -> None:
    """The commonest reason why items could not be checked, and what to do about it."""
    if not outcome.causes:
        return
    code, count = outcome.causes.most_common(1)[0]
    found = REASONS[code]
    say(
        f"ตรวจไม่ได้ส่วนใหญ่เพราะ: {found.th} ({count} ข้อ) วิธีแก้อยู่ในรายงาน",
        f"mostly not checked because: {found.en} ({count} items)",
    )
    if code == "inner_address":
        say(
            "ถ้าเป็นเว็บไซต์ภายในเครือข่าย ให้อนุญาตด้วย --allow-network เช่น --allow-network 10.0.0.0/8",
            "for a site inside your network add, for example, --allow-network 10.0.0.0/8",
        )
