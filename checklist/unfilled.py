"""Forms that nobody filled in: a table whose head announces results, with nothing below it.

The other cells of such a table name measures, owners and deeds to be done, so it bears the words
of a report. What an item wants filled it names itself: `filled` for what was done, where a dash
tells nothing, `counted` for sums and counts, where a dash tells that there were none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from checklist.evidence import Region, Table
from checklist.flaw import Flaw
from checklist.nature import is_pictorial
from checklist.reading import reading_of
from checklist.result_lines import head_without_results
from checklist.result_tables import ResultRows, Standing, result_rows
from checklist.thai import to_arabic_digits
from checklist.unfinished import says_none

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.lines import Line
    from checklist.reading import Reading
    from checklist.schema import Item

_NEARLY_NONE = 0.1
_HALF = 0.5
_PROMISED = re.compile(
    r"จะ(?:ได้)?(?:ดำเนินการ|จัด|รายงาน|แจ้ง|เผยแพร่|เริ่ม)|ให้(?:แล้ว)?เสร็จ|เมื่อ\S{0,20}แล้วให้|แล้วเสร็จภายใน"
)
_TOLD = re.compile(
    r"(?:ดำเนินการ|จัด|ประชุม|อบรม|แจ้งเวียน|แจ้ง|เผยแพร่|ติดตั้ง|ลงนาม|ปรับปรุง|ตรวจ|ประกาศ|มอบ|ส่ง)(?:ไป)?แล้ว|แล้วเสร็จ|เสร็จ(?:สิ้น|เรียบร้อย|สมบูรณ์)"
    r"|ได้(?:มีการ|ดำเนินการ|จัด|ประชุม|อบรม|แจ้ง|เผยแพร่|ปรับปรุง|แต่งตั้ง|ออก|ติดตั้ง|ตรวจ|ลงนาม)|ผลปรากฏ|ปรากฏว่า|พบว่า"
    r"|ผู้เข้า(?:ร่วม|อบรม|รับการอบรม)\D{0,12}\d|ร้อยละ\s?\d|อยู่ระหว่างดำเนินการ"
)
_COUNT_TOLD = re.compile(
    r"ไม่(?:ได้)?ใช้(?:จ่าย)?(?:งบ|เงิน)|(?:เบิก|จ่าย|ใช้)\D{0,30}\d[\d,]*\d|(?:ร้อยละ|เฉลี่ย|จำนวน|ทั้งสิ้น)\D{0,12}\d"
)
_DAY = re.compile(
    r"\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?(?:[ก-ฮ]{1,2}\.\s?[ก-ฮ]{1,2}\.?|[ก-ฮ]\S{2,8}(?:คม|ยน|พันธ์))\s?\d{0,4}"
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A sort of column that an item wants filled."""

    heads: tuple[str, ...]
    counts: bool


def unfilled(item: Item, document: Document) -> Flaw | None:
    """Why the document is a form that waits for its results, or None.

    Doubtful, so that a person looks: when the results may be told outside the empty column, when
    fewer than half of its rows are filled, and when every row says that nothing was done yet.
    """
    columns = [
        *(_Column(heads, counts=False) for heads in item.filled),
        *(_Column(heads, counts=True) for heads in item.counted),
    ]
    if not columns:
        return None
    reading = reading_of(document)
    found = [flaw for column in columns if (flaw := _remembered(reading, column))]
    return next((flaw for flaw in found if not flaw.doubtful), next(iter(found), None))


def _remembered(reading: Reading, column: _Column) -> Flaw | None:
    return reading.once(("unfilled", column), lambda: _flaw(reading, column))


def _flaw(reading: Reading, column: _Column) -> Flaw | None:
    seen = list(_seen(reading, column))
    rows = [standing for _, found in seen for standing in found.rows]
    filled, undone = rows.count(Standing.FILLED), rows.count(Standing.UNDONE)
    if not rows:
        return None if column.counts else _unread(reading, column)
    if filled and len(rows) - filled - undone < _HALF * len(rows):
        return None
    if column.counts and says_none(reading):
        return None
    line, found = seen[0]
    name = f"คอลัมน์ «{found.head}»"
    if filled + undone <= _NEARLY_NONE * len(rows):
        reason = "element_missing" if column.counts else "template_text"
        flaw = Flaw(reason, f"{name} ยังไม่ได้กรอก", (reading.quote(line),))
        return _doubted(flaw) if _may_be_told(reading, column, seen) else flaw
    if column.counts:
        return None
    said = "กรอกไม่ถึงครึ่งของรายการ" if filled else "บอกว่ายังไม่ได้ดำเนินการทุกรายการ"
    return _doubted(Flaw("weak_wording", f"{name} {said}", (reading.quote(line),)))


def _unread(reading: Reading, column: _Column) -> Flaw | None:
    line = head_without_results(reading, column.heads)
    if line is None:
        return None
    detail = "มีหัวคอลัมน์ของผล แต่ไม่พบข้อความที่เป็นผลในรายการข้างใต้ อาจยังไม่ได้กรอก"
    return _doubted(Flaw("weak_wording", detail, (reading.quote(line),)))


def _doubted(flaw: Flaw) -> Flaw:
    return replace(flaw, doubtful=True, bars_passing=True)


def _seen(reading: Reading, column: _Column) -> Iterator[tuple[Line, ResultRows]]:
    """The tables with such a column that the document shows, each with its first line."""
    first: dict[int, Line] = {}
    for line in reading.lines:
        if line.passage.table is not None:
            first.setdefault(line.passage.table, line)
    for index, line in first.items():
        table: Table = reading.document.tables[index]
        found = result_rows(table, column.heads, dash_tells=column.counts)
        if found.rows:
            yield line, found


def _may_be_told(
    reading: Reading, column: _Column, seen: Sequence[tuple[Line, ResultRows]]
) -> bool:
    """True when the results may stand elsewhere: in prose, beside the column, in a picture."""
    if is_pictorial(reading.document) or any(found.by_month for _, found in seen):
        return True
    prose = [x.readable for x in reading.evidence if x.passage.region is Region.MAIN]
    beside = [cell for _, found in seen for cell in found.beside]
    if column.counts:
        return any(map(_COUNT_TOLD.search, prose))
    deeds = (x for x in (*prose, *beside) if _TOLD.search(x) and not _PROMISED.search(x))
    return any(deeds) or any(_DAY.fullmatch(to_arabic_digits(x).strip()) for x in beside)
