"""Why a verdict is what it is: every reason code with its Thai and English sentence and remedy.

The codes are the product's vocabulary: they stand in reports, in JSON and in the database,
so a code is never renamed.
"""

from __future__ import annotations

from dataclasses import dataclass

from checklist.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code, the item verdict it leads to, its sentences, and what to do in Thai."""

    code: str
    verdict: Verdict
    th: str
    en: str
    remedy: str


REASONS: dict[str, Reason] = {}
