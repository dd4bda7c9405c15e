"""Which server answers in a host's place (`CrawlSettings.resolve`). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

STAND_INS = "CRAWL_STAND_INS"
"""The crawl's setting that holds the stand-ins by host."""


def stand_in_for(url: str, hosts: Mapping[str, str]) -> str | None:
    """Where a request for `url` is sent instead; `None` for a host without a stand-in."""
    parts = urlsplit(url)
    origin = hosts.get(parts.hostname or "")
    if origin is None:
        return None
    there = urlsplit(origin)
    return urlunsplit((there.scheme, there.netloc, parts.path or "/", parts.query, ""))
