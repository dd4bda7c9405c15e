"""Days as people type them: `30/4/2566` or `2566-04-30`, C.E. too, Thai digits too."""

from __future__ import annotations

from datetime import date, datetime, time

from checklist.fiscal import day_in
from results.speech import BANGKOK
from web.faults import BadInput


def read_day(text: str) -> date | None:
    """The day that was typed, `None` for nothing; raises `BadInput` for what is no day."""
    if not text.strip():
        return None
    try:
        return day_in(text)
    except ValueError:
        raise BadInput(f"อ่านวันที่ «{text[:20]}» ไม่ได้ เขียนเช่น 30/4/2566 หรือ 2566-04-30") from None


def beginning(day: date) -> datetime:
    """The first moment of the day in Thailand."""
    return datetime.combine(day, time(), BANGKOK)
