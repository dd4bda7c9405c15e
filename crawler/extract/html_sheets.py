"""The style sheets that a page links and does not hold: their addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from bs4 import Tag

from crawler.extract.html_facts import attribute
from crawler.extract.html_links import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup

MOST_NAMED = 30
"""Addresses told of one page; pages put together from many parts link about twenty."""
_IMPORTED = re.compile(r"@import\s{0,9}(?:url\(\s{0,9})?[\"']?([^\"'()\s;]{1,2000})", re.IGNORECASE)
_NOT_SEEN = re.compile(r"^\s*(?:print|speech|aural|tty|braille|handheld)\b", re.IGNORECASE)


def sheets_of(soup: BeautifulSoup, base: str) -> tuple[str, ...]:
    """Absolute addresses (http or https) of the sheets for screens, each once, as they stand."""
    found = (urldefrag(absolute(base, url))[0] for url in _written(soup))
    wanted = dict.fromkeys(url for url in found if url.startswith(("http://", "https://")))
    return tuple(wanted)[:MOST_NAMED]


def imported_by(css: str, base: str) -> tuple[str, ...]:
    """Absolute addresses of the sheets that the sheet `css`, which stands at `base`, imports."""
    found = (urldefrag(absolute(base, url))[0] for url in _IMPORTED.findall(css))
    wanted = dict.fromkeys(url for url in found if url.startswith(("http://", "https://")))
    return tuple(wanted)[:MOST_NAMED]


def _written(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(["link", "style"]):
        if not isinstance(tag, Tag) or _NOT_SEEN.match(attribute(tag, "media")):
            continue
        if tag.name == "style":
            yield from _IMPORTED.findall(tag.get_text())
            continue
        kinds = attribute(tag, "rel").lower().split()
        # A sheet that a script turns on later ("alternate", "preload") is not what is seen first.
        if "stylesheet" in kinds and "alternate" not in kinds and attribute(tag, "href"):
            yield attribute(tag, "href")
