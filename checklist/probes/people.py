"""Executives, each with name, position, photo and contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.contact import EMAIL, PHONE, readable
from checklist.probes.image import is_content
from checklist.reading import Line, Reading, readings
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.evidence import Document, Image
    from checklist.verdict import Quote

Term = Annotated[str, StringConstraints(min_length=1)]
Need = Literal["name", "position", "photo", "contact"]

_RANK = (
    r"(?:พล|พันจ่า|พัน|ร้อย|จ่าสิบ|สิบ|นาวา|เรือ|จ่า)(?:ตำรวจ|อากาศ)?(?:ตรี|โท|เอก)"
    r"|(?:พล|พ\.จ|พ|ร|จ\.ส|ส|น|ด)\.?(?:ต\.)?[ตทอ]\."
)
_TITLE = (
    r"นางสาว|น\.ส\.|นาย(?:สัตวแพทย์|แพทย์)?|นาง|นพ\.|พญ\.|ทพญ?\.|(?:ศ|รศ|ผศ)\.|ดร\."
    rf"|หม่อม(?:หลวง|ราชวงศ์|เจ้า)|ม\.[ลรจ]\.|(?:ว่าที่\s?)?(?:{_RANK})(?:\s?หญิง)?"
)
PERSON = re.compile(rf"(?:{_TITLE})\s?[ก-ฮเแโใไ][ก-๙]{{1,24}}\s+(?:ณ\s+)?[ก-ฮเแโใไ][ก-๙]{{1,30}}")
# Positions that begin like a title: นายกเทศมนตรี is nobody's name, นายกิตติ is.
_NOT_PERSON = re.compile(
    r"^นาย(?:ก(?:เทศมนตรี|องค์การ|อบ|สมาคม|สภา|รัฐมนตรี|เมือง|\s)|อำเภอ|ทะเบียน|ช่าง"
    r"|(?:สัตว)?แพทย์(?:สาธารณสุข|ชำนาญ|เชี่ยวชาญ|ใหญ่))"
)
_LOWER_RANK = (
    "รอง", "ผู้ช่วย", "อดีต", "เลขานุการ", "ที่ปรึกษา", "แทน", "ปฎิบัติหน้าที่", "รักษาการ",
    "รักษาการตำแหน่ง", "รักษาการในตำแหน่ง",
)  # fmt: skip
_VACANT = re.compile(r"ว่าง|รักษาราชการแทน|รักษาการ|อยู่ระหว่าง(?:สรรหา|แต่งตั้ง)")
_BLOCK = 6
_EQUALS = " หรือตำแหน่งเทียบเท่า"

_NEED_NAMES: dict[Need, str] = {
    "name": "ชื่อ-นามสกุล",
    "position": "ตำแหน่ง",
    "photo": "รูปถ่าย",
    "contact": "ช่องทางการติดต่อ",
}


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    line: Line
    block: tuple[Line, ...]
    photo: bool

    @property
    def reachable(self) -> bool:
        texts = [readable(line) for line in self.block]
        return any(PHONE.search(text) or EMAIL.search(text) for text in texts)

    def lacks(self, needs: Sequence[Need], *, has_position: bool) -> list[Need]:
        have: dict[Need, bool] = {
            "name": True,
            "position": has_position,
            "photo": self.photo,
            "contact": self.reachable,
        }
        return [need for need in needs if not have[need]]


class PeopleProbe(Probe):
    """Executives, each with what `needs` names; of every group in `positions` one person.

    The wording of a group's position is not met by a deputy's title that contains it. A post
    shown as vacant or filled by an acting person counts as covered.
    """

    kind: Literal["people"]
    positions: Annotated[
        tuple[Annotated[tuple[Term, ...], Field(min_length=1)], ...], Field(min_length=1)
    ]
    needs: tuple[Need, ...] = ("name", "position", "photo", "contact")

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present when every group has its person and each such person lacks nothing."""
        people = [(r, p) for r in readings(documents) for p in _people(r)]
        quotes: list[Quote] = []
        missing: list[str] = []
        for group in self.positions:
            holders = [(r, p) for r, p in people if _holds(group, p.block)]
            if not holders:
                vacant = _vacant_post(group, documents)
                if vacant:
                    quotes.append(vacant)
                else:
                    missing.append(f"ไม่พบผู้ดำรงตำแหน่ง «{group[0]}»{_EQUALS if group[1:] else ''}")
                continue
            quotes.extend(r.quote(p.line) for r, p in holders)
            for _, person in holders:
                lacks = person.lacks(self.needs, has_position=True)
                if lacks:
                    names = ", ".join(_NEED_NAMES[need] for need in lacks)
                    missing.append(f"{person.name} ขาด{names}")
        quotes = list(dict.fromkeys(quotes))
        if not missing:
            return present(*quotes)
        if people and all("ขาดรูปถ่าย" in text for text in missing) and _pictures(documents):
            return unsure("มีรูปภาพในหน้าแต่จับคู่กับบุคคลไม่ได้: " + "; ".join(missing), *quotes)
        return absent("; ".join(missing), *quotes)


def people_in(reading: Reading) -> list[str]:
    """The names of the persons whom the document's evidence names."""
    return [person.name for person in _people(reading)]


def _people(reading: Reading) -> list[_Person]:
    return reading.once(_people, lambda: _find_people(reading))


def _find_people(reading: Reading) -> list[_Person]:
    named = [
        (index, line, match.group())
        for index, line in enumerate(reading.evidence)
        for match in PERSON.finditer(readable(line))
        if not _NOT_PERSON.match(match.group())
    ]
    images = [image for image in reading.document.images if is_content(image)]
    found = []
    places = sorted({index for index, *_ in named})
    following = dict(pairwise(places))
    for index, line, name in named:
        end = min(following.get(index, len(reading.evidence)), index + _BLOCK)
        block = reading.evidence[index : max(end, index + 1)]
        photo = len(images) >= len(named) or any(_shows(i, name, line) for i in images)
        found.append(_Person(name, line, block, photo))
    return found


def _shows(image: Image, name: str, line: Line) -> bool:
    words = match_form(f"{image.alt} {image.context}")
    return match_form(name) in words or bool(words and line.form in words)


def _holds(group: Sequence[str], lines: Iterable[Line]) -> bool:
    # Line by line: a name that ends in รอง must not turn the position below into a deputy's.
    return any(has_position(row, term) for line in lines for row in line.rows for term in group)


def has_position(form: str, position: str) -> bool:
    """True when `form` (in match form) names the position itself, not a deputy or an acting one."""
    term = _form(position)
    start = form.find(term)
    while start >= 0:
        if not form[:start].endswith(_LOWER_RANK):
            return True
        start = form.find(term, start + 1)
    return False


@cache
def _form(position: str) -> str:
    return match_form(position)


def _vacant_post(group: Sequence[str], documents: Sequence[Document]) -> Quote | None:
    for reading in readings(documents):
        for line, after in _with_next(reading.evidence):
            text = line.passage.text + " " + after
            if _VACANT.search(text) and _holds(group, [line]):
                return reading.quote(line)
    return None


def _with_next(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    for index, line in enumerate(lines):
        after = lines[index + 1].passage.text if index + 1 < len(lines) else ""
        yield line, after


def _pictures(documents: Sequence[Document]) -> bool:
    return any(is_content(image) for document in documents for image in document.images)
