"""Lists of work in formats that know no tables (PDF, plain text): a head for results, none told.

Which cell a word stood in is lost there, so this only says that nothing below the head sounds
like a result; whether the column is empty is for a person to see.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from checklist.cells import heads_column
from checklist.evidence import Region
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.lines import Line
    from checklist.reading import Reading

_LONG_HEAD = 140
_SHORT_HEAD = 40
_FEWEST_ENTRIES = 2
_BESIDE = re.compile(
    r"โครงการ|กิจกรรม|มาตรการ|งบประมาณ|ผู้รับผิดชอบ|หมายเหตุ|หลักฐาน|เป้าหมาย|ความเสี่ยง|ระยะเวลา|วันที่|เบิกจ่าย|ปัญหา|ประเด็น"
)
_NO_HEAD = re.compile(r"\d|^(?:รายงาน|สรุป|การ|แบบ|เรื่อง|ข้อ|เอกสาร)|คาดว่า")
_ENTRY = re.compile(r"(?:^|\s)\(?\d{1,2}[.)]?\s+[ก-ฮเ-ไ]")
_FIRST = re.compile(r"\s\(?1[.)]?\s+[ก-ฮเ-ไ]")
# Anything that may be a result: one word of it is enough to leave the document alone.
_MAY_TELL = re.compile(
    r"แล้ว|เสร็จ|ได้|ร้อยละ|%|พบ|ปรากฏ|ลดลง|เพิ่มขึ้น|ระหว่าง|กำลัง|สำเร็จ|ลงนาม|ครบ|เปิดใช้|ผู้เข้า|เข้าร่วม|เข้าอบรม|ไม่มี|ไม่ได้|ยังไม่|บรรลุ|คืบหน้า|ตรวจรับ"
    r"|ส่งมอบ|เป็นไปตาม|ตามแผน|ดำเนินการ|ใช้ไป|เบิก|อนุมัติ|เห็นชอบ|มีมติ|เริ่มใช้|คำสั่ง|หนังสือ|ยกเลิก|ผ่าน|เกิน|ต่ำกว่า|"
    r"\d\s?(?:คน|ราย|ครั้ง|แห่ง|เรื่อง|ฉบับ|รุ่น|จุด|หลัง|สาย|หมู่บ้าน|ตำบล|ชุด|คัน|กก|ตัน|ไร่)"
    r"|\d{1,2}\s?(?:[ก-ฮ]{1,2}\.\s?[ก-ฮ]{1,2}\.?|(?:มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา))"
)


def head_without_results(reading: Reading, heads: Sequence[str]) -> Line | None:
    """The line that heads a column of results, where no line below it can be a result.

    `heads` are terms of the checklist language. None for web pages, which have tables, and where
    fewer than two numbered entries follow.
    """
    if reading.is_html:
        return None
    lines = [x for x in reading.evidence if x.passage.region is not Region.TABLE]
    at = next((i for i, line in enumerate(lines) if _is_head(_parted(line)[0], heads)), None)
    if at is None:
        return None
    later = [_parted(line) for line in lines[at + 1 :]]
    below = [
        _parted(lines[at])[1],
        *(x for pair in later if not _is_head(pair[0], heads) for x in pair),
    ]
    entries = sum(len(_ENTRY.findall(text)) for text in below)
    told = any(map(_MAY_TELL.search, below))
    return lines[at] if entries >= _FEWEST_ENTRIES and not told else None


def _parted(line: Line) -> tuple[str, str]:
    """A line's text up to where a first entry runs on from the heads, and the rest."""
    text = line.readable.strip()
    first = _FIRST.search(text)
    return (text[: first.start()], text[first.start() :]) if first else (text, "")


def _is_head(text: str, heads: Sequence[str]) -> bool:
    if len(text) > _LONG_HEAD or _NO_HEAD.search(text):
        return False
    form = match_form(text)
    if not any(heads_column(form, term) for term in heads):
        return False
    return bool(_BESIDE.search(text)) or len(text) <= _SHORT_HEAD
