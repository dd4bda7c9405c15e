"""`oit diff`: two scans side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from checklist.english import translated
from commands import options
from commands.language import Exit, Lang, refuse, refusing, spoken, words
from commands.scans import JsonOption
from commands.screen import show_json
from commands.stored import known_scan, listing_file, near_unit
from commands.tables import show_line, show_table
from results.diff import STEPS, ScanDiff, UnitDiff, scan_diff
from results.diff_rows import unit_pairs
from results.formats.diff import details, diff_listing, diff_notes, diff_title, gain_text
from results.formats.listing import Kind
from results.formats.words import item_ranges
from results.record import ScanInfo
from results.speech import Language, _, speaking
from results.stands import Step
from results.store import Store, StoreError
from sweep.reporting import today


def diff(
    before: Annotated[int, typer.Argument(metavar="ครั้งก่อน", help="หมายเลขจาก oit scan list")],
    after: Annotated[int, typer.Argument(metavar="ครั้งหลัง", help="หมายเลขจาก oit scan list")],
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="เฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    items: options.ItemsOption = "",
    as_json: JsonOption = False,
    format_: Annotated[
        Kind | None, typer.Option("--format", case_sensitive=False, help="เขียนเป็นแฟ้มชนิดนี้แทนการแสดง")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="แฟ้ม", help="แฟ้มที่จะเขียน (ชนิดตามนามสกุล)")
    ] = None,
    database: options.DatabaseOption = "",
) -> None:
    """เทียบผลตรวจสองครั้งของรายการตรวจเดียวกัน: อะไรแย่ลง ดีขึ้น ยังไม่ผ่านแต่เหตุต่างไป หรือตรวจไม่ได้

    จบด้วยรหัส 1 เมื่อมีข้อที่แย่ลง 0 เมื่อไม่มี ข้อที่ตรวจไม่ได้ไม่นับว่าแย่ลง

    ตัวอย่าง:
      oit diff 11 12
      oit diff 11 12 --unit surin --items O10-O13
      oit diff 11 12 -o diff.xlsx
    """
    write = listing_file(format_, out, f"diff-{before}-{after}")
    tongue = Language(spoken().value)
    with options.stored_results(database) as store, refusing(StoreError), speaking(tongue):
        scans = _two_scans(store, before, after)
        checklist = options.checklist_of(scans[0].checklist)
        only = [one.id for one in options.items_of(checklist, items)] if items.strip() else []
        _refuse_unknown_units(store, scans, unit or ())
        told = translated(checklist) if spoken() is Lang.EN else checklist
        found = scan_diff(told, scans, unit_pairs(store, scans, today(), unit or ()), only)
        if write is not None:
            write(diff_listing(found))
        elif as_json:
            show_json(found.model_dump_json(indent=2))
        else:
            _show(found)
    raise typer.Exit(Exit.GAPS if found.worse else Exit.ALL_PASS)


def _two_scans(store: Store, before: int, after: int) -> tuple[ScanInfo, ScanInfo]:
    first, second = known_scan(store, before), known_scan(store, after)
    if before == after:
        refuse(f"ระบุการตรวจครั้งที่ {before} ทั้งสองข้าง", f"both sides are scan {before}")
    if first.checklist != second.checklist:
        refuse(
            f"เทียบการตรวจครั้งที่ {before} ({first.checklist}) กับครั้งที่ {after} "
            f"({second.checklist}) ไม่ได้ เพราะใช้รายการตรวจต่างกัน",
            f"scan {before} is of {first.checklist}, scan {after} of {second.checklist}",
        )
    return first, second


def _refuse_unknown_units(store: Store, scans: Sequence[ScanInfo], wanted: Sequence[str]) -> None:
    if not wanted:
        return
    known = set().union(*(store.done_units(info.id) for info in scans))
    for unit in wanted:
        if unit not in known:
            near = near_unit(unit, known)
            refuse(
                f"การตรวจทั้งสองครั้งไม่มีผลของหน่วยงาน «{unit}»"
                + (f" ใกล้ที่สุดคือ «{near}»" if near else ""),
                f"neither scan holds a result of unit «{unit}»"
                + (f"; did you mean «{near}»?" if near else ""),
            )


def _show(found: ScanDiff) -> None:
    show_line(diff_title(found))
    for note in diff_notes(found):
        show_line(note)
    for one in found.units:
        show_line("")
        _show_unit(one)


def _show_unit(one: UnitDiff) -> None:
    points = gain_text(one)
    if not (one.in_before and one.in_after):
        step = _(STEPS[Step.GONE if one.in_before else Step.NEW])
        show_line(f"{one.name} ({one.unit}): {step}")
        return
    show_line(f"{one.name} ({one.unit})" + (f": {points}" if points else ""))
    headings = [
        words("ข้อ", "item"),
        words("ชื่อข้อ", "title"),
        words("การเปลี่ยนแปลง", "change"),
        words("ครั้งก่อน → ครั้งนี้", "before → after"),
        words("รายละเอียด", "details"),
    ]
    rows = [
        [
            item.item,
            item.title,
            item.step_th,
            item.after_th
            if item.before_th == item.after_th
            else f"{item.before_th} → {item.after_th}",
            " · ".join(details(item)),
        ]
        for item in one.items
        if item.step is not Step.CONTENT
    ]
    if rows:
        show_table(headings, rows, whole=(0,))
    changed = [item.item for item in one.items if item.step is Step.CONTENT]
    if changed:
        show_line(f"{_(STEPS[Step.CONTENT])}: {item_ranges(changed)}")
