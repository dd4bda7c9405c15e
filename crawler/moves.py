"""Where an answer sends its visitor: a script's redirect, a host's page before the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.hosted import direct, onward

if TYPE_CHECKING:
    from scrapy.http import Response

_SMALL_PAGE = 20_000
_SCRIPT_MOVE = re.compile(
    r"(?:window\.|document\.|top\.|self\.|parent\.)*location(?:\.href)?\s*"
    r"(?:=\s*|\.(?:replace|assign)\(\s*)[\"']([^\"'\s]{1,2000})[\"']"
)
_TAGS = re.compile(r"(?is)<(script|style|head|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>")


def next_address(asked: str, response: Response) -> str | None:
    """The address to ask next in place of `response`; `None` when it is what was wanted.

    `asked` is the address as it was given or linked.
    """
    if response.status != 200 or not _is_html(response):
        return None
    found = script_target(response) or onward(asked, response.url, response.body)
    return found or direct(response.url)


def script_target(response: Response) -> str | None:
    """Where a page that holds nothing but a script sends its visitor."""
    if len(response.body) > _SMALL_PAGE or response.status != 200 or not _is_html(response):
        return None
    text = response.body.decode("utf-8", "replace")
    found = _SCRIPT_MOVE.search(text)
    if found is None or len(_TAGS.sub("", text).strip()) > 80:
        return None
    target = urljoin(response.url, found[1].replace("\\/", "/"))
    return target if target.startswith(("http://", "https://")) else None


def _is_html(response: Response) -> bool:
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    return not kind or "html" in kind
