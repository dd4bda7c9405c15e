"""`oit discover`: propose the address of each item from a main site alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import sweep
from commands import options
from commands.language import out, refuse, refusing, say
from commands.progress import crawl_progress
from units.addresses import AddressError, check_url
from units.exporting import write_units
from units.problems import UnitsError
from units.registry import Registry


def discover(
    url: Annotated[str, typer.Argument(metavar="URL", help="หน้าแรกของเว็บไซต์หน่วยงาน")],
    checklist: options.YearOption = options.LATEST_YEAR,
    items: options.ItemsOption = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="ไฟล์", help="บันทึกเป็นทะเบียน .xlsx .csv .yaml"),
    ] = None,
    allow_network: options.NetworkOption = None,
    browser_path: options.BrowserOption = "",
) -> None:
    """หา URL ของแต่ละข้อจากเว็บไซต์หลัก เพื่อนำไปตรวจทานและกรอกทะเบียน

    ตัวอย่าง: oit discover https://www.example.go.th -o urls.xlsx
    """
    year = options.checklist_of(checklist)
    wanted = options.items_of(year, items)
    if output and output.exists():
        refuse(f"มีไฟล์ «{output}» อยู่แล้ว ไม่เขียนทับ", f"«{output}» exists and is not overwritten")
    with refusing(AddressError):
        main_site = check_url(url)
    settings = options.crawl_settings(allow_network, browser_path)
    with crawl_progress(1) as on_event:
        unit = sweep.discover(main_site, wanted, year, settings, on_event)
    for item in wanted:
        addresses = unit.urls.get(item.id, ())
        out.print(f"{item.id:<4} {item.title}", markup=False, soft_wrap=True)
        for address in addresses or ("—",):
            out.print(f"       {address}", markup=False, soft_wrap=True)
    found = sum(1 for item in wanted if unit.urls.get(item.id))
    if output:
        with refusing(UnitsError):
            write_units(Registry([unit]), output)
    say(
        f"พบ URL ของ {found} จาก {len(wanted)} ข้อ",
        f"found addresses for {found} of {len(wanted)} items",
    )
    raise typer.Exit(0 if found else 3)
