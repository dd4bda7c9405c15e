"""Joins a part of a year to the year that stands beside it: "รอบ 6 เดือน … ปีงบประมาณ 2566"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from checklist.fiscal import FiscalYear
from checklist.mention_model import Basis, Mention, Precision, TimeRole, YearPart

_LINK_AFTER = 100
_LINK_BEFORE = 60


def link_parts(
    text: str, mentions: Sequence[Mention], parts: Sequence[YearPart]
) -> tuple[tuple[Mention, ...], tuple[YearPart, ...]]:
    """Give quarters, halves and lone months the year that stands beside them."""
    linked: list[Mention] = []
    absorbed: set[Mention] = set()
    alone: list[YearPart] = []
    years = [m for m in mentions if _may_lend_its_year(m)]
    starts = [m.start for m in years]
    for part in parts:
        at = bisect_left(starts, part.end)
        year = _year_beside(text, part, years[max(0, at - 1) : at + 1])
        if year is None:
            alone.append(replace(part, text=text[part.start : part.end]))
            continue
        absorbed.add(year)
        start, end = min(part.start, year.start), max(part.end, year.end)
        period = part.within(FiscalYear.of(year.period.end))
        linked.append(
            Mention(
                period, text[start:end], start, end, part.precision, Basis.FISCAL,
                year.thai_digits, year.role,
            )
        )  # fmt: skip
    kept = [mention for mention in mentions if mention not in absorbed]
    kept += linked
    return tuple(sorted(kept, key=lambda m: (m.start, m.end))), tuple(alone)


def _may_lend_its_year(mention: Mention) -> bool:
    return (
        mention.precision is Precision.YEAR
        and mention.basis in (Basis.FISCAL, Basis.UNSTATED)
        and mention.role in (TimeRole.CONTENT, TimeRole.SUBJECT)
    )


def _year_beside(text: str, part: YearPart, years: Sequence[Mention]) -> Mention | None:
    """The year after the part, else the year before it, when it stands near in the same cell."""
    after = [m for m in years if 0 <= m.start - part.end <= _LINK_AFTER]
    before = [m for m in years if 0 <= part.start - m.end <= _LINK_BEFORE]
    for mention in [*after[:1], *before[-1:]]:
        between = text[min(mention.end, part.end) : max(mention.start, part.start)]
        if "\t" not in between and ";" not in between:
            return mention
    return None
