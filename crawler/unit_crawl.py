"""One unit's crawl: given URLs first, then what they link to, then a search for what has none."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from checklist.evidence import Document, Origin, TextSource, Trail
from checklist.probes.social import SocialProbe
from checklist.schema import EvidenceShape, Item
from crawler.discovery import Proposal, propose
from crawler.follow import Candidate, candidates, needs_series
from crawler.harvest import UnitHarvest
from crawler.main_site import MainSite, SiteWalk
from crawler.problems import RETRIED
from crawler.urls import identity, is_social, looks_like_file, same_site

if TYPE_CHECKING:
    from crawler.plan import ItemTarget, UnitPlan
    from crawler.settings import CrawlSettings
    from crawler.visits import Visits

SHARED_BY = 3
FOLLOWED_PAGES = 6
PAGE_ITEM_LINKS = 5
PROPOSED_PAGES = 4
NEAR_BEST = 0.15
RATE_LIMIT_PAUSE_S = 20.0


@dataclass(frozen=True)
class _Found:
    """A document and the root address (given or discovered) whose place it shares."""

    document: Document
    root: str


class UnitCrawl:
    """Crawls one unit's plan through its `Visits`."""

    def __init__(self, plan: UnitPlan, settings: CrawlSettings, visits: Visits) -> None:
        """Prepare; `run` does the work."""
        self._plan = plan
        self._settings = settings
        self._visits = visits
        self._items = tuple(target.item for target in plan.targets)
        main = plan.unit.main_site.strip()
        self._walk = SiteWalk(main, visits, settings, plan.fiscal_year) if main else None
        uses = Counter(identity(url) for target in plan.targets for url in set(target.urls))
        self._shared = {place for place, count in uses.items() if count >= SHARED_BY}

    async def run(self) -> UnitHarvest:
        """Both passes; the harvest holds only final failures."""
        self._visits.announce("unit_started")
        found = await self._pass(self._plan.targets)
        again = [t for t in self._plan.targets if _failed_in_passing(found[t.item.id])]
        if again and self._visits.begin_second_pass():
            await self._pause_for_rate_limits(found)
            if self._walk is not None:
                self._walk.forget()
            found.update(await self._pass(again))
        documents = {
            target.item.id: tuple([await self._placed(x) for x in found[target.item.id]])
            for target in self._plan.targets
        }
        self._visits.announce("unit_done")
        return UnitHarvest(self._plan.unit.id, documents, self._visits.coverage())

    async def _pass(self, targets: Sequence[ItemTarget]) -> dict[str, list[_Found]]:
        given = [target for target in targets if target.urls]
        # Every given page before any followed link: budgets must not starve what ITAS holds.
        await asyncio.gather(*(self._given(target) for target in given))
        collected = await asyncio.gather(*(self._collect(target) for target in given))
        found = {t.item.id: documents for t, documents in zip(given, collected, strict=True)}
        missing = [target.item for target in targets if not target.urls]
        found.update(await self._discover(missing))
        return found

    async def _given(self, target: ItemTarget) -> list[Document]:
        social = _wants_social(target)
        trail = Trail(Origin.GIVEN)
        urls = dict.fromkeys(target.urls)
        opened = (self._visits.open(url, trail, social=social) for url in urls)
        return list(await asyncio.gather(*opened))

    async def _collect(self, target: ItemTarget) -> list[_Found]:
        given = await self._given(target)
        found = [_Found(document, document.fetch.url) for document in given]
        found.extend(await self._follow(found, target.item))
        if self._walk is not None and any(map(is_social, target.urls)) and _wants_social(target):
            # Networks turn crawlers away; the main site's own link proves the account.
            front = (await self._walk.indexes()).front
            found.append(_Found(front, front.fetch.url))
        return found

    async def _follow(self, roots: Sequence[_Found], item: Item) -> list[_Found]:
        """Documents linked from the roots, and from the pages those link to."""
        cap = self._cap(item)
        seen = {identity(root.document.fetch.url) for root in roots}
        found: list[_Found] = []
        frontier = list(roots)
        for depth in (0, 1):
            chosen = self._choose(frontier, item, seen, cap - len(found), files_only=depth > 0)
            opened = await asyncio.gather(*(self._open(c, root) for c, root in chosen))
            found.extend(opened)
            frontier = [x for x in opened if _is_page(x.document)]
        return found

    def _cap(self, item: Item) -> int:
        if item.evidence is EvidenceShape.PAGE:
            return PAGE_ITEM_LINKS
        if needs_series(item):
            return self._settings.max_series_documents
        return self._settings.max_documents_per_item

    def _choose(
        self, pages: Sequence[_Found], item: Item, seen: set[str], room: int, *, files_only: bool
    ) -> list[tuple[Candidate, str]]:
        ranked: list[tuple[Candidate, str]] = []
        for page in pages:
            if not _is_page(page.document):
                continue
            shared = not files_only and identity(page.document.fetch.url) in self._shared
            found = candidates(
                page.document, item, self._items, self._plan.fiscal_year,
                shared=shared, files_only=files_only,
            )  # fmt: skip
            ranked.extend((candidate, page.root) for candidate in found)
        ranked.sort(key=lambda pair: -pair[0].score)
        return self._within_caps(ranked, item, seen, room)

    def _within_caps(
        self, ranked: Sequence[tuple[Candidate, str]], item: Item, seen: set[str], room: int
    ) -> list[tuple[Candidate, str]]:
        chosen: list[tuple[Candidate, str]] = []
        pages = 0
        page_room = room if needs_series(item) else FOLLOWED_PAGES
        for candidate, root in ranked:
            url = candidate.link.url
            if identity(url) in seen:
                continue
            seen.add(identity(url))
            if len(chosen) >= room or (not candidate.is_file and pages >= page_room):
                self._visits.skip(url, "item_limit", f"เปิดลิงก์ของข้อ {item.id} ครบจำนวนที่กำหนดแล้ว")
            elif self._visits.admits(url):
                chosen.append((candidate, root))
                pages += not candidate.is_file
        return chosen

    async def _open(self, candidate: Candidate, root: str) -> _Found:
        link = candidate.link
        trail = Trail(
            origin=Origin.FOLLOWED,
            parent_url=candidate.parent_url,
            link_text=link.text,
            context=link.context,
            heading_path=link.heading_path,
        )
        return _Found(await self._visits.open(link.url, trail), root)

    async def _discover(self, items: Sequence[Item]) -> dict[str, list[_Found]]:
        """Search the main site for items without a URL."""
        if not items or self._walk is None:
            return {item.id: [] for item in items}
        site = await self._walk.indexes()
        proposals = self._proposals(site, items)
        if any(not proposals[item.id] for item in items):
            site = await self._walk.menus()
            proposals = self._proposals(site, items)
        if not site.front.readable:
            unread = _Found(site.front, site.front.fetch.url)
            return {item.id: [unread] for item in items}
        found = await asyncio.gather(
            *(self._take(item, proposals[item.id], site) for item in items)
        )
        return {item.id: documents for item, documents in zip(items, found, strict=True)}

    def _proposals(self, site: MainSite, items: Sequence[Item]) -> dict[str, list[Proposal]]:
        readable = [page for page in site.pages if page.readable]
        found: dict[str, list[Proposal]] = {item.id: [] for item in items}
        for proposal in propose(readable, self._items, self._plan.fiscal_year):
            if proposal.item_id in found:
                found[proposal.item_id].append(proposal)
        return found

    async def _take(
        self, item: Item, proposals: Sequence[Proposal], site: MainSite
    ) -> list[_Found]:
        chosen: list[Proposal] = []
        pages = 0
        for proposal in proposals:
            is_file = looks_like_file(proposal.url)
            near = proposal.score >= proposals[0].score - NEAR_BEST
            room = len(chosen) < self._cap(item) and (is_file or pages < PROPOSED_PAGES)
            if near and room and self._visits.admits(proposal.url):
                chosen.append(proposal)
                pages += not is_file
        documents = await asyncio.gather(*(self._visits.open(p.url, _trail_of(p)) for p in chosen))
        found = [_Found(document, document.fetch.url) for document in documents]
        found.extend(await self._follow(found, item))
        if item.evidence is EvidenceShape.PAGE:
            found.append(_Found(site.front, site.front.fetch.url))
        return found

    async def _placed(self, found: _Found) -> Document:
        """The document with its place relative to the main site filled in."""
        document = found.document
        trail = document.trail
        if trail.on_main_site is not None:
            return document
        on_site = await self._on_main_site(found.root)
        if on_site is not True and found.root != document.fetch.url:
            own = await self._on_main_site(document.fetch.url)
            on_site = True if own else on_site
        return replace(document, trail=replace(trail, on_main_site=on_site))

    async def _on_main_site(self, url: str) -> bool | None:
        main = self._plan.unit.main_site
        if self._walk is None:
            return None
        if same_site(url, main):
            return True
        place = (await self._walk.indexes()).leads_to(url)
        if place is False:
            place = (await self._walk.menus()).leads_to(url)
        return place

    async def _pause_for_rate_limits(self, found: dict[str, list[_Found]]) -> None:
        problems = {x.document.fetch.problem for documents in found.values() for x in documents}
        if "rate_limited" in problems:
            await asyncio.sleep(min(RATE_LIMIT_PAUSE_S, self._settings.timeout_s))


def _wants_social(target: ItemTarget) -> bool:
    return any(isinstance(element.probe, SocialProbe) for element in target.item.elements)


def _is_page(document: Document) -> bool:
    return document.readable and document.source in (TextSource.HTML, TextSource.RENDERED)


def _failed_in_passing(found: Sequence[_Found]) -> bool:
    return any(x.document.fetch.problem in RETRIED for x in found)


def _trail_of(proposal: Proposal) -> Trail:
    return Trail(
        origin=Origin.DISCOVERED,
        parent_url=proposal.parent_url,
        link_text=proposal.link_text,
        context=proposal.context,
        heading_path=proposal.heading_path,
        on_main_site=True,
    )
