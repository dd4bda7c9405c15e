"""`oit report`: write the reports of a stored scan again."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

import reporting
from commands import options
from commands.disk import writing_into
from commands.language import refuse, refusing, say
from results.formats import write_overview, write_unit_report
from results.store import Store, StoreError


class Format(StrEnum):
    """Formats a report can be written in."""

    HTML = "html"
    JSON = "json"


def report(
    scan: Annotated[int, typer.Option("--scan", metavar="N", help="ครั้งที่ตรวจ (ไม่ระบุ = ล่าสุด)")] = 0,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="เฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    format_: Annotated[
        list[Format] | None, typer.Option("--format", help="ชนิดไฟล์ ระบุซ้ำได้ (ไม่ระบุ = ทั้งสองชนิด)")
    ] = None,
    out: options.ReportsOption = None,
    database: options.DatabaseOption = "",
) -> None:
    """ออกรายงานจากผลตรวจที่บันทึกไว้ โดยไม่ต้องตรวจใหม่

    ตัวอย่าง:
      oit report --unit surin --format html
      oit report --scan 3 --out reports-scan3
    """
    kinds = {f".{kind.value}" for kind in format_ or list(Format)}
    with options.store_of(database) as store, refusing(StoreError):
        scan_id = scan or _newest(store)
        info = store.scan(scan_id)
        checklist = options.checklist_of(info.checklist)
        unit_ids = unit or sorted(store.done_units(scan_id))
        reports = [reporting.report_of(store, checklist, scan_id, unit_id) for unit_id in unit_ids]
    folder = options.reports_folder(out, checklist)
    with writing_into(folder):
        written = [path for one in reports for path in write_unit_report(one, folder, kinds)]
        written += write_overview(reports, folder, kinds) if len(reports) > 1 else []
    say(
        f"เขียนรายงาน {len(written)} ไฟล์ใน {folder.resolve()}",
        f"{len(written)} files in {folder.resolve()}",
    )


def _newest(store: Store) -> int:
    scans = [info for info in store.scans() if info.units]
    if not scans:
        refuse("ยังไม่มีผลตรวจที่บันทึกไว้ ให้สั่ง oit sweep ก่อน", "no scan is stored yet; run: oit sweep")
    return scans[0].id
