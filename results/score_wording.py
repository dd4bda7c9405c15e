"""What a score is called, what it is and is not, and the grade it points to. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.standing import Measure
from results.score import band
from results.speech import _

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.score import Score


def score_title(checklist: Checklist) -> str:
    """The heading of one unit's score, with what it is out of."""
    scoring = checklist.scoring
    if scoring.measure is Measure.SHARE:
        return _("{title} (เต็ม {whole:g})", title=_(scoring.title), whole=scoring.weight)
    return _("คะแนน OIT ที่คาดว่าจะได้ (เต็ม {whole:g} คะแนน)", whole=scoring.weight)


def mean_title(checklist: Checklist) -> str:
    """The heading of the mean score of many units."""
    scoring = checklist.scoring
    if scoring.measure is Measure.SHARE:
        return _(
            "{title} เฉลี่ยทุกหน่วยงาน (เต็ม {whole:g})", title=_(scoring.title), whole=scoring.weight
        )
    return _("คะแนน OIT เฉลี่ยที่คาดว่าจะได้ (เต็ม {whole:g} คะแนน)", whole=scoring.weight)


def score_notice(checklist: Checklist) -> str:
    """What the report is for and what its score is not, for the end of the report."""
    if checklist.scoring.measure is Measure.SHARE:
        return _(checklist.scoring.notice)
    return ""


def vouched_note(vouched: float) -> str:
    """How much of the sure score rests on a person's word; "" for none (in points)."""
    if vouched <= 0:
        return ""
    return _(
        "ในคะแนนที่ได้แน่ มี {points:.2f} คะแนนที่ผ่านโดยการพิจารณาของเจ้าหน้าที่ ระบบไม่ได้ตัดสินเอง",
        points=vouched,
    )


def band_note(checklist: Checklist, scored: Score) -> str:
    """What grade the score alone would reach, or what one item weighs where there are no grades."""
    if not scored.assessed:
        return _("ไม่มีข้อที่ต้องประเมิน")
    if checklist.scoring.measure is Measure.SHARE:
        return _(
            "นับ {count} ข้อเท่ากันทุกข้อ ข้อละ {each:.2f} จากเต็ม {whole:g}",
            count=scored.assessed,
            each=scored.weight / scored.assessed,
            whole=scored.weight,
        )
    low, high = (
        band(checklist, points) for points in (scored.percent.certain, scored.percent.possible)
    )
    names = [f"“{_(found.name)}”" if found else _("ต่ำกว่าทุกระดับ") for found in (low, high)]
    reach = names[0]
    if names[0] != names[1]:
        reach = _("{low} ถึง {high}", low=names[0], high=names[1])
    return _(
        "หากเทียบเฉพาะคะแนน OIT เป็นร้อยละ จะอยู่ในช่วงระดับ {reach} ใช้ดูแนวโน้มเท่านั้น "
        "ระดับผลการประเมินจริงคิดจากคะแนนรวมของ IIT EIT และ OIT",
        reach=reach,
    )
