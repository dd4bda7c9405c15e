"""`oit scan`: the scans that are kept."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from typing import Annotated

import typer

from checklist.verdict import Verdict
from commands import options
from commands.language import Lang, refusing, say, spoken, words
from commands.screen import show_json
from commands.stored import known_scan
from commands.tables import brief_moment, show_line, show_table
from commands.wording import verdict_name
from results.formats.history import symbol
from results.record import ScanStatus
from results.scan_list import ScanLine, scan_lines
from results.speech import Language, speaking
from results.store import Store, StoreError

app = typer.Typer(help="การตรวจทุกครั้งที่เก็บไว้", no_args_is_help=True)

_BRIEF = {
    ScanStatus.RUNNING: "ยังไม่เสร็จ",
    ScanStatus.FINISHED: "ครบแล้ว",
    ScanStatus.INTERRUPTED: "ถูกหยุด",
    ScanStatus.FAILED: "ขัดข้อง",
    ScanStatus.FORGOTTEN: "กำลังลบ",
}
_COUNTED = (Verdict.PASS, Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR)
JsonOption = Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")]


@app.command("list")
def list_scans(
    checklist: Annotated[
        str, typer.Option("--checklist", metavar="ปีหรือชื่อ", help="เฉพาะรายการตรวจนี้ (ไม่ระบุ = ทั้งหมด)")
    ] = "",
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=1, help="แสดงอย่างมากกี่ครั้ง ใหม่สุดก่อน")
    ] = 20,
    every: Annotated[bool, typer.Option("--all", help="แสดงทุกครั้ง")] = False,
    as_json: JsonOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงการตรวจที่เก็บไว้ ใหม่สุดก่อน: วันที่ สถานะ จำนวนหน่วยงาน และจำนวนข้อตามผล

    ตัวอย่าง:
      oit scan list
      oit scan list --checklist moi-2566 --all --json
    """
    key = options.checklist_of(checklist).key if checklist else ""
    with options.stored_results(database) as store, refusing(StoreError), _speaking():
        infos = [info for info in store.scans() if key in ("", info.checklist)]
        lines = scan_lines(store, infos if every else infos[:most])
    if as_json:
        rows = [line.model_dump(mode="json") for line in lines]
        show_json(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not lines:
        say("ยังไม่มีการตรวจที่เก็บไว้", "no scan is kept")
        return
    _show(lines)
    if len(infos) > len(lines):
        more = len(infos) - len(lines)
        say(f"มีก่อนหน้านี้อีก {more} ครั้ง ดูทั้งหมดด้วย --all", f"{more} earlier scans; show them with --all")


@app.command("show")
def show(
    number: Annotated[int, typer.Argument(metavar="ครั้งที่", help="จาก oit scan list")],
    as_json: JsonOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงการตรวจครั้งหนึ่ง: เมื่อใด ใช้เกณฑ์ใด ตรวจกี่หน่วยงาน ผลรวม และทำต่อได้หรือไม่

    ตัวอย่าง: oit scan show 12
    """
    with options.stored_results(database) as store, refusing(StoreError), _speaking():
        (line,) = scan_lines(store, [known_scan(store, number)])
        units = _units(store, number)
    if as_json:
        kept = {**line.model_dump(mode="json"), "unit_ids": units}
        show_json(json.dumps(kept, ensure_ascii=False, indent=2))
        return
    for name, value in _facts(line):
        show_line(f"{name}: {value}")
    show_line(words("หน่วยงานที่ตรวจแล้ว", "units done") + f": {', '.join(units) or '-'}")


def _units(store: Store, number: int) -> list[str]:
    return sorted(store.done_units(number))


def _speaking() -> AbstractContextManager[None]:
    return speaking(Language(spoken().value))


def _show(lines: tuple[ScanLine, ...]) -> None:
    headings = [
        words("ครั้งที่", "scan"),
        words("รายการตรวจ", "checklist"),
        words("เริ่มเมื่อ", "begun"),
        words("สถานะ", "status"),
        words("หน่วยงาน", "units"),
        *(symbol(verdict) for verdict in _COUNTED),
    ]
    rows = [
        [
            str(line.scan),
            line.checklist,
            brief_moment(line.started),
            words(_BRIEF[line.status], line.status.value),
            _done(line),
            *(f"{line.verdicts[verdict]:,}" for verdict in _COUNTED),
        ]
        for line in lines
    ]
    show_table(headings, rows, numbers=(0, 4, 5, 6, 7, 8), whole=(1, 2, 3), tight=True)
    told = "  ".join(f"{symbol(verdict)} {verdict_name(verdict)}" for verdict in _COUNTED)
    show_line(words("จำนวนข้อ: ", "items: ") + told)
    for line in lines:
        if line.resumable:
            scan = f"{line.scan} ({line.checklist})"
            show_line(words("ทำต่อได้ด้วย oit sweep --resume: ครั้งที่ ", "to be resumed: scan ") + scan)


def _status(line: ScanLine) -> str:
    resumable = words(" (ทำต่อได้ด้วย oit sweep --resume)", " (oit sweep --resume goes on)")
    said = line.status_th if spoken() is Lang.TH else line.status.value
    return said + (resumable if line.resumable else "")


def _done(line: ScanLine) -> str:
    whole = line.planned is None or line.planned == line.units
    return f"{line.units:,}" if whole else f"{line.units:,}/{line.planned:,}"


def _facts(line: ScanLine) -> list[tuple[str, str]]:
    counts = ", ".join(
        f"{verdict_name(verdict)} {count:,}" for verdict, count in line.verdicts.items() if count
    )
    return [
        (words("การตรวจครั้งที่", "scan"), str(line.scan)),
        (words("รายการตรวจ", "checklist"), line.checklist),
        (words("ประเมิน ณ วันที่", "as of"), line.as_of_th),
        (words("เริ่มเมื่อ", "begun"), line.started_th),
        (words("เสร็จเมื่อ", "ended"), line.finished_th or "-"),
        (words("สถานะ", "status"), _status(line)),
        (words("หน่วยงาน", "units"), _done(line)),
        (words("จำนวนข้อตามผล", "items by verdict"), counts or "-"),
        (words("รุ่นของโปรแกรม", "version"), line.tool_version or "-"),
    ]
