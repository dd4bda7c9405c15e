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
_HOST = re.compile(r"[\w.:\[\]-]+", re.ASCII)
_FOREIGN = re.compile(r"[^\x00-\x7f\u0e00-\u0e7f]")


@lru_cache(maxsize=4096)
def safe_link(url: str) -> str:
    """`url` when a reader may be sent there (http or https with a host), else nothing.

    A name or password before the host is no address but a disguise:
    `https://www.surin.go.th@evil.example/`.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    plain = url.isprintable() and not any(char.isspace() or char == "\\" for char in url)
    web = parts.scheme.lower() in ("http", "https")
    return url if plain and host and web and "@" not in parts.netloc else ""


def shown_url(url: str) -> str:
    """`url` for reading: Thai instead of percent signs, shortened when very long.

    A host in letters neither Thai nor Latin, which may pass for Latin ones, stands as `xn--…`.
    """
    try:
        readable = unquote(url, errors="strict")
    except UnicodeDecodeError:
        readable = url
    return tidy(_undisguised(readable), _URL_SHOWN)


def _undisguised(url: str) -> str:
    """`url` with its host in ASCII where that holds foreign letters."""
    head, slashes, rest = url.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not slashes or not _FOREIGN.search(host):
        return url
    try:
        plain = host.encode("idna").decode("ascii")
    except UnicodeError:
        return url
    # What becomes a slash or a question mark on the way would show a shorter host.
    return head + slashes + plain + rest[len(host) :] if _HOST.fullmatch(plain) else url


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
