"""The sheet of what changed since the scan before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.excel.book import Book, Text
from results.excel.table import Column, Row, Table, write_table
from results.speech import _

if TYPE_CHECKING:
    from results.report import Change, GapReport

DIRECTIONS = {
    "worse": ("▼ แย่ลง", "missing"),
    "better": ("▲ ดีขึ้น", "pass"),
    "other": ("◆ เปลี่ยนแปลง", ""),
}
TWICE = {True: "เปิดซ้ำแล้ว ผลยังแย่ลง", False: "เปิดซ้ำแล้ว ผลดีกว่าครั้งแรก", None: "–"}


def write_changes(book: Book, report: GapReport) -> None:
    """Write the sheet into `book`; nothing without changes."""
    if not report.changes:
        return
    table = Table(
        name="changes",
        title=_("การเปลี่ยนแปลง"),
        about=_("ข้อที่ผลต่างจากการตรวจเมื่อ {before}", before=report.compared_with_th),
        columns=[
            Column(_("ข้อ"), 7),
            Column(_("ชื่อข้อ"), 50),
            Column(_("การเปลี่ยนแปลง"), 17),
            Column(_("ครั้งก่อน"), 24),
            Column(_("ครั้งนี้"), 24),
            Column(_("การตรวจซ้ำ"), 28),
        ],
        frozen=2,
    )
    write_table(book, table, [_row(change) for change in report.changes])


def _row(change: Change) -> Row:
    words, tone = DIRECTIONS[change.direction]
    return Row(
        (
            Text(change.item, bold=True),
            Text(change.title),
            Text(_(words), tone),
            Text(change.before_th),
            Text(change.after_th),
            Text(_(TWICE[change.confirmed])),
        )
    )
