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
_NONE = r"(?:ไม่มี|ไม่พบ|ไม่ปรากฎ|ยังไม่มี|ไม่ได้รับ|ไม่ได้ดำเนินการ)"
_CONDITIONAL = re.compile(r"(?:หาก|กรณี|ถ้า|เมื่อ|ในเดือนที่|เดือนใดที่|เดือนใด)(?:[^.]{0,20})$")


class NoneStatementProbe(Probe):
    """An explicit statement that there was none of `of`; a condition ("หากไม่มี…") is none."""

    kind: Literal["none_statement"]
    of: Annotated[tuple[Term, ...], Field(min_length=1)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with the sentence quoted."""
        patterns = [_pattern(match_form(term)) for term in self.of]
        for reading in readings(documents):
            for line in reading.evidence:
                for pattern in patterns:
                    for match in pattern.finditer(line.form):
                        if not _CONDITIONAL.search(line.form[: match.start()]):
                            return present(reading.quote(line))
        return absent("ไม่พบข้อความที่ระบุว่าไม่มี" + " หรือ".join(self.of))


@cache
def _pattern(form: str) -> re.Pattern[str]:
    term = re.escape(form)
    return re.compile(
        rf"{_NONE}[^.]{{0,25}}?{term}|{term}[^.]{{0,40}}?(?:{_NONE}|จำนวน0(?:เรื่อง|รายการ|ครั้ง)|:?0เรื่อง)"
    )
