"""Lays the sheet for the clarification round out as DOCX, with a place for signatures."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.shared import Pt

from results.papers import evidence_sheet as say
from results.papers.letter import LOOK, RULED
from results.papers.numerals import numerals
from results.word.fields import number_pages
from results.word.paper import Margins, docx_bytes, new_paper
from results.word.pictures import CANNOT_BE_SHOWN, add_picture, fitted
from results.word.styles import CAPTION
from results.word.tables import add_facts, add_table
from results.word.text import CENTRE, LEFT, add
from results.wording import tidy

if TYPE_CHECKING:
    from docx.document import Document

    from results.papers.evidence_sheet import Picture, Sheet

logger = logging.getLogger(__name__)

_MARGINS = Margins(top=18, right=18, bottom=18, left=22)
_FACTS_MM = (42, 128)
_SHOWN_MM = (9, 86, 38, 21, 16)
_ELEMENTS_MM = (58, 22, 90)
_SHOWN_HEADS = ("ที่", "ที่อยู่และสิ่งที่แสดง", "เปิดเมื่อ", "สถานะ", "ช่วงกรอก")
_FILES_HEADS = ("ที่", "แฟ้มในชุดหลักฐาน", "SHA-256 ของเนื้อหาที่ได้รับ", "รายการ")
_FILES_MM = (9, 52, 92, 17)
_WIDE_MM, _TALL_MM = 168, 205
_DOTS = "." * 52


def evidence_docx(sheet: Sheet) -> bytes:
    """The sheet as the bytes of a DOCX file."""
    paper = new_paper(say.title(sheet), sheet.made_at.replace(microsecond=0), LOOK, _MARGINS)
    number_pages(paper.sections[0].footer.paragraphs[0], "หน้า {page} จาก {pages}")
    add(paper, numerals(say.title(sheet)), "Heading 1", align=CENTRE)
    add(paper, _said(sheet.unit), align=CENTRE)
    add(paper, say.PURPOSE)
    facts = [(name, [_said(line) for line in lines]) for name, lines in say.facts(sheet)]
    add_facts(paper, facts, _FACTS_MM)
    _part(paper, "1. หน้าเว็บและเอกสารแสดงอะไร เมื่อใด")
    _table(paper, _SHOWN_HEADS, say.shown_rows(sheet), _SHOWN_MM, {0, 3, 4})
    _part(paper, "2. ข้อความที่พบตามองค์ประกอบของข้อ")
    rows = say.element_rows(sheet.finding)
    _table(paper, ("องค์ประกอบ", "ผล", "ข้อความและตำแหน่ง"), rows, _ELEMENTS_MM, {1})
    _part(paper, "3. ภาพหน้าเว็บและหน้าเอกสาร")
    _pictures(paper, sheet.pictures)
    _part(paper, "4. ค่า SHA-256 ของสำเนา")
    _table(paper, _FILES_HEADS, say.file_rows(sheet), _FILES_MM, {0, 3})
    _part(paper, "5. วิธีตรวจสอบ")
    for number, line in enumerate(say.how_to_check(sheet), 1):
        add(paper, numerals(f"{number}) {line}"))
    _part(paper, "6. สิ่งที่หลักฐานนี้พิสูจน์ได้และพิสูจน์ไม่ได้")
    for line in say.LIMITS:
        add(paper, numerals(line))
    _signatures(paper)
    return docx_bytes(paper)


def _part(paper: Document, text: str) -> None:
    add(paper, numerals(text), "Heading 2")


def _said(text: str) -> str:
    return numerals(tidy(text))


def _table(
    paper: Document,
    heads: Sequence[str],
    rows: Sequence[Sequence[Sequence[str]]],
    widths: Sequence[float],
    centred: set[int],
) -> None:
    if not rows:
        add(paper, "ไม่มี")
        return
    aligned = [CENTRE if place in centred else LEFT for place in range(len(heads))]
    told = [[[_said(line) for line in cell] for cell in row] for row in rows]
    add_table(paper, heads, told, widths, RULED, aligned)


def _pictures(paper: Document, pictures: Sequence[Picture]) -> None:
    if not pictures:
        add(paper, "ไม่มีภาพในชุดนี้ ดูหน้าเว็บตามที่ได้รับในแฟ้ม evidence.warc.gz")
    for one in pictures:
        try:
            content, width = fitted(one.content, _WIDE_MM, _TALL_MM)
        except CANNOT_BE_SHOWN as error:
            logger.info("the picture %s cannot be shown: %s", one.file, error)
            continue
        caption = add(paper, _said(f"{one.caption} (แฟ้ม {one.file})"), CAPTION)
        caption.paragraph_format.keep_with_next = True
        add_picture(paper, content, one.caption, width, align=CENTRE)


def _signatures(paper: Document) -> None:
    """Two places to sign, never parted from their heading."""
    heading = add(paper, "คำรับรอง", "Heading 2")
    said = add(
        paper,
        "ข้าพเจ้าขอรับรองว่าเอกสารและแฟ้มในชุดหลักฐานนี้ออกจากคลังหลักฐานของหน่วยงานโดยมิได้แก้ไข",
    )
    kept = [heading, said]
    for role in ("ผู้จัดทำหลักฐาน", "ผู้รับรอง"):
        for line in (f"ลงชื่อ {_DOTS} {role}", f"( {_DOTS} )", f"ตำแหน่ง {_DOTS}", f"วันที่ {_DOTS}"):
            kept.append(add(paper, line, align=CENTRE))
        kept[-4].paragraph_format.space_before = Pt(22)
    for paragraph in kept[:-1]:
        paragraph.paragraph_format.keep_with_next = True
