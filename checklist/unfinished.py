"""Papers that speak of a document and are not it yet: requests for it, drafts, samples, forms.

They bear its name, its year and its words. What they lack is the thing itself: filled rows,
done deeds, a text in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checklist.evidence import Region, Table
from checklist.flaw import Flaw
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.lines import Line
    from checklist.reading import Reading

_TOP_LINES = 5
_SHORT_LETTER = 1500
_LITTLE_ELSE = 300
_FEWEST_CELLS = 3
_LONG_HEAD = 60
_MOSTLY = 0.75
_HALF = 0.5

_REQUEST = re.compile(
    r"^เรื่อง\s*:?\s*(?:ขอให้|ขอข้อมูล|ขอความร่วมมือ|ขอทราบ|เร่งรัด|ซักซ้อม|แจ้งให้|การส่ง"
    r"|ให้\s?(?:รายงาน|ส่ง|จัดส่ง|จัดทำ|ประเมิน|ดำเนินการ|สำรวจ))"
)
_ASKS = re.compile(r"ขอให้(?:ท่าน|ทุก|แจ้ง|ส่ง|จัดส่ง|รายงาน|รวบรวม|สำรวจ|ประเมิน|กอง|หน่วยงาน)")
_AMOUNT = re.compile(r"[0-9๐-๙]{1,3}(?:,[0-9๐-๙]{3})+|[0-9๐-๙]+\.[0-9๐-๙]{2}(?![0-9๐-๙])")
_ADDRESSED = re.compile(r"^เรียน\s|^ถึง\s")
_DRAFT = re.compile(
    r"^\W{0,3}ร่าง\W{1,4}[ก-ฮเ-ไ]|^ร่าง(?:แผน|ประกาศ|ประมวล|รายงาน|มาตรการ|นโยบาย|คู่มือ|หลักเกณฑ์|แนว)"
    r"|ฉบับร่าง|ยังไม่ใช้บังคับ|ยังไม่ได้ประกาศใช้"
)
_CANCELLED = re.compile(r"^ประกาศยกเลิก|^เรื่อง\s*:?\s*ยกเลิก|\(ยกเลิก(?:แล้ว)?|ยกเลิกการใช้แล้ว")
# Minutes of a meeting with the public or of a briefing are themselves the deed.
_MINUTES = re.compile(
    r"^(?:รายงาน|บันทึก|สรุป)การประชุม(?!.{0,40}(?:รับฟัง|ประชาคม|ส่วนร่วม|มอบนโยบาย|ระดมความ))"
    r"|^ระเบียบวาระ(?:การประชุม)?"
)
_SAMPLE = re.compile(r"^ตัวอย่าง\s*(?:แผน|รายงาน|การ|แบบ|ประกาศ|เอกสาร|คู่มือ|นโยบาย|มาตรการ)")
_EXERCISE = re.compile(r"สมม(?:ุ)?ติขึ้น|เพื่อการฝึกอบรมเท่านั้น|เอกสารประกอบการ(?:อบรม|บรรยาย)")
_OUTLINE = re.compile(r"^เค้าโครง|^โครงร่าง|^สารบัญ(?:รายงาน)?ที่ต้องจัดทำ")
_PROMISE = re.compile(
    r"รอ(?:ข้อมูล|รายงาน|ผล|การรายงาน)|จะ(?:รายงาน|แจ้ง|เผยแพร่|นำมาเผยแพร่)(?:ให้ทราบ|ภายหลัง|ต่อไป|ใน)"
    r"|อยู่ระหว่าง(?:รวบรวม|จัดทำ|รอ)|ยังไม่(?:ได้)?(?:ดำเนินการ|เริ่ม|รวบรวม|จัดทำ|รายงาน)|ยังไม่มีข้อ(?:สรุป|มูล)"
)
_NONE_TOLD = re.compile(
    r"ไม่(?:มี|พบ|ปรากฏ|ได้รับ)(?:ว่ามี)?(?:ผู้|เรื่อง|ข้อ|การ|รายการ|ค่า)\S{0,12}(?:ร้องเรียน|เบิกจ่าย|ใช้จ่าย|จัดซื้อ|จัดจ้าง|จัดหา)"
    r"|ไม่มี(?:เรื่อง|ข้อ)ร้องเรียน|ไม่ได้ใช้งบประมาณ|ไม่ใช้งบประมาณ"
)
_MONTH_HEAD = re.compile(r"(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค|ไตรมาส)")


def unfinished(reading: Reading) -> Flaw | None:
    """Why the document is not the thing itself yet, or None."""
    return (
        _request(reading)
        or _sample(reading)
        or _blank_tables(reading)
        or _promises(reading)
        or _draft(reading)
    )


def _top(reading: Reading) -> Iterator[tuple[Line, str]]:
    headings = [x for x in reading.lines if x.passage.region is Region.HEADING]
    for line in dict.fromkeys([*reading.lines[:_TOP_LINES], *headings[:_TOP_LINES]]):
        for text in line.text.splitlines():
            yield line, text.strip()


def _request(reading: Reading) -> Flaw | None:
    """A letter that asks others for the thing; one that carries rows of amounts brings it."""
    texts = list(_top(reading))
    addressed = any(_ADDRESSED.match(text) for _, text in texts)
    amounts = sum(bool(_AMOUNT.search(x.text)) for x in reading.evidence)
    if not addressed or len(reading.body) > _SHORT_LETTER or amounts > 1:
        return None
    for line, text in [*texts, *((x, x.text) for x in reading.evidence)]:
        if _REQUEST.match(text) or _ASKS.search(text):
            detail = "เป็นหนังสือขอหรือสั่งให้จัดทำ ไม่ใช่ตัวเอกสาร"
            return Flaw("wrong_kind", detail, (reading.quote(line),))
    return None


def _sample(reading: Reading) -> Flaw | None:
    for line, text in _top(reading):
        if _SAMPLE.match(text) or _EXERCISE.search(text):
            detail = "เป็นตัวอย่างหรือเอกสารฝึกอบรม ไม่ใช่ของจริง"
            return Flaw("template_text", detail, (reading.quote(line),))
        if _OUTLINE.match(text):
            return Flaw("template_text", "เป็นเพียงเค้าโครงที่ยังไม่มีเนื้อหา", (reading.quote(line),))
    return None


def _blank_tables(reading: Reading) -> Flaw | None:
    """Tables with heads and no filled cells, on a page that says little else."""
    shown = {line.passage.table for line in reading.lines if line.passage.table is not None}
    tables = [t for i, t in enumerate(reading.document.tables) if i in shown]
    if not tables or _text_beside_tables(reading) > _LITTLE_ELSE:
        return None
    cells = [cell for table in tables for cell in _data_cells(table)]
    blank = sum(not cell.strip(" -–._…") for cell in cells)
    if cells and (len(cells) < _FEWEST_CELLS or blank < _MOSTLY * len(cells)):
        return None
    if not cells and any(len(table.rows) > (0 if table.header else 1) for table in tables):
        return None
    if all(map(_is_chart, tables)) or says_none(reading):
        return None
    line = next(x for x in reading.lines if x.passage.table is not None)
    return Flaw("template_text", "ตารางยังไม่ได้กรอกข้อมูล", (reading.quote(line),))


def says_none(reading: Reading) -> bool:
    """True when the document says that there was nothing to enter in its table."""
    return any(_NONE_TOLD.search(line.text) for line in reading.evidence)


def _is_chart(table: Table) -> bool:
    """True for boxes laid out as a table: long texts stand where a form has heads of columns."""
    heads = [cell for cell in table.header or (table.rows[0] if table.rows else ()) if cell]
    return sum(map(len, heads)) > _LONG_HEAD * len(heads)


def _text_beside_tables(reading: Reading) -> int:
    return sum(len(x.form) for x in reading.evidence if x.passage.region is Region.MAIN)


def _data_cells(table: Table) -> Iterator[str]:
    """Cells that a form leaves open: not the first column, not columns of months."""
    head = table.header or (table.rows[0] if table.rows else ())
    for row in table.rows if table.header else table.rows[1:]:
        for column, cell in enumerate(row):
            name = head[column] if column < len(head) else ""
            if column > 0 and not _MONTH_HEAD.search(name):
                yield cell


def _promises(reading: Reading) -> Flaw | None:
    said = [x for x in reading.evidence if x.passage.region is not Region.HEADING]
    heads = {match_form("\t".join(t.header)) for t in reading.document.tables if t.header}
    said = [x for x in said if x.form not in heads and len(x.form) > _FEWEST_CELLS]
    promised = [x for x in said if _PROMISE.search(x.text)]
    weight = sum(len(x.form) for x in promised)
    if promised and weight >= _HALF * sum(len(x.form) for x in said):
        detail = "มีแต่ข้อความว่าจะดำเนินการหรือรอข้อมูล ยังไม่มีเนื้อหาจริง"
        in_rows = any(x.passage.region is Region.TABLE for x in promised)
        quotes = (reading.quote(promised[0]),)
        return Flaw("element_missing", detail, quotes, doubtful=not in_rows)
    return None


def _draft(reading: Reading) -> Flaw | None:
    for line, text in _top(reading):
        if _DRAFT.search(text):
            detail = "เป็นฉบับร่าง โปรดดูว่าประกาศใช้แล้วหรือไม่"
            return Flaw("weak_wording", detail, (reading.quote(line),), doubtful=True)
        if _MINUTES.match(text):
            detail = "เป็นรายงานการประชุม โปรดดูว่ามีตัวเอกสารอยู่ในนั้นหรือไม่"
            return Flaw("weak_wording", detail, (reading.quote(line),), doubtful=True)
        if _CANCELLED.search(text):
            detail = "มีข้อความว่ายกเลิก โปรดดูว่าฉบับนี้ยังใช้อยู่หรือไม่"
            return Flaw("weak_wording", detail, (reading.quote(line),), doubtful=True)
    return None
