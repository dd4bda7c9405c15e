"""How often a unit's given addresses answered while they had to be available. Pure.

A check answers when it shows the page. What the checker did not ask by its own choice, and what
a firewall kept from it alone, says nothing of what citizens could open: it is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from results.parts import Part
from results.speech import BANGKOK, _, day_text
from results.wording import skip_reason, tidy

if TYPE_CHECKING:
    from checklist.schema import Calendar

SCHEMA = "oit-availability/1"
FEWEST = 5
"""Of fewer checks no share is told: one bad night would be half of it."""
OURS = frozenset(
    {
        "not_checked",
        "blocked_by_robots",
        "bad_address",
        "inner_address",
        "social_media_only",
        "network_down",
    }
)
"""Causes by which the checker itself did not ask."""
REFUSED = frozenset({"blocked_by_waf", "rate_limited"})
"""Causes by which the site turned the checker away, whatever it shows to others."""
SHOWN = frozenset({"too_large", "extract_failed", "unsupported_type", "render_failed"})
"""Problems of reading what the site did send."""
SILENT = frozenset({"dns", "timeout", "connection"})


class Outcome(StrEnum):
    """What a check says of the site."""

    ANSWERED = "answered"
    FAILED = "failed"
    REFUSED = "refused"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Check:
    """One opening of a given address at `at` (aware); `problem` is a reason code."""

    url: str
    at: datetime
    status: int
    problem: str | None = None

    @property
    def outcome(self) -> Outcome:
        """What it says of the site."""
        if self.problem in OURS:
            return Outcome.UNASKED
        if self.problem in REFUSED:
            return Outcome.REFUSED
        shown = self.problem is None or self.problem in SHOWN
        return Outcome.ANSWERED if shown and self.status < 400 else Outcome.FAILED


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Thailand, both included."""

    first: date
    last: date

    def holds(self, moment: datetime) -> bool:
        """True for an aware moment of these days."""
        return self.first <= moment.astimezone(BANGKOK).date() <= self.last

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment, and the first one after."""
        begin = datetime(self.first.year, self.first.month, self.first.day, tzinfo=BANGKOK)
        days = (self.last - self.first).days + 1
        return begin, begin + timedelta(days=days)


class CauseCount(Part):
    """A reason code and how many checks it stopped."""

    reason: str
    th: str
    count: int


class Stretch(Part):
    """Checks in a row without an answer; `until` is the next answer (`None`: none came yet)."""

    checks: int
    since: datetime
    until: datetime | None


class AddressAvailability(Part):
    """One address: `answered` of `checks`; `percent` is `None` without checks.

    `refused` and `unasked` are no part of `checks`. `causes` are those of checks without answer.
    """

    url: str
    checks: int
    answered: int
    percent: float | None
    refused: int
    unasked: int
    longest: Stretch | None
    last_answer: datetime | None
    causes: tuple[CauseCount, ...]


class UnitAvailability(Part):
    """A unit's addresses from the day `first` to `last`; the sums count every check of each.

    `line` says the share in Thai, "" where there are too few checks; `about` what was counted.
    """

    schema_version: str = SCHEMA
    unit: str
    name: str
    first: date
    last: date
    checks: int
    answered: int
    percent: float | None
    refused: int
    unasked: int
    line: str
    about: str
    causes: tuple[CauseCount, ...]
    addresses: tuple[AddressAvailability, ...]


class AvailabilityText(Part):
    """What a unit's report says of its availability; `why` names the causes, most frequent first.

    `line`, `about`, the counts and days are those of `UnitAvailability`.
    """

    line: str
    why: str
    about: str
    first: date
    last: date
    checks: int
    answered: int
    percent: float


def availability_text(found: UnitAvailability) -> AvailabilityText | None:
    """What the unit's report says; `None` where there are too few checks."""
    if not found.line or found.percent is None:
        return None
    return AvailabilityText(
        line=found.line,
        why=causes_text(found.causes),
        about=found.about,
        first=found.first,
        last=found.last,
        checks=found.checks,
        answered=found.answered,
        percent=found.percent,
    )


def causes_text(causes: Sequence[CauseCount]) -> str:
    """`ครั้งที่ไม่ตอบ: เว็บไซต์ไม่ตอบภายในเวลาที่กำหนด 3 ครั้ง, …`, "" without any."""
    said = [_("{cause} {count:,} ครั้ง", cause=one.th, count=one.count) for one in causes]
    return _("ครั้งที่ไม่ตอบ: {causes}", causes=", ".join(said)) if said else ""


