"""Executives, each with name, position, photo and contact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.contact import EMAIL, PHONE, readable
from checklist.probes.image import is_content
from checklist.reading import HTML_SOURCES, Line, Reading, readings
from checklist.thai import match_form
from checklist.verdict import Quote

if TYPE_CHECKING:
    from checklist.evidence import Document, Image

Term = Annotated[str, StringConstraints(min_length=1)]
Need = Literal["name", "position", "photo", "contact"]

_RANK = (
    r"(?:พล|พันจ่า|พัน|ร้อย|จ่าสิบ|สิบ|นาวา|เรือ|จ่า)(?:ตำรวจ|อากาศ)?(?:ตรี|โท|เอก)"
    r"|(?:พล|พ\.จ|พ|ร|จ\.ส|ส|น|ด)\.?(?:ต\.)?[ตทอ]\."
)
_TITLE = (
    r"นางสาว|น\.ส\.|นาย(?:สัตวแพทย์|แพทย์)?|นาง|(?:ทันต|สัตว)?แพทย์หญิง|ทันตแพทย์|เภสัชกร(?:หญิง)?"
    r"|นพ\.|พญ\.|ทพญ?\.|ภ[กญ]\.|น\.สพ\.|สพ\.ญ\.|(?:ศ|รศ|ผศ)\.|ดร\.|อาจารย์"
    r"|(?:รอง|ผู้ช่วย)?ศาสตราจารย์"
    rf"|หม่อม(?:หลวง|ราชวงศ์|เจ้า)|ม\.[ลรจ]\.|(?:ว่าที่\s?)?(?:{_RANK})(?:\s?หญิง)?"
)
_NOT_NAME = "ชำนาญ|เชี่ยวชาญ|ป[ฏฎ]ิบัติ|ทรงคุณ|สาธารณสุข|ใหญ่|ประจำ|พิเศษ"
PERSON = re.compile(
    rf"(?:{_TITLE})(?:\s?(?:{_TITLE}))*\s?(?!{_NOT_NAME})"
    r"[ก-ฮเแโใไ][ก-๙]{1,24}\s+(?:ณ\s+)?[ก-ฮเแโใไ][ก-๙]{1,30}"
)
# Positions that begin like a title: นายกเทศมนตรี is nobody's name, นายกิตติ is.
_NOT_PERSON = re.compile(
    r"^นาย(?:ก(?:เทศมนตรี|องค์การ|อบ|สมาคม|สภา|รัฐมนตรี|เมือง|\s)|อำเภอ|ทะเบียน|ช่าง"
    r"|(?:สัตว)?แพทย์(?:สาธารณสุข|ชำนาญ|เชี่ยวชาญ|ใหญ่))"
)
_LOWER_RANK = (
    "รอง", "ผู้ช่วย", "อดีต", "เลขานุการ", "ที่ปรึกษา", "แทน", "ปฎิบัติหน้าที่", "รักษาการ",
    "รักษาการตำแหน่ง", "รักษาการในตำแหน่ง",
)  # fmt: skip
_VACANT = re.compile(
    r"ว่าง|รักษาราชการแทน|รักษาการ|อยู่ระหว่าง(?:การ)?(?:สรรหา|แต่งตั้ง)|ไม่มี(?:ผู้ดำรง)?ตำแหน่ง"
)
_ACTING = ("แทน", "รักษาการ", "รักษาการตำแหน่ง", "รักษาการในตำแหน่ง", "แทนตำแหน่ง")
# What follows a head's title when it is the head of a part of the unit only.
_PART = re.compile(r"กอง(?!ทุน)|ฝ่าย|กลุ่ม|ส่วน(?!ราชการ)|งาน|ปลัด|จังหวัด")
_OFFICE = re.compile(
    r"ปลัด|นายก|ผู้ว่า|ผู้อำนวยการ|ผอ\.|อธิ(?:บดี|การ)|เลขาธิการ|เลขานุการ|คณบดี|หัวหน้า|ผู้จัดการ|ผู้บัญชาการ"
    r"|ผู้กำกับการ|นายอำเภอ|ที่ปรึกษา|ประธาน|ผู้ช่วย|รอง"
)
# A contact for all of them together, which nobody has as their own.
_SHARED = re.compile(r"ผู้บริหารทุก|ทุกท่าน|ทุกคน|คณะผู้บริหาร|เลขานุการผู้บริหาร|หน้าห้องผู้บริหาร|ติดต่อผู้บริหาร")
_BLOCK = 6
_SHORT = 90
_WIDE = 2.0
_LITTLE_TEXT = 400
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
    linked: bool

    @property
    def reachable(self) -> bool:
        texts = [readable(line) for line in self.block]
        own = [text for text in texts if not _SHARED.search(text)]
        return self.linked or any(PHONE.search(text) or EMAIL.search(text) for text in own)

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

    A group's positions stand from the highest down: only those who hold the first one that
    anyone holds must be complete. The wording of a position is not met by a deputy's title that
    contains it. A post shown as vacant or filled by an acting person counts as covered.
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
        unmet: list[str] = []
        lacking: dict[str, list[Need]] = {}
        for group in self.positions:
            holders = _holders(group, people)
            if not holders:
                vacant = _vacant_post(group, documents)
                if vacant:
                    quotes.append(vacant)
                else:
                    unmet.append(f"ไม่พบผู้ดำรงตำแหน่ง «{group[0]}»{_EQUALS if group[1:] else ''}")
                continue
            quotes.extend(r.quote(p.line) for r, p in holders)
            for _, person in holders:
                lacks = person.lacks(self.needs, has_position=True)
                if lacks:
                    lacking[person.name] = lacks
        quotes = list(dict.fromkeys(quotes))
        missing = [
            f"{name} ขาด{', '.join(_NEED_NAMES[need] for need in lacks)}"
            for name, lacks in lacking.items()
        ]
        if not unmet and not missing:
            return present(*quotes)
        detail = "; ".join([*unmet, *missing])
        picture = None if people else _only_pictured(documents)
        if picture:
            return unsure(f"ข้อมูลอาจอยู่ในภาพ: {detail}", picture, reason="image_only")
        doubt = None if unmet else _doubt(lacking, documents)
        return unsure(f"{doubt}: {detail}", *quotes) if doubt else absent(detail, *quotes)


def _holders(
    group: Sequence[str], people: Sequence[tuple[Reading, _Person]]
) -> list[tuple[Reading, _Person]]:
    """Who holds the first of the group's positions that anyone holds."""
    held = ([(r, p) for r, p in people if _holds([term], p.block)] for term in group)
    return next((holders for holders in held if holders), [])


