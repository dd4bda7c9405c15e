"""Conditional requests as RFC 9110 has them: a file's validators, and when 304 is the answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message


def validators(body: bytes, modified_s: float, kind: str) -> dict[str, str]:
    """The headers that tell a file's state: `both`, its `date` alone, or `none`.

    `modified_s` are seconds since the epoch.
    """
    if kind == "none":
        return {}
    stamp = datetime.fromtimestamp(int(modified_s), UTC)
    told = {"Last-Modified": format_datetime(stamp, usegmt=True)}
    if kind == "both":
        told["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    return told


def unchanged(asked: Mapping[str, str] | Message, told: Mapping[str, str]) -> bool:
    """True when a GET or HEAD with the headers `asked` is answered by 304 for a file's validators.

    If-None-Match goes before If-Modified-Since, which then is not looked at; a date that cannot
    be read counts for nothing, and so does every condition where no validator is told.
    """
    tags = asked.get("If-None-Match")
    if not told:
        return False
    if tags is not None:
        return tags.strip() == "*" or told.get("ETag", "") in map(_weakly, tags.split(","))
    since = _moment(asked.get("If-Modified-Since", ""))
    modified = _moment(told["Last-Modified"])
    return since is not None and modified is not None and modified <= since


def _weakly(tag: str) -> str:
    """A tag as the weak comparison of If-None-Match sees it."""
    return tag.strip().removeprefix("W/")


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
