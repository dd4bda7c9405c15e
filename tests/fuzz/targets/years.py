"""The reader of Buddhist years, periods and dates in Thai texts."""

from __future__ import annotations

import re
import zlib
from datetime import date

from checklist.fiscal import BE_OFFSET, THAI_MONTHS, THAI_MONTHS_SHORT, day_in
from checklist.mentions import Mention, find_mentions, find_parts
from checklist.thai import match_form, normalise
from tests.fuzz.frame import Target, require
from tests.fuzz.mutators import of_tokens

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_MONTHS = sum(zip(THAI_MONTHS, THAI_MONTHS_SHORT, strict=True), ())
_WORDS = (
    *_MONTHS, "ปี", "ปีงบประมาณ", "ปีงบประมาณ พ.ศ. ", "พ.ศ.", "พ.ศ. 2566", "ค.ศ. 2023", "2566", "๒๕๖๖",
    "66", "2565 - 2570", "ถึง", "-", "–", "/", ".", ",", " ", "\n", "\t", "(", ")", "31", "1", "30/4/2566",
    "2566-04-30", "1/10/65", "ไตรมาสที่ 2", "ไตรมาส 1-4", "Q1", "รอบ 6 เดือน", "ครึ่งปีแรก", "6 เดือนหลัง",
    "เป็นต้นไป", "ปัจจุบัน", "ณ วันที่", "ลงวันที่", "พระราชบัญญัติ", "ระเบียบ", "ว่าด้วย", "ปีการศึกษา", "ปีปฏิทิน",
    "แผนพัฒนา", "แผนแม่บท", "ภายในปี", "เป้าหมาย", "January 2023", "12 May, 2023", "FY2023", "fiscal year",
    "9999", "2599", "2600", "2400", "99", "บาท", "คน", "ร้อยละ", "%", "เลขที่", "โทร.", "https://a.go.th/2566",
    "a@b.th", "ประกาศ", "ผลการประเมิน ITA", "OIT 2566", "๐", "ํา", "ำ", "\u200b", "\ufeff", "٢٥٦٦", "２５６６", "²",
    "ม ค", "มค66", "วันจันทร์ที่", "พุทธศักราช", "อัปเดต", "เผยแพร่เมื่อ", "ฉบับที่ 2", "ตุลาคม 2565 - มีนาคม 2566",
)  # fmt: skip


def _check(data: bytes) -> tuple[object, ...]:
    text = data.decode("utf-8", "replace")
    for mention in find_mentions(text):
        _sound(mention, text)
    plain = normalise(text)
    require(normalise(plain) == plain, "normalising twice is not normalising once")
    form = match_form(text)
    require(match_form(form) == form, "the match form of a match form is another")
    found = find_mentions(plain)
    starts = [mention.start for mention in found]
    require(starts == sorted(starts), "statements out of order")
    for mention in found:
        _sound(mention, plain)
    _same_in_thai_digits(plain)
    _same_with_unseen(text, plain)
    _day(text)
    return tuple(found), tuple(find_parts(plain))


def _sound(mention: Mention, text: str) -> None:
    require(0 <= mention.start < mention.end <= len(text), "a place outside the text")
    require(text[mention.start : mention.end] == mention.text, "other words than stand there")
    last = mention.period.end
    for day in (mention.period.start, last):
        if day != date.max:
            require(2400 <= day.year + BE_OFFSET <= 2700, f"year {day.year + BE_OFFSET}")


def _gist(text: str) -> list[object]:
    return [(m.period, m.precision, m.basis, m.role) for m in find_mentions(text)] + [
        (p.months, p.precision) for p in find_parts(text)
    ]


def _same_in_thai_digits(plain: str) -> None:
    require(_gist(plain.translate(_THAI)) == _gist(plain), "Thai digits change the answer")


def _same_with_unseen(text: str, plain: str) -> None:
    """Invisible signs between digits, as word processors leave them, change nothing."""
    sign = _UNSEEN[zlib.crc32(text.encode("utf-8", "replace")) % len(_UNSEEN)]
    spoilt = re.sub(r"(?<=[0-9๐-๙])(?=[0-9๐-๙])", sign, plain)
    require(_gist(normalise(spoilt)) == _gist(plain), "invisible signs change the answer")


def _day(text: str) -> None:
    try:
        found = day_in(text)
    except ValueError:
        return
    require(1 <= found.year <= 9999, "no day")


_TEXTS = (
    "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2566 รอบ 6 เดือน (1 ตุลาคม 2565 - 31 มีนาคม 2566)",
    "แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ – ๒๕๗๐) ข้อมูล ณ วันที่ 31 มี.ค. 66", "ไตรมาสที่ 1-2/2566 30/4/2566",
    "ประกาศ ณ วันที่ ๑ เดือน มกราคม พุทธศักราช ๒๕๖๖ ตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
    "ปีการศึกษา 2566 ภาคเรียนที่ 1/2566 May 12, 2023 FY2023 2566 เป็นต้นไป", "เดือนตุลาคม 2566-04-30 Q3",
)  # fmt: skip
TARGET = Target(
    check=_check,
    seeds=lambda: [text.encode() for text in _TEXTS],
    tokens=[word.encode() for word in _WORDS],
    mutate=of_tokens(_WORDS),
    max_len=4096,
)
