"""`oit discover`: propose the address of each item from a main site alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

import sweep
from checklist.schema import EvidenceShape, Item
from commands import options
from commands.disk import refuse_unwritable_table
from commands.language import Exit, out, refuse, refusing, say
from commands.progress import crawl_progress
from crawler.urls import is_root, key
from units.addresses import AddressError, check_url
from units.exporting import write_units
from units.problems import UnitsError
from units.registry import Registry, Unit


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

    หน้าแรกเสนอให้เฉพาะข้อที่ดูจากหน้าเว็บ เช่น ช่องทางติดต่อ ข้อที่ต้องมีเอกสารไม่เสนอหน้าแรก

    รหัสจบ: 0 พบ URL อย่างน้อยหนึ่งข้อ · 2 คำสั่งผิด · 3 ไม่พบเลย

    ตัวอย่าง: oit discover https://www.example.go.th -o urls.xlsx
    """
    year = options.checklist_of(checklist)
    wanted = options.items_of(year, items)
    if output:
        refuse_unwritable_table(output)
    if output and output.exists():
        refuse(f"มีไฟล์ «{output}» อยู่แล้ว ไม่เขียนทับ", f"«{output}» exists and is not overwritten")
    with refusing(AddressError):
        main_site = check_url(url)
    settings = options.crawl_settings(allow_network, browser_path)
    with crawl_progress(1) as on_event:
        found_unit = sweep.discover(main_site, wanted, year, settings, on_event)
    unit = without_home_page(found_unit, wanted)
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
    raise typer.Exit(Exit.ALL_PASS if found else Exit.TOO_LITTLE_CHECKED)


def without_home_page(unit: Unit, items: Sequence[Item]) -> Unit:
    """The unit without home pages among the addresses of items that want a document.

    ITAS takes an address that leads to the item's own evidence; only items whose evidence is
    a page's functions may have the home page.
    """
    on_pages = {item.id for item in items if item.evidence is EvidenceShape.PAGE}
    home = key(unit.main_site)
    kept = {
        item_id: tuple(
            url for url in urls if item_id in on_pages or not (is_root(url) or key(url) == home)
        )
        for item_id, urls in unit.urls.items()
    }
    return unit.model_copy(update={"urls": {item: urls for item, urls in kept.items() if urls}})
