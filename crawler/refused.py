"""What a unit's crawl found and did not open, and why: traps, too many of a make, budgets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from checklist.evidence import Skipped
from crawler.urls import identity, pattern, trap

if TYPE_CHECKING:
    from crawler.settings import CrawlSettings


class Refused:
    """The list of a unit's addresses that were found and not read."""

    def __init__(self, settings: CrawlSettings) -> None:
        """Start with nothing refused."""
        self._settings = settings
        self._makes: Counter[str] = Counter()
        self._skipped: dict[str, Skipped] = {}

    @property
    def all(self) -> tuple[Skipped, ...]:
        """Every address that is on the list, in the order in which it came there."""
        return tuple(self._skipped.values())

    def note(self, url: str, reason: str, detail: str) -> None:
        """Put an address on the list, unless it stands there already."""
        self._skipped.setdefault(identity(url), Skipped(url, reason, detail))

    def forget(self, place: str) -> None:
        """Take the address with this `identity` off the list: it is tried again."""
        self._skipped.pop(place, None)

    def turned_away(self, url: str) -> tuple[str, str] | None:
        """Why an address must not be followed, as a reason and its Thai; each call counts.

        Refused are traps and pages of a make that was opened too often.
        """
        if why := trap(url):
            return "trap", why
        make = pattern(url)
        self._makes[make] += 1
        if self._makes[make] > self._settings.max_pages_per_pattern:
            return "pattern_limit", "เปิดหน้าลักษณะเดียวกันครบจำนวนที่กำหนดแล้ว"
        return None


def exhausted(
    settings: CrawlSettings, *, pages: int, size: int, seconds: float
) -> tuple[str, str] | None:
    """The budget that a unit has used up, as a reason and its Thai; `size` in bytes."""
    if pages >= settings.max_pages_per_unit:
        return "budget_pages", f"ครบจำนวนหน้าที่กำหนดต่อหน่วยงาน ({settings.max_pages_per_unit} หน้า)"
    if size >= settings.max_bytes_per_unit:
        return "budget_bytes", "ครบปริมาณข้อมูลที่กำหนดต่อหน่วยงาน"
    if seconds >= settings.max_seconds_per_unit:
        return "budget_seconds", "ครบเวลาที่กำหนดต่อหน่วยงาน"
    return None
