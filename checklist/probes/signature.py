"""A signature block: a name, a position, and a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.contact import readable
from checklist.probes.people import PERSON, has_position
from checklist.reading import Line, Reading, readings

if TYPE_CHECKING:
    from checklist.evidence import Document

Term = Annotated[str, StringConstraints(min_length=1)]

_DATED = re.compile(
    r"(?:ประกาศ|ให้ไว้|ลงชื่อ|สั่ง)?\s*(?:ณ\s*)?วันที่\s*\d{1,2}\s*(?:เดือน\s*)?[ก-๙.]{3,12}\s*(?:พ\.?\s?ศ\.?\s*)?\d{2,4}"
)
_SIGNED = re.compile(r"ลงชื่อ|ลงนาม|\(ลงชื่อ\)|ลายมือชื่อ")
_BLANK = re.compile(r"ลงชื่อ\s*\)?\s*[.…_]{6,}\s*$|\(\s*[.…_\s]{6,}\)")
_NEARBY = 5


class SignatureProbe(Probe):
    """A signature block: a name in it, one of the positions in `by`, and a date.

    Handwriting cannot be read from text; a block with name, position and date stands for it,
    and a block whose lines are blank does not.
    """

    kind: Literal["signature"]
    by: Annotated[tuple[Term, ...], Field(min_length=1)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with the block quoted; unsure when the date or the position is not there."""
        partial: Finding | None = None
        for reading in readings(documents):
            dated = any(_DATED.search(readable(x.passage.text)) for x in reading.evidence)
            for block in _blocks(reading):
                quote = reading.quote(block[0])
                positions = [x for x in block if any(has_position(x.form, p) for p in self.by)]
                if positions and dated:
                    return present(quote, reading.quote(positions[0]))
                what = "วันที่ลงนาม" if positions else "ตำแหน่งผู้บริหารสูงสุดเป็นผู้ลงนามเอง"
                partial = partial or unsure(f"พบช่องลงนามแต่ไม่พบ{what}", quote)
        return partial or absent("ไม่พบการลงนามของผู้บริหารสูงสุด", reason="signature_missing")


def _blocks(reading: Reading) -> list[tuple[Line, ...]]:
    """Signature blocks: a bracketed name or a "signed" line, and the lines around it."""
    lines = reading.evidence
    found = []
    for index, line in enumerate(lines):
        text = readable(line.passage.text)
        bracketed = re.search(rf"\(\s*{PERSON.pattern}\s*\)", text)
        around = lines[max(0, index - 2) : index + _NEARBY]
        named = any(PERSON.search(readable(x.passage.text)) for x in around)
        if (bracketed or (_SIGNED.search(text) and named)) and not _BLANK.search(text):
            found.append((line, *around))
    return found
