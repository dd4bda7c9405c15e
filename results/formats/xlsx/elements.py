"""The sheet of items and elements: a row an element, in the order of action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.excel.book import Book, Number, Text
from results.excel.table import Column, Row, Table, write_table
from results.formats.element_rows import HEADINGS, ElementRow, element_rows
from results.formats.xlsx.marks import marked, marked_state, state_tone
from results.links import shown_url
from results.speech import _

if TYPE_CHECKING:
    from results.report import GapReport

_WIDTHS = {
    "order": 7,
    "item": 7,
    "title": 19,
    "verdict": 14,
    "element": 22,
    "state": 14,
    "reason": 20,
    "found": 26,
    "where": 17,
    "url": 20,
    "to_do": 28,
    "owner": 15,
    "points": 9,
    "days_left": 9,
}


def write_elements(book: Book, report: GapReport) -> None:
    """Write the sheet into `book`."""
    table = Table(
        name="elements",
        title=_("ข้อและองค์ประกอบ"),
        about=_("ทุกองค์ประกอบของทุกข้อ หนึ่งแถวต่อองค์ประกอบ เริ่มจากข้อที่เสียคะแนนมากที่สุด"),
        columns=[Column(_(HEADINGS[key]), width) for key, width in _WIDTHS.items()],
        frozen=3,
    )
    before = ""
    rows = []
    for row in element_rows(report):
        rows.append(_row(row, first=row.item != before))
        before = row.item
    write_table(book, table, rows)


def _row(row: ElementRow, *, first: bool) -> Row:
    return Row(
        (
            Number(row.order, "0", centre=True),
            Text(row.item, bold=first),
            Text(row.title, bold=first),
            Text(marked(row.group, row.verdict), row.group.value),
            Text(row.element),
            Text(
                marked_state(row.state, row.state_th, required=row.required),
                state_tone(row.state, required=row.required) if row.state_th else "",
            ),
            Text(row.reason),
            Text(row.found),
            Text(row.where),
            Text(shown_url(row.url), url=row.url),
            Text(row.to_do),
            Text(row.owner),
            Number(row.points, bold=first),
            Number(row.days_left, "0", centre=True),
        ),
        begins=first,
    )
