"""The words in which a judgement is given: element states, item verdicts, quotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklist.evidence import Document, Passage, Region, TextSource
    from checklist.whereabouts import Placement


class ElementState(StrEnum):
    """What was found of one required element."""

    PRESENT = "present"
    ABSENT = "absent"
    OUTDATED = "outdated"
    UNSURE = "unsure"


class Verdict(StrEnum):
    """The answer for one item of one unit; `waived` and `vouched` are given by people only."""

    PASS = "pass"  # nosec B105  # a verdict
    FAIL = "fail"
    REVIEW = "review"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    VOUCHED = "vouched"
    """A person answered the question of a `review`: it is complete. Never called a pass."""


class Kind(StrEnum):
    """Is this the sort of text the item asks for, whatever its year?"""

    MATCH = "match"
    PARTIAL = "partial"
    NONE = "none"


class Tier(StrEnum):
    """How close the wording is to the checklist's: its own words, a known variant, a weak hint."""

    EXACT = "exact"
    VARIANT = "variant"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Quote:
    """The passage a verdict rests on and where it stands."""

    url: str
    final_url: str
    text: str
    region: Region
    source: TextSource
    status: int = 200
    sha256: str = ""
    fetched_at: datetime | None = None
    page: int | None = None
    heading_path: tuple[str, ...] = ()
    tier: Tier = Tier.EXACT

    @classmethod
    def of(
        cls, document: Document, passage: Passage, text: str = "", tier: Tier = Tier.EXACT
    ) -> Quote:
        """Quote `passage` of `document`; `text` narrows it to the words that decided."""
        fetch = document.fetch
        return cls(
            url=fetch.url,
            final_url=fetch.final_url,
            text=text or passage.text,
            region=passage.region,
            source=passage.source or document.source,
            status=fetch.status,
            sha256=fetch.sha256,
            fetched_at=fetch.fetched_at,
            page=passage.page,
            heading_path=passage.heading_path,
            tier=tier,
        )


@dataclass(frozen=True, slots=True)
class ElementVerdict:
    """The state of one element, the quotes behind it, and in Thai what exactly is missing."""

    id: str
    text: str
    state: ElementState
    required: bool = True
    reason: str | None = None
    detail: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Recheck:
    """A second, fresh fetch of an item whose verdict was worse than in the scan before.

    `before` is the verdict of that scan, `first` and `second` those of this scan's two fetches
    with the moments (aware) when they were read. `confirmed`: worse both times.
    """

    before: Verdict
    first: Verdict
    second: Verdict
    first_at: datetime
    second_at: datetime
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """The verdict for one item: reasons are codes of `checklist.reasons`, most upstream first.

    `urls` are the final addresses of the documents the verdict rests on; `question` is what a
    person is asked when the verdict is `review`; `placements` tell where those documents stand;
    `recheck` is set when the item was fetched twice.
    """

    item: str
    verdict: Verdict
    kind: Kind = Kind.NONE
    reasons: tuple[str, ...] = ()
    elements: tuple[ElementVerdict, ...] = ()
    urls: tuple[str, ...] = ()
    question: str = ""
    placements: tuple[Placement, ...] = ()
    recheck: Recheck | None = None
