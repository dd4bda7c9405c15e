"""Addresses in a report: where a reader may be sent, and how an address is shown. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from results.wording import tidy

_PATH = "/:@!$&'()*+,;=~%"
_QUERY = _PATH + "?"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_URL_SHOWN = 140


@lru_cache(maxsize=4096)
def safe_link(url: str) -> str:
    """`url` when a reader may be sent there (http or https with a host), else nothing."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    plain = not any(char.isspace() or ord(char) < 0x20 or char == "\\" for char in url)
    return url if plain and host and parts.scheme.lower() in ("http", "https") else ""


def shown_url(url: str) -> str:
    """`url` for reading: Thai instead of percent signs, shortened when very long."""
    try:
        readable = unquote(url, errors="strict")
    except UnicodeDecodeError:
        readable = url
    return tidy(readable, _URL_SHOWN)


@lru_cache(maxsize=4096)
def ascii_address(url: str) -> str:
    """`url` as a valid URI of ASCII letters, "" when a reader must not be sent there.

    `https://www.ภูสวน.ไทย/แผน 1` becomes `https://www.xn--….xn--…/%E0%B9%81…`; what is encoded
    already stays as it is.
    """
    if not safe_link(url):
        return ""
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return ""
    place = f"[{host}]" if ":" in host else quote(host, safe="-._~")
    return urlunsplit(
        (
            parts.scheme.lower(),
            place + port,
            _encoded(parts.path, _PATH),
            _encoded(parts.query, _QUERY),
            _encoded(parts.fragment, _QUERY),
        )
    )


def _encoded(text: str, kept: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=kept, errors="replace")
