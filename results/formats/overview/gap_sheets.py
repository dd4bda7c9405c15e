"""The sheets that people filter: every gap of every unit, and every decision of a person."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from results import wording
from results.excel.book import Text
from results.excel.table import Column, Table, Value, row_of, write_table
from results.formats.overview.sheets import counted, lined, report_link, scored
from results.links import shown_url
from results.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from results.excel.book import Book
    from results.overview import Overview
    from results.sweep_decisions import DecisionLine

MOST_ROWS = 1_000_000
"""Excel holds 1,048,576 rows in a sheet."""


def add_gaps(book: Book, overview: Overview) -> None:
    """A row for each item of each unit that fails or is still open, by unit and points.

    Should a sweep have more gaps than Excel has rows, the sheet says how many are left out.
    """
    columns = [
        lined(_("หน่วยงาน"), 36),
        lined(_("ข้อ"), 8),
        Column(_("ชื่อข้อ"), 40),
        Column(_("ผล"), 20),
        Column(_("สิ่งที่พบหรือขาด"), 60),
        Column(_("สิ่งที่ต้องทำ"), 60),
        Column(_("ผู้รับผิดชอบ"), 36),
        scored(_("คะแนน"), 9),
        counted(_("เหลือเวลา (วัน)"), 10),
        lined(_("URL ที่ตรวจ"), 50),
    ]
    table = Table(
        name="gaps",
        title=_("ช่องว่างทั้งหมด"),
        about=_("ทุกข้อของทุกหน่วยงานที่ต้องแก้ไขหรือยังไม่แน่ พร้อมสิ่งที่ต้องทำ"),
        columns=columns,
        frozen=2,
    )
    rows = _gaps(overview)
    page = write_table(book, table, (row_of(columns, row) for row in islice(rows, MOST_ROWS)))
    if count := sum(1 for _row in rows):
        left = _("อีก {count:,} แถวเกินที่ Excel รับได้ ดูในรายงานของหน่วยงาน", count=count)
        page.put(MOST_ROWS + 1, 0, Text(left), text_wrap=False)


def _gaps(overview: Overview) -> Iterator[list[Value]]:
    titles = {item.item: item.title for item in overview.items}
    for unit in overview.units:
        for cell in sorted(unit.cells, key=lambda cell: -cell.points):
            if cell.is_gap:
                yield [
                    unit.name,
                    report_link(unit.id, cell.item, cell.item),
                    titles[cell.item],
                    Text(_(wording.GROUPS[cell.group.value]), cell.group.value),
                    cell.summary,
                    cell.step,
                    cell.owner,
                    cell.points,
                    overview.deadline.days_left,
                    Text(shown_url(cell.url), url=cell.url),
                ]


def add_decisions(book: Book, overview: Overview) -> None:
    """The decisions that ended by themselves and those that hold; no sheet where there is none."""
    made = overview.decisions
    if not (made.loud or made.holding):
        return
    columns = [
        Column(_("สถานะ"), 36),
        lined(_("หน่วยงาน"), 36),
        lined(_("ข้อ"), 8),
        Column(_("ชื่อข้อ"), 40),
        Column(_("ผลพิจารณา"), 30),
        Column(_("ผู้พิจารณา"), 28),
        Column(_("เหตุผล"), 50),
        lined(_("มีผลถึง"), 22),
        Column(_("หน้าที่เปลี่ยนไป"), 50),
    ]
    table = Table(
        name="decisions",
        title=_("ผลพิจารณา"),
        about=_("ผลพิจารณาของเจ้าหน้าที่ เริ่มจากที่สิ้นสุดเองและต้องพิจารณาใหม่"),
        columns=columns,
        frozen=1,
    )
    rows = [_decision(line, loud=True) for line in made.loud]
    rows += [_decision(line, loud=False) for line in made.holding]
    write_table(book, table, (row_of(columns, row) for row in rows))


def _decision(line: DecisionLine, *, loud: bool) -> list[Value]:
    return [
        Text(line.standing_th, "loud" if loud else "", bold=True),
        report_link(line.unit_id, line.unit),
        line.item,
        line.title,
        line.kind_th,
        line.made_by,
        line.reason,
        line.until_th,
        ", ".join(map(shown_url, line.changed)),
    ]
