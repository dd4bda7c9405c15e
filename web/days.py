"""Days as people type them: `30/4/2566` or `2566-04-30`, C.E. too, Thai digits too."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from checklist.thai import to_arabic_digits
from results.speech import BANGKOK
from web.faults import BadInput

_ERA = 543
_FIRST_BE = 2400
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read_day(text: str) -> date | None:
    """The day that was typed, `None` for nothing; raises `BadInput` for what is no day."""
    plain = to_arabic_digits(text).strip()
    if not plain:
        return None
    first, turned = _YEAR_FIRST.fullmatch(plain), _DAY_FIRST.fullmatch(plain)
    parts = first.groups() if first else turned.groups()[::-1] if turned else ()
    try:
        year, month, day = map(int, parts)
        return date(year - _ERA if year > _FIRST_BE else year, month, day)
    except ValueError:
        raise BadInput(f"อ่านวันที่ «{text[:20]}» ไม่ได้ เขียนเช่น 30/4/2566 หรือ 2566-04-30") from None


def beginning(day: date) -> datetime:
    """The first moment of the day in Thailand."""
    return datetime.combine(day, time(), BANGKOK)
