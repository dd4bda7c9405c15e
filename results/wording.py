"""The words of reports: verdicts, places of a quote, reasons, amounts; said with `speech._`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from checklist.evidence import Origin, Region, TextSource
from checklist.reasons import REASONS
from checklist.verdict import ElementState, Kind, Tier, Verdict
from results.speech import Language, _, spoken

VERDICTS = {
    Verdict.PASS: "ครบถ้วน",
    Verdict.FAIL: "ไม่ผ่าน",
    Verdict.REVIEW: "ต้องให้เจ้าหน้าที่ตรวจ",
    Verdict.ERROR: "ตรวจไม่ได้",
    Verdict.NOT_APPLICABLE: "ไม่เกี่ยวข้อง",
    Verdict.WAIVED: "ได้รับยกเว้น",
    Verdict.VOUCHED: "ผ่านโดยการพิจารณาของเจ้าหน้าที่",
}
GROUPS = {
    "pass": "ครบถ้วน",  # nosec B105  # a verdict
    "missing": "ขาดข้อมูล",
    "outdated": "ไม่เป็นปัจจุบัน",
    "review": VERDICTS[Verdict.REVIEW],
    "error": "ตรวจไม่ได้",
    "not_applicable": "ไม่เกี่ยวข้อง",
    "waived": "ได้รับยกเว้น",
    "vouched": VERDICTS[Verdict.VOUCHED],
    "unchecked": "ไม่ได้สั่งตรวจ",
}
STATES = {
    ElementState.PRESENT: "พบแล้ว",
    ElementState.ABSENT: "ขาด",
    ElementState.OUTDATED: "ไม่ใช่ปีที่ประเมิน",
    ElementState.UNSURE: "ยังไม่แน่ชัด",
}
KINDS = {
    Kind.MATCH: "พบเอกสารประเภทที่ถูกต้อง",
    Kind.PARTIAL: "พบเอกสารที่ใกล้เคียง",
    Kind.NONE: "ยังไม่พบเอกสารประเภทที่กำหนด",
}
REGIONS = {
    Region.TITLE: "ชื่อหน้า",
    Region.HEADING: "หัวข้อ",
    Region.MAIN: "เนื้อหา",
    Region.TABLE: "ตาราง",
    Region.NAV: "เมนู",
    Region.FOOTER: "ส่วนท้ายหน้า",
    Region.ATTRIBUTE: "คำอธิบายในโค้ด",
    Region.HIDDEN: "ข้อความที่ถูกซ่อน",
    Region.METADATA: "ข้อมูลกำกับไฟล์",
}
SOURCES = {
    TextSource.HTML: "หน้าเว็บ",
    TextSource.RENDERED: "หน้าเว็บที่แสดงผลด้วยเบราว์เซอร์",
    TextSource.PDF: "ไฟล์ PDF",
    TextSource.OCR: "อ่านจากภาพสแกน",
    TextSource.DOCX: "ไฟล์ Word",
    TextSource.XLSX: "ไฟล์ Excel",
    TextSource.TEXT: "ไฟล์ข้อความ",
    TextSource.IMAGE: "รูปภาพ",
    TextSource.NONE: "ไม่มีข้อความ",
}
TIERS = {
    Tier.EXACT: "ถ้อยคำตรงตามเกณฑ์",
    Tier.VARIANT: "ถ้อยคำที่ใช้แทนกันได้",
    Tier.WEAK: "ถ้อยคำใกล้เคียง",
}
ORIGINS = {
    Origin.GIVEN: "URL ที่หน่วยงานระบุ",
    Origin.FOLLOWED: "ตามลิงก์จากหน้าที่ระบุ",
    Origin.DISCOVERED: "ค้นพบจากเว็บไซต์หลัก",
    Origin.MAIN_SITE: "เว็บไซต์หลัก",
    Origin.FILE: "ไฟล์ที่นำมาตรวจ",
}
SKIPS = {
    "budget_pages": "ครบโควตาจำนวนหน้า",
    "budget_bytes": "ครบโควตาปริมาณข้อมูล",
    "budget_seconds": "ครบโควตาเวลา",
    "pattern_limit": "มีหน้าลักษณะเดียวกันมากเกินไป",
    "trap": "เป็นหน้าที่สร้างต่อเนื่องไม่สิ้นสุด เช่น ปฏิทิน",
    "style_sheet": "อ่านสไตล์ชีตของหน้าไม่ได้ จึงไม่รู้ว่าหน้าซ่อนข้อความใดไว้หรือไม่",
    "not_rendered": "อ่านแล้วแต่ไม่ได้แสดงผลด้วยเบราว์เซอร์",
    "depth": "ลึกเกินระดับที่ตรวจ",
    "duplicate": "ซ้ำกับหน้าที่อ่านแล้ว",
    "off_site": "อยู่นอกเว็บไซต์ของหน่วยงาน",
    "interrupted": "การตรวจถูกหยุดก่อน",
}


UNASKED = GROUPS["unchecked"]
"""An item's verdict in a scan that was not asked for it."""
SHOWN_REASONS = 3
"""So many reasons stand in a short line; the whole list is one click away."""
UNSEEN = "ยังไม่ได้ดู"
"""An element's state where no document was read: it is neither there nor absent."""


