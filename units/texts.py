"""Texts of the registry: what every file format and every database can hold, and gives back."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

MOST_LETTERS = 2000
# What XML, and so a workbook, cannot hold, and what a person cannot see.
_UNKEEPABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def kept_text(value: object) -> object:
    """A text without control characters, its lines parted by a line feed; else the value itself."""
    if not isinstance(value, str):
        return value
    return _UNKEEPABLE.sub("", _BREAKS.sub("\n", value))


def kept_line(value: object) -> object:
    """As `kept_text`, on one line."""
    kept = kept_text(value)
    return re.sub(r"[\n\t]+", " ", kept.strip()) if isinstance(kept, str) else kept


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=MOST_LETTERS),
    BeforeValidator(kept_text),
]
"""May be empty and have several lines."""
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_LETTERS),
    BeforeValidator(kept_line),
]
"""Says something, on one line."""