def entry_period(calendar: Calendar) -> Period:
    """The days in which a checklist is answered: ITAS's window, or those of its reports."""
    window = calendar.oit_entry or calendar.monthly
    assert window is not None, "held by the calendar's validator"
    return Period(window.start, window.end)


def availability(unit: str, name: str, period: Period, checks: Iterable[Check]) -> UnitAvailability:
    """How the unit's addresses answered in `period`; checks outside of it are left out."""
    inside = sorted((one for one in checks if period.holds(one.at)), key=lambda c: (c.url, c.at))
    found = [_address(url, tuple(of)) for url, of in groupby(inside, key=lambda one: one.url)]
    addresses = tuple(sorted(found, key=lambda one: (_share(one.percent), one.url)))
    asked = sum(one.checks for one in addresses)
    answered = sum(one.answered for one in addresses)
    counted = sum(one.checks > 0 for one in addresses)
    return UnitAvailability(
        unit=tidy(unit),
        name=tidy(name) or tidy(unit),
        first=period.first,
        last=period.last,
        checks=asked,
        answered=answered,
        percent=_percent(answered, asked),
        refused=sum(one.refused for one in addresses),
        unasked=sum(one.unasked for one in addresses),
        line=_line(answered, asked),
        about=_about(counted, period),
        causes=_causes(one for one in inside if one.outcome is Outcome.FAILED),
        addresses=addresses,
    )


def _share(percent: float | None) -> float:
    return 101.0 if percent is None else percent


def _percent(answered: int, asked: int) -> float | None:
    return 100 * answered / asked if asked else None


def _address(url: str, checks: Sequence[Check]) -> AddressAvailability:
    outcomes = Counter(one.outcome for one in checks)
    answered, failed = outcomes[Outcome.ANSWERED], outcomes[Outcome.FAILED]
    moments = [one.at for one in checks if one.outcome is Outcome.ANSWERED]
    return AddressAvailability(
        url=tidy(url),
        checks=answered + failed,
        answered=answered,
        percent=_percent(answered, answered + failed),
        refused=outcomes[Outcome.REFUSED],
        unasked=outcomes[Outcome.UNASKED],
        longest=max(_stretches(checks), key=lambda one: one.checks, default=None),
        last_answer=max(moments, default=None),
        causes=_causes(one for one in checks if one.outcome is Outcome.FAILED),
    )


def _stretches(checks: Sequence[Check]) -> Iterator[Stretch]:
    """The runs without answer, in order; what tells nothing neither makes nor breaks one."""
    telling = [one for one in checks if one.outcome in (Outcome.ANSWERED, Outcome.FAILED)]
    run: list[Check] = []
    for one in telling:
        if one.outcome is Outcome.FAILED:
            run.append(one)
        elif run:
            yield Stretch(checks=len(run), since=run[0].at, until=one.at)
            run = []
    if run:
        yield Stretch(checks=len(run), since=run[0].at, until=None)


def _causes(failed: Iterable[Check]) -> tuple[CauseCount, ...]:
    counts = Counter(one.problem or "http_error" for one in failed)
    most_first = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        CauseCount(reason=code, th=skip_reason(code), count=count) for code, count in most_first
    )


def share_text(percent: float) -> str:
    """`95.0%`; rounded down, so that 100.0% means every time."""
    return f"{int(percent * 10 + 1e-9) / 10:.1f}%"


def _line(answered: int, asked: int) -> str:
    percent = _percent(answered, asked)
    if percent is None or asked < FEWEST:
        return ""
    return _(
        "เว็บไซต์ตอบ {answered:,} จาก {asked:,} ครั้งที่ตรวจในช่วงรายงาน ({share})",
        answered=answered,
        asked=asked,
        share=share_text(percent),
    )


def _about(addresses: int, period: Period) -> str:
    return _(
        "นับ URL ที่หน่วยงานระบุและหน้าแรกของเว็บไซต์ รวม {count:,} URL การตรวจครั้งละหนึ่ง "
        "ตั้งแต่ {first} ถึง {last} นับว่าตอบเมื่อแสดงหน้าที่ขอ แม้ต้องเปิดซ้ำ "
        "เครื่องแม่ข่ายที่ไม่ตอบเลยในการตรวจครั้งใด นับว่าไม่ตอบทุก URL ของเครื่องนั้น "
        "ไม่นับครั้งที่ระบบไม่ได้เปิดเองหรือถูกระบบป้องกันของเว็บไซต์ปิดกั้น",
        count=addresses,
        first=day_text(period.first),
        last=day_text(period.last),
    )
