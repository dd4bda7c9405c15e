"""`oit stats`: what a scan cost, and how much of it was unchanged."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer
from rich.table import Table

from commands import options
from commands.language import out, refusing, spoken, words
from commands.stored import scan_of, told_scan
from results.speech import Language, speaking
from results.statistic_rows import statistics_of
from results.statistics import ScanStatistics, figures
from results.store import StoreError


def stats(
    scan: Annotated[int, typer.Option("--scan", metavar="N", help="ครั้งที่ตรวจ (ไม่ระบุ = ล่าสุด)")] = 0,
    checklist: options.ScanListOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="พิมพ์เฉพาะ JSON")] = False,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงตัวเลขของการตรวจครั้งหนึ่ง: หน้า ข้อมูล เวลา ส่วนที่ไม่เปลี่ยน สาเหตุที่ตรวจไม่ได้

    ตัวอย่าง:
      oit stats
      oit stats --scan 12 --json
    """
    with options.stored_results(database) as store, refusing(StoreError):
        info = scan_of(store, scan, checklist)
        found = statistics_of(store, info.id)
    if as_json:
        out.print(found.model_dump_json(indent=2), markup=False, soft_wrap=True)
        return
    out.print(words(*told_scan(info)), markup=False, soft_wrap=True)
    with speaking(Language(spoken().value)):
        out.print(_table(found))


def _table(found: ScanStatistics) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for section, lines in groupby(figures(found), key=lambda figure: figure.section):
        table.add_row(f"\n[bold]{section}[/bold]", "")
        for line in lines:
            table.add_row(f"  {line.name}", line.text)
    return table
