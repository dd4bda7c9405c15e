"""What somebody was told, as it is remembered so that nobody is told twice. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checklist.verdict import Verdict


class Event(StrEnum):
    """What a piece of news is about."""

    WORSE = "worse"
    UNSEEN = "unseen"
    GOOD_AGAIN = "good_again"
    WAIVER_ENDED = "waiver_ended"
    WAIVER_ENDS = "waiver_ends"
    DEADLINE = "deadline"
    WEEKLY = "weekly"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a piece of news the same: it is told to a person once.

    `about` is the scan, day, decision or message that it is about.
    """

    event: Event
    about: str
    checklist: str = ""
    unit: str = ""
    item: str = ""

    def __str__(self) -> str:
        """In one word: `worse/oit-2566/surin/O12/41`."""
        parts = (self.event.value, self.checklist, self.unit, self.item, self.about)
        return "/".join(part or "-" for part in parts)


@dataclass(frozen=True, slots=True)
class Told:
    """A key that a person was told, in which digest, and how the item fell (if it did)."""

    person: str
    key: Key
    digest: str
    was: Verdict = Verdict.PASS
    became: Verdict = Verdict.FAIL

    @property
    def scan_id(self) -> int:
        """The scan that the news is about, 0 where it is about something else."""
        return int(self.key.about) if self.key.about.isdecimal() else 0


FALLS = frozenset({Event.WORSE, Event.UNSEEN})
"""Events that are over once the item stands well again."""