def duration_text(seconds: float) -> str:
    """`2 นาที 5 วินาที` for 125 seconds; hours from 60 minutes on."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    parts = [(hours, _("ชั่วโมง")), (minutes, _("นาที")), (left, _("วินาที"))]
    said = [f"{count} {name}" for count, name in parts if count]
    return " ".join(said) or _("ไม่ถึง 1 วินาที")


def size(count: int) -> str:
    """`14.2 MB` for a number of bytes."""
    amount = float(count)
    for name in ("B", "KB", "MB", "GB"):
        if amount < 1000 or name == "GB":
            return f"{amount:.0f} {name}" if name == "B" else f"{amount:.1f} {name}"
        amount /= 1000
    raise AssertionError("unreachable")


def skip_reason(code: str) -> str:
    """Why an address was not read, as a label: a reason code's or a budget's words, or the code."""
    if code in REASONS:
        return reason_sentence(code).removesuffix(".")
    return _(SKIPS[code]) if code in SKIPS else _("เหตุอื่น ({code})", code=code)


def reason_sentence(code: str) -> str:
    """The sentence of a reason code in the report's language; raises `KeyError`."""
    known = REASONS[code]
    return known.th if spoken() is Language.TH else known.en


def kept_in_thai() -> str:
    """The line for the end of a report that tells what stays Thai in it; none in a Thai report."""
    if spoken() is Language.TH:
        return ""
    return (
        "Names, quotations, questions about pages, and details of what was found on them are "
        "given in Thai, as they were found."
    )


def counted(what: str, reasons: Mapping[str, int], shown: int = 0) -> str:
    """`ข้าม 3 หน้า (ครบโควตาจำนวนหน้า 2, …)`: pages counted, with their reasons by frequency.

    With `shown`, only so many reasons are named and the others' pages are counted together.
    """
    said = _("{what} {count:,} หน้า", what=what, count=sum(reasons.values()))
    if not reasons:
        return said
    most_first = sorted(reasons.items(), key=lambda pair: -pair[1])
    named = most_first[:shown] if shown else most_first
    words = [_("{reason} {count:,}", reason=reason, count=count) for reason, count in named]
    rest = sum(count for _, count in most_first[len(named) :])
    if rest:
        words.append(_("เหตุอื่นรวม {count:,}", count=rest))
    return f"{said} ({', '.join(words)})"


def tidy(text: str, limit: int = 0) -> str:
    """`text` fit to be shown: one line, nothing invisible that could disguise it.

    Control characters, lone surrogates and marks that turn the writing direction are dropped,
    the cells of a table row are parted by " | ". With `limit`, at most so many characters and
    an ellipsis; no Latin word is cut, and a Thai vowel or tone mark is never parted from its
    consonant.
    """
    line = text
    # Most texts are fit as they are, and reports tidy some thousand of them.
    if not text.isprintable() or "  " in text or text[:1] == " " or text[-1:] == " ":
        line = " ".join(_DISGUISES.sub("", text.strip().replace("\t", " | ")).split())
    if not limit or len(line) <= limit:
        return line
    cut = _before_the_word(line, limit)
    while cut and (unicodedata.category(line[cut]) == "Mn" or line[cut] in "ะาำๅ"):
        cut -= 1
    return f"{line[:cut].rstrip()} …".lstrip()


def _before_the_word(line: str, cut: int) -> int:
    """`cut`, or the space before it where it would part a Latin word of ordinary length."""
    within = line[cut - 1 : cut + 1]
    space = line.rfind(" ", max(0, cut - _LONGEST_WORD), cut)
    return space if within.isascii() and within.isalpha() and space > 0 else cut


_LONGEST_WORD = 20
_DISGUISES = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\u202a-\u202e\u2066-\u2069"  # turns of the writing direction
    "\ud800-\udfff\ufffe\uffff]"  # no characters of XML
)