def _doubt(lacking: dict[str, list[Need]], documents: Sequence[Document]) -> str | None:
    """Why what the persons lack may be there all the same, in Thai; None when it is not there."""
    needs = {need for lacks in lacking.values() for need in lacks}
    doubts = {"photo": _unseen_photo(documents), "contact": _shared_contact(documents)}
    found = [doubts.get(need) for need in sorted(needs)]
    return "; ".join(text for text in found if text) if all(found) else None


def _only_pictured(documents: Sequence[Document]) -> Quote | None:
    """The picture on a page with little text, which may be the board of executives."""
    for reading in readings(documents):
        portraits = _portraits(reading) if len(reading.body) < _LITTLE_TEXT else []
        if portraits:
            shown = f"[ภาพ] {portraits[0].alt} {portraits[0].url}"
            return Quote.of(reading.document, Passage(shown, Region.ATTRIBUTE))
    return None


def _unseen_photo(documents: Sequence[Document]) -> str | None:
    if any(d.source not in HTML_SOURCES and not d.images for d in documents):
        return "ระบบไม่เห็นรูปภาพในเอกสารชนิดนี้"
    for reading in readings(documents):
        names = [match_form(name) for name in people_in(reading)]
        portraits = _portraits(reading)
        if any(not any(name in _words(image) for name in names) for image in portraits):
            return "มีรูปภาพในหน้าแต่จับคู่กับบุคคลไม่ได้"
    return None


def _shared_contact(documents: Sequence[Document]) -> str | None:
    for reading in readings(documents):
        for line in reading.evidence:
            text = readable(line)
            if _SHARED.search(text) and (PHONE.search(text) or EMAIL.search(text)):
                return "มีช่องทางติดต่อร่วมของผู้บริหารทุกคน ไม่ใช่ของแต่ละคน"
    return None


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
    starts = [index for index, *_ in named]
    above = _offices_above(reading, starts)
    portraits = _portraits(reading)
    everyone = {match_form(name) for *_, name in named}
    shown = {name for _, line, name in named if _is_shown(name, line, portraits, everyone)}
    enough = not shown and len(portraits) >= len(everyone)
    unseen = {name for *_, name in named if name not in shown}
    enough = enough or len(_titled_portraits(portraits, everyone)) >= len(unseen) > 0
    found = []
    for index, line, name in named:
        block = _block(reading.evidence, index, starts, above=above)
        linked = any(
            match_form(name) in match_form(" ".join((link.context, *link.heading_path[-1:])))
            for link in reading.document.links
            if link.url.lower().startswith(("mailto:", "tel:"))
        )
        found.append(_Person(name, line, block, enough or name in shown, linked))
    return found


