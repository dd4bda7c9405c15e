"""What a document that states no year where it counts still says of one, for a person to weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.period_wording import WHERE, outdated, said_year
from checklist.probes.base import Finding, absent, unsure
from checklist.statements import STRONG, Fit, Rank
from checklist.verdict import Tier

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading
    from checklist.fiscal import FiscalYear


def hint_of_year(reading: PeriodReading, target: FiscalYear, fit: Fit) -> Finding:
    """Only the body, the address or nothing speaks of a year."""
    if reading.ocr_years:
        seen = reading.ocr_years[0]
        detail = "ปีในเอกสารอ่านได้จากภาพสแกนเป็นเลขไทยเท่านั้น ซึ่งอ่านผิดได้ง่าย โปรดเปิดดูปีด้วยตนเอง"
        return unsure(detail, seen.quote(Tier.WEAK), reason="ocr_year")
    if named_near := near_year(reading, *STRONG, target=target, subject=True):
        return named_near
    body = [s for s in reading.statements if s.rank is Rank.BODY]
    near = [s for s in body if s.mention.period.overlaps(target.period)]
    if near:
        detail = f"พบปี {target} เฉพาะในเนื้อหา ไม่ได้อยู่ในชื่อหรือหัวข้อ โปรดดูว่าเป็นเอกสารของปี {target} หรือไม่"
        return unsure(detail, near[0].quote(Tier.WEAK))
    named = [s for s in body if s.mention.names_a_year]
    if len(named) > 1 and len({s.mention.fiscal_year for s in named}) == 1:
        return outdated(named[0], f"ปี {target}")
    outside = [
        s for s in reading.statements
        if s.rank in (Rank.FILE, Rank.LINK, Rank.TITLE, Rank.URL) and fit(s)
    ]  # fmt: skip
    if outside:
        where = WHERE[outside[0].rank]
        detail = f"พบปี {target} จาก{where}เท่านั้น ในเอกสารไม่มีปี โปรดดูว่าเป็นเอกสารของปี {target} หรือไม่"
        return unsure(detail, outside[0].quote(Tier.WEAK))
    if body:
        detail = (
            f"ไม่พบปี {target} ในเอกสาร เนื้อหาพูดถึง{said_year(body[0])} ต้องระบุให้ชัดว่าเป็นของปี {target}"
        )
        return absent(detail, body[0].quote(Tier.WEAK))
    return absent(f"ไม่พบปีในเอกสาร ต้องระบุให้ชัดว่าเป็นของปี {target}")


def near_year(
    reading: PeriodReading, *ranks: Rank, target: FiscalYear, subject: bool = False
) -> Finding | None:
    """A plan of several years, an academic year, an ITA year: near the year, no proof of it."""
    named = reading.all_naming(*ranks) if subject else reading.naming(*ranks, subject=False)
    near = [s for s in named if s.mention.period.overlaps(target.period)]
    if not near:
        return None
    detail = f"{WHERE[near[0].rank]}บอก{said_year(near[0])} โปรดดูว่าเป็นเอกสารของปี {target} หรือไม่"
    return unsure(detail, near[0].quote(Tier.WEAK))
