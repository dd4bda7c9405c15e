"""Why a document is no evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklist.verdict import Quote


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a document cannot be evidence: reason code, Thai detail, the passage that shows it.

    `doubtful` marks a flaw that only a person can confirm (a picture may hold the text).
    `bars_passing` marks a doubt that excuses nothing: what else is missing still fails the item.
    """

    reason: str
    detail: str
    quotes: tuple[Quote, ...] = ()
    doubtful: bool = False
    bars_passing: bool = False
