"""`oit discover`: propose the address of each item from a main site alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

import sweep
from checklist.schema import Checklist
from commands import options
from commands.disk import refuse_unwritable_table
from commands.language import Exit, out, refuse, refusing, say, words
from commands.progress import crawl_progress
from commands.screen import show_json
from units.addresses import AddressError, check_url
from units.exporting import write_units
from units.problems import UnitsError
from units.registry import Registry
from units.suggesting import write_suggestions
from units.suggestions import LEVEL_NAMES, Suggestion, Suggestions


def discover(
    url: Annotated[str, typer.Argument(metavar="URL", help="หน้าแรกของเว็บไซต์หน่วยงาน")],
    checklist: options.ChecklistOption = options.LATEST,
    items: options.ItemsOption = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="ไฟล์", help="บันทึกเป็น .xlsx ไว้แก้ไข (.csv .yaml ก็ได้)"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")] = False,
    allow_network: options.NetworkOption = None,
    browser_path: options.BrowserOption = "",
) -> None:
    """เสนอ URL ของแต่ละข้อจากเว็บไซต์หลัก พร้อมความมั่นใจและเหตุผล

    แฟ้ม .xlsx มีหนึ่งแถวต่อข้อ ตรวจและแก้คอลัมน์ "URL ที่ใช้ตรวจ" แล้วใช้กับ oit sweep --units ได้ทันที
    ข้อที่หาไม่พบมีเครื่องหมาย "ไม่พบ" และบอกว่าดูที่ใดแล้ว

    หน้าแรกเสนอให้เฉพาะข้อที่ดูจากหน้าเว็บ เช่น ช่องทางติดต่อ ข้อที่ต้องมีเอกสารไม่เสนอหน้าแรก

    รหัสจบ: 0 พบ URL อย่างน้อยหนึ่งข้อ · 2 คำสั่งผิด · 3 ไม่พบเลย

    ตัวอย่าง:
      oit discover https://www.example.go.th -o urls.xlsx
      oit sweep --units urls.xlsx
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
        found = sweep.discover(main_site, wanted, year, settings, on_event)
    if as_json:
        show_json(json.dumps(as_data(found, year), ensure_ascii=False, indent=2))
    else:
        for suggestion in found.items:
            _show(suggestion)
    if output:
        with refusing(UnitsError):
            _write(found, output)
    count = sum(1 for suggestion in found.items if suggestion.urls)
    say(
        f"พบ URL ของ {count} จาก {len(wanted)} ข้อ (อ่าน {len(found.searched)} หน้าของเว็บไซต์)",
        f"found addresses for {count} of {len(wanted)} items ({len(found.searched)} pages read)",
    )
    if output:
        say(
            f"ตรวจและแก้ไขแฟ้ม {output} แล้วสั่ง: oit sweep --units {output}",
            f"correct {output}, then: oit sweep --units {output}",
        )
    raise typer.Exit(Exit.ALL_PASS if count else Exit.TOO_LITTLE_CHECKED)


def as_data(found: Suggestions, checklist: Checklist) -> dict[str, Any]:
    """The object that `--json` prints."""
    return {
        "checklist": options.name_of(checklist),
        "main_site": found.unit.main_site,
        "unit": {
            "id": found.unit.id,
            "name": found.unit.name,
            "type": found.unit.type.value,
        },
        "searched": list(found.searched),
        "items": [_item_data(suggestion) for suggestion in found.items],
    }


def _item_data(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "item": suggestion.item,
        "title": suggestion.title,
        "urls": list(suggestion.urls),
        "confidence": suggestion.level.value,
        "confidence_th": LEVEL_NAMES[suggestion.level],
        "score": suggestion.score,
        "reason": suggestion.reason,
        "link_text": suggestion.link_text,
        "found_on": suggestion.found_on,
        "alternatives": [
            {"url": one.url, "link_text": one.link_text, "score": one.score}
            for one in suggestion.alternatives
        ],
    }


def _show(suggestion: Suggestion) -> None:
    level = LEVEL_NAMES[suggestion.level]
    sure = words(
        f"มั่นใจ{level} {suggestion.score}" if suggestion.urls else level,
        f"{suggestion.level.value} {suggestion.score}" if suggestion.urls else "not found",
    )
    out.print(f"{suggestion.item:<4} {suggestion.title} [{sure}]", markup=False, soft_wrap=True)
    for address in suggestion.urls or ("—",):
        out.print(f"       {address}", markup=False, soft_wrap=True)
    out.print(f"       {suggestion.reason}", markup=False, soft_wrap=True, style="dim")


def _write(found: Suggestions, path: Path) -> None:
    if path.suffix.lower() == ".xlsx":
        write_suggestions(found, path)
    else:
        write_units(Registry([found.unit]), path)
