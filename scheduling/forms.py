"""How times, days and spans are written in a schedule; each reader refuses in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
"""The days of the week, Monday first as in `date.weekday()`."""

_OTHER_NAMES = (
    ("จ", "mon", "monday"), ("อ", "tue", "tuesday"), ("พ", "wed", "wednesday"),
    ("พฤ", "พฤหัส", "thu", "thursday"), ("ศ", "fri", "friday"), ("ส", "sat", "saturday"),
    ("อา", "sun", "sunday"),
)  # fmt: skip
_NUMBER_OF_DAY = {
    name: number
    for number, names in enumerate(_OTHER_NAMES)
    for name in (DAYS[number], f"วัน{DAYS[number]}", *names)
}
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(\S*)")
_SECONDS = {
    "": 1, "s": 1, "วินาที": 1, "m": 60, "min": 60, "นาที": 60, "h": 3600, "ชั่วโมง": 3600,
    "d": 86400, "วัน": 86400,
}  # fmt: skip


class UnreadableError(ValueError):
    """A value of a schedule that means nothing; `th` and `en` say why and how to write it."""

    def __init__(self, th: str, en: str) -> None:
        """Say `th` in Thai and `en` in English."""
        super().__init__(th)
        self.th = th
        self.en = en


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end` (of the next day when not later), beginning on each of `days`."""

    start: time
    end: time
    days: tuple[int, ...] = tuple(range(7))


def read_clock(value: object) -> time:
    """A time of day from `01:00` or `01.00`; raises `UnreadableError`."""
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if isinstance(value, time):
        return value
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise UnreadableError(
            f'อ่านเวลา «{value}» ไม่ได้ เขียนในเครื่องหมายคำพูดเช่น "01:00" (00:00 ถึง 23:59)',
            f'cannot read the time «{value}»; write it in quotes like "01:00" (00:00 to 23:59)',
        )
    return time(int(match[1]), int(match[2]))


def read_span(value: object) -> timedelta:
    """A length of time from seconds (`600`) or `30m`, `2h`, `1 วัน`; raises `UnreadableError`."""
    if isinstance(value, timedelta):
        return value
    match = None if isinstance(value, bool) else _SPAN.fullmatch(str(value).strip().lower())
    if not match or match[2] not in _SECONDS or len(match[1]) > 9:
        raise UnreadableError(
            f"อ่านระยะเวลา «{value}» ไม่ได้ เขียนเช่น 30m, 2h, 1d หรือ 30 นาที",
            f"cannot read the span «{value}»; write it like 30m, 2h or 1d",
        )
    return timedelta(seconds=float(match[1]) * _SECONDS[match[2]])


def read_days(value: object) -> tuple[int, ...]:
    """Days, 0 for Monday, from a name, a list or a range `จ-ศ`; raises `UnreadableError`."""
    parts = [str(part) for part in value] if isinstance(value, list | tuple) else [str(value)]
    found: set[int] = set()
    for part in parts:
        names = [name.strip().lower() for name in part.split("-")]
        numbers = [_NUMBER_OF_DAY[name] for name in names if name in _NUMBER_OF_DAY]
        if len(numbers) != len(names) or len(names) > 2:
            raise UnreadableError(
                f"อ่านวัน «{part}» ไม่ได้ เขียนเช่น จันทร์ หรือ จ-ศ",
                f"cannot read the day «{part}»; write it like mon or mon-fri",
            )
        span = (numbers[-1] - numbers[0]) % 7
        found |= {(numbers[0] + step) % 7 for step in range(span + 1)}
    return tuple(sorted(found))


def read_quiet_hours(value: object) -> QuietHours:
    """Quiet hours from `08:00-16:30` or `จ-ศ 08:00-16:30`; raises `UnreadableError`."""
    if isinstance(value, QuietHours):
        return value
    *days, hours = str(value).rsplit(maxsplit=1) or [""]
    ends = hours.split("-")
    if len(ends) != 2:
        raise UnreadableError(
            f"อ่านช่วงเวลางด «{value}» ไม่ได้ เขียนเช่น 08:00-16:30 หรือ จ-ศ 08:00-16:30",
            f"cannot read the quiet hours «{value}»; write 08:00-16:30 or mon-fri 08:00-16:30",
        )
    start, end = read_clock(ends[0]), read_clock(ends[1])
    if start == end:
        raise UnreadableError(
            f"ช่วงเวลางด «{value}» เริ่มและสิ้นสุดเวลาเดียวกัน งานจึงไม่มีเวลาทำ",
            f"the quiet hours «{value}» begin and end at the same time",
        )
    return QuietHours(start, end, read_days(days[0])) if days else QuietHours(start, end)


def read_zone(value: object) -> str:
    """The name of a time zone that exists; raises `UnreadableError`."""
    try:
        return str(ZoneInfo(str(value)))
    except (KeyError, ValueError, OSError):
        raise UnreadableError(
            f"ไม่รู้จักเขตเวลา «{value}» เขียนเช่น Asia/Bangkok",
            f"no time zone «{value}»; write it like Asia/Bangkok",
        ) from None


Clock = Annotated[time, BeforeValidator(read_clock)]
Span = Annotated[timedelta, BeforeValidator(read_span)]
Weekdays = Annotated[tuple[int, ...], BeforeValidator(read_days)]
Quiet = Annotated[QuietHours, BeforeValidator(read_quiet_hours)]
Zone = Annotated[str, BeforeValidator(read_zone)]
