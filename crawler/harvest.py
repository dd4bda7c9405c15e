"""What a crawl brings home for a unit, and the news it tells on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from checklist.evidence import Coverage, Document, Fetch, Origin, Skipped, TextSource, Trail

if TYPE_CHECKING:
    from crawler.discovery import Proposal
    from crawler.plan import UnitPlan
    from crawler.screenshots import Screenshot
    from crawler.tally import Counted

EventKind = Literal["unit_started", "page", "rendered", "second_pass", "unit_done"]


@dataclass(frozen=True)
class UnitHarvest:
    """One unit's documents by item id: given URLs first, then what was followed or discovered.

    A fetch that failed is a document too, with `fetch.problem` set. For items that were searched
    for, `proposals` are all addresses thought of, best first, and `searched` the pages of the
    main site that were read, the front page first. `tally` counts what the crawl cost,
    `screenshots` are pictures of given pages by their address. With `stands` nothing was crawled:
    every answer is as it was in the scan that the plan names, and came at these moments (UTC) by
    the address that was visited.
    """

    unit_id: str
    documents: Mapping[str, tuple[Document, ...]]
    coverage: Coverage
    proposals: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)
    searched: tuple[Document, ...] = ()
    tally: Mapping[Counted, int] = field(default_factory=dict)
    screenshots: Mapping[str, Screenshot] = field(default_factory=dict)
    stands: Mapping[str, datetime] | None = None


@dataclass(frozen=True)
class CrawlEvent:
    """A step of the crawl, for progress bars. `pages_done` counts this unit's pages so far.

    `count` steps of one kind may come as one.
    """

    unit_id: str
    kind: EventKind
    url: str = ""
    host: str = ""
    pages_done: int = 0
    count: int = 1


def unread(url: str, problem: str, detail: str, trail: Trail | None = None) -> Document:
    """A document for an address that gave nothing to judge.

    `problem` is a reason code, `detail` says in Thai what was seen.
    """
    fetch = Fetch(url=url, final_url=url, status=0, problem=problem, problem_detail=detail)
    return Document(fetch=fetch, source=TextSource.NONE, trail=trail or Trail())


def unchecked(plan: UnitPlan, detail: str) -> UnitHarvest:
    """The harvest of a unit that could not be crawled: every given URL is `not_checked`.

    For an item without one the main site is, so that nobody takes it for missing.
    """
    trail = Trail(origin=Origin.GIVEN)
    main = Trail(origin=Origin.MAIN_SITE)
    site = plan.unit.main_site
    documents = {
        target.item.id: tuple(unread(url, "not_checked", detail, trail) for url in target.urls)
        or ((unread(site, "not_checked", detail, main),) if site else ())
        for target in plan.wanted
    }
    urls = dict.fromkeys(url for target in plan.wanted for url in target.urls)
    skipped = tuple(Skipped(url, "not_checked", detail) for url in urls)
    return UnitHarvest(plan.unit.id, documents, Coverage(found=len(urls), skipped=skipped))
