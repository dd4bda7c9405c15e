"""How Thai texts write time: the patterns, and from each match the days it means.

All patterns run on folded text: Arabic digits, one sort of dash, same length as the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from checklist.fiscal import BE_OFFSET, THAI_MONTHS, THAI_MONTHS_SHORT, FiscalYear, Month, Period

_FOLD = str.maketrans("๐๑๒๓๔๕๖๗๘๙‐‑‒–—―−~\u00a0", "0123456789" + "-" * 8 + " ")


def fold(text: str) -> str:
    """Thai digits to Arabic, dashes to hyphens; every character keeps its place."""
    return text.translate(_FOLD)


YEAR4 = r"(?:25\d\d|20[1-5]\d)(?!\d)"
ERA = r"(?:พุทธศักราช|คริสต์ศักราช|พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?)"
FISCAL = r"ปี\s*(?:งบ(?:\s*ประมาณ)?|งปม\.?)(?:\s*รายจ่าย)?"
COUNTED = (
    r"(?:\s*(?:ราย(?!งาน)|คน|ครั้ง|เรื่อง|บาท|ล้าน|เปอร์เซ็น|โครงการ|รายการ|แห่ง|หน่วย|คะแนน|วัน|"
    r"ชั่วโมง|ฉบับ|ครัวเรือน|หลังคา|ไร่|กิโล|เมตร|หน้า|เครื่อง|คัน|ชุด|views?)|\s*%|[.,]\d)"
)
_AGE = r"(?:\s*(?:ปี(?!\s*งบ)|ขึ้นไป|ปีขึ้นไป))"
_TWO = rf"[5-9]\d(?!\d)(?!{COUNTED}|{_AGE})"
AND_TO = r"\s*(?:-|ถึง|จนถึง|to)\s*"
_BETWEEN = rf"{AND_TO}(?:วัน\s*(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?\s*ที่|สิ้นเดือน|เดือน)?\s*"

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MISSPELT = {
    "กุมภาพันธ": 2, "กุมพาพันธ์": 2, "พฤกษภาคม": 5, "พฤษภาค": 5, "กรกฏาคม": 7, "พฤศจิกา": 11,
    "พฤษจิกายน": 11, "ธันวา": 12,
}  # fmt: skip


def _month_names() -> dict[str, int]:
    names = {name: number for number, name in enumerate(THAI_MONTHS, 1)}
    names.update(_MISSPELT)
    return dict(sorted(names.items(), key=lambda entry: -len(entry[0])))


_NAMES = _month_names()
_SHORT = {label.replace(".", ""): number for number, label in enumerate(THAI_MONTHS_SHORT, 1)}


def _short_pattern(label: str) -> str:
    first, second = label.split(".")[:2]
    dotted = rf"{first}\s?\.\s?{second}(?:\s?\.|(?![ก-๎]))"
    return rf"{dotted}|{first}{second}(?:\.|(?=\s*[5-9]\d(?!\d)|\s*25\d\d))"


_MONTH = "|".join(_NAMES) + "|" + "|".join(map(_short_pattern, THAI_MONTHS_SHORT))
_MONTH_EN = (
    r"(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_MONTH_YEAR = (
    rf"\s*,?\s*(?:(?P<fiscal>(?:ประจำ)?\s*{FISCAL})|(?:ประจำ)?ปี)?"
    rf"\s*{ERA}?\s*(?P<year>{YEAR4}|{_TWO})"
)
DATED = re.compile(
    rf"(?:(?<![\d/.,:-])(?P<from>\d{{1,2}})\s*(?:-|ถึง|และ)\s*)?(?:(?<![\d/.,:])(?P<day>\d{{1,2}})\s*)?"
    rf"(?:เดือน\s*)?(?<![ก-ฮเ-ไ]\.)(?P<month>{_MONTH})(?:{_MONTH_YEAR})?"
    rf"|(?:(?<!\d)(?P<day_en>\d{{1,2}})\s*)?(?P<month_en>{_MONTH_EN})"
    rf"(?:\s*(?P<day_us>\d{{1,2}})(?:st|nd|rd|th)?,)?\s*(?P<year_en>{YEAR4})",
    re.IGNORECASE,
)
JOINED = re.compile(_BETWEEN)
LISTED = re.compile(r"\s*(?:,|และ|/)?\s*(?:เดือน)?\s*")
NUMERIC = re.compile(
    rf"(?<![\d.,/-])(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep)"
    rf"(?P<year>{YEAR4}|(?<=/)[5-9]\d)(?!\d|[/.-]\d)"
    rf"|(?<!\d)(?P<year_iso>25\d\d|20[1-5]\d)-(?P<month_iso>\d{{1,2}})-(?P<day_iso>\d{{1,2}})(?!\d|-\d)"
)
QUARTER = re.compile(
    r"(?:ไตรมาส(?:ที่)?|(?<![a-z0-9])q(?:uarter)?)\s*(?P<first>[1-4]|แรก|สุดท้าย|หนึ่ง|สอง|สาม|สี่)(?![\d.,])"
    r"(?:\s*(?:-|ถึง|และ|,)\s*(?:ไตรมาส)?\s*(?:ที่)?\s*(?P<last>[1-4])(?![\d.,]))?"
    rf"(?:\s*/\s*(?P<year>{YEAR4}|{_TWO}))?",
    re.IGNORECASE,
)
PART = re.compile(
    r"(?P<round>รอบ\s*(?:ที่\s*\d\s*)?\(?(?:ระยะเวลา|ระยะ|ครึ่งปี)?\s*)?(?<!\d)(?P<count>3|6|9|12|สาม|หก|เก้า|สิบสอง)\s*เดือน"
    r"\s*(?P<which>แรก|หลัง|สุดท้าย)?(?P<second>\s*\(?(?:ครั้ง|รอบ)ที่\s*2)?"
    r"|ครึ่ง(?:ปี(?:\s*งบประมาณ)?)?\s*(?P<half>แรก|หลัง)(?:\s*ของปี(?:\s*งบประมาณ)?(?!\s*[\dพ]))?"
    r"|(?<![a-z0-9])(?P<short>3|6|9|12)\s?m(?:onths?)?(?![a-z])",
    re.IGNORECASE,
)
YEAR = re.compile(rf"(?<!\d)(?P<year>{YEAR4}|{_TWO})")
YEAR_TAIL = re.compile(
    rf"{AND_TO}(?:{FISCAL}|ปี)?\s*{ERA}?\s*(?P<last>{YEAR4}|{_TWO})(?!-\d)"
    r"|\s*(?:-|ถึง|จนถึง)\s*(?P<now>ปัจจุบัน)|\)?\s*(?P<since>เป็นต้น(?:ไป|มา))"
)
SINCE_TAIL = re.compile(r"\)?\s*(?:เป็นต้น(?:ไป|มา)|(?:-|ถึง|จนถึง)\s*ปัจจุบัน)")
YEAR_CUE = re.compile(
    rf"(?:(?P<fiscal>(?:ประจำ)?\s*{FISCAL}|\bfy|fiscal\s*year)|(?P<academic>(?:ประจำ)?ปี\s*การศึกษา|"
    r"ภาค(?:เรียน|การศึกษา)(?:ที่)?\s*\d\s*/|ภาคเรียนที่\s*\d\s*(?:ปีการศึกษา)?)|(?P<calendar>ปี\s*ปฏิทิน)|"
    r"(?P<plain>(?:ประจำ)?(?<!\d)(?<!\d\s)ปี|แผน[ก-๎]{0,40}|(?<![a-z])(?:oit|ita)[-_ ]?))?"
    rf"[\s_]*[(]?\s*(?P<era>{ERA})?\s*['’]?$",
    re.IGNORECASE,
)
URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"ก-๛]+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+", re.IGNORECASE
)

_COUNT = {"3": 3, "6": 6, "9": 9, "12": 12, "สาม": 3, "หก": 6, "เก้า": 9, "สิบสอง": 12}
_QUARTER = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": 4}
_ORDER = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)


def year_be(digits: str) -> int:
    """A B.E. year from two or four digits; four digits below 2500 are C.E."""
    number = int(digits)
    if number < 100:
        return 2500 + number
    return number if number >= 2500 else number + BE_OFFSET


def month_number(name: str) -> int:
    """Calendar number of a Thai or English month name, short or long."""
    if name in _NAMES:
        return _NAMES[name]
    bare = re.sub(r"[.\s]", "", name)
    return _SHORT.get(bare) or _ENGLISH.index(bare[:3].lower()) + 1


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date with a B.E. year, or None when there is no such day."""
    try:
        return date(year - BE_OFFSET, month, day)
    except ValueError:
        return None


