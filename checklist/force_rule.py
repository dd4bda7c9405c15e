"""Does a policy, plan or rule apply in the year that a rule asks for?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from checklist.inner_years import other_years_inside
from checklist.lines import excerpt
from checklist.mentions import Precision, TimeRole
from checklist.period_wording import conflict, outdated, said_year
from checklist.probes.base import Finding, absent, present, unsure
from checklist.reading import reading_of
from checklist.sections import TITLED
from checklist.statements import STRONG, Rank, Statement
from checklist.verdict import Quote, Tier
from checklist.year_contradictions import contradiction
from checklist.year_fit import covers_year

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading
    from checklist.fiscal import FiscalYear

_IN_FORCE = re.compile(
    r"ยัง(?:คง)?(?:มีผล)?(?:ใช้)?บังคับ(?:ใช้)?|ยังคงใช้(?:อยู่)?|ใช้บังคับอยู่(?:ใน)?ปัจจุบัน|"
    r"มีผล(?:ใช้)?บังคับ(?:ใช้)?(?:อยู่)?(?:ถึง|จนถึง|ใน)ปัจจุบัน|ใช้บังคับจนถึงปัจจุบัน"
)
_FROM = re.compile(r"(?:ใช้|บังคับ|มีผล)\S{0,14}\s*ตั้งแต่\s*(?:วันที่)?\s*$")
_UNTIL = re.compile(r"(?:ใช้|บังคับ|มีผล|สิ้นสุด)\S{0,12}\s*(?:ถึง|จนถึง|ใน|เมื่อ)?\s*(?:วันที่)?\s*$")


def in_force(reading: PeriodReading, target: FiscalYear) -> Finding:
    """Rule `in_force_fy`: a policy or rule that applies in `target`."""
    named = reading.naming(*STRONG, subject=False)
    current = [s for s in named if covers_year(target)(s)]
    if current:
        other = contradiction(reading, current[0], covers_year(target), fits=True)
        other = other or other_years_inside(reading, target.period) or _ended(reading, target)
        return conflict(current[0], other) if other else present(current[0].quote())
    since = [
        s for s in reading.statements
        if s.mention.precision is Precision.SINCE and s.mention.period.overlaps(target.period)
    ]  # fmt: skip
    if since:
        return present(since[0].quote(Tier.VARIANT))
    later = [s for s in reading.statements if s.mention.precision is Precision.SINCE]
    if later:
        return outdated(later[0], f"ที่ใช้บังคับในปี {target}")
    said = _says_in_force(reading)
    if said:
        return present(said)
    ended = _ended(reading, target)
    if ended:
        return outdated(ended, f"ที่ใช้บังคับในปี {target}")
    dated = [s for s in reading.statements if s.rank is not Rank.URL]
    return _by_age(reading, target, [s for s in dated if s.mention.role is not TimeRole.PUBLISHED])


def _says_in_force(reading: PeriodReading) -> Quote | None:
    for line in reading_of(reading.document).evidence:
        found = _IN_FORCE.search(line.form)
        if found:
            text = excerpt(line.passage.text)
            return Quote.of(reading.document, line.passage, text, Tier.VARIANT)
    return None


def _ended(reading: PeriodReading, target: FiscalYear) -> Statement | None:
    """A statement that the document was for years now past, or the day on which it ended."""
    for statement in reading.naming(*STRONG, subject=False):
        mention = statement.mention
        limited = mention.precision is Precision.RANGE or "ปี" in mention.text
        if limited and mention.period.end < target.start:
            return statement
    for statement in reading.statements:
        mention = statement.mention
        before = statement.passage.text[max(0, mention.start - 30) : mention.start]
        if _UNTIL.search(before) and mention.period.end < target.start:
            return statement
    return None


def _starts_or_titles(statement: Statement) -> bool:
    """The day from which the paper applies, or the year in a line that names it."""
    mention, text = statement.mention, statement.passage.text
    if mention.role is not TimeRole.CONTENT:
        return False
    if mention.precision is Precision.DAY:
        return bool(_FROM.search(text[max(0, mention.start - 40) : mention.start]))
    return mention.precision is Precision.YEAR and bool(TITLED.match(text.strip()))


def _by_age(reading: PeriodReading, target: FiscalYear, dated: Sequence[Statement]) -> Finding:
    issued = [
        s for s in dated
        if s.rank in STRONG or s.mention.role is TimeRole.SIGNED or _starts_or_titles(s)
    ]  # fmt: skip
    inside = [s for s in issued if s.mention.period.overlaps(target.period)]
    if inside:
        return present(inside[0].quote(Tier.VARIANT))
    if issued and all(s.mention.period.start > target.end for s in issued):
        return outdated(issued[0], f"ปี {target}")
    seen = [*issued, *dated, *reading.laws]
    if seen:
        said = said_year(seen[0])
        detail = f"เอกสารลงไว้เป็น{said} ไม่มีคำว่ายังใช้บังคับในปี {target} โปรดดูว่าปี {target} ยังใช้อยู่หรือไม่"
        return unsure(detail, seen[0].quote(Tier.WEAK))
    if reading.ocr_years:
        detail = "ปีในเอกสารอ่านได้จากภาพสแกนเป็นเลขไทยเท่านั้น โปรดเปิดดูปีด้วยตนเอง"
        return unsure(detail, reading.ocr_years[0].quote(Tier.WEAK), reason="ocr_year")
    return absent(f"ไม่พบปีในเอกสาร ต้องระบุให้ชัดว่าใช้บังคับในปี {target}")
