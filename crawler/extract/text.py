"""Whitespace, file names and titles: the small text rules that every reader shares."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes, urlsplit

from checklist.thai_repair import as_seen
from crawler.extract.charset import decode

# NULs and halves of surrogate pairs cannot be stored.
_SPACE = re.compile(r"[\s\x00\u00a0\ud800-\udfff]+")
_MOST_DIGITS = 9
_WORD = re.compile(r"[^\W_]")


def collapse(text: str) -> str:
    """`text` as it is seen, with every run of whitespace (also no-break) as one space."""
    return _SPACE.sub(" ", as_seen(text)).strip()


def number_of(text: str) -> int | None:
    """The number that up to nine ASCII digits write; `None` for another text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def has_words(text: str) -> bool:
    """True when `text` holds at least one letter or digit."""
    return _WORD.search(text) is not None


def clip(text: str, limit: int) -> str:
    """The first `limit` characters of `text`."""
    return text if len(text) <= limit else text[:limit].rstrip()


def file_name_of(url: str) -> str:
    """The decoded last part of a URL or path, "" when it ends in a slash.

    Percent-escapes are read as UTF-8 or, on older sites, as TIS-620.
    """
    path = urlsplit(url).path if "://" in url else url
    last = PurePosixPath(path.replace("\\", "/")).name if not path.endswith("/") else ""
    if "%" not in last:
        return last
    return decode(unquote_to_bytes(last))[0]
