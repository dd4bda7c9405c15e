"""An explicit statement that there was none of something, such as ไม่มีเรื่องร้องเรียน."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.probes.base import Context, Finding, Probe, absent, present
from checklist.reading import readings
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.evidence import Document

Term = Annotated[str, StringConstraints(min_length=1)]

# In match form, which writes to patak as do chada.
_NONE = r"(?:ยังไม่มี|ไม่มี|มิได้มี|ไม่เคยมี|ไม่พบ|ไม่ปรากฎ|ไม่ได้รับ|มิได้รับ|ไม่เคยได้รับ|ไม่ได้ดำเนินการ)"
_OTHER_LACK = r"(?!ข้อสรุป|ข้อมูล|(?:เจ้าหน้าที่|ผู้)(?:ที่)?รับผิดชอบ|ความ|กำหนด|ช่อง|แบบ|การรวบรวม)"
_QUALIFIED = r"(?!ที่(?:ผิด|ไม่|ค้าง|ล่าช้า|มีปัญหา)|ค้าง|เกินกำหนด)"
_CONDITION = re.compile(
    r"(?:หาก|กรณี|ถ้า|เมื่อ|ในเดือนที่|เดือนใดที่|เดือนใด)[^.]{0,20}$"
    r"|(?:ให้|พึง|ต้อง)[^.]{0,60}(?:ระบุ|ประกาศ|แจ้ง|รายงาน|เขียน)ว่า?$"
)


class NoneStatementProbe(Probe):
    """An explicit statement that there was none of `of`; a condition ("หากไม่มี…") is none."""

    kind: Literal["none_statement"]
    of: Annotated[tuple[Term, ...], Field(min_length=1)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with the sentence quoted."""
        forms = [match_form(term) for term in self.of]
        for reading in readings(documents):
            for place in sorted({p for form in forms for p in reading.places_of(form)}):
                line = reading.evidence[place]
                if any(says_none(line.form, form) for form in forms):
                    return present(reading.quote(line))
        return absent("ไม่พบข้อความที่ระบุว่าไม่มี" + " หรือ".join(self.of))


def says_none(text: str, term: str) -> bool:
    """True when `text` states plainly that there was no `term`; both in match form."""
    found = _pattern(term).finditer(text)
    return any(not _CONDITION.search(text[: match.start()]) for match in found)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    term = re.escape(form)
    return re.compile(
        rf"{_NONE}{_OTHER_LACK}[^.]{{0,25}}?{term}{_QUALIFIED}"
        rf"|{term}[^.]{{0,40}}?(?:{_NONE}{_OTHER_LACK}(?!การ)|จำนวน0(?:เรื่อง|รายการ|ครั้ง)|:?0เรื่อง)"
    )
