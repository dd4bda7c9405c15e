"""What a page shows anew to every visitor: counters, today's date, session parameters of links.

A page whose only change is one of these says what it said. Masking is narrow on purpose: a number
without the words of a counter, or a date other than the day the page was read, stays. Pure.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from checklist.fiscal import BE_OFFSET, THAI_MONTHS, THAI_MONTHS_SHORT

_BANGKOK = timezone(timedelta(hours=7))
_MARK = "\ue0ff"
COUNTER, TODAY, TOKEN = f"{_MARK}n", f"{_MARK}d", f"{_MARK}t"
"""What stands in a masked text where a counter, the day of reading, a session's mark stood."""

_N = r"[0-9๐-๙]+(?:,[0-9๐-๙]{3})*"
_BEFORE, _AFTER = r"(?<![0-9๐-๙.,/])", r"(?![0-9๐-๙]|[.,/:-][0-9๐-๙a-z])"
_NO_YEAR = r"(?!2[05][0-9]{2}(?![0-9,])|๒[๐๕][๐-๙]{2}(?![๐-๙,]))"
# Nor a year of two digits, nor a telephone number.
_BARE = _NO_YEAR + r"(?![67][0-9](?![0-9,])|[๖๗][๐-๙](?![๐-๙,])|0[0-9]{8,9}(?![0-9]))"
_ONCE = r"\s*(?:ครั้ง(?!ที่|[/ก-๛])|คน(?![/ก-๛]))"
# A number that goes on with other words may be the beginning of a date, or count those words.
_ALONE = rf"(?=[^\S\n]*(?:$|[\n|)\]·•;]|{_ONCE}))"
_GAP = r"[\s:：=|\-]*"
_SURE_GAP = r"\s*[:：=]\s*"
_TIMES = rf"(?:{_ONCE}|\s*(?:views?|hits?|times?)\b)"
_VISITORS = (
    r"(?:(?<!มี)(?<!มีจำนวน)|(?<=ขณะนี้มี))"
    r"(?:ผู้เข้าชม|ผู้เยี่ยมชม|ผู้เข้าเยี่ยมชม|ผู้ชม|ยอดเข้าชม|ยอดผู้เข้าชม|ยอดวิว|สถิติผู้เข้าชม|การเข้าชม)"
    r"(?:เว็บไซต์|เว็บไซท์|เว็บ|หน้านี้)?\s*(?:ทั้งหมด|สะสม|รวม|ขณะนี้|วันนี้)?"
)
_OPENED = (
    r"(?:เปิดอ่าน|เปิดดู|เข้าอ่าน|เข้าดู|เข้าชม|เยี่ยมชม|ดาวน์โหลด|ดาวโหลด|คลิก|(?<![ก-๛])(?:อ่าน|ดู|ชม))"
    r"\s*(?:ไป)?(?:แล้ว)?\s*(?:จำนวน)?"
)
_ONLINE = (
    r"(?:(?:กำลัง|ขณะนี้|ผู้ใช้|ผู้ใช้งาน|สมาชิก|ผู้เข้าชม|ผู้เยี่ยมชม)\s*ออนไลน์"
    r"|(?<!\w)(?:users|guests|visitors) online)"
)
_ENGLISH_AFTER = r"\s*(?:views|hits|page ?views|downloads|visitors|guests online)\b"
_ENGLISH = r"(?<!\w)(?:views?|hits?|visitors?|visits|downloads?|page ?views|reads?)"
_COUNTED = re.compile(
    "|".join(
        (
            rf"{_VISITORS}{_GAP}{_BEFORE}(?P<a>{_N}){_AFTER}(?={_TIMES})",
            rf"{_VISITORS}(?:{_SURE_GAP}|\s+){_BARE}{_BEFORE}(?P<b>{_N}){_AFTER}{_ALONE}",
            rf"{_OPENED}{_GAP}{_BEFORE}(?P<c>{_N}){_AFTER}(?=\s*ครั้ง(?!ที่|[/ก-๛]))",
            rf"{_ONLINE}{_GAP}{_BARE}{_BEFORE}(?P<d>{_N}){_AFTER}{_ALONE}",
            rf"{_ENGLISH}{_SURE_GAP}{_BARE}{_BEFORE}(?P<e>{_N}){_AFTER}{_ALONE}",
            rf"{_BEFORE}(?<![0-9๐-๙][-\s]){_NO_YEAR}(?P<f>{_N}){_AFTER}(?={_ENGLISH_AFTER})",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)
_DAY_LABEL = r"(?:วันนี้|เมื่อวานนี้|เมื่อวาน|today|yesterday)"
_LABEL = (
    r"(?:วันนี้|เมื่อวานนี้|เมื่อวาน|(?:สัปดาห์|อาทิตย์|เดือน|ปี)(?:นี้|ก่อน|ที่แล้ว|ที่ผ่านมา)|ทั้งหมด|ยอดรวม|รวม"
    r"|today|yesterday|(?:this|last) (?:week|month|year)|total|all(?: days)?)"
)
_ENTRY = rf"{_GAP}{_NO_YEAR}{_N}(?:\s*(?:ครั้ง|คน))?{_AFTER}"
_BOARD = re.compile(
    rf"(?<![ก-๛a-z]){_DAY_LABEL}{_ENTRY}(?:[\s|,·/]*{_LABEL}{_ENTRY})+", re.IGNORECASE
)
_OF_WORK = re.compile(r"ร้องเรียน|ร้องทุกข์|เรื่อง|คำขอ|คำร้อง|ยื่น|บริการ|รายได้|เบิกจ่าย|งบประมาณ")
_HEADING_LETTERS = 60
_HINT = re.compile(
    r"ครั้ง|ชม|วิว|ออนไลน์|วันนี้|เมื่อวาน|view|hit|visit|online|today|yesterday|download|read",
    re.IGNORECASE,
)
_DIGITS = re.compile(_N)
_SESSION = re.compile(
    r"(?<=[?&;])(?P<name>phpsessid|jsessionid|aspsessionid\w*|sid|sess(?:ion)?_?(?:id)?|[\w-]*csrf[\w-]*"
    r"|_?token|authenticity_token|__requestverificationtoken|_?(?:wp)?nonce)=(?P<value>[\w%+/.~-]{8,})",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?<=[?&])(?P<name>v|ver|version|t|ts|_|time|timestamp|rnd|rand|cb|cachebuster)"
    r"=(?P<value>[0-9]{9,14}|[0-9]+(?:\.[0-9]+)+)(?=[&#]|$)",
    re.IGNORECASE,
)
_SHORT_ID = re.compile(r"[0-9]{1,12}")


def bangkok_day(moment: datetime) -> date:
    """The day in Thailand of an aware moment."""
    return moment.astimezone(_BANGKOK).date()


def masked(text: str, day: date | None) -> str:
    """`text` with counters masked, and dates of `day` with the clocks beside them.

    Texts that differ outside of these stay different; a text without them stays as it is.
    """
    text = text.replace(_MARK, _MARK + _MARK)
    if _HINT.search(text):
        text = _BOARD.sub(_without_numbers, text)
        text = _COUNTED.sub(_without_number, text)
    return _day_pattern(day).sub(TODAY, text) if day is not None else text


def masked_url(url: str) -> str:
    """The address with the marks of a session and of caches masked; what names a page stays."""
    if "=" not in url:
        return url
    url = url.replace(_MARK, _MARK + _MARK)
    url = _SESSION.sub(_without_token, url)
    return _STAMP.sub(lambda found: f"{found['name']}={TOKEN}", url)


def shows_today(text: str) -> bool:
    """True when a masked text holds the date of the day it was read."""
    return TODAY in text.replace(_MARK + _MARK, "")


def _without_number(found: re.Match[str]) -> str:
    start, end = next(found.span(name) for name in "abcdef" if found[name] is not None)
    whole = found.start()
    return found[0][: start - whole] + COUNTER + found[0][end - whole :]


def _without_numbers(found: re.Match[str]) -> str:
    # The same table of days and months may count what the unit did.
    heading = found.string[max(0, found.start() - _HEADING_LETTERS) : found.start()]
    return found[0] if _OF_WORK.search(heading) else _DIGITS.sub(COUNTER, found[0])


def _without_token(found: re.Match[str]) -> str:
    # A short number names a section of the site, not a visitor's session.
    return found[0] if _SHORT_ID.fullmatch(found["value"]) else f"{found['name']}={TOKEN}"


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_CLOCK = r"[0-9๐-๙]{1,2}[:.][0-9๐-๙]{2}(?:[:.][0-9๐-๙]{2})?(?:\s*(?:น\.|[ap]m\b))?"


@lru_cache(maxsize=64)
def _day_pattern(day: date) -> re.Pattern[str]:
    """Every way to write `day`, in Thai and English, with a clock before or after it."""
    full, short = THAI_MONTHS[day.month - 1], THAI_MONTHS_SHORT[day.month - 1]
    english = _ENGLISH_MONTHS[day.month - 1]
    be = day.year + BE_OFFSET
    d, m = _number(day.day), _number(day.month)
    thai = "|".join(
        re.escape(name) for name in (full, short, short.rstrip("."), short.replace(".", ""))
    )
    latin = rf"(?:{english}|{english[:3]}\.?)"
    years = "|".join(_exactly(str(year)) for year in (be, day.year))
    brief = "|".join(_exactly(f"{year % 100:02}") for year in (be, day.year))
    be_brief = _exactly(f"{be % 100:02}")
    era = r"(?:[พค]\.?\s?ศ\.?\s*)?"
    dated = "|".join(
        (
            rf"{d}\s*(?:{thai})\s*{era}(?:{years}|{be_brief})",
            rf"{d}(?P<s>[/.-]){m}(?P=s)(?:{years}|{brief})",
            rf"(?:{years})(?P<z>[/.-]){m}(?P=z){d}",
            rf"{d}(?:st|nd|rd|th)?\s+{latin},?\s+(?:{years})",
            rf"{latin}\s+{d}(?:st|nd|rd|th)?,?\s+(?:{years})",
        )
    )
    beside = r"(?:[\s,|·-]|เวลา|at\b|T){0,6}"
    return re.compile(
        rf"(?<![0-9๐-๙/.-])(?:(?<![-–]\s){_CLOCK}{beside})?(?:{dated})(?![0-9๐-๙]|[/.-][0-9๐-๙])"
        rf"(?:{beside}{_CLOCK}(?![0-9๐-๙]|\s*[-–]\s*[0-9๐-๙]))?",
        re.IGNORECASE,
    )


def _number(number: int) -> str:
    texts = dict.fromkeys((f"{number:02}", str(number)))
    return rf"(?:{'|'.join(map(_exactly, texts))})"


def _exactly(digits: str) -> str:
    return rf"(?:{digits}|{digits.translate(_THAI_DIGITS)})"
