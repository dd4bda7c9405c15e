"""What a document is when it is not evidence: an index, pasted criteria, a template, a scan.

Each test looks for what evidence has and the other lacks: text of its own, rows, figures,
names, the unit's own name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from checklist.bodies import foreign_body
from checklist.evidence import Document, Image, Passage, Region, TextSource
from checklist.flaw import Flaw
from checklist.probes.image import is_content
from checklist.reading import Reading, reading_of
from checklist.thai import match_form, thai_share
from checklist.unfinished import unfinished
from checklist.verdict import Quote

if TYPE_CHECKING:
    from checklist.probes.base import Context

_TEMPLATE = re.compile(
    r"loremipsum|dolorsitamet|sanfrancisco|info@mysite|example\.com|yourcompany|"
    r"\[ชื่อหน่วยงาน\]|<ชื่อหน่วยงาน>|\(ชื่อหน่วยงาน\)|\{ชื่อหน่วยงาน\}|หน่วยงานหรือบริษัท|"
    r"ชื่อหน่วยงานของท่าน|xxxxxx|ตัวอย่างข้อความ|ใส่ข้อความที่นี่|กรอกข้อความที่นี่"
)
_BLANKS = re.compile(r"\.{8,}|…{3,}|_{6,}")
_PAGE_PICTURE = re.compile(
    r"(?i)scan|(?<![a-z])(?:page|pg|p|หน้า)[-_ ]?\d+|หน้า\s*[\d๐-๙]|table|ตาราง|chart|แผนผัง|แผนภูมิ|"
    r"flow|poster|โปสเตอร์|info(?:graphic)?(?![a-z])|อินโฟ|(?<![a-z])qr(?![a-z])|คิวอาร์|"
    r"ประกาศ|คำสั่ง|announce|letter|หนังสือ|บันทึกข้อความ|รายงาน|แผนปฏิบัติ|_0{2,}\d"
)
_LITTLE_TEXT = 400
_MIN_TEXT = 40
_INDEX_TEXT = 240
_ENOUGH_TO_TELL = 200
_THAI_SHARE = 0.25
_STUFFED_NAMES = 12
_MANY_BLANKS = 3


def flaw_of(document: Document, context: Context) -> Flaw | None:
    """The first reason why the document is no evidence of its own, or None."""
    reading = reading_of(document)
    asked = ("flaw", context.fiscal_year, context.unit, context.names)
    return context.once(reading, asked, lambda inner: _find_flaw(reading, inner))


def _find_flaw(reading: Reading, context: Context) -> Flaw | None:
    return (
        _home_page(reading.document, context)
        or _criteria(reading)
        or _template(reading)
        or _wordless(reading)
        or _not_thai(reading)
        or _stuffed(reading, context)
        or _index(reading)
        or unfinished(reading)
        or _foreign(reading, context)
    )


def is_pictorial(document: Document) -> bool:
    """True when part of the document is pictures: not read, or read by OCR, which misses words."""
    if document.source is TextSource.IMAGE or document.blank_pages:
        return True
    reading = reading_of(document)
    if reading.from_picture:
        return True
    pictures = [image for image in document.images if is_content(image)]
    return any(map(_holds_text, pictures)) or (len(reading.body) < _LITTLE_TEXT and bool(pictures))


def _holds_text(image: Image) -> bool:
    """True for a picture that is a page, a table or a poster rather than a photograph."""
    name = unquote(image.url.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    return bool(_PAGE_PICTURE.search(f"{name} {image.alt}"))


def _home_page(document: Document, context: Context) -> Flaw | None:
    main = context.unit.main_site if context.unit else ""
    if (
        main
        and document.source is not TextSource.PDF
        and _same_page(main, document.fetch.final_url)
    ):
        return Flaw("home_page_only", "URL ที่ให้ไว้เป็นหน้าแรกของเว็บไซต์", _first_quote(document))
    return None


def _same_page(one: str, other: str) -> bool:
    def key(url: str) -> tuple[str, str, str]:
        parts = urlsplit(url)
        path = re.sub(r"/(?:index|default|home|main)\.\w+$", "", parts.path.rstrip("/"))
        host = (parts.hostname or "").removeprefix("www.")
        return f"{host}:{parts.port or ''}", path.rstrip("/"), parts.query

    return key(one) == key(other)


def _criteria(reading: Reading) -> Flaw | None:
    pasted = sum(len(p.text) for p in reading.criteria)
    own = sum(len(line.passage.text) for line in reading.evidence)
    if len(reading.criteria) and pasted > 0.5 * (pasted + own) and own < 1500:
        quotes = tuple(Quote.of(reading.document, p, p.text[:280]) for p in reading.criteria[:2])
        return Flaw("criteria_only", "เป็นข้อความหลักเกณฑ์ของรายการตรวจ ไม่ใช่เนื้อหาของหน่วยงาน", quotes)
    return None


def _template(reading: Reading) -> Flaw | None:
    for line in reading.evidence:
        if _TEMPLATE.search(re.sub(r"\s", "", line.passage.text.lower())):
            return Flaw("template_text", "มีข้อความแม่แบบที่ยังไม่ได้แก้ไข", (reading.quote(line),))
    blanks = [line for line in reading.evidence if _BLANKS.search(line.passage.text)]
    leaders = [
        line for line in blanks if re.search(r"(?:\.{8,}|…{3,})\s*\d+\s*$", line.passage.text)
    ]
    empty = [line for line in blanks if line not in leaders]
    if len(empty) >= _MANY_BLANKS and len(empty) > 0.3 * len(reading.evidence):
        return Flaw("template_text", "เป็นแบบฟอร์มเปล่าที่ยังไม่ได้กรอก", (reading.quote(empty[0]),))
    return None


def _wordless(reading: Reading) -> Flaw | None:
    document = reading.document
    if len(reading.body) >= _MIN_TEXT:
        return None
    if document.source is TextSource.IMAGE or document.blank_pages or document.page_count:
        return Flaw(
            "image_only", "เป็นภาพหรือเอกสารสแกน ระบบยังอ่านข้อความไม่ได้", _first_quote(document), True
        )
    if any(is_content(image) for image in document.images):
        return Flaw("image_only", "เนื้อหาอยู่ในภาพ ระบบอ่านข้อความไม่ได้", _first_quote(document), True)
    if any(line.pointer for line in reading.lines):
        return _index_flaw(reading)
    if document.forms or document.embeds:
        return Flaw("index_only", "หน้านี้มีเพียงแบบฟอร์มหรือกรอบที่ฝังไว้ ไม่มีเนื้อหา", _first_quote(document))
    return Flaw("empty_page", "หน้าเปิดได้แต่ไม่มีเนื้อหา", _first_quote(document))


def _not_thai(reading: Reading) -> Flaw | None:
    if len(reading.body) < _ENOUGH_TO_TELL or thai_share(reading.body) >= _THAI_SHARE:
        return None
    if reading.is_html:
        return Flaw(
            "template_text",
            "เนื้อหาเกือบทั้งหมดไม่ใช่ภาษาไทย อาจเป็นแม่แบบเว็บไซต์",
            (reading.quote(reading.evidence[0]),),
            doubtful=True,
        )
    return Flaw(
        "unreadable",
        "ข้อความในไฟล์ไม่ใช่ภาษาไทยที่อ่านได้",
        (reading.quote(reading.evidence[0]),),
        doubtful=True,
    )


def _stuffed(reading: Reading, context: Context) -> Flaw | None:
    named = [name for name in context.names if match_form(name) in reading.body]
    size = sum(len(match_form(name)) for name in named)
    if len(named) >= _STUFFED_NAMES and size > 0.25 * len(reading.body):
        return Flaw(
            "index_only", "หน้านี้เป็นรายชื่อข้อของรายการตรวจ ไม่ใช่ตัวเอกสาร", _first_quote(reading.document)
        )
    return None


def _index(reading: Reading) -> Flaw | None:
    if not reading.is_html:
        return None
    pointing = [line for line in reading.lines if line.pointer]
    own = [x for x in reading.evidence if x.passage.region is not Region.HEADING]
    own_size = sum(len(line.form) for line in own)
    if pointing and own_size < max(_INDEX_TEXT, 0.5 * sum(len(x.form) for x in pointing)):
        return _pictured(reading) or _index_flaw(reading)
    return None


def _pictured(reading: Reading) -> Flaw | None:
    """The little text of its own is the title of pages that are shown as pictures."""
    if not any(is_content(image) and _holds_text(image) for image in reading.document.images):
        return None
    return Flaw(
        "image_only", "เนื้อหาอยู่ในภาพ ระบบอ่านข้อความไม่ได้", _first_quote(reading.document), True
    )


def _index_flaw(reading: Reading) -> Flaw:
    pointing = [reading.quote(line) for line in reading.lines if line.pointer]
    return Flaw("index_only", "หน้านี้เป็นเพียงเมนูหรือรายการลิงก์ ไม่ใช่ตัวเอกสาร", tuple(pointing[:2]))


def _foreign(reading: Reading, context: Context) -> Flaw | None:
    found = foreign_body(reading, context.unit)
    if found is None:
        return None
    detail = f"เป็นเอกสารของ {found.name} ไม่ใช่ของหน่วยงานนี้"
    quotes = (reading.quote(found.line),)
    if found.sure:
        return Flaw("wrong_unit", detail, quotes)
    return Flaw(
        "unit_unclear", f"เอกสารเอ่ยถึง {found.name} แต่ไม่เอ่ยชื่อหน่วยงานนี้", quotes, doubtful=True
    )


def _first_quote(document: Document) -> tuple[Quote, ...]:
    shown: Sequence[Passage] = [p for p in document.passages if p.region is not Region.HIDDEN]
    if not shown:
        text = document.title or document.file_name or document.fetch.final_url
        shown = [Passage(text, Region.TITLE)]
    return (Quote.of(document, shown[0], shown[0].text[:280]),)
