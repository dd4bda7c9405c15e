"""What the text of a document says of its year, against the year in its name.

A cover is soon retyped, the tables below it are not: when every period that the text itself
states lies in other years than the one its name claims, a person must look. Source: design of
the checker, section 6 (conflicts are reported); seen on real pages, a slug or heading of one
year over a body of another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklist.evidence import Region
from checklist.mentions import Precision, TimeRole
from checklist.statements import Rank, Statement

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading
    from checklist.fiscal import Period

_INNER = (Rank.TABLE, Rank.BODY)
_PARTS = (Precision.MONTH, Precision.QUARTER, Precision.RANGE)
_AS_OF = re.compile(r"(?:ณ|สิ้น)\s*(?:เดือน)?\s*$")
_HELD = re.compile(r"(?:วันที่จัด|วันที่ดำเนิน(?:การ|กิจกรรม|งาน)|วันจัด(?:งาน|กิจกรรม))\s*:?\s*$")
_ENOUGH = 2
_LONG = 100
_LONGEST = 400
_HALF_A_YEAR = 183


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
    held = [s for s in reading.statements if _is_day_held(s)]
    if held and not any(s.mention.period.overlaps(target) for s in held):
        return held[0]
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


def _is_day_held(statement: Statement) -> bool:
    """True for the day that a form of an activity gives as the day it was held."""
    mention = statement.mention
    before = statement.passage.text[max(0, mention.start - 24) : mention.start]
    return mention.precision is Precision.DAY and bool(_HELD.search(before))


def _is_fine(statement: Statement) -> bool:
    mention = statement.mention
    if mention.precision is Precision.DAY:
        return True
    before = statement.passage.text[max(0, mention.start - 12) : mention.start]
    if mention.precision is Precision.MONTH and _AS_OF.search(before):
        return False
    return mention.precision in _PARTS and mention.period.days <= _LONGEST


def other_plan_inside(reading: PeriodReading, target: Period) -> Statement | None:
    """The years of another plan, when most of a plan's text bears those and not its own.

    A plan speaks of the one before it; one that heads its tables with other years than its
    cover has been given a new cover only.
    """
    spans = [
        s for s in reading.statements
        if s.rank in (*_INNER, Rank.HEADING) and s.mention.precision is Precision.RANGE
        and s.mention.period.days > _LONGEST and s.mention.role is TimeRole.CONTENT
    ]  # fmt: skip
    other = [s for s in spans if not s.mention.period.overlaps(target)]
    heads = [
        s for s in reading.statements
        if s.rank is Rank.TABLE and s.mention.precision is Precision.YEAR
    ]  # fmt: skip
    if len(heads) >= _ENOUGH and all(s.mention.period.end < target.start for s in heads):
        return heads[0]
    own = len(spans) - len(other)
    return other[0] if len(other) >= _ENOUGH and len(other) > own else None


def signed_long_before(reading: PeriodReading, target: Period) -> Statement | None:
    """A signature more than half a year before the year that the name claims."""
    signed = [s for s in reading.statements if s.mention.role is TimeRole.SIGNED]
    early = [s for s in signed if (target.start - s.mention.period.end).days > _HALF_A_YEAR]
    return early[0] if early and len(early) == len(signed) else None
