"""Numbers as a Thai government paper writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from results.papers.ita_scores import rounded
from results.speech import Language, spoken

if TYPE_CHECKING:
    from decimal import Decimal

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_NAME_OR_DIGITS = re.compile(r"[A-Za-z][A-Za-z0-9./:_-]*|[0-9]+")


def numerals(text: str) -> str:
    """`text` with Thai digits; names such as O42, i7 or an address keep theirs.

    In an English paper the text stays as it is.
    """
    if spoken() is not Language.TH:
        return text
    return _NAME_OR_DIGITS.sub(
        lambda found: found[0].translate(_THAI) if found[0][0].isdecimal() else found[0], text
    )


def score_text(score: Decimal) -> str:
    """A score with two decimals, a whole one without: `๙๔.๗๖`, `๑๐๐`."""
    shown = rounded(score)
    return numerals(f"{shown:.0f}" if shown == shown.to_integral_value() else f"{shown:.2f}")


def change_text(change: Decimal) -> str:
    """A difference with its sign and two decimals: `+๗.๗๓`, `-๑.๒๐`, `๐.๐๐`."""
    return numerals(f"{rounded(change):+.2f}" if change else "0.00")


def short_year(year: int) -> str:
    """The last two digits of a B.E. year: `๖๕`."""
    return numerals(f"{year % 100:02d}")
