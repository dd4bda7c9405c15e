"""What a crawl is asked to do: units, their items, and the addresses given for each item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklist.profile import UnitProfile
    from checklist.schema import Item


@dataclass(frozen=True)
class ItemTarget:
    """One item of a unit and the URLs the unit gives for it (none: search the main site)."""

    item: Item
    urls: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitPlan:
    """One unit's part of a sweep.

    `unit.main_site` may be empty. `fiscal_year` is the checklist's year (B.E.), by which links
    are preferred; without it links are ranked by wording alone. With `search_only` addresses are
    proposed and opened, but what their pages link to is not followed. With `only` nothing but
    these items is fetched; the others still tell which links are not theirs. `digest` tells plans
    apart by all that decides what a crawl brings home besides the network; without one no trace
    is kept. `since` is the scan whose result stands where every answer is as it was then, 0 where
    the unit is crawled whatever comes.
    """

    unit: UnitProfile
    targets: tuple[ItemTarget, ...]
    fiscal_year: int | None = None
    search_only: bool = False
    only: frozenset[str] = frozenset()
    digest: str = ""
    since: int = 0

    @property
    def wanted(self) -> tuple[ItemTarget, ...]:
        """The targets to fetch."""
        return tuple(t for t in self.targets if not self.only or t.item.id in self.only)
