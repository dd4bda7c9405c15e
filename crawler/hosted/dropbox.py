"""Dropbox links that were shared with everyone."""

from __future__ import annotations

import re

from crawler.hosted.addresses import on_host, split, with_parameter

_SHARED = re.compile(r"^/(?:s|sh|scl/fi|scl/fo)/")


def direct(url: str) -> str | None:
    """The shared address with `dl=1`; Dropbox packs a folder into a ZIP file."""
    parts = split(url)
    if parts is None or not on_host(parts, "dropbox.com") or not _SHARED.match(parts.path):
        return None
    return with_parameter(parts, "dl", "1")


def is_file(url: str) -> bool:
    """True for a shared file or folder."""
    return direct(url) is not None
