"""The registry as a workbook: the units, and beside them what was approved and changed since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from database.sessions import reading
from registry.changes import url_changes
from registry.reading import all_entries, approved_units, last_approvals
from units.exporting import put_text, unit_sheet, unwritable, write_units
from units.importing import SHEETS_ASIDE
from units.registry import Registry

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet
    from sqlalchemy import Engine

    from registry.records import Approval
    from units.registry import Unit

Said = Callable[["datetime"], str]
(APPROVALS,) = SHEETS_ASIDE
_COLUMNS = (
    ("รหัสหน่วยงาน", 16),
    ("ชื่อหน่วยงาน", 36),
    ("การอนุมัติ URL", 22),
    ("ผู้อนุมัติ", 26),
    ("วันที่อนุมัติ", 22),
    ("บันทึกของผู้อนุมัติ", 30),
    ("ข้อที่แก้ไขหลังอนุมัติ", 14),
    ("URL ที่เพิ่ม", 46),
    ("URL ที่นำออก", 46),
)


@dataclass(frozen=True, slots=True)
class Stand:
    """A unit, its last approval, and how it was then."""

    unit: Unit
    approval: Approval | None
    approved: Unit | None


def stands(engine: Engine) -> list[Stand]:
    """Every unit of the registry with its last approval, in order."""
    with reading(engine) as session:
        last, units = last_approvals(session), approved_units(session)
        entries = all_entries(session)
    return [Stand(e.unit, last.get(e.unit.id), units.get(e.unit.id)) for e in entries]


def write_registry(found: Sequence[Stand], path: Path, said: Said) -> None:
    """Write the registry to `path` as its suffix says; a workbook tells of approvals too.

    `said` gives the words for the moment of an approval. The file reads back as the same registry.
    Raises `UnitsError` for another suffix or when the file cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        write_units(Registry(one.unit for one in found), path)
        return
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    unit_sheet(sheet, [one.unit for one in found], with_items=True)
    _approvals(book.create_sheet(APPROVALS), found, said)
    try:
        book.save(path)
    except OSError as error:
        raise unwritable(path, error) from None


def _approvals(sheet: Worksheet, found: Sequence[Stand], said: Said) -> None:
    for column, (title, width) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(1, column, title)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F4E78")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C2"
    number = 2
    for one in found:
        for line in _lines(one, said):
            for column, text in enumerate(line, start=1):
                if text:
                    put_text(sheet, number, column, text)
            number += 1


def _lines(one: Stand, said: Said) -> list[tuple[str, ...]]:
    """The rows of a unit: one that says where it stands, or one for each item changed since."""
    who = (one.unit.id, one.unit.name)
    if one.approval is None:
        return [(*who, "ยังไม่อนุมัติ")]
    since = url_changes(one.approved, one.unit)
    state = "แก้ไขหลังอนุมัติ" if since else "อนุมัติแล้ว"
    told = (state, one.approval.name, said(one.approval.at), one.approval.note)
    if not since:
        return [(*who, *told)]
    return [
        (
            *who, *told, change.key,
            "\n".join(change.added) or ("(เปลี่ยนลำดับ)" if change.reordered else ""),
            "\n".join(change.removed),
        )
        for change in since
    ]  # fmt: skip
