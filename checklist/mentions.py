"""Every statement of time in a text: dates, months, quarters, halves, years and their ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from checklist import mention_grammar as grammar
from checklist.fiscal import FiscalYear, Period
from checklist.mention_links import link_parts
from checklist.mention_model import Basis, Mention, Precision, TimeRole, YearPart
from checklist.mention_roles import WINDOW, role_of

__all__ = ["Basis", "Mention", "Precision", "TimeRole", "YearPart", "find_mentions", "find_parts"]

_LONGEST_PLAN = 10
_EARLIEST, _LATEST = 2540, 2580
"""A bare number outside these years is taken for a number."""
_THAI_DIGIT = re.compile("[๐-๙]")


@dataclass(frozen=True, slots=True)
class _Raw:
    period: Period
    start: int
    end: int
    precision: Precision
    basis: Basis = Basis.UNSTATED


@lru_cache(maxsize=8192)
def _scan(text: str) -> tuple[tuple[Mention, ...], tuple[YearPart, ...]]:
    folded = grammar.fold(text)
    taken = _Taken(len(folded))
    for start, end in grammar.addresses(folded):
        taken.add(start, end)
    raws: list[_Raw] = []
    parts: list[YearPart] = []
    for source in (_numeric, _dated, _quarters, _halves, _years):
        for found in source(folded, taken):
            taken.add(found.start, found.end)
            if isinstance(found, YearPart):
                parts.append(found)
            else:
                raws.append(found)
    raws.sort(key=lambda raw: raw.start)
    mentions = _with_roles(text, folded, raws)
    return link_parts(text, mentions, parts)


def find_mentions(text: str) -> list[Mention]:
    """The statements of time in `text`, in order, each with its period and role.

    Give normalised text (`checklist.thai.normalise`). Numbers that merely look like years are
    returned with a role that says so, or left out.
    """
    return list(_scan(text)[0])


def find_parts(text: str) -> list[YearPart]:
    """Parts of a year named without any year, in order: "เดือนตุลาคม", "ไตรมาสที่ 2"."""
    return list(_scan(text)[1])


class _Taken:
    """The characters that some statement already holds."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def add(self, start: int, end: int) -> None:
        self._marks[start:end] = b"\1" * (end - start)

    def free(self, start: int, end: int) -> bool:
        return self._marks.find(1, start, end) < 0


def _numeric(folded: str, taken: _Taken) -> Iterator[_Raw]:
    if not any(sign in folded for sign in "/.-"):
        return
    days = [
        _Raw(period, *found.span(), Precision.DAY)
        for found in grammar.NUMERIC.finditer(folded)
        if taken.free(*found.span()) and (period := grammar.numeric_period(found))
    ]
    skip = False
    for index, day in enumerate(days):
        if skip:
            skip = False
            continue
        after = days[index + 1] if index + 1 < len(days) else None
        if (
            after
            and grammar.JOINED.fullmatch(folded, day.end, after.start)
            and day.period.start <= after.period.end
        ):
            skip = True
            span = Period(day.period.start, after.period.end)
            yield _Raw(span, day.start, after.end, Precision.RANGE)
        else:
            yield day


def _dated(folded: str, taken: _Taken) -> Iterator[_Raw | YearPart]:
    found = [m for m in grammar.DATED.finditer(folded) if taken.free(*m.span())]
    years = _years_of_dates(folded, found)
    index = 0
    while index < len(found):
        first, year = found[index], years[index]
        last = found[index + 1] if index + 1 < len(found) else None
        if last and grammar.JOINED.fullmatch(folded, first.end(), last.start()):
            joined = _join_dates(first, last, year, years[index + 1])
            if joined:
                yield joined
                index += 2
                continue
        yield from _single_date(folded, first, year)
        index += 1


def _years_of_dates(folded: str, found: list[re.Match[str]]) -> list[int | None]:
    """Years of dates; one without takes that of the date it is joined or listed with."""
    years = [grammar.dated_year(date_) for date_ in found]
    for index in range(len(found) - 2, -1, -1):
        after = years[index + 1]
        if years[index] is not None or after is None:
            continue
        gap = (found[index].end(), found[index + 1].start())
        if grammar.JOINED.fullmatch(folded, *gap) or grammar.LISTED.fullmatch(folded, *gap):
            later = grammar.dated_month(found[index]) > grammar.dated_month(found[index + 1])
            years[index] = after - 1 if later else after
    return years


def _join_dates(
    first: re.Match[str], last: re.Match[str], year: int | None, last_year: int | None
) -> _Raw | YearPart | None:
    if year is None or last_year is None:
        months = _month_run(grammar.dated_month(first), grammar.dated_month(last))
        if year is None and last_year is None and months and not (first["day"] or last["day"]):
            return YearPart(months, "", first.start(), last.end(), Precision.RANGE)
        return None
    start = grammar.dated_period(first, year).start
    end = grammar.dated_period(last, last_year).end
    if start > end:
        return None
    return _Raw(Period(start, end), first.start(), last.end(), Precision.RANGE)


