"""What the headers of an answer tell: its facts, charset, file name, and when to ask again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes

from checklist.evidence import Fetch

if TYPE_CHECKING:
    from scrapy.http import Response

_CHARSET = re.compile(r"(?i)charset\s*=\s*[\"']?([\w.:-]+)")
_FILENAME = re.compile(r"(?i)filename\*\s*=\s*utf-8''([^;]+)|filename\s*=\s*\"?([^\";]+)")
_LONGEST_WAIT_S = 10 * 24 * 3600
_SECRET = (b"set-cookie", b"set-cookie2")
_MOST_HEADERS = 60
_LONGEST_HEADER = 2000


def fetch_of(url: str, response: Response) -> Fetch:
    """The facts of an answer to `url`, its body hashed."""
    return Fetch(
        url=url,
        final_url=response.url,
        status=response.status,
        content_type=header(response, "Content-Type"),
        sha256=sha256(response.body).hexdigest(),
        size=len(response.body),
        fetched_at=datetime.now(UTC),
        headers=headers_kept(response),
    )


def headers_kept(response: Response) -> tuple[tuple[str, str], ...]:
    """The answer's headers as text, without cookies, within what a server sends in earnest."""
    pairs = [
        (name.decode("latin-1"), value.decode("latin-1")[:_LONGEST_HEADER])
        for name, values in response.headers.items()
        for value in values
        if name.lower() not in _SECRET
    ]
    return tuple(pairs[:_MOST_HEADERS])


def header(response: Response, name: str) -> str:
    """The header's text, "" when the answer has none."""
    return (response.headers.get(name) or b"").decode("latin-1")


def charset_of(response: Response) -> str | None:
    """The charset that `Content-Type` declares."""
    return charset_in(header(response, "Content-Type"))


def charset_in(content_type: str) -> str | None:
    """The charset that a `Content-Type` declares."""
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def attachment_name(response: Response) -> str:
    """The file name that `Content-Disposition` gives, at most 300 characters."""
    raw = response.headers.get("Content-Disposition")
    found = _FILENAME.search(raw.decode("utf-8", "replace")) if raw else None
    if found is None:
        return ""
    if found[1]:
        return unquote_to_bytes(found[1].strip()).decode("utf-8", "replace")[:300]
    return unquote(found[2].strip())[:300]


def wait_asked(text: str, now: datetime) -> float | None:
    """Seconds that a `Retry-After` header asks for, from a number or a date (RFC 9110).

    `None` for a header that says neither; never negative. `now` is aware.
    """
    plain = text.strip()
    if plain.isascii() and plain.isdigit():
        return float(min(int(plain[:9]), _LONGEST_WAIT_S))
    try:
        moment = parsedate_to_datetime(plain)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), _LONGEST_WAIT_S)


def wait_left(fetch: Fetch, now: datetime) -> float | None:
    """Seconds for which an answer's refusal still asks to be left alone; `None` for other answers.

    Only 429 and 503 ask for it. `now` is aware.
    """
    if fetch.status not in (429, 503) or fetch.fetched_at is None:
        return None
    texts = [value for name, value in fetch.headers if name.lower() == "retry-after"]
    asked = wait_asked(texts[0], fetch.fetched_at) if texts else None
    if asked is None:
        return None
    # A clock that was set back must not make the pause longer.
    return min(asked, max(0.0, asked - (now - fetch.fetched_at).total_seconds()))
