"""Texts that a spreadsheet program would run instead of showing; where they are told from others.

Pure. Every file that a spreadsheet opens asks here: reports, registries, proposals, the log.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(
    # Blanks and invisible marks before the sign do not keep every program from seeing it.
    "[\\s'\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+@\uff1d\uff0b\uff0d\uff20-]|[\t\r\n]"
)


def runs(text: str) -> bool:
    """True when a spreadsheet program might take `text` for a formula, a command or a DDE call."""
    return _FORMULA.match(text) is not None


def defused(text: str) -> str:
    """`text` as a CSV cell that is shown and never run: with an apostrophe before it."""
    return f"'{text}" if runs(text) else text


def restored(text: str) -> str:
    """What `defused` was given, from what it gave; any other text as it is."""
    return text[1:] if text.startswith("'") and runs(text[1:]) else text
