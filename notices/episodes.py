"""From the scans of an item to what stands worse now, and since which scan. Pure.

A second fetch speaks once of a change, yet what cannot be checked is fetched twice every night:
an episode begins with the scan that confirmed it and ends when the item stands well again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.verdict import Recheck, Verdict

if TYPE_CHECKING:
    from notices.told import Told

_STANDING = {Verdict.FAIL: 0, Verdict.ERROR: 1, Verdict.REVIEW: 2, Verdict.PASS: 3}


@dataclass(frozen=True, slots=True)
class Seen:
    """An item's verdict in a scan; `recheck` when it was fetched twice there."""

    scan_id: int
    verdict: Verdict
    recheck: Recheck | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """An item that stands worse since `scan_id`: it `was` so and `became` so.

    `unseen`: it could not be checked, which says nothing of what is there.
    `known`: somebody was told of it before the scans that were looked at.
    """

    scan_id: int
    was: Verdict
    became: Verdict
    known: bool = False

    @property
    def unseen(self) -> bool:
        """True when nobody could see how the item stands."""
        return self.became is Verdict.ERROR


def good_again(was: Verdict, became: Verdict, now: Verdict) -> bool:
    """True when an item that fell from `was` to `became` stands well `now`.

    One that lost a part under the same verdict is well only when it passes.
    """
    if now is Verdict.PASS:
        return True
    if now not in _STANDING or now is Verdict.ERROR:
        return False
    return _STANDING[now] >= _STANDING[was] > _STANDING[became]


def episode_of(seen: Iterable[Seen], before: Told | None = None) -> Episode | None:
    """What stands worse after the scans `seen` (oldest first); `None`: nothing confirmed does.

    `before` is what was told of the item and not ended when the first of these scans began.
    """
    current: Episode | None = None
    if before is not None:
        current = Episode(before.scan_id, before.was, before.became, known=True)
    for one in seen:
        if current is not None and good_again(current.was, current.became, one.verdict):
            current = None
        recheck = one.recheck
        if recheck is None or not recheck.confirmed or one.verdict not in _STANDING:
            continue
        became = Episode(one.scan_id, recheck.before, one.verdict)
        if current is None or (current.unseen and not became.unseen):
            current = became
    return current