def numeric_period(found: re.Match[str]) -> Period | None:
    """The day of a NUMERIC match, or None when there is no such day."""
    day = safe_date(
        year_be(found["year"] or found["year_iso"]),
        int(found["month"] or found["month_iso"]),
        int(found["day"] or found["day_iso"]),
    )
    return Period(day, day) if day else None


def dated_month(found: re.Match[str]) -> int:
    """Month number of a DATED match."""
    return month_number(found["month"] or found["month_en"])


def dated_year(found: re.Match[str]) -> int | None:
    """B.E. calendar year of a DATED match, or None when it states none."""
    digits = found["year"] or found["year_en"]
    if not digits:
        return None
    year = year_be(digits)
    if found["fiscal"]:
        return FiscalYear(year).month(dated_month(found)).year_be
    return year


def dated_period(found: re.Match[str], year: int) -> Period:
    """Days of a DATED match in B.E. `year`; an impossible day leaves the whole month."""
    month = dated_month(found)
    whole = Month(year, month).period
    day = found["day"] or found["day_en"] or found["day_us"]
    if not day:
        return whole
    last = safe_date(year, month, int(day))
    first = safe_date(year, month, int(found["from"])) if found["from"] else last
    if last is None or first is None:
        return whole
    return Period(first, last) if first <= last else Period(last, last)


