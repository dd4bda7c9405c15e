"""One POST to an operator's address: bounded in time and size, redirects never followed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

TIMEOUT_S = 30.0
_MOST_BYTES = 64 * 1024
_LONGEST_AFTER = timedelta(days=31)


class PostError(OSError):
    """No answer came; the text says why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer; `after` is its Retry-After."""

    status: int
    body: str
    after: timedelta | None


def post(
    url: str, content: bytes, headers: Mapping[str, str], timeout_s: float = TIMEOUT_S
) -> Reply:
    """Post `content`; the whole answer must come within `timeout_s`. Raises `PostError`."""
    until = time.monotonic() + timeout_s
    try:
        with (
            httpx.Client(timeout=timeout_s, follow_redirects=False) as client,
            client.stream("POST", url, content=content, headers=dict(headers)) as answer,
        ):
            body = b""
            for part in answer.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES or time.monotonic() > until:
                    break
            after = retry_after(answer.headers.get("Retry-After", ""), datetime.now(UTC))
            return Reply(answer.status_code, body.decode("utf-8", "replace")[:2000], after)
    except httpx.TimeoutException:
        raise PostError(f"ไม่ตอบภายใน {timeout_s:g} วินาที") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise PostError(str(error) or type(error).__name__) from None


def retry_after(value: str, now: datetime) -> timedelta | None:
    """How long a Retry-After header asks to wait, at most a month; `None`: it asks nothing."""
    text = value.strip()
    if text.isdecimal():
        return min(timedelta(seconds=int(text[:9])), _LONGEST_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), _LONGEST_AFTER)
