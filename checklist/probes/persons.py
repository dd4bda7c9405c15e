"""The persons whom a page names, each with the lines and the picture that are theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from checklist.evidence import Region
from checklist.probes.contact import EMAIL, PHONE, readable
from checklist.probes.image import is_content
from checklist.probes.positions import OFFICE, names_office
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.evidence import Image
    from checklist.lines import Line
    from checklist.reading import Reading

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
# A contact for all of them together, which nobody has as their own.
SHARED = re.compile(r"ผู้บริหารทุก|ทุกท่าน|ทุกคน|คณะผู้บริหาร|เลขานุการผู้บริหาร|หน้าห้องผู้บริหาร|ติดต่อผู้บริหาร")
_BLOCK = 6
_WIDE = 2.0


@dataclass(frozen=True, slots=True)
class Person:
    """A person named on a page; `block` holds the lines that speak of them."""

    name: str
    line: Line
    block: tuple[Line, ...]
    photo: bool
    linked: bool

    @property
    def reachable(self) -> bool:
        """True when a telephone number or an address of their own stands with the name."""
        texts = [readable(line) for line in self.block]
        own = [text for text in texts if not SHARED.search(text)]
        return self.linked or any(PHONE.search(text) or EMAIL.search(text) for text in own)

    def lacks(self, needs: Sequence[Need]) -> list[Need]:
        """What a holder of a position lacks of `needs`."""
        have: dict[Need, bool] = {
            "name": True,
            "position": True,
            "photo": self.photo,
            "contact": self.reachable,
        }
        return [need for need in needs if not have[need]]


def people_in(reading: Reading) -> list[str]:
    """The names of the persons whom the document's evidence names."""
    return [person.name for person in persons_in(reading)]


def persons_in(reading: Reading) -> list[Person]:
    """The persons whom the document's evidence names, in order."""
    return reading.once(persons_in, lambda: _find_people(reading))


def _find_people(reading: Reading) -> list[Person]:
    named = [
        (index, line, match.group())
        for index, line in enumerate(reading.evidence)
        for match in PERSON.finditer(readable(line))
        if not _NOT_PERSON.match(match.group())
    ]
    starts = [index for index, *_ in named]
    above = _offices_above(reading, starts)
    portraits = portraits_of(reading)
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
        found.append(Person(name, line, block, enough or name in shown, linked))
    return found


def _block(
    lines: Sequence[Line], index: int, starts: Sequence[int], *, above: bool
) -> tuple[Line, ...]:
    """The lines that speak of the person named at `index`."""
    line = lines[index]
    if line.passage.region is Region.TABLE and OFFICE.search(PERSON.sub(" ", readable(line))):
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
    if len(people) < 2 or any(names_office(PERSON.sub(" ", readable(lines[i]))) for i in people):
        return False
    before = sum(i > 0 and names_office(lines[i - 1].text) for i in people)
    after = [lines[i + 1].text if i + 1 < len(lines) else "" for i in people]
    last_has_own = names_office(after[-1])
    return before == len(people) and not last_has_own


def portraits_of(reading: Reading) -> list[Image]:
    """Pictures that may show one person each: not a banner, nor one that the page repeats."""
    images = [image for image in reading.document.images if is_content(image)]
    times = Counter(image.url for image in images)
    return [
        image
        for image in images
        if times[image.url] == 1
        and not (image.width and image.height and image.width > _WIDE * image.height)
    ]


def words_of(image: Image) -> str:
    """What is said of a picture, in match form."""
    return match_form(f"{image.alt} {image.context}")


def _titled_portraits(portraits: Sequence[Image], everyone: set[str]) -> list[Image]:
    """Portraits that name nobody and say by their alternative text whose office they show."""
    return [
        image
        for image in portraits
        if OFFICE.search(image.alt) and not any(name in words_of(image) for name in everyone)
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