def quarter_months(found: re.Match[str]) -> tuple[int, ...]:
    """Calendar months of a QUARTER match."""
    word = found["first"]
    first = _QUARTER.get(word) or int(word)
    last = int(found["last"]) if found["last"] else first
    return _ORDER[3 * first - 3 : 3 * max(first, last)]


def part_months(found: re.Match[str]) -> tuple[int, ...]:
    """Calendar months of a PART match; empty for a mere duration such as ระยะเวลา 6 เดือน."""
    if found["half"]:
        return _ORDER[6:] if found["half"] == "หลัง" else _ORDER[:6]
    if found["short"]:
        return _ORDER[: int(found["short"])]
    if not (found["round"] or found["which"]):
        return ()
    count = _COUNT[found["count"]]
    if found["which"] in ("หลัง", "สุดท้าย") or (found["second"] and count == 6):
        return _ORDER[-count:]
    return _ORDER[:count]


def year_period(year: int, last: int, basis: str) -> Period:
    """Days of the B.E. years `year` to `last`, counted as `basis` says."""
    if basis == "calendar":
        return Period(date(year - BE_OFFSET, 1, 1), date(last - BE_OFFSET, 12, 31))
    if basis == "academic":
        return Period(date(year - BE_OFFSET, 5, 16), date(last - BE_OFFSET + 1, 5, 15))
    return Period(FiscalYear(year).start, FiscalYear(last).end)


def addresses(folded: str) -> Iterator[tuple[int, int]]:
    """Spans of web and mail addresses, whose numbers are no years."""
    if "@" not in folded and "://" not in folded and "www." not in folded.lower():
        return iter(())
    return (found.span() for found in URL.finditer(folded))
