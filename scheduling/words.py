"""When a job runs and how a run went, in Thai and in English, as pairs."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from scheduling.deciding import Cause, Outcome
from scheduling.forms import DAYS, QuietHours

if TYPE_CHECKING:
    from scheduling.jobs import When

Pair = tuple[str, str]
_ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

OUTCOMES: dict[Outcome, Pair] = {
    Outcome.SUCCESS: ("สำเร็จ", "success"),
    Outcome.FAILED: ("ไม่สำเร็จ", "failed"),
    Outcome.TIMEOUT: ("เกินเวลาที่กำหนดจึงถูกหยุด", "stopped: ran past its timeout"),
    Outcome.INTERRUPTED: ("ถูกหยุดไว้ จะทำต่อ", "stopped, to be continued"),
    Outcome.BROKEN: ("ขาดตอน (เครื่องหรือโปรแกรมดับ)", "broken off (machine or scheduler died)"),
    Outcome.MISSED: ("ไม่ได้ทำ (เลยเวลามานาน)", "left out (too late)"),
}

CAUSES: dict[Cause, Pair] = {
    Cause.DUE: ("ตามกำหนด", "due"),
    Cause.REQUESTED: ("ตามที่สั่ง", "asked for"),
    Cause.RETRY: ("ทำใหม่", "retry"),
    Cause.CONTINUED: ("ทำต่อ", "continued"),
}


def when_words(when: When) -> Pair:
    """When a job is due: `ทุกวันจันทร์ 07.30 น.`, `every Mon 07:30`."""
    th, en = _days(when)
    at = when.daily or when.at
    return (f"{th} {_th_clock(at)}", f"{en} {at:%H:%M}") if at is not None else (th, en)


def _days(when: When) -> Pair:
    if when.weekly is not None:
        names = (DAYS[day] for day in when.weekly)
        return f"ทุกวัน{' '.join(names)}", f"every {', '.join(_ENGLISH_DAYS[d] for d in when.weekly)}"
    if when.monthly == "last":
        return "ทุกวันสิ้นเดือน", "on the last day of each month"
    if when.monthly is not None:
        return f"ทุกวันที่ {when.monthly}", f"on day {when.monthly} of each month"
    if when.before_deadline is not None:
        days = ", ".join(map(str, sorted(when.before_deadline, reverse=True)))
        return f"ก่อนปิดกรอก ITAS {days} วัน", f"{days} days before ITAS entry closes"
    if when.after is not None:
        return f"เมื่องาน {when.after} สำเร็จ", f"when {when.after} succeeded"
    if when.cron is not None:
        return f"cron {when.cron}", f"cron {when.cron}"
    return "ทุกวัน", "every day"


def quiet_words(quiet: tuple[QuietHours, ...]) -> Pair:
    """Quiet hours in words; empty without any."""
    th = ", ".join(
        f"{_day_range(q, DAYS)}{_th_clock(q.start)[:-3]}-{_th_clock(q.end)}" for q in quiet
    )
    en = ", ".join(f"{_day_range(q, _ENGLISH_DAYS)}{q.start:%H:%M}-{q.end:%H:%M}" for q in quiet)
    return th, en


def span_words(span: timedelta) -> Pair:
    """A length of time: `2 ชั่วโมง 5 นาที`, `2 h 5 min`; seconds below a minute."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} วินาที", f"{seconds} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    th = [f"{hours} ชั่วโมง"] * bool(hours) + [f"{minutes} นาที"] * bool(minutes)
    en = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
    return " ".join(th), " ".join(en)


def _th_clock(at: time | datetime) -> str:
    return f"{at:%H.%M} น."


def _day_range(quiet: QuietHours, names: tuple[str, ...]) -> str:
    if len(quiet.days) == len(names):
        return ""
    first, last = quiet.days[0], quiet.days[-1]
    if len(quiet.days) > 2 and last - first == len(quiet.days) - 1:
        return f"{names[first]}-{names[last]} "
    return " ".join(names[day] for day in quiet.days) + " "
