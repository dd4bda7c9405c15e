"""ITA results of an agency: ten indicators, three instruments, the total and its grade. Pure.

An instrument's points are the mean of its indicators' scores of 100, weighed (IIT 30, EIT 30,
OIT 40) and rounded half up to two decimals; the total is the sum of the points as shown.
The commission computes from scores with more decimals than it publishes, so its announced
figures may differ in the second decimal: no rounding of the published indicators of the
Ministry of Interior gives both 25.12 (IIT 2564, from 25.1172) and 28.17 (EIT 2565, from
28.1770). Where announced figures are given they are therefore used, as long as they lie within
`TOLERANCE` of what the indicators give.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from results.score import band

if TYPE_CHECKING:
    from checklist.schema import Checklist

FULL = Decimal(100)
TOLERANCE = Decimal("0.02")
"""How far an announced figure may lie from the computed one before it is taken for a mistake."""
TOTAL = "total"
"""The code of the total among announced figures; the others are ids of instruments."""

INDICATORS: dict[int, str] = {
    1: "การปฏิบัติหน้าที่",
    2: "การใช้งบประมาณ",
    3: "การใช้อำนาจ",
    4: "การใช้ทรัพย์สินของราชการ",
    5: "การแก้ไขปัญหาการทุจริต",
    6: "คุณภาพการดำเนินงาน",
    7: "ประสิทธิภาพการสื่อสาร",
    8: "การปรับปรุงการทำงาน",
    9: "การเปิดเผยข้อมูล",
    10: "การป้องกันการทุจริต",
}
"""The indicators' names by number."""

_CENT = Decimal("0.01")
_QUESTION = re.compile(r"([ie])([1-9]\d?)(?:\.([1-9]))?")
_QUESTIONS = {"i": (30, 6, 1), "e": (15, 5, 6)}
"""By letter: how many questions, how many to an indicator, the first indicator."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire or form that measures some indicators; `weight` in points of 100."""

    id: str
    title: str
    weight: Decimal
    indicators: tuple[int, ...]


INSTRUMENTS = (
    Instrument("IIT", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน", Decimal(30), (1, 2, 3, 4, 5)),
    Instrument("EIT", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก", Decimal(30), (6, 7, 8)),
    Instrument("OIT", "แบบตรวจการเปิดเผยข้อมูลสาธารณะ", Decimal(40), (9, 10)),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of IIT or EIT (`i7`), or a part of one (`i7.2`): its words and score of 100."""

    code: str
    text: str
    score: Decimal

    @property
    def indicator(self) -> int:
        """The number of the indicator that it measures."""
        found = indicator_of(self.code)
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class ItaYear:
    """One fiscal year's result (B.E.).

    `indicators` holds the score of 100 of each of the ten; `questions` those that are known;
    `announced` the figures that the commission announced, by instrument id or `TOTAL`.
    """

    year: int
    indicators: Mapping[int, Decimal]
    questions: tuple[Question, ...] = ()
    announced: Mapping[str, Decimal] = field(default_factory=dict)

    def points(self, instrument: Instrument) -> Decimal:
        """The instrument's points of its weight: as announced, else as computed."""
        told = self.announced.get(instrument.id)
        return self.computed_points(instrument) if told is None else told

    def computed_points(self, instrument: Instrument) -> Decimal:
        """The instrument's points of its weight, from its indicators."""
        return points([self.indicators[number] for number in instrument.indicators], instrument)

    def total(self) -> Decimal:
        """The points of 100: as announced, else the sum of the instruments' points as shown."""
        told = self.announced.get(TOTAL)
        return sum(map(self.points, INSTRUMENTS), Decimal(0)) if told is None else told

    def computed(self, code: str) -> Decimal:
        """What the indicators alone give for an instrument id or `TOTAL`."""
        sums = {one.id: self.computed_points(one) for one in INSTRUMENTS}
        return sums[code] if code in sums else sum(sums.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of a total; `bands_year` is the year (B.E.) whose bands gave it."""

    name: str
    bands_year: int


def rounded(number: Decimal) -> Decimal:
    """`number` to two decimals, a half rounded away from zero."""
    return number.quantize(_CENT, ROUND_HALF_UP)


def points(scores: Sequence[Decimal], instrument: Instrument) -> Decimal:
    """Points of the instrument's weight, from scores of 100; raises `ValueError` for none."""
    if not scores:
        raise ValueError("no indicator to score")
    return rounded(sum(scores, Decimal(0)) * instrument.weight / FULL / len(scores))


def indicator_of(code: str) -> int | None:
    """The indicator that a question measures (`i7` gives 2), None for no question's code."""
    match = _QUESTION.fullmatch(code)
    if not match:
        return None
    count, each, first = _QUESTIONS[match[1]]
    number = int(match[2])
    return first + (number - 1) // each if number <= count else None


def all_questions() -> tuple[str, ...]:
    """The codes of all questions in order: i1 to i30, e1 to e15."""
    return tuple(f"{x}{n + 1}" for x, (count, _, _) in _QUESTIONS.items() for n in range(count))


def grade(total: Decimal, year: int, checklists: Mapping[int, Checklist]) -> Grade:
    """The grade of a year's total by the bands of that year's checklist.

    A year without a checklist takes the bands of the newest year before it, or, before the
    first, those of the first. Raises `ValueError` when there is no checklist at all.
    """
    if not checklists:
        raise ValueError("no checklist to take bands from")
    earlier = [one for one in checklists if one <= year]
    bands_year = max(earlier, default=min(checklists))
    found = band(checklists[bands_year], float(total))
    return Grade(found.name if found else "", bands_year)
