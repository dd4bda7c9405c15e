"""Documents that name no year but bear a date: announcements and news."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklist.evidence import Region
from checklist.mentions import TimeRole
from checklist.period_wording import conflict, outdated
from checklist.probes.base import Finding, present
from checklist.reading import reading_of
from checklist.statements import Rank, Statement
from checklist.verdict import Tier

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading
    from checklist.evidence import Document
    from checklist.fiscal import FiscalYear
    from checklist.statements import Fit

_TOP = 6
_SHORT = 80
_NEWS = re.compile(
    r"ข่าว|กิจกรรม|ประชาสัมพันธ์|ประกาศ|เชิญชวน|ผู้ชนะ|จัดซื้อจัดจ้าง|ปฏิทิน|อบรม|ประชุม|ประชาคม|เวที|รับฟัง"
)


def by_dates(reading: PeriodReading, target: FiscalYear, fit: Fit) -> Finding | None:
    """A dated announcement, or news with dates, when nothing names a year."""
    signed = [s for s in reading.statements if s.mention.role is TimeRole.SIGNED]
    titled = [
        s for s in reading.dating(Rank.TITLE, Rank.HEADING)
        if s.mention.role is not TimeRole.PUBLISHED
    ]  # fmt: skip
    dates = titled or signed
    if not dates and _is_news(reading):
        entries = reading.dating(Rank.LINK, Rank.BODY, Rank.ENTRY)
        dates = [s for s in entries if _dates_its_entry(s)]
    if not dates:
        return None
    fitting = [s for s in dates if s.mention.period.overlaps(target.period)]
    if not fitting:
        return outdated(dates[0], f"ปีงบประมาณ {target} ({target.period})")
    body = [s for s in reading.naming(Rank.BODY, subject=False) if fit(s) is not None]
    if body and not any(fit(s) for s in body):
        return conflict(fitting[0], body[0])
    return present(fitting[0].quote(Tier.VARIANT))


def _is_news(reading: PeriodReading) -> bool:
    document: Document = reading.document
    names = [document.title, document.trail.link_text]
    names += [p.text for p in document.passages if p.region is Region.HEADING][:6]
    names += [x.text for x in reading_of(document).evidence[:_TOP] if len(x.text) <= _SHORT]
    return any(_NEWS.search(name) for name in names)


def _dates_its_entry(statement: Statement) -> bool:
    """A date at the head or the end of a short entry, or one that a sentence starts from."""
    text, mention = statement.passage.text, statement.mention
    before = text[: mention.start]
    near = mention.start < 25 or len(text) - mention.end < 8
    in_row = statement.passage.region is Region.TABLE
    return in_row or near or before.rstrip().endswith(("เมื่อวันที่", "วันที่", "เมื่อ"))
