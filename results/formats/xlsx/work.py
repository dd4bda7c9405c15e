"""The sheet to work from: a row for each item that is not settled, with columns to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.excel.book import Book, Number, Text
from results.excel.table import Column, Row, Table, write_table
from results.formats.advice import looked_at, things_to_do
from results.formats.xlsx.marks import marked
from results.links import shown_url
from results.speech import _

if TYPE_CHECKING:
    from results.report import GapReport, ItemFinding


def write_work(book: Book, report: GapReport) -> None:
    """Write the sheet into `book`: what fails, what a person must look at, what did not open."""
    table = Table(
        name="work",
        title=_("ข้อที่ต้องทำ"),
        about=_("ข้อที่ยังไม่ครบถ้วน หนึ่งแถวต่อข้อ เรียงตามคะแนน มีช่องให้กรอกผู้ดำเนินการและวันที่เสร็จ"),
        columns=[
            Column(_("ลำดับ"), 7),
            Column(_("ข้อ"), 7),
            Column(_("ชื่อข้อ"), 20),
            Column(_("ผลของข้อ"), 14),
            Column(_("สิ่งที่พบ"), 26),
            Column(_("สิ่งที่ต้องทำ"), 44),
            Column(_("หน้าที่ตรวจ"), 22),
            Column(_("ผู้รับผิดชอบ"), 15),
            Column(_("คะแนน"), 9),
            Column(_("เหลือเวลา (วัน)"), 9),
            Column(_("ผู้ดำเนินการ"), 13),
            Column(_("วันที่เสร็จ"), 11),
            Column(_("หมายเหตุ"), 15),
        ],
        frozen=3,
    )
    to_settle = (*report.fails, *report.reviews, *report.errors)
    rows = [_row(report, finding, order) for order, finding in enumerate(to_settle, 1)]
    nothing = Row((Text(""), Text(""), Text(_("ไม่มีข้อที่ต้องทำ")), *[Text("")] * 10))
    write_table(book, table, rows or [nothing])


def _row(report: GapReport, finding: ItemFinding, order: int) -> Row:
    url = looked_at(finding)
    todo = things_to_do(finding)
    steps = [f"{n}. {one}" for n, one in enumerate(todo, 1)] if len(todo) > 1 else list(todo)
    return Row(
        (
            Number(order, "0", centre=True),
            Text(finding.item, bold=True),
            Text(finding.title, bold=True),
            Text(marked(finding.group, finding.verdict_th), finding.group.value),
            Text(finding.summary or finding.verdict_th),
            Text("\n".join(steps)),
            Text(shown_url(url), url=url),
            Text(finding.owner),
            Number(finding.points, bold=True),
            Number(report.deadline.days_left, "0", centre=True),
            Text(""),
            Text(""),
            Text(""),
        )
    )
