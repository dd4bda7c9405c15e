"""`oit waive`: a person's decisions about items, kept for ever and shown in every report."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, NoReturn

import typer

from checklist.schema import Checklist
from commands import options
from commands.language import out, refuse, refusing, say
from commands.screen import show_json
from results.deciding import (
    MOST_NAME,
    MOST_REASON,
    DecisionRefusedError,
    Wish,
    decision,
    holding,
)
from results.decisions import waiver_texts
from results.newest import newest_scan_of
from results.record import UnitResult
from results.speech import day_text
from results.store import Store, StoreError
from results.waivers import Standing, Waiver, WaiverKind, stand
from sweep import reporting

app = typer.Typer(
    help="การยกเว้นและการตัดสินของเจ้าหน้าที่รายข้อ เก็บไว้ตลอดและแสดงในทุกรายงาน", no_args_is_help=True
)


class Kind(StrEnum):
    """What is decided, as it is typed."""

    ACCEPTED = "accepted"
    WRONGLY_JUDGED = "wrongly-judged"
    NOT_APPLICABLE = "not-applicable"
    VOUCHED = "vouched"
    JUDGED_LACKING = "judged-lacking"


UnitOption = Annotated[str, typer.Option("--unit", metavar="รหัส", help="หน่วยงาน")]
ByOption = Annotated[str, typer.Option("--by", metavar="ชื่อ", help="ชื่อและตำแหน่งของผู้ตัดสิน")]


@app.command("add")
def add(
    unit: UnitOption,
    item: Annotated[str, typer.Option("--item", metavar="O12", help="ข้อที่ตัดสิน")],
    kind: Annotated[
        Kind,
        typer.Option(
            "--kind",
            help="accepted ยอมรับผล, wrongly-judged ระบบตัดสินผิด, not-applicable ไม่เกี่ยวข้องกับหน่วยงาน, "
            "vouched เปิดดูแล้วครบถ้วน, judged-lacking เปิดดูแล้วไม่ครบ "
            "(สองอย่างหลังเฉพาะข้อที่ต้องให้เจ้าหน้าที่ตรวจ)",
        ),
    ],
    by: ByOption,
    reason: Annotated[str, typer.Option("--reason", metavar="ข้อความ", help="เหตุผล")],
    until: Annotated[
        str,
        typer.Option("--until", metavar="ปปปป-ดด-วว", help="วันสุดท้ายที่มีผล (ไม่ระบุ = จนกว่าจะถอนคืน)"),
    ] = "",
    scan: Annotated[
        int, typer.Option("--scan", metavar="N", help="ตัดสินจากผลครั้งนี้ (ไม่ระบุ = ล่าสุด)")
    ] = 0,
    checklist: options.ChecklistOption = options.LATEST,
    database: options.DatabaseOption = "",
) -> None:
    """บันทึกการตัดสินของเจ้าหน้าที่ต่อข้อหนึ่งของหน่วยงานหนึ่ง

    ข้อที่ยกเว้นจะไม่นับเป็นผ่านหรือไม่ผ่าน ข้อที่ต้องให้เจ้าหน้าที่ตรวจตอบได้ว่าครบ (vouched) หรือไม่ครบ (judged-lacking)
    ทุกแบบแสดงชื่อและเหตุผล และสิ้นสุดเองเมื่อพ้นกำหนดหรือหน้าที่ใช้อ้างอิงเปลี่ยนไป

    ตัวอย่าง:
      oit waive add --unit surin --item O12 --kind wrongly-judged \
        --by "นางสาวสมใจ ใจดี นักวิเคราะห์ฯ" --reason "ตารางอยู่ในรูปภาพ ดูแล้วครบ" --until 2566-04-30
    """  # fmt: skip
    year = options.checklist_of(checklist)
    item_id = options.items_of(year, [item])[0].id
    last = _last_day(until)
    _refuse_blank_or_long(by, reason)
    wish = Wish(item_id, WaiverKind(kind.value.replace("-", "_")), by, reason, last)
    with options.stored_results(database) as store, refusing(StoreError):
        result = _result(store, year, unit, scan, item_id)
        try:
            made = decision(year.key, result, wish, datetime.now(UTC), reporting.today())
        except DecisionRefusedError as refused:
            _refuse(refused)
        _refuse_second(store, year, result, item_id)
        kept = store.add_waiver(made)
    pages = len(kept.evidence)
    say(
        f"บันทึกหมายเลข {kept.id} แล้ว: {unit} ข้อ {item_id} อ้างอิง {pages} หน้า "
        + (f"มีผลถึง {day_text(last)}" if last else "มีผลจนกว่าจะถอนคืน"),
        f"kept as number {kept.id}: {unit} {item_id}, resting on {pages} pages",
    )


@app.command("list")
def list_waivers(
    unit: UnitOption = "",
    every: Annotated[bool, typer.Option("--all", help="รวมที่สิ้นสุดแล้ว")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")] = False,
    checklist: options.ChecklistOption = options.LATEST,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงการตัดสินที่มีผลอยู่หรือเพิ่งสิ้นสุดเอง

    ตัวอย่าง: oit waive list --unit surin --all
    """
    year = options.checklist_of(checklist)
    with options.stored_results(database) as store, refusing(StoreError):
        by_unit: dict[str, list[Waiver]] = {}
        for waiver in store.waivers(year.key, unit or None):
            by_unit.setdefault(waiver.unit_id, []).append(waiver)
        stood = {
            unit_id: stand(waivers, _result(store, year, unit_id, 0), reporting.today())
            for unit_id, waivers in by_unit.items()
        }
    shown = [
        (unit_id, text)
        for unit_id, found in stood.items()
        for text in waiver_texts(year, found)
        if every or text.standing is not Standing.ENDED
    ]
    if as_json:
        rows = [{"unit": unit_id, **text.model_dump(mode="json")} for unit_id, text in shown]
        show_json(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for unit_id, text in shown:
        mark = "!" if text.loud else " "
        line = f"{mark} {text.id:>4}  {unit_id}  {text.item}  [{text.standing_th}]  {text.line}"
        out.print(line, markup=False, soft_wrap=True)
    if not shown:
        say("ไม่มีการตัดสินที่บันทึกไว้", "no decision is kept")


@app.command("end")
def end(
    number: Annotated[int, typer.Argument(metavar="หมายเลข", help="หมายเลขจาก oit waive list")],
    by: ByOption,
    reason: Annotated[str, typer.Option("--reason", metavar="ข้อความ", help="เหตุผลที่ถอนคืน")],
    database: options.DatabaseOption = "",
) -> None:
    """ถอนคืนการตัดสิน ข้อนั้นจะนับตามผลตรวจอีกครั้ง ประวัติยังอยู่ครบ

    ตัวอย่าง: oit waive end 3 --by "นายสมชาย ใจดี" --reason "แก้ไขหน้าเว็บแล้ว"
    """
    if not by.strip() or not reason.strip():
        refuse("--by หรือ --reason ว่างอยู่", "--by or --reason is blank")
    with options.stored_results(database) as store, refusing(StoreError):
        ended = store.end_waiver(number, by.strip(), reason.strip())
    say(
        f"ถอนคืนหมายเลข {ended.id} แล้ว: {ended.unit_id} ข้อ {ended.item}",
        f"ended number {ended.id}: {ended.unit_id} {ended.item}",
    )


def _last_day(text: str) -> date | None:
    day = options.read_day(text) if text.strip() else None
    if day is not None and day < reporting.today():
        refuse(
            f"--until {text} ผ่านไปแล้ว ให้ระบุวันนี้หรือหลังจากนี้",
            f"--until {text} is in the past; give today or a later day",
        )
    return day


def _result(
    store: Store, checklist: Checklist, unit: str, scan: int, item: str | None = None
) -> UnitResult:
    """The unit's result in that scan, 0 for the newest; that which holds `item` where it can be."""
    if not scan:
        newest = newest_scan_of(store, checklist.key, unit, item) or newest_scan_of(
            store, checklist.key, unit
        )
        if newest is None:
            refuse(
                f"ยังไม่มีผลตรวจของหน่วยงาน «{unit}» ตรวจรหัสหรือสั่ง oit sweep ก่อน",
                f"no scan holds a result of unit «{unit}»",
            )
        scan = newest.id
    return store.unit_result(scan, unit)


def _refuse(refused: DecisionRefusedError) -> NoReturn:
    if refused.lacks_end:
        refuse(f"{refused.thai} --until", f"{refused.english} with --until")
    refuse(refused.thai, refused.english)


def _refuse_blank_or_long(by: str, reason: str) -> None:
    for name, text, most in (("--by", by, MOST_NAME), ("--reason", reason, MOST_REASON)):
        if not text.strip():
            refuse(f"{name} ว่างอยู่ ต้องบอกชื่อผู้ตัดสินและเหตุผล", f"{name} is blank")
        if len(text) > most:
            refuse(f"{name} ยาวเกิน {most:,} ตัวอักษร", f"{name} is longer than {most:,} characters")


def _refuse_second(store: Store, checklist: Checklist, result: UnitResult, item_id: str) -> None:
    waivers = store.waivers(checklist.key, result.unit.id)
    one = holding(waivers, result, item_id, reporting.today())
    if one is not None:
        refuse(
            f"ข้อ {item_id} มีการตัดสินหมายเลข {one.id} อยู่แล้ว ถอนคืนก่อนด้วย oit waive end {one.id}",
            f"{item_id} is decided by number {one.id} already; end it first",
        )
