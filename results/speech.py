"""The language a report is written in: Thai as the texts stand, English from the catalogue.

Sentences are written in Thai in the code and marked with `_`; the catalogue
`locale/en.po` holds the English of each (a test keeps it complete).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
CATALOGUE = Path(__file__).parent / "locale" / "en.po"
_ERA = 543


class Language(StrEnum):
    """A report's language."""

    TH = "th"
    EN = "en"


_spoken: ContextVar[Language] = ContextVar("language of the report", default=Language.TH)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Build and lay out every report in the block in `language`."""
    before = _spoken.set(Language(language))
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> Language:
    """The language of the report that is being made."""
    return _spoken.get()


def _(thai: str, /, **values: object) -> str:
    """`thai`, or its English, with `values` put into its `{name}` places.

    Without values the text is taken as it is, braces and all. A text that the catalogue does
    not hold stays Thai.
    """
    text = thai if spoken() is Language.TH else english().get(thai, thai)
    return text.format(**values) if values else text


@cache
def english() -> dict[str, str]:
    """The English of every Thai text of the catalogue."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en", abort_invalid=True)
    return {str(one.id): str(one.string) for one in catalogue if one.id and one.string}


def day_text(day: date) -> str:
    """`30 เมษายน 2566`, or `30 April 2566 B.E.` for 30 April 2023."""
    if spoken() is Language.TH:
        month = format_date(day, "MMMM", locale="th")
        return f"{day.day} {month} {day.year + _ERA}"
    return f"{format_date(day, 'd MMMM', locale='en')} {day.year + _ERA} B.E."


def moment_text(moment: datetime) -> str:
    """`30 เมษายน 2566 เวลา 14.05 น.` in Thailand's time, from an aware moment."""
    local = moment.astimezone(BANGKOK)
    said = day_text(local.date())
    if spoken() is Language.TH:
        return f"{said} เวลา {local:%H.%M} น."
    return f"{said}, {local:%H:%M} (Thailand)"
