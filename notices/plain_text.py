"""Text from anywhere, made fit for a message: one line, nothing invisible in it."""

from __future__ import annotations

import unicodedata

from results.wording import tidy


def one_line(text: str, limit: int = 0) -> str:
    """`text` on one line without control, direction or invisible marks, cut at `limit` letters."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return tidy(seen, limit)
