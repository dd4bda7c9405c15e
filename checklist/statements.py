"""A statement of time that a document makes about itself, and where it stands.

Title and headings outrank table captions, these the link that led there, then the file name,
the body, the address. The majority of years in a body is often wrong; the cover decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from checklist.lines import excerpt
from checklist.verdict import Quote, Tier

if TYPE_CHECKING:
    from checklist.evidence import Document, Passage
    from checklist.mentions import Mention, YearPart


class Rank(IntEnum):
    """Where a statement stands; a lower rank outweighs a higher one.

    `ENTRY`: the date before a linked title in a list of news; it only dates that entry.
    """

    TITLE = 1
    HEADING = 2
    TABLE = 3
    LINK = 4
    FILE = 5
    BODY = 6
    URL = 7
    ENTRY = 8


STRONG = (Rank.TITLE, Rank.HEADING, Rank.TABLE, Rank.LINK, Rank.FILE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A mention and the passage that makes it. `as_of` marks "ข้อมูล ณ วันที่ …"."""

    rank: Rank
    mention: Mention
    document: Document
    passage: Passage
    as_of: bool = False

    def quote(self, tier: Tier = Tier.EXACT) -> Quote:
        """The passage, shortened around the statement."""
        text = excerpt(self.passage.text, self.mention.text)
        return Quote.of(self.document, self.passage, text, tier)


@dataclass(frozen=True, slots=True)
class PartStatement:
    """A part of a year named without the year, and the passage that names it."""

    rank: Rank
    part: YearPart
    document: Document
    passage: Passage

    def quote(self, tier: Tier = Tier.EXACT) -> Quote:
        """The passage, shortened around the statement."""
        return Quote.of(
            self.document, self.passage, excerpt(self.passage.text, self.part.text), tier
        )


Fit = Callable[[Statement], "bool | None"]
"""Does a statement fit a rule: yes, no, or None for neither (it proves nothing)."""
