"""The parts of a web page: its title block, and the section below one heading.

Site builders set headings for their looks: the first one may be the site's name or "O37", the
document's title comes second, its parts stand beside it on the same level.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.evidence import Document, Passage, Region
from checklist.thai import match_form, to_arabic_digits

if TYPE_CHECKING:
    from checklist.lines import Line
    from checklist.reading import Reading

_TITLE_LINES = 8
BYLINE = re.compile(r"เขียนโดย|ฮิต|เปิดอ่าน|เข้าชม|ลงข่าว|โพสต์|หมวดหมู่|ขนาดตัวอักษร|แชร์|พิมพ์|อีเมล|ผู้ดูแลระบบ")
"""What a site prints by itself between a text's title and its beginning."""
TITLED = re.compile(
    r"(?:เรื่?อง|รายงาน|ข้อมูล|สถิติ|สรุป|ผล|แผน|ประกาศ|หลักเกณฑ์|นโยบาย|คู่มือ|มาตรการ|รอบ|ประจำ|ปีงบประมาณ|"
    r"ตาราง|บัญชี|ทะเบียน|ข่าว|โดยที่|พระราช|ระเบียบ|ข้อบังคับ|กฎ|(?:ข้อ|มาตรา)\s?[1๑](?![\d๐-๙]))"
)
"""How titles begin, also where a page has its title in a paragraph."""
# A part of one document: "1. ขอบเขต", "ส่วนที่ 2", "บทที่ 3", "(ก) ..."
_PART = re.compile(
    r"^\s*(?:[(\[]?\d{1,2}(?:\.\d{1,2})*[.)\]]\s*|[(\[]?[ก-ฮ][.)\]]\s|(?:ส่วน|ตอน|บท|หมวด|ภาค|เรื่อง|ขั้น)\s?(?:ที่)?\s?\d)"
)
# A heading that opens another text than the one above it.
_OTHER_TEXT = re.compile(
    r"(?i)^\s*(?:ข่าว|รายงาน|แผน|ประกาศ|คู่มือ|นโยบาย|คำสั่ง|สถิติ|ระเบียบ|ประมวล|หนังสือ|เอกสาร|กิจกรรม|จัดซื้อ|"
    r"ประชาสัมพันธ์|ภาพกิจกรรม|ติดต่อ|ลิงก์|ลิงค์|บริการ|ระบบ|โครงสร้าง|ผู้บริหาร|คณะผู้บริหาร|ข้อมูล|กฎหมาย|อำนาจหน้าที่|ITA|OIT|ปี(?:งบประมาณ)?\s*(?:พ\.ศ\.)?\s*[\d๐-๙]{2,4})"
)
_ITEM = re.compile(r"(?i)^\s*(?:ข้อ\s*)?(?:oit|o)\s?[-.]?\s?(\d{1,2})(?!\d)")


def title_block(reading: Reading) -> tuple[Line, ...]:
    """The headings above a page's first paragraph or row: together they name it.

    Empty when a later heading beside them opens another text: then each names its own section.
    """
    block: list[Line] = []
    for line in reading.evidence[:_TITLE_LINES]:
        if line.passage.region is Region.HEADING:
            block.append(line)
        elif line.passage.region is Region.TABLE or not BYLINE.search(line.text):
            break
    return () if _others_follow(reading, block) else tuple(block)


def _others_follow(reading: Reading, block: list[Line]) -> bool:
    if not block:
        return False
    last = max(reading.lines.index(line) for line in block)
    depth = len(block[-1].passage.heading_path)
    return any(
        x.passage.region is Region.HEADING
        and len(x.passage.heading_path) <= depth
        and _OTHER_TEXT.match(x.passage.text)
        for x in reading.lines[last + 1 :]
    )


def holds_several(reading: Reading) -> bool:
    """True for a page whose headings carry the numbers of several items."""
    headings = (x.passage.text for x in reading.lines if x.passage.region is Region.HEADING)
    numbers = (_ITEM.match(to_arabic_digits(text)) for text in headings)
    return len({number[1] for number in numbers if number}) > 1


def section_of(document: Document, heading: Passage) -> Document:
    """`document` narrowed to what stands below `heading` (one of its passages).

    Headings of the same level that only number the parts of a text, or follow at once as
    subtitles, belong to it.
    """
    names = {heading.text, *_continuing(document, heading)}

    def inside(path: tuple[str, ...]) -> bool:
        return bool(names & set(path))

    kept = tuple(
        p
        for p in document.passages
        if p is heading
        or inside(p.heading_path)
        or (p.region is Region.HEADING and p.text in names)
    )
    return replace(
        document,
        title=heading.text,
        passages=kept,
        links=tuple(x for x in document.links if inside(x.heading_path)),
        images=tuple(x for x in document.images if inside(x.heading_path)),
        forms=tuple(x for x in document.forms if inside(x.heading_path)),
        embeds=tuple(x for x in document.embeds if inside(x.heading_path)),
    )


def _continuing(document: Document, heading: Passage) -> list[str]:
    own = [p for p in document.passages if p.region is not Region.HIDDEN]
    start = next(i for i, p in enumerate(own) if p is heading)
    names: list[str] = []
    at_once = True
    for passage in own[start + 1 :]:
        if passage.region is not Region.HEADING:
            at_once = False
        elif len(passage.heading_path) < len(heading.heading_path):
            break
        elif passage.heading_path == heading.heading_path:
            if not (at_once or _PART.match(to_arabic_digits(passage.text))):
                break
            if match_form(passage.text):
                names.append(passage.text)
    return names
