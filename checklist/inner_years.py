"""What the text of a document says of its year, against the year in its name.

A cover is soon retyped, the tables below it are not: when every period that the text itself
states lies in other years than the one its name claims, a person must look. Source: design of
the checker, section 6 (conflicts are reported); seen on real pages, a slug or heading of one
year over a body of another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklist.document_period import PeriodReading, Rank, Statement
from checklist.evidence import Region
from checklist.mentions import Precision, TimeRole

if TYPE_CHECKING:
    from checklist.fiscal import Period

_INNER = (Rank.TABLE, Rank.BODY)
_PARTS = (Precision.MONTH, Precision.QUARTER, Precision.RANGE)
_AS_OF = re.compile(r"(?:ณ|สิ้น)\s*(?:เดือน)?\s*$")
_ENOUGH = 2
_LONG = 100
_LONGEST = 400


def other_years_inside(reading: PeriodReading, target: Period) -> Statement | None:
    """A statement of the text when all that it states lies in one other year; else None.

    Months, quarters and stretches of days tell what a text covers, also the days in the rows of
    a table and "ข้อมูล ณ วันที่"; where there are none, the years that it names. A year beside
    them is a label, retyped with the cover. Lists of several years compare, dates of signatures,
    meetings and posting say nothing about the content, and measures that rest on an assessment
    speak of the year after it.
    """
    if any(s.mention.role is TimeRole.SUBJECT for s in reading.statements):
        return None
    inner = [s for s in reading.statements if s.rank in _INNER and _speaks_of_content(s)]
    fine = [s for s in inner if _is_fine(s)]
    inner = fine or [s for s in inner if s.mention.precision is Precision.YEAR]
    if any(s.mention.period.overlaps(target) and not s.as_of for s in inner):
        return None
    other = [s for s in inner if not s.mention.period.overlaps(target)]
    years = {s.mention.fiscal_year for s in other}
    places = {id(s.passage) for s in other} | {s.mention.period for s in other}
    whole = any(s.mention.period.days >= _LONG for s in fine)
    return other[0] if len(years) == 1 and (whole or len(places) > _ENOUGH) else None


def _speaks_of_content(statement: Statement) -> bool:
    mention = statement.mention
    if mention.role is not TimeRole.CONTENT or mention.period.open_ended:
        return False
    if mention.precision is Precision.DAY:
        return statement.as_of or statement.passage.region is Region.TABLE
    return True


def _is_fine(statement: Statement) -> bool:
    mention = statement.mention
    if mention.precision is Precision.DAY:
        return True
    before = statement.passage.text[max(0, mention.start - 12) : mention.start]
    in_parts = mention.precision in _PARTS and mention.period.days <= _LONGEST
    return in_parts and not _AS_OF.search(before)
