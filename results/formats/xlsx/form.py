"""The sheet to type into ITAS from: every item in the form's order with its answer and URLs."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

from results.excel.book import Book, Text
from results.excel.table import Column, Row, Table, write_table
from results.itas import Answer
from results.speech import _

if TYPE_CHECKING:
    from results.itas import ItasLine
    from results.report import GapReport

_TONES = {Answer.YES: "pass", Answer.NO: "missing", Answer.LOOK: "review"}
MOST_LINKS = 5
"""So many of an item's URLs get a column of their own to be clicked."""


def write_form(book: Book, report: GapReport) -> None:
    """Write the sheet into `book`; nothing for a list that ITAS has not."""
    if not report.itas:
        return
    links = min(MOST_LINKS, max((len(line.urls) for line in report.itas), default=0))
    table = Table(
        name="itas",
        title=_("URL สำหรับ ITAS"),
        about=_("คำตอบของแต่ละข้อตามลำดับในระบบ ITAS พร้อม URL และคำอธิบายว่าอยู่ตรงไหนบนเว็บไซต์หลัก"),
        columns=[
            Column(_("ข้อ"), 7),
            Column(_("ชื่อข้อ"), 32),
            Column(_("มี/ไม่มี"), 15),
            Column(_("URL"), 52),
            Column(_("คำอธิบาย"), 60),
            *(Column(_("เปิดลิงก์ {n}", n=n), 24, printed=False) for n in range(1, links + 1)),
        ],
        frozen=2,
    )
    write_table(book, table, [_row(line, links) for line in report.itas])


def _row(line: ItasLine, links: int) -> Row:
    shown = chain((Text(url, url=url) for url in line.urls[:links]), repeat(Text("")))
    return Row(
        (
            Text(line.item, bold=True),
            Text(line.title),
            Text(line.answer_th, _TONES[line.answer], bold=True, centre=True),
            Text("\n".join(line.urls), url=line.urls[0] if len(line.urls) == 1 else ""),
            Text(line.explanation),
            *(next(shown) for _column in range(links)),
        )
    )