def _month_run(first: int, last: int) -> tuple[int, ...]:
    order = [FiscalYear(2566).months[i].month for i in range(12)]
    one, two = order.index(first), order.index(last)
    return tuple(order[one : two + 1])


def _single_date(folded: str, found: re.Match[str], year: int | None) -> Iterator[_Raw | YearPart]:
    has_day = bool(found["day"] or found["day_en"] or found["day_us"])
    if year is None:
        if not has_day:
            yield YearPart((grammar.dated_month(found),), "", *found.span(), Precision.MONTH)
        return
    period = grammar.dated_period(found, year)
    precision = Precision.DAY if has_day else Precision.MONTH
    if found["from"]:
        precision = Precision.RANGE
    tail = grammar.SINCE_TAIL.match(folded, found.end())
    if tail:
        yield _Raw(Period(period.start, date.max), found.start(), tail.end(), Precision.SINCE)
        return
    yield _Raw(period, *found.span(), precision)


def _quarters(folded: str, taken: _Taken) -> Iterator[_Raw | YearPart]:
    for found in grammar.QUARTER.finditer(folded):
        if not taken.free(*found.span()):
            continue
        part = YearPart(grammar.quarter_months(found), "", *found.span(), Precision.QUARTER)
        if found["year"]:
            period = part.within(FiscalYear(grammar.year_be(found["year"])))
            yield _Raw(period, *found.span(), Precision.QUARTER, Basis.FISCAL)
        else:
            yield part


def _halves(folded: str, taken: _Taken) -> Iterator[YearPart]:
    for found in grammar.PART.finditer(folded):
        months = grammar.part_months(found)
        if months and taken.free(*found.span()):
            yield YearPart(months, "", *found.span(), Precision.HALF)


def _years(folded: str, taken: _Taken) -> Iterator[_Raw]:
    position = 0
    while found := grammar.YEAR.search(folded, position):
        position = found.end()
        if not taken.free(*found.span()):
            continue
        raw = _year(folded, found)
        if raw and taken.free(found.start(), raw.end):
            position = raw.end
            yield raw


def _year(folded: str, found: re.Match[str]) -> _Raw | None:
    head = max(0, found.start() - 60)
    cue = grammar.YEAR_CUE.search(folded[head : found.start()])
    cued = bool(cue and cue[0].strip(" (_'’\n\t"))
    digits = found["year"]
    if len(digits) == 2 and not cued:
        return None
    start = head + _start_of_cue(cue) if cue and cued else found.start()
    basis = _basis(cue)
    year = grammar.year_be(digits)
    tail = grammar.YEAR_TAIL.match(folded, found.end())
    if tail and tail["last"]:
        last = grammar.year_be(tail["last"])
        if year < last <= year + 25:
            period = grammar.year_period(year, last, basis.value)
            return _Raw(period, start, tail.end(), Precision.RANGE, basis)
    elif tail:
        opened = Period(grammar.year_period(year, year, basis.value).start, date.max)
        return _Raw(opened, start, tail.end(), Precision.SINCE, basis)
    period = grammar.year_period(year, year, basis.value)
    return _Raw(period, start, found.end(), Precision.YEAR, basis)


def _start_of_cue(cue: re.Match[str]) -> int:
    """Where the statement begins: at ปี or พ.ศ., not at the plan's name or an open bracket."""
    plain = cue["plain"] or ""
    bracket = "(" in cue[0]
    if not bracket and (not plain or plain.startswith(("ปี", "ประจำ"))):
        return cue.start() + len(cue[0]) - len(cue[0].lstrip(" \n_("))
    if not bracket and plain.endswith("ปี"):
        return cue.end("plain") - len("ปี")
    return cue.start("era") if cue["era"] else cue.end()


def _basis(cue: re.Match[str] | None) -> Basis:
    if cue is None:
        return Basis.UNSTATED
    for basis in (Basis.FISCAL, Basis.ACADEMIC, Basis.CALENDAR):
        if cue[basis.value]:
            return basis
    return Basis.UNSTATED


def _with_roles(text: str, folded: str, raws: list[_Raw]) -> list[Mention]:
    mentions = []
    previous = 0
    for raw in raws:
        said = folded[raw.start : raw.end]
        before = folded[max(previous, raw.start - WINDOW) : raw.start]
        role = role_of(before, said, folded[raw.end : raw.end + 40], raw.precision)
        if raw.precision is Precision.RANGE and raw.period.days > 366 * _LONGEST_PLAN:
            role = TimeRole.NATIONAL_PLAN
        if said.isdigit() and not _EARLIEST <= FiscalYear.of(raw.period.end).year <= _LATEST:
            role = TimeRole.NUMBER
        own = text[raw.start : raw.end]
        mentions.append(
            Mention(
                raw.period, own, raw.start, raw.end, raw.precision, raw.basis,
                bool(_THAI_DIGIT.search(own)), role,
            )
        )  # fmt: skip
        previous = raw.end
    return mentions