def _block(
    lines: Sequence[Line], index: int, starts: Sequence[int], *, above: bool
) -> tuple[Line, ...]:
    """The lines that speak of the person named at `index`."""
    line = lines[index]
    if line.passage.region is Region.TABLE and _OFFICE.search(PERSON.sub(" ", readable(line))):
        return (line,)
    end = min((s for s in starts if s > index), default=len(lines))
    if not above:
        return tuple(lines[index : max(min(end, index + _BLOCK), index + 1)])
    # Each person's office stands in the line above the name: the next one's is not theirs.
    last = end - 1 if end < len(lines) else end
    before = () if index - 1 in starts else lines[max(index - 1, 0) : index]
    return (*before, *lines[index : max(min(last, index + _BLOCK), index + 1)])


def _offices_above(reading: Reading, starts: Sequence[int]) -> bool:
    """True on a page where each office stands above the name of the one who holds it."""
    lines = reading.evidence
    people = sorted(set(starts))
    if len(people) < 2 or any(_names_office(PERSON.sub(" ", readable(lines[i]))) for i in people):
        return False
    before = sum(i > 0 and _names_office(lines[i - 1].text) for i in people)
    after = [lines[i + 1].text if i + 1 < len(lines) else "" for i in people]
    last_has_own = _names_office(after[-1])
    return before == len(people) and not last_has_own


def _names_office(text: str) -> bool:
    return len(text) <= _SHORT and bool(_OFFICE.search(text))


def _portraits(reading: Reading) -> list[Image]:
    """Pictures that may show one person each: not a banner, nor one that the page repeats."""
    images = [image for image in reading.document.images if is_content(image)]
    times = Counter(image.url for image in images)
    return [
        image
        for image in images
        if times[image.url] == 1
        and not (image.width and image.height and image.width > _WIDE * image.height)
    ]


def _words(image: Image) -> str:
    return match_form(f"{image.alt} {image.context}")


def _titled_portraits(portraits: Sequence[Image], everyone: set[str]) -> list[Image]:
    """Portraits that name nobody and say by their alternative text whose office they show."""
    return [
        image
        for image in portraits
        if _OFFICE.search(image.alt) and not any(name in _words(image) for name in everyone)
    ]


def _is_shown(name: str, line: Line, portraits: Sequence[Image], everyone: set[str]) -> bool:
    form = match_form(name)
    for image in portraits:
        if form in match_form(image.alt):
            return True
        words = match_form(image.context)
        if form in words or (words and line.form in words):
            here = sum(other in words for other in everyone)
            if sum(match_form(other.context) == words for other in portraits) >= here:
                return True
    return False


def _holds(group: Sequence[str], lines: Iterable[Line]) -> bool:
    # Line by line: a name that ends in รอง must not turn the position below into a deputy's.
    return any(has_position(row, term) for line in lines for row in line.rows for term in group)


def has_position(form: str, position: str) -> bool:
    """True when `form` (in match form) names the position itself, not a deputy or an acting one."""
    term = _form(position)
    start = form.find(term)
    while start >= 0:
        of_part = not term.startswith("รอง") and _PART.match(form, start + len(term))
        if not form[:start].endswith(_LOWER_RANK) and not of_part:
            return True
        start = form.find(term, start + 1)
    return False


def _is_acting(form: str, position: str) -> bool:
    """True when `form` says that someone acts in the position."""
    term = _form(position)
    start = form.find(term)
    while start >= 0:
        if form[:start].endswith(_ACTING):
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
            vacant = _VACANT.search(text) and _holds(group, [line])
            if vacant or any(_is_acting(line.form, term) for term in group):
                return reading.quote(line)
    return None


def _with_next(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    for index, line in enumerate(lines):
        after = lines[index + 1].passage.text if index + 1 < len(lines) else ""
        yield line, after
