"""Numbers as a Thai government paper writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from results.papers.ita_scores import rounded
from results.speech import Language, spoken

if TYPE_CHECKING:
    from decimal import Decimal

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_WORD = re.compile(r"\(?HTTP \d+(?: หรือ \d+)*\S*|\S+")
_LATIN = re.compile(r"[A-Za-z]")


def thai_digits(text: str) -> str:
    """`text` with Thai digits: `มท ๐๒๒๖.๒/ว ๑๒๓`.

    Addresses, item numbers (O12), HTTP codes and all other words with Latin letters keep theirs.
    """

    def said(word: re.Match[str]) -> str:
        return word[0] if _LATIN.search(word[0]) else word[0].translate(_THAI)

    return _WORD.sub(said, text)


def numerals(text: str) -> str:
    """`text` with `thai_digits` in a Thai paper, as it is in an English one."""
    return thai_digits(text) if spoken() is Language.TH else text


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
