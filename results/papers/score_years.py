"""Puts the rows of a score file together to years, and finds what is missing, twice or at odds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.papers.ita_scores import (
    INDICATORS,
    INSTRUMENTS,
    TOLERANCE,
    TOTAL,
    ItaYear,
    Question,
    all_questions,
)
from units.problems import Place, Problem

if TYPE_CHECKING:
    from decimal import Decimal

_QUESTION_ORDER = {code: place for place, code in enumerate(all_questions())}


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of the file: whose score it is, in which year; no score where the cell is blank."""

    year: int
    code: str
    text: str
    score: Decimal | None
    place: Place


def years_of(entries: Iterable[Entry]) -> tuple[tuple[ItaYear, ...], list[Problem]]:
    """The years, oldest first, and every problem; with a problem the years must not be used."""
    by_year: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_year[entry.year].append(entry)
    years: list[ItaYear] = []
    problems: list[Problem] = []
    if not by_year:
        problems.append(_nothing())
    for year, mine in sorted(by_year.items()):
        first, wrong = _once_each(mine)
        wrong += _missing(year, first)
        problems += wrong
        if not wrong:
            found = _year(year, first)
            problems += _at_odds(found, first)
            years.append(found)
    return tuple(years), problems


def _once_each(entries: Iterable[Entry]) -> tuple[dict[str, Entry], list[Problem]]:
    first: dict[str, Entry] = {}
    problems: list[Problem] = []
    for entry in entries:
        if entry.code in first:
            problems.append(_twice(entry, first[entry.code]))
        else:
            first[entry.code] = entry
    return first, problems


def _missing(year: int, entries: Mapping[str, Entry]) -> list[Problem]:
    if all(entry.score is None for entry in entries.values()):
        return [_empty_year(year)]
    problems: list[Problem] = []
    for number, title in INDICATORS.items():
        entry = entries.get(str(number))
        if entry is None:
            problems.append(_no_indicator(year, number, title))
        elif entry.score is None:
            problems.append(_no_score(year, number, title, entry.place))
    return problems


def _year(year: int, entries: Mapping[str, Entry]) -> ItaYear:
    scores = {code: entry.score for code, entry in entries.items() if entry.score is not None}
    sums = [*(instrument.id for instrument in INSTRUMENTS), TOTAL]
    asked = sorted((code for code in scores if code[0] in "ie"), key=_question_place)
    return ItaYear(
        year,
        {number: scores[str(number)] for number in INDICATORS},
        tuple(Question(code, entries[code].text, scores[code]) for code in asked),
        {code: scores[code] for code in sums if code in scores},
    )


def _question_place(code: str) -> tuple[int, str]:
    return _QUESTION_ORDER[code.partition(".")[0]], code


def _at_odds(year: ItaYear, entries: Mapping[str, Entry]) -> list[Problem]:
    problems: list[Problem] = []
    for code, told in year.announced.items():
        computed = year.computed(code)
        if abs(told - computed) > TOLERANCE:
            name = "รวม" if code == TOTAL else code
            problems.append(
                Problem(
                    f"คะแนน {name} ปี {year.year} ({told}) ไม่ตรงกับที่คำนวณจากตัวชี้วัด ({computed}) "
                    "ให้ตรวจคะแนนตัวชี้วัดและค่านี้กับประกาศผลการประเมิน",
                    f"the {code} points of {year.year} ({told}) differ from what the indicators "
                    f"give ({computed}); check both with the announced result",
                    entries[code].place,
                )
            )
    return problems


def _nothing() -> Problem:
    return Problem(
        "ไม่มีคะแนนในแฟ้มนี้ ให้ใส่คะแนนตัวชี้วัดที่ 1 ถึง 10 ใต้หัวตาราง",
        "no scores in this file; fill in indicators 1 to 10 below the header",
    )


def _empty_year(year: int) -> Problem:
    return Problem(
        f"ปี {year} ยังไม่มีคะแนนเลย ให้กรอกคะแนน หรือลบคอลัมน์หรือแถวของปีนี้",
        f"{year} has no score at all; fill it in, or remove the column or rows of this year",
    )


def _no_indicator(year: int, number: int, title: str) -> Problem:
    return Problem(
        f"ปี {year} ไม่มีตัวชี้วัดที่ {number} ({title}) ให้เพิ่มแถวพร้อมคะแนน",
        f"{year} has no row of indicator {number}; add it with its score",
    )


def _no_score(year: int, number: int, title: str, place: Place) -> Problem:
    return Problem(
        f"ยังไม่มีคะแนนตัวชี้วัดที่ {number} ({title}) ปี {year} ให้ใส่คะแนนในเซลล์นี้",
        f"the score of indicator {number} for {year} is missing; put it into this cell",
        place,
    )


def _twice(entry: Entry, first: Entry) -> Problem:
    th, en = first.place.th or "ก่อนหน้า", first.place.en or "before"
    name = entry.code if not entry.code.isdecimal() else f"ตัวชี้วัดที่ {entry.code}"
    return Problem(
        f"{name} ปี {entry.year} ซ้ำกับ{th} ให้เหลือแห่งเดียว",
        f"{entry.code} of {entry.year} stands twice, first in {en}; keep one of them",
        entry.place,
    )
