"""A signature block: a name, a position, and a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.contact import readable
from checklist.probes.people import PERSON, has_position
from checklist.reading import Line, Reading, readings
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.evidence import Document

Term = Annotated[str, StringConstraints(min_length=1)]

_DATED = re.compile(
    r"(?:ประกาศ|ให้ไว้|ลงชื่อ|สั่ง)?\s*(?:ณ\s*)?วันที่\s*\d{1,2}\s*(?:เดือน\s*)?[ก-๙.]{3,12}\s*(?:พ\.?\s?ศ\.?\s*)?\d{2,4}"
)
_SIGNED = re.compile(r"ลงชื่อ|ลงนาม|\(ลงชื่อ\)|ลายมือชื่อ")
_BLANK = re.compile(r"ลงชื่อ\s*\)?\s*[.…_]{6,}\s*$|\(\s*[.…_\s]{6,}\)")
_NEARBY = 5


@dataclass(frozen=True, slots=True)
class _Block:
    """Where someone signs, and in match form the lines from the name downwards."""

    line: Line
    below: tuple[str, ...]


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
            dated = _is_dated(reading)
            for block in _blocks(reading):
                quote = reading.quote(block.line)
                headed = any(has_position(form, p) for form in block.below for p in self.by)
                if headed and dated:
                    return present(quote)
                what = "วันที่ลงนาม" if headed else "ตำแหน่งผู้บริหารสูงสุดเป็นผู้ลงนามเอง"
                partial = partial or unsure(f"พบช่องลงนามแต่ไม่พบ{what}", quote)
        return partial or absent("ไม่พบการลงนามของผู้บริหารสูงสุด", reason="signature_missing")


def _is_dated(reading: Reading) -> bool:
    return reading.once(
        _is_dated, lambda: any(_DATED.search(readable(line)) for line in reading.evidence)
    )


def _blocks(reading: Reading) -> list[_Block]:
    """Signature blocks: a bracketed name or a "signed" line, and what stands below it."""
    return reading.once(_blocks, lambda: _find_blocks(reading))


def _find_blocks(reading: Reading) -> list[_Block]:
    lines = reading.evidence
    found = []
    for index, line in enumerate(lines):
        text = readable(line)
        bracketed = re.search(rf"\(\s*{PERSON.pattern}\s*\)", text)
        signed = _SIGNED.search(text)
        following = lines[index + 1 : index + _NEARBY]
        if (
            signed
            and not bracketed
            and not any(PERSON.search(readable(x)) for x in (line, *following))
        ):
            continue
        mark = bracketed or signed
        if mark and not _BLANK.search(text):
            below = [*text[mark.start() :].splitlines(), *(x.passage.text for x in following)]
            found.append(_Block(line, tuple(match_form(part) for part in below)))
    return found
