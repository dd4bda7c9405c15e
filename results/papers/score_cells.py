"""The cells of a score file: which indicator or question is meant, and what score stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from checklist.thai import to_arabic_digits
from results.papers.ita_scores import (
    FULL,
    INDICATORS,
    INSTRUMENTS,
    TOTAL,
    indicator_of,
    rounded,
)
from results.wording import tidy
from units.problems import Place, Problem

_BLANK = frozenset({"", "-", "–", "—"})
_TEXT_LIMIT = 400
_NUMBERED = re.compile(r"(?:ตัวชี้วัด)?\s*(?:ที่)?\s*(\d{1,3})\s*[.):]?(?:\s+(.*))?", re.DOTALL)
_DOTTED = re.compile(r"(?:ตัวชี้วัด)?\s*(?:ที่)?\s*(\d{1,2})[.)]\s*(\D.*)", re.DOTALL)
_ASKED = re.compile(r"([ie])\s?(\d{1,2}(?:\.\d)?)(?:\.?\s*(\D.*))?", re.DOTALL | re.IGNORECASE)
_SUM = re.compile(r"(?:รวม)?(?:ผล)?คะแนน(?:รวม)?\s*(IIT|EIT|OIT)\b.*|(IIT|EIT|OIT)", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:ผล)?(?:คะแนน)?รวม(?:คะแนน)?(?:ทั้งหมด)?|total|(?:ผล)?คะแนน\s?ITA|ITA", re.IGNORECASE
)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_NAMES = {
    **{"".join(title.split()): number for number, title in INDICATORS.items()},
    "การปรับปรุงระบบการทำงาน": 8,
}


@dataclass(frozen=True, slots=True)
class Code:
    """What a row is about: `1` to `10`, `i7`, `e3.2`, `IIT`, `total`; and words that follow it."""

    id: str
    text: str = ""


def read_code(text: str) -> Code | None:
    """What the cell of the indicator means, whether it exists or not; None when it is unreadable.

    Read are numbers (`1`, `ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่`), names alone, questions (`i7 ...`), and
    sums (`IIT`, `รวมคะแนน IIT`, `ผลคะแนนรวม`).
    """
    plain = tidy(to_arabic_digits(text), _TEXT_LIMIT)
    told = tidy(text, _TEXT_LIMIT)
    if match := _SUM.fullmatch(plain):
        return Code((match[1] or match[2]).upper())
    if _TOTAL.fullmatch(plain):
        return Code(TOTAL)
    if match := _ASKED.fullmatch(plain):
        return Code(f"{match[1].lower()}{match[2]}", _rest(told, match[3]))
    if match := _NUMBERED.fullmatch(plain) or _DOTTED.fullmatch(plain):
        return Code(str(int(match[1])), _rest(told, match[2]))
    number = _named(plain)
    return Code(str(number), told) if number else None


def code_problem(text: str, code: Code | None, place: Place) -> Problem | None:
    """What is wrong with the indicator of a row, if anything."""
    shown = tidy(text, 60)
    if code is None or not _exists(code.id):
        return Problem(
            f"ไม่รู้จักตัวชี้วัด “{shown}” ใช้ 1 ถึง 10, ข้อคำถาม i1 ถึง i30 หรือ e1 ถึง e15, "
            "หรือ IIT EIT OIT รวม ให้แก้หรือลบแถวนี้",
            f'unknown indicator "{shown}"; use 1 to 10, questions i1 to i30 or e1 to e15, '
            "or IIT, EIT, OIT, total; correct or remove this row",
            place,
        )
    meant = _named(to_arabic_digits(code.text))
    if code.id.isdecimal() and meant and meant != int(code.id):
        return Problem(
            f"เลขกับชื่อตัวชี้วัดไม่ตรงกัน: “{INDICATORS[meant]}” คือตัวชี้วัดที่ {meant} ไม่ใช่ {code.id} "
            "ให้แก้เลขหรือชื่อ",
            f"number and name disagree: the indicator named here is {meant}, not {code.id}",
            place,
        )
    return None


def _exists(code: str) -> bool:
    if code.isdecimal():
        return int(code) in INDICATORS
    sums = {TOTAL, *(instrument.id for instrument in INSTRUMENTS)}
    return code in sums or indicator_of(code) is not None


def _named(text: str) -> int | None:
    return _NAMES.get("".join(text.split()))


def _rest(told: str, rest: str | None) -> str:
    # Thai digits are as long as Arabic ones: the rest stands at the end of the text as written.
    return told[len(told) - len(rest) :] if rest else ""


def limit_of(code: str) -> Decimal:
    """The highest score that a row of this code may have."""
    return next((one.weight for one in INSTRUMENTS if one.id == code), FULL)


def blank(text: str) -> bool:
    """True for a cell that holds no score: nothing, or a dash."""
    return text.strip() in _BLANK


def read_score(text: str, limit: Decimal, place: Place) -> tuple[Decimal, Problem | None]:
    """The score in a cell, to two decimals, and what is wrong with it, if anything."""
    shown = tidy(text, 40)
    plain = to_arabic_digits(shown).replace(" ", "").removesuffix("คะแนน")
    if not _NUMBER.fullmatch(plain) or len(plain) > 40:
        comma = "ใช้จุดแทนจุลภาคในทศนิยม" if "," in plain else "ให้ใส่เฉพาะตัวเลข เช่น 94.76"
        return Decimal(0), Problem(
            f"“{shown}” ไม่ใช่ตัวเลข {comma}", f'"{shown}" is not a number; write it like 94.76', place
        )
    score = Decimal(plain)
    if not 0 <= score <= limit:
        return Decimal(0), Problem(
            f"คะแนน {shown} ต้องอยู่ระหว่าง 0 ถึง {limit} ให้ตรวจกับประกาศผลการประเมิน",
            f"the score {shown} must lie between 0 and {limit}; check it with the announced result",
            place,
        )
    if 0 < score < 1:
        return Decimal(0), Problem(
            f"คะแนน {shown} น้อยผิดปกติ เซลล์นี้อาจเป็นร้อยละ (%) ให้ใส่คะแนนเต็ม {limit} เช่น 94.76",
            f"the score {shown} is below 1: the cell may be a percentage; give a score of {limit}",
            place,
        )
    return rounded(score), None


def nameless_row(place: Place) -> Problem:
    """The problem of a row with values and no indicator."""
    return Problem(
        "ไม่ได้ระบุตัวชี้วัด ให้ใส่เลขตัวชี้วัด 1 ถึง 10 หรือลบแถวนี้",
        "the indicator is missing; give its number, 1 to 10, or remove this row",
        place,
    )
