"""Tables on the terminal: Thai measured as it is shown, nothing taken for markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from babel.dates import format_date
from rich import box
from rich.table import Table
from rich.text import Text

from commands.language import Lang, out, spoken
from results.speech import BANGKOK

_ERA = 543


def show_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    numbers: Sequence[int] = (),
    whole: Sequence[int] = (),
    *,
    tight: bool = False,
) -> None:
    """Print a table; the columns `numbers` (from 0) stand to the right.

    Neither those nor the columns `whole` are broken over lines. `tight` parts columns by one blank.
    """
    table = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, 0 if tight else 1, 0, 0),
        show_edge=False,
        pad_edge=False,
    )
    for position, heading in enumerate(headings):
        side = position in numbers
        table.add_column(
            heading,
            justify="right" if side else "left",
            no_wrap=side or position in whole,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
    out.print(table)


def show_line(line: str) -> None:
    """Print a line of a result as it stands."""
    out.print(line, markup=False, soft_wrap=True)


def brief_day(day: date) -> str:
    """`3 เม.ย. 2566`: a day for a narrow column."""
    locale = "th" if spoken() is Lang.TH else "en"
    return f"{day.day} {format_date(day, 'MMM', locale=locale)} {day.year + _ERA}"


def brief_moment(moment: datetime) -> str:
    """`3 เม.ย. 2566 14.05` in Thailand's time, from an aware moment."""
    local = moment.astimezone(BANGKOK)
    return f"{brief_day(local.date())} {local:%H.%M}"
