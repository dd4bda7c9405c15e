"""The sheets that people filter: every gap of every unit, and every decision of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results import wording
from results.formats.overview_sheets import report_link
from results.formats.sheet_book import Book, Column, Link
from results.links import shown_url
from results.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from results.overview import Overview

MOST_ROWS = 1_000_000
"""Excel holds 1,048,576 rows in a sheet."""


def add_gaps(book: Book, overview: Overview) -> None:
    """A row for each item of each unit that fails or is still open, by unit and points.

    Should a sweep have more gaps than Excel has rows, the sheet says how many are left out.
    """
    sheet = book.sheet(_("ช่องว่างทั้งหมด"))
    columns = [
        Column(_("หน่วยงาน"), 36, "line"),
        Column(_("ข้อ"), 8, "line"),
        Column(_("ชื่อข้อ"), 40),
        Column(_("ผล"), 20, "line"),
        Column(_("สิ่งที่พบหรือขาด"), 60),
        Column(_("สิ่งที่ต้องทำ"), 60),
        Column(_("ผู้รับผิดชอบ"), 36),
        Column(_("คะแนน"), 9, "points"),
        Column(_("เหลือเวลา (วัน)"), 10, "count"),
        Column(_("URL ที่ตรวจ"), 50, "line"),
    ]
    rows = list(_gaps(overview))
    kept = rows[:MOST_ROWS]
    book.table(sheet, columns, kept)
    if len(rows) > len(kept):
        left = _("อีก {count:,} แถวเกินที่ Excel รับได้ ดูในรายงานของหน่วยงาน", count=len(rows) - len(kept))
        book.put(sheet, len(kept) + 1, 0, left, "plain")
    book.filterable(sheet, len(columns), len(kept), frozen=2)


def _gaps(overview: Overview) -> Iterator[tuple[object, ...]]:
    titles = {item.item: item.title for item in overview.items}
    for unit in overview.units:
        for cell in sorted(unit.cells, key=lambda cell: -cell.points):
            if cell.is_gap:
                yield (
                    unit.name,
                    report_link(unit.id, cell.item, cell.item),
                    titles[cell.item],
                    _(wording.GROUPS[cell.group.value]),
                    cell.summary,
                    cell.step,
                    cell.owner,
                    cell.points,
                    overview.deadline.days_left,
                    Link(cell.url, shown_url(cell.url)) if cell.url else "",
                )


def add_decisions(book: Book, overview: Overview) -> None:
    """The decisions that ended by themselves and those that hold; no sheet where there is none."""
    made = overview.decisions
    lines = (*made.loud, *made.holding)
    if not lines:
        return
    sheet = book.sheet(_("ผลพิจารณา"))
    columns = [
        Column(_("สถานะ"), 36, "bold"),
        Column(_("หน่วยงาน"), 36, "line"),
        Column(_("ข้อ"), 8, "line"),
        Column(_("ชื่อข้อ"), 40),
        Column(_("ผลพิจารณา"), 30),
        Column(_("ผู้พิจารณา"), 28),
        Column(_("เหตุผล"), 50),
        Column(_("มีผลถึง"), 22, "line"),
        Column(_("หน้าที่เปลี่ยนไป"), 50),
    ]
    rows = [
        (
            line.standing_th, report_link(line.unit_id, line.unit), line.item, line.title,
            line.kind_th, line.made_by, line.reason, line.until_th,
            ", ".join(map(shown_url, line.changed)),
        )
        for line in lines
    ]  # fmt: skip
    book.table(sheet, columns, rows)
    book.filterable(sheet, len(columns), len(rows))
