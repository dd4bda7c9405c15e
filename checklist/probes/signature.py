"""A signature block: a name, a position, and a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.contact import readable
from checklist.probes.persons import PERSON
from checklist.probes.positions import has_position
from checklist.profile import UnitType
from checklist.reading import Reading, readings
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.lines import Line

Term = Annotated[str, StringConstraints(min_length=1)]

_MONTH = r"[ก-ฮเ-ไ][ก-๙.]{2,11}"
_YEAR = r"(?:พ\.?\s?ศ\.?\s*)?\d{2,4}"
_DATED = re.compile(
    rf"(?:ประกาศ|ให้ไว้|ลงชื่อ|สั่ง)?\s*(?:ณ\s*)?วันที่\s*\d{{1,2}}\s*(?:เดือน\s*)?{_MONTH}\s*{_YEAR}"
)
# A date that says nothing else tells when it was signed only beside the signature.
_BARE_DATE = re.compile(
    r"(?<!\d)\d{1,2}\s*(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน"
    rf"|ธันวาคม|[ก-ฮเ]{{1,3}}\.\s?[คยพ]\.)\s*{_YEAR}|(?<!\d)\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}(?!\d)"
)
_SIGNED = re.compile(r"ลงชื่อ|ลงนาม|\(ลงชื่อ\)|ลายมือชื่อ")
_BLANK = re.compile(r"ลงชื่อ\s*\)?\s*[.…_]{6,}\s*$|\(\s*[.…_\s]{6,}\)")
_ANNOUNCED = re.compile(r"(?:ประกาศ|ให้ไว้|สั่ง)\s*ณ\s*วันที่\s*\d")
_ELECTED = re.compile("นายก|ผู้ว่าราชการกรุงเทพมหานคร")
_NEARBY = 5
_LONGEST_BLOCK = 140

_WORD = r"[ก-ฮเแโใไ][ก-๙]{1,30}"
_PLAIN = rf"{_WORD}\s+(?:ณ\s+)?{_WORD}"
_LEARNED = (
    r"(?:ทันต|สัตว)?แพทย์(?:หญิง)?|เภสัชกร(?:หญิง)?|(?:รอง|ผู้ช่วย)?ศาสตราจารย์(?:พิเศษ)?"
    r"(?:\s?(?:ดร\.|ดอกเตอร์|นายแพทย์|แพทย์หญิง|ทันตแพทย์))*"
)
_POSITION = r"นายก(?:เทศมนตรี|องค์การ|อบ|สมาคม|สภา|เมือง|\s)|นายอำเภอ|นายแพทย์สาธารณสุข"
_NAME = rf"(?!{_POSITION})(?:{PERSON.pattern}|(?:{_LEARNED})\s?{_PLAIN})"
_BRACKETED = re.compile(rf"\(\s*{_NAME}\s*\)|^\s*\(\s*{_PLAIN}\s*\)", re.MULTILINE)
_SIGNED_BY = re.compile(rf"^\W*(?:ลงชื่อ|ลงนาม|ลายมือชื่อ)[\W_]*(?:{_NAME}|{_PLAIN}\s*$)", re.MULTILINE)
_BARE_NAME = re.compile(rf"^\W*{_NAME}", re.MULTILINE)
# In match form: heads of a part of the unit, whose titles hold that of the unit's own head, and
# the names of provincial offices, which hold those of their heads.
_HEADS_OF_PARTS = re.compile(
    r"ผู้อำนวยการ(?:กอง(?!ทุน)|กลุ่ม|ฝ่าย|ส่วน|สำนักปลัด|สำนักคลัง|สำนักช่าง)"
    r"|(?<=สำนักงาน)[ก-๙]{0,40}?(?:จังหวัด|อำเภอ|พื้นที่|เขต)"
)


@dataclass(frozen=True, slots=True)
class _Block:
    """Where someone signs, and in match form the lines from the name downwards.

    `dated` tells that a date stands among these lines or just above them.
    """

    line: Line
    below: tuple[str, ...]
    dated: bool


class SignatureProbe(Probe):
    """A signature block: a name in it, one of the positions in `by`, and a date.

    Handwriting cannot be read from text; a block with name, position and date stands for it,
    and a block whose lines are blank does not.
    """

    kind: Literal["signature"]
    by: Annotated[tuple[Term, ...], Field(min_length=1)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Present with the block quoted; unsure when the date or the position is not there."""
        by = self._heads(context)
        partial: Finding | None = None
        for reading in readings(documents):
            dated = _is_dated(reading)
            for block in _blocks(reading):
                quote = reading.quote(block.line)
                headed = any(_holds(form, p) for form in block.below for p in by)
                if headed and (dated or block.dated):
                    return present(quote)
                what = "วันที่ลงนาม" if headed else "ตำแหน่งผู้บริหารสูงสุดเป็นผู้ลงนามเอง"
                partial = partial or unsure(f"พบช่องลงนามแต่ไม่พบ{what}", quote)
        return partial or absent("ไม่พบการลงนามของผู้บริหารสูงสุด", reason="signature_missing")

    def _heads(self, context: Context) -> Sequence[str]:
        """Of `by`, those who can head the unit: a local government has an elected head."""
        if context.unit is None or context.unit.type is not UnitType.LOCAL:
            return self.by
        elected = [position for position in self.by if _ELECTED.match(position)]
        return elected or self.by


def _holds(form: str, position: str) -> bool:
    return has_position(_HEADS_OF_PARTS.sub("", form), position)


def _is_dated(reading: Reading) -> bool:
    return reading.once(
        _is_dated, lambda: any(_DATED.search(readable(line)) for line in reading.evidence)
    )


def _blocks(reading: Reading) -> list[_Block]:
    """Signature blocks: where a name stands as a signature, and what stands below it."""
    return reading.once(_blocks, lambda: _find_blocks(reading))


def _find_blocks(reading: Reading) -> list[_Block]:
    lines = reading.evidence
    texts = [readable(line) for line in lines]
    found = []
    for index, line in enumerate(lines):
        start = _starts(texts, index)
        if start is not None and not _BLANK.search(texts[index]):
            following = texts[index + 1 : index + _NEARBY]
            below = [*texts[index][start:].splitlines(), *following]
            around = [*texts[max(0, index - 2) : index], *below]
            dated = any(_BARE_DATE.search(text) for text in around)
            found.append(_Block(line, tuple(match_form(part) for part in below), dated))
    return found


def _starts(texts: Sequence[str], index: int) -> int | None:
    """Where in a line a signature begins, or None.

    It is a bracketed name, a "signed" line with a name in it or below, or a name alone under the
    day on which the paper was announced.
    """
    text = texts[index]
    mark = _BRACKETED.search(text) or _SIGNED_BY.search(text)
    if mark is None and (signed := _SIGNED.search(text)):
        named = any(re.search(_NAME, other) for other in texts[index : index + _NEARBY])
        mark = signed if named else None
    if mark is None and len(text) <= _LONGEST_BLOCK:
        announced = any(_ANNOUNCED.search(other) for other in texts[max(0, index - 4) : index])
        mark = _BARE_NAME.search(text) if announced else None
    return mark.start() if mark else None
