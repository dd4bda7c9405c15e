"""`oit checklist`: list, show, validate and compare the years' checklists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from checklist.editions import compare
from checklist.loader import ChecklistError, load_folder, load_item
from checklist.schema import Checklist, Element, Item
from commands import options
from commands.language import out, refusing, words
from commands.wording import ROLES, UNIT_TYPES, YEAR_RULES, confidence_name

app = typer.Typer(
    help="รายการตรวจ OIT แต่ละปี และแนวทางขับเคลื่อนของ สป.มท. (moi-2566)", no_args_is_help=True
)


@app.command("list")
def list_items(checklist: options.ChecklistOption = options.LATEST) -> None:
    """แสดงทุกข้อของปี พร้อมหน่วยงานรับผิดชอบ

    ตัวอย่าง:
      oit checklist list --checklist 2565
      oit checklist list --checklist moi-2566
    """
    year = options.checklist_of(checklist)
    _say(year.title)
    for indicator in year.indicators:
        _say(f"\nตัวชี้วัดที่ {indicator.id} {indicator.title}")
        for sub in indicator.sub_indicators:
            _say(f"  {sub.id} {sub.title}")
            for item_id in sub.items:
                item = year.item(item_id)
                _say(f"    {item.id:<4} {item.title}  [{item.owner}]")


@app.command()
def show(
    item: Annotated[str, typer.Argument(metavar="O12")],
    checklist: options.ChecklistOption = options.LATEST,
) -> None:
    """แสดงข้อเดียว: องค์ประกอบ ปี แหล่งที่มา และสิ่งที่ต้องทำ

    ตัวอย่าง: oit checklist show O12
    """
    year = options.checklist_of(checklist)
    for chosen in options.items_of(year, item):
        _show(year, chosen)


@app.command()
def validate(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="ไฟล์ O12.yaml หรือโฟลเดอร์ของทั้งปี")],
) -> None:
    """ตรวจว่าไฟล์รายการตรวจเขียนถูกต้อง บอกไฟล์ บรรทัด และคีย์ที่ผิด

    ตัวอย่าง: oit checklist validate checklist/oit-2566
    """
    with refusing(ChecklistError):
        if path.is_dir() or path.name == "checklist.yaml":
            folder = path if path.is_dir() else path.parent
            year = load_folder(folder)
            _say(
                words(
                    f"ถูกต้อง: {year.title} {len(year.items)} ข้อ", f"valid: {len(year.items)} items"
                )
            )
        else:
            item = load_item(path)
            _say(words(f"ถูกต้อง: {item.id} {item.title}", f"valid: {item.id}"))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="2565")],
    new: Annotated[str, typer.Argument(metavar="2566")],
) -> None:
    """เทียบรายการตรวจสองปี: ข้อที่ย้ายเลข ข้อใหม่ ข้อที่ตัดออก องค์ประกอบที่เปลี่ยน

    ตัวอย่าง: oit checklist diff 2565 2566
    """
    for change in compare(options.checklist_of(old), options.checklist_of(new)):
        if change.after is None:
            for item in change.before:
                _say(f"- {item.id} {item.title}  ({words('ไม่มีในปีใหม่', 'gone')})")
        elif not change.before:
            _say(f"+ {change.after.id} {change.after.title}  ({words('ข้อใหม่', 'new')})")
        else:
            _say_change(change.before, change.after)


def _show(checklist: Checklist, item: Item) -> None:
    sub = checklist.sub_indicator_of(item.id)
    _say(f"{item.id} {item.title}")
    _say("  " + words(f"ตัวชี้วัดย่อยที่ {sub.id}", f"sub-indicator {sub.id}") + f" {sub.title}")
    _say("  " + words("หน่วยงานรับผิดชอบ:", "owner:") + f" {item.owner}")
    _say("  " + words("ชื่อที่พบในเมนู:", "names in menus:") + f" {' / '.join(item.find)}")
    if item.serves:
        _say(
            "  "
            + words("ข้อคำถามที่ช่วยยกระดับ:", "questions it serves:")
            + f" {', '.join(item.serves)}"
        )
    if item.refers_to:
        _say("  " + words("อ้างถึงข้อ:", "refers to:") + f" {item.refers_to}")
    for element in item.elements:
        _say(f"  • {element.id} {element.text}  [{_marks(element)}]")
    _say("  " + words("สิ่งที่ต้องทำ:", "what to do:") + f" {item.remedy}")
    _say(
        "  " + words("แหล่งที่มา:", "source:") + f" {item.source} ({confidence_name(item.confidence)})"
    )
    if item.notes:
        _say("  " + words("หมายเหตุ:", "notes:") + f" {item.notes}")


def _marks(element: Element) -> str:
    marks = [words(*ROLES[element.role]), confidence_name(element.confidence)]
    marks += [words("เป็นคำแนะนำ", "advice")] if element.soft else []
    if element.applies_to:
        kinds = ", ".join(words(*UNIT_TYPES[kind]) for kind in element.applies_to)
        marks.append(words(f"เฉพาะ {kinds}", f"only {kinds}"))
    return "; ".join(marks)


def _say_change(before: Sequence[Item], new: Item) -> None:
    parts = [
        words(f"เดิมชื่อ «{old.title}»", f"was «{old.title}»")
        for old in before
        if old.title != new.title
    ]
    parts += [
        f"{words(*YEAR_RULES[old.year_rule])} -> {words(*YEAR_RULES[new.year_rule])}"
        for old in before
        if old.year_rule is not new.year_rule
    ]
    had = {element.text for old in before for element in old.elements}
    has = {element.text for element in new.elements}
    ids = " + ".join(old.id for old in before)
    moved = f"{ids} -> {new.id}" if ids != new.id else new.id
    mark = "~" if parts or had != has else "="
    _say(f"{mark} {moved} {new.title}" + (f"  ({'; '.join(parts)})" if parts else ""))
    for old in before:
        for element in old.elements:
            if element.text not in has:
                _say(f"      - {element.text}")
    for element in new.elements:
        if element.text not in had:
            _say(f"      + {element.text}")


def _say(line: str) -> None:
    out.print(line, markup=False, soft_wrap=True)
