"""`oit history`: how the items of a unit stood over all scans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from checklist.english import translated
from checklist.schema import Checklist
from commands import options
from commands.language import Lang, refuse, refusing, spoken, words
from commands.scans import JsonOption
from commands.screen import show_json
from commands.stored import listing_file, near_unit, scan_of
from commands.tables import brief_day, show_line, show_table
from results.formats.history import history_listing, said_of, symbol
from results.formats.listing import Kind
from results.history import ItemHistory, UnitHistory, unit_history
from results.speech import Language, speaking
from results.stand_rows import unit_stands
from results.stands import UnitStand, with_decisions
from results.store import Store, StoreError
from sweep.reporting import today

_STRIP = 20


def history(
    unit: Annotated[str, typer.Option("--unit", metavar="รหัส", help="หน่วยงาน")],
    item: options.ItemOption = None,
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
    """แสดงประวัติผลตรวจของหน่วยงาน รายข้อ ทุกครั้งที่เก็บไว้ และผลปัจจุบันเป็นมาตั้งแต่เมื่อใด

    ผลแสดงตามการตัดสินของเจ้าหน้าที่ (oit waive) ที่มีผลวันนี้ เหมือนในรายงานช่องว่าง

    ตัวอย่าง:
      oit history --unit surin
      oit history --unit surin --item O12 --item O13
      oit history --unit surin -o history-surin.xlsx
    """
    write = listing_file(format_, out, f"history-{unit}")
    tongue = Language(spoken().value)
    with options.stored_results(database) as store, refusing(StoreError), speaking(tongue):
        checklist = options.checklist_of(scan_of(store, 0, checklist_).checklist)
        only = [one.id for one in options.items_of(checklist, item)] if item else []
        told = translated(checklist) if spoken() is Lang.EN else checklist
        found = unit_history(told, _stands(store, checklist, unit), only)
        if write is not None:
            write(history_listing(found))
            return
    if as_json:
        show_json(found.model_dump_json(indent=2))
        return
    with speaking(tongue):
        _show(found, whole=bool(item))


def _stands(store: Store, checklist: Checklist, unit: str) -> list[UnitStand]:
    stands = unit_stands(store, checklist.key, unit)
    if not stands:
        _refuse_unit(store, checklist, unit)
    waivers = store.waivers(checklist.key, unit)
    return [with_decisions(one, waivers, today()) for one in stands]


def _refuse_unit(store: Store, checklist: Checklist, unit: str) -> NoReturn:
    newest = store.latest_scan(checklist.key)
    known = store.done_units(newest.id) if newest else set()
    near = near_unit(unit, known)
    refuse(
        f"ไม่มีผลตรวจ {checklist.key} ของหน่วยงาน «{unit}»" + (f" ใกล้ที่สุดคือ «{near}»" if near else ""),
        f"no scan of {checklist.key} holds unit «{unit}»"
        + (f"; did you mean «{near}»?" if near else ""),
    )


def _show(found: UnitHistory, *, whole: bool) -> None:
    first, last = found.scans[0], found.scans[-1]
    show_line(f"{found.name} · {found.checklist_title}")
    show_line(
        words("ตรวจ {n} ครั้ง ตั้งแต่ {a} ถึง {b}", "{n} scans from {a} to {b}").format(
            n=len(found.scans), a=first.day_th, b=last.day_th
        )
    )
    if whole:
        for item in found.items:
            _show_item(item)
        return
    headings = [
        words("ข้อ", "item"),
        words("ชื่อข้อ", "title"),
        words("เก่า → ใหม่", "old → new"),
        words("สถานะปัจจุบัน", "present state"),
    ]
    rows = [[one.item, one.title, _strip(one), one.line] for one in found.items]
    show_table(headings, rows, whole=(0, 2))
    show_line(
        words(
            "✓ ครบถ้วน  ✕ ไม่ผ่าน  ? ต้องให้เจ้าหน้าที่ตรวจ  ! ตรวจไม่ได้  ○ – ไม่นับ  · ไม่ได้สั่งตรวจ",
            "✓ pass  ✕ fail  ? review  ! could not check  ○ – not counted  · not asked for",
        )
    )
    scored = [one for one in found.scans if one.comparable]
    if scored:
        marks = " → ".join(f"{one.certain:.2f}" for one in scored[-_STRIP // 3 :])
        show_line(words("คะแนนที่ได้แน่: ", "sure points: ") + f"{marks} / {scored[-1].weight:g}")


def _strip(one: ItemHistory) -> str:
    return "".join(symbol(point.verdict) for point in one.points[-_STRIP:])


def _show_item(one: ItemHistory) -> None:
    show_line("")
    show_line(f"{one.item} {one.title}: {one.line}")
    headings = [
        words("ครั้งที่", "scan"),
        words("วันที่", "day"),
        words("ผล", "verdict"),
        words("สิ่งที่เปลี่ยน", "what changed"),
    ]
    rows = [
        [
            str(point.scan_id),
            brief_day(point.day),
            f"{symbol(point.verdict)} {point.verdict_th}",
            " · ".join(said_of(point)),
        ]
        for point in one.points
    ]
    show_table(headings, rows, numbers=(0,), whole=(1, 2))
