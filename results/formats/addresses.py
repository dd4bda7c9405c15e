"""Addresses for formats that take only ASCII: percent-encoded, the host in its DNS form. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from results.formats.page import safe_link

_PATH = "/:@!$&'()*+,;=~%"
_QUERY = _PATH + "?"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


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
