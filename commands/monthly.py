"""`oit paper monthly`: the progress report that is due on the 10th of each month."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checklist.thai import to_arabic_digits
from commands import options
from commands.disk import refuse_existing, writing_into
from commands.language import refuse, refusing, say
from commands.stored import printing
from results.formats.files import write_bytes_whole
from results.papers.blocks import Paper, paper_docx, paper_pdf
from results.papers.monthly import build_monthly
from results.papers.monthly_words import monthly_paper
from results.papers.scan_pair import ScanPair, choose_scans, due_day, next_due
from results.record import ScanInfo
from results.report import GapReport
from results.speech import day_text
from results.store import Store, StoreError
from sweep.reporting import report_of, today

_ERA = 543


class PaperFormat(StrEnum):
    """Formats the report can be written in."""

    DOCX = "docx"
    PDF = "pdf"


def monthly(
    month: Annotated[
        str, typer.Option("--month", metavar="ปปปป-ดด", help="เดือนที่รายงาน (ไม่ระบุ = วันที่ 10 ถัดไป)")
    ] = "",
    checklist: options.ScanListOption = "",
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="เฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    format_: Annotated[
        list[PaperFormat] | None,
        typer.Option("--format", help="ชนิดไฟล์ ระบุซ้ำได้ (ไม่ระบุ = docx)"),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="โฟลเดอร์")] = Path("reports/monthly"),
    replace: options.ReplaceOption = False,
    database: options.DatabaseOption = "",
    browser_path: options.BrowserOption = "",
) -> None:
    """ออกรายงานความก้าวหน้าประจำเดือน (กำหนดวันที่ 10) เทียบกับเดือนก่อน

    ใช้ผลตรวจล่าสุดถึงวันที่ 10 ของเดือนนั้น เทียบกับผลล่าสุดถึงวันที่ 10 ของเดือนก่อน

    ตัวอย่าง: oit paper monthly --month 2566-04 --format docx --format pdf --out papers
    """
    due = _due(month)
    key = options.checklist_of(checklist).key if checklist else ""
    with options.stored_results(database) as store, refusing(StoreError):
        scans = _scans(store, due, key)
        now = _reports(store, scans.now, unit)
        before = _reports(store, scans.before, unit) if scans.before else None
    if not now:
        refuse(
            f"การตรวจครั้งที่ {scans.now.id} ไม่มีผลของหน่วยงาน {', '.join(unit or [])}",
            f"scan {scans.now.id} holds no result of {', '.join(unit or [])}",
        )
    paper = monthly_paper(build_monthly(now, before, due), scans)
    made = _made(paper, set(format_ or [PaperFormat.DOCX]), browser_path)
    stem = f"monthly-{scans.now.checklist}-{due.year + _ERA}-{due.month:02}"
    named = {out / f"{stem}.{kind}": content for kind, content in made.items()}
    refuse_existing(named, replace)
    with writing_into(out):
        written = [write_bytes_whole(path, content) for path, content in named.items()]
    say(
        f"เขียนรายงานประจำเดือน {', '.join(path.name for path in written)} ใน {out.resolve()}",
        f"{', '.join(path.name for path in written)} in {out.resolve()}",
    )


def _due(month: str) -> date:
    text = to_arabic_digits(month).strip()
    if not text:
        return next_due(today())
    turned = re.fullmatch(r"(\d{1,2})/(\d{4})", text)
    match = re.fullmatch(r"(\d{4})-(\d{1,2})", f"{turned[2]}-{turned[1]}" if turned else text)
    if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
        refuse(
            f"อ่านเดือน «{month}» ไม่ได้ เขียนเช่น 2566-04 หรือ 4/2566",
            f"cannot read the month «{month}»; write it like 2023-04",
        )
    year = int(match[1])
    return due_day(date(year - _ERA if year > 2400 else year, int(match[2]), 1))


def _scans(store: Store, due: date, key: str) -> ScanPair:
    scans = choose_scans(store.scans(), due, key)
    if scans is None:
        refuse(
            f"ไม่มีผลตรวจที่บันทึกไว้ถึงวันที่ {day_text(due)} ของรายการตรวจ {key} "
            f"ให้สั่ง oit sweep --checklist {key} ก่อน หรือระบุ --month ภายหลัง",
            f"no scan of {key} is stored up to {day_text(due)}; "
            f"run: oit sweep --checklist {key}, or name a later --month",
        )
    return scans


def _reports(store: Store, scan: ScanInfo, units: list[str] | None) -> list[GapReport]:
    """The reports of the units the scan holds; a unit that it does not hold is no fault here."""
    checklist = options.checklist_of(scan.checklist)
    held = sorted(store.done_units(scan.id))
    wanted = [unit_id for unit_id in held if not units or unit_id in units]
    return [report_of(store, checklist, scan.id, unit_id) for unit_id in wanted]


def _made(paper: Paper, kinds: set[PaperFormat], browser_path: str) -> dict[str, bytes]:
    made = {"docx": paper_docx(paper)} if PaperFormat.DOCX in kinds else {}
    settings = options.crawl_settings(browser_path=browser_path)
    with printing(PaperFormat.PDF in kinds, settings) as printer:
        if printer is not None:
            made["pdf"] = paper_pdf(paper, printer)
    return made
