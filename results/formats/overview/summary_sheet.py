"""The workbook's first sheet: the figures, the bands, what the symbols mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from results import wording
from results.excel.book import Number, Text
from results.excel.looks import ACCENT, COUNT, GRID, HEADING, MUTED, POINTS
from results.formats.overview.workbook_charts import Drawn
from results.formats.page import SYMBOLS, signed
from results.formats.words import only_note
from results.speech import _

if TYPE_CHECKING:
    from results.excel.book import Book, Sheet
    from results.overview import Overview

_WIDTHS = (46, 34, 22)
_TITLE = {"font_size": 18, "bold": True, "font_color": ACCENT, "text_wrap": False}


def add_summary(book: Book, overview: Overview) -> Drawn:
    """Write the sheet and tell where its charts find their figures."""
    name = _("ภาพรวม")
    sheet = book.sheet(name, _WIDTHS)
    sheet.sheet.hide_gridlines(2)
    sheet.put(0, 0, Text(overview.checklist_title), **_TITLE)
    sheet.heighten(0, 32)
    sheet.put(1, 0, Text(overview.coverage_brief), text_wrap=False)
    sheet.put(2, 0, Text(only_note(overview.only), bold=True), text_wrap=False)
    row = _table(sheet, 3, [_("สรุปสำหรับผู้บริหาร"), ""], _figures(overview))
    row = _table(sheet, row, [_("จำนวนข้อรวมทุกหน่วยงาน"), ""], _counts(overview))
    spread = overview.distribution
    first_band = row + 1
    if spread.bands:
        row = _bands(sheet, row, overview)
    first_step = row + 1
    steps = [(f"{step.at_least}–{step.below} %", step.units) for step in spread.steps]
    row = _table(sheet, row, [_("หน่วยงานตามร้อยละของคะแนน"), ""], steps)
    _legend(sheet, row)
    judged = bool(spread.judged)
    return Drawn(
        book,
        sheet,
        name,
        overview.score_title,
        (first_band, first_band + judged * len(spread.bands)),
        (first_step, first_step + judged * len(steps)),
    )


def _bands(sheet: Sheet, top: int, overview: Overview) -> int:
    """Write the units of each band and what a band is worth; the row after them."""
    heads = [_("หน่วยงานตามระดับ"), _("ได้แน่แล้ว"), _("ถ้าที่ยังไม่แน่ผ่าน")]
    spread = overview.distribution
    rows = [
        (band.name + ("" if band.confirmed else " *"), band.units, band.possible)
        for band in spread.bands
    ]
    row = _table(sheet, top, heads, rows)
    sheet.put_across(row - 1, len(_WIDTHS) - 1, Text(spread.note), font_color=MUTED)
    return row + 1


def _table(sheet: Sheet, top: int, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> int:
    """Write a small table and return the row after the one left empty below it."""
    for place, head in enumerate(heads):
        sheet.put(top, place, Text(head), **{**HEADING, "align": "left"})
    for number, row in enumerate(rows, start=top + 1):
        for place, value in enumerate(row):
            if isinstance(value, int | float):
                shape = COUNT if isinstance(value, int) else POINTS
                sheet.put(number, place, Number(value, shape), **GRID)
            else:
                sheet.put(number, place, Text(str(value)), **GRID)
    return top + len(rows) + 2


def _figures(overview: Overview) -> list[tuple[object, ...]]:
    unknown = _("ยังประเมินไม่ได้")
    move = overview.movement
    late = overview.late_owners()
    score = overview.score_title
    return [
        (_("ประเมิน ณ วันที่"), overview.as_of_th),
        (_("จำนวนหน่วยงาน"), len(overview.units)),
        (_("หน่วยงานที่ตรวจไม่ได้ทั้งหมด"), overview.unjudged),
        (_("{score} ได้แน่", score=score), _or(overview.mean_certain, unknown)),
        (_("{score} เป็นไปได้", score=score), _or(overview.mean_possible, unknown)),
        (_("คะแนนที่กำลังเสีย เฉลี่ยต่อหน่วยงาน"), _or(overview.mean_lost, unknown)),
        (_("ข้อที่ต้องแก้ไขรวมทุกหน่วยงาน"), overview.gaps),
        (_("กำหนดส่ง"), overview.deadline.th),
        (_("เหลือเวลา (วัน)"), overview.deadline.days_left),
        (
            _("เทียบกับครั้งก่อน เฉลี่ย"),
            _("ยังไม่มีครั้งก่อนให้เทียบ") if move.mean is None else signed(move.mean),
        ),
        (
            _("ดีขึ้น / แย่ลง / เท่าเดิม / เทียบไม่ได้"),
            f"{move.better:,} / {move.worse:,} / {move.same:,} / {move.unknown:,}",
        ),
        (_("ผู้รับผิดชอบที่ค้างมากที่สุด"), late[0].owner if late else _("ไม่มีข้อค้าง")),
    ]


def _or(points: float | None, unknown: str) -> object:
    return unknown if points is None else points


def _counts(overview: Overview) -> list[tuple[object, ...]]:
    counts = overview.totals
    by_group = {"pass": counts.passed}
    lines: list[tuple[object, ...]] = [
        (f"{SYMBOLS[group]} {_(word)}", by_group.get(group, getattr(counts, group, 0)))
        for group, word in wording.GROUPS.items()
    ]
    return [*lines, (_("รวม"), counts.items)]


def _legend(sheet: Sheet, top: int) -> None:
    heading = Text(_("สัญลักษณ์ในแผ่น “ตาราง”"))
    sheet.put(top, 0, heading, **{**HEADING, "align": "left"})
    for row, (group, word) in enumerate(wording.GROUPS.items(), start=top + 1):
        sheet.put(row, 0, Text(_(word)), **GRID)
        sign = Text(SYMBOLS[group], f"sign-{group}", bold=True, centre=True)
        sheet.put(row, 1, sign, **GRID)
    if wording.kept_in_thai():
        sheet.put(top + len(wording.GROUPS) + 2, 0, Text(wording.kept_in_thai()), text_wrap=False)
