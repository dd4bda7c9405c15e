"""`oit availability`: how often the given addresses of units answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from checklist.schema import Checklist
from commands import options
from commands.language import refuse, refusing, say, spoken, words
from commands.scans import JsonOption
from commands.screen import show_json
from commands.stored import listing_file, scan_of
from commands.tables import brief_moment, show_line, show_table
from results.availability import Period, UnitAvailability, causes_text, entry_period, share_text
from results.check_rows import CheckBook
from results.formats.availability import availability_listing, percent_text
from results.formats.listing import Kind
from results.speech import Language, day_text, speaking
from results.store import StoreError


def availability(
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="เฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    first: Annotated[
        str, typer.Option("--from", metavar="ปปปป-ดด-วว", help="ตั้งแต่วันนี้ (ไม่ระบุ = วันเปิดกรอก ITAS)")
    ] = "",
    last: Annotated[
        str, typer.Option("--to", metavar="ปปปป-ดด-วว", help="ถึงวันนี้ (ไม่ระบุ = วันปิดกรอก ITAS)")
    ] = "",
    checklist_: options.ScanListOption = "",
    as_json: JsonOption = False,
    format_: Annotated[
        Kind | None, typer.Option("--format", case_sensitive=False, help="เขียนเป็นแฟ้มชนิดนี้แทนการแสดง")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="แฟ้ม", help="แฟ้มที่จะเขียน (ชนิดตามนามสกุล)")
    ] = None,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงว่า URL ที่หน่วยงานระบุตอบกี่ครั้งจากที่ตรวจในช่วงกรอก ITAS (ข้อมูลต้องเปิดดูได้ตลอดเวลา)

    ตัวอย่าง:
      oit availability --unit surin
      oit availability --from 2566-03-01 --to 2566-04-30 -o availability.xlsx
    """
    write = listing_file(format_, out, "availability")
    tongue = Language(spoken().value)
    with options.stored_results(database) as store, refusing(StoreError), speaking(tongue):
        checklist = options.checklist_of(scan_of(store, 0, checklist_).checklist)
        period = _period(checklist, first, last)
        book = CheckBook(store, checklist.key, period)
        held = book.unit_ids()
        _refuse_unknown(unit or (), held, period)
        found = [book.of(one) for one in dict.fromkeys(unit or held)]
        if write is not None:
            write(availability_listing(found, checklist.title, period))
        elif as_json:
            rows = [one.model_dump(mode="json") for one in found]
            show_json(json.dumps(rows, ensure_ascii=False, indent=2))
        elif unit:
            for one in found:
                _show_unit(one)
        else:
            _show_units(found)


def _period(checklist: Checklist, first: str, last: str) -> Period:
    usual = entry_period(checklist.calendar)
    begin, end = options.day_of(first) or usual.first, options.day_of(last) or usual.last
    if end < begin:
        refuse(
            f"--from ({day_text(begin)}) อยู่หลัง --to ({day_text(end)})",
            f"--from {begin} is after --to {end}",
        )
    return Period(begin, end)


def _refuse_unknown(wanted: Sequence[str], held: Sequence[str], period: Period) -> None:
    days = f"{day_text(period.first)} - {day_text(period.last)}"
    if not held:
        refuse(
            f"ไม่มีการตรวจในช่วง {days} ระบุช่วงอื่นด้วย --from และ --to",
            f"no scan in {period.first} to {period.last}; give --from and --to",
        )
    for unit in wanted:
        if unit not in held:
            refuse(
                f"ไม่มีการตรวจหน่วยงาน «{unit}» ในช่วง {days}",
                f"no scan of unit «{unit}» in {period.first} to {period.last}",
            )


def _show_unit(one: UnitAvailability) -> None:
    show_line(f"{one.name} ({one.unit})")
    few = words("ตรวจน้อยครั้งเกินกว่าจะบอกร้อยละ", "too few checks for a share")
    show_line(one.line or few)
    for line in (causes_text(one.causes), one.about):
        if line:
            show_line(line)
    headings = [
        "URL",
        words("ตรวจ", "checks"),
        words("ตอบ", "answered"),
        "%",
        words("ไม่ตอบติดกัน", "in a row"),
        words("ตอบล่าสุด", "last answer"),
    ]
    rows = [
        [
            address.url,
            f"{address.checks:,}",
            f"{address.answered:,}",
            percent_text(address),
            str(address.longest.checks) if address.longest else "",
            brief_moment(address.last_answer) if address.last_answer else "–",
        ]
        for address in one.addresses
    ]
    show_table(headings, rows, numbers=(1, 2, 3, 4), whole=(5,))


def _show_units(found: Sequence[UnitAvailability]) -> None:
    headings = [
        words("หน่วยงาน", "unit"),
        words("ตรวจ", "checks"),
        words("ตอบ", "answered"),
        "%",
        words("ปิดกั้น", "refused"),
        words("ไม่ได้เปิด", "not asked"),
    ]
    worst_first = sorted(found, key=lambda one: 101.0 if one.percent is None else one.percent)
    rows = [
        [
            f"{one.name} ({one.unit})",
            f"{one.checks:,}",
            f"{one.answered:,}",
            "–" if one.percent is None else share_text(one.percent),
            f"{one.refused:,}",
            f"{one.unasked:,}",
        ]
        for one in worst_first
    ]
    show_table(headings, rows, numbers=(1, 2, 3, 4, 5))
    say(
        "ดูราย URL ด้วย --unit หรือเขียนแฟ้มด้วย -o availability.xlsx",
        "addresses: --unit, or -o availability.xlsx",
    )
