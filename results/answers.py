"""A person's answer to the question of a `review`: what was asked, and whether it is asked still.

An answer may make an item stand or fail, so it holds more narrowly than any other decision: only
while the checker asks the very same of pages that were all read again and say the same. Pure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from checklist.verdict import ElementState, ItemVerdict, Verdict

if TYPE_CHECKING:
    from results.record import LookedAt
    from results.waivers import EvidenceMark

_LACKING = (ElementState.ABSENT, ElementState.OUTDATED)


def asked(
    reasons: Iterable[str],
    question: str,
    lacking: Iterable[str],
    grounds: Mapping[str, Any] | None = None,
) -> str:
    """The SHA-256 hex digest of what a person is asked; `lacking` are ids of required parts.

    `grounds` are the verdict's, as stored: where the judging hangs on the day, the same question
    about a later period is another one.
    """
    until = ((grounds or {}).get("basis") or {}).get("until") or ""
    said = [list(reasons), question, sorted(lacking), until]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def asked_of(verdict: ItemVerdict, grounds: Mapping[str, Any] | None = None) -> str:
    """What the verdict with its `grounds` asks; "" where it leaves no question open."""
    if verdict.verdict is not Verdict.REVIEW:
        return ""
    lacking = (one.id for one in verdict.elements if one.required and one.state in _LACKING)
    return asked(verdict.reasons, verdict.question, lacking, grounds)


def same_pages(
    then: Iterable[EvidenceMark], now: Iterable[EvidenceMark], documents: Iterable[LookedAt]
) -> bool:
    """True when every page of `then` was read and says the same, and `now` rests on no other.

    Without any page there is nothing that could be the same.
    """
    marks = tuple(then)
    read = {
        (url, document.content_sha256)
        for document in documents
        for url in (document.url, document.final_url)
        if document.content_sha256
    }
    told = {mark.content_sha256 for mark in marks}
    return (
        bool(marks)
        and all((mark.url, mark.content_sha256) in read for mark in marks)
        and all(mark.content_sha256 in told for mark in now)
    )
