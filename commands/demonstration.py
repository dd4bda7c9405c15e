"""`oit demo`: sweep a demonstration ministry that this machine serves to itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import sweep as sweeping
from commands import options
from commands.disk import writing_into
from commands.gates import gate
from commands.language import say
from commands.sweeping import run, tool_version

DEMO_YEAR = 2566
DEMO_DAY = date(2023, 4, 30)
LOOPBACK = "127.0.0.0/8"


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="โฟลเดอร์")] = Path("reports/demo"),
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="เฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    database: options.DatabaseOption = "",
    browser_path: options.BrowserOption = "",
) -> None:
    """ตรวจกระทรวงสาธิต (เว็บไซต์สมมติในเครื่องนี้) เพื่อดูว่ารายงานเป็นอย่างไร

    เว็บไซต์ทั้งหมดเปิดเฉพาะในเครื่อง (127.0.0.0/8) ไม่ออกอินเทอร์เน็ต พบข้อบกพร่องตามที่ใส่ไว้ถือว่าสำเร็จ

    ตัวอย่าง: oit demo --out reports/demo
    """
    from demo.ministry import write_ministry
    from demo.server import serve

    checklist = options.checklist_of(DEMO_YEAR)
    settings = options.crawl_settings([LOOPBACK], browser_path, delay_s=0.0)
    with writing_into(out):
        say("กำลังสร้างเว็บไซต์ของกระทรวงสาธิต…", "building the demonstration ministry…")
        ministry = write_ministry(out / "sites")
    with serve(ministry) as served:
        units = [u for u in served.units() if not unit or u.id in unit]
        request = sweeping.SweepRequest(
            checklist=checklist,
            units=units,
            items=checklist.items,
            as_of=DEMO_DAY,
            settings=settings,
            out=out,
            tool_version=tool_version(),
            ocr=options.ocr_settings(True),
        )
        code = run(request, database, gate("review"))
    raise typer.Exit(0 if code == 1 else code)
