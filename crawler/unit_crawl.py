"""One unit's crawl: given URLs first, then what they link to, then a search for what has none."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.evidence import Document, Origin, Trail
from checklist.probes.social import SocialProbe
from checklist.schema import EvidenceShape, Item
from crawler.discovery import Proposal, propose
from crawler.following import Following, Found
from crawler.harvest import UnitHarvest, unread
from crawler.main_site import MainSite, SiteWalk
from crawler.placing import Placing
from crawler.problems import RETRIED
from crawler.style_sheets import StyleSheets
from crawler.urls import identity, is_social, looks_like_file

if TYPE_CHECKING:
    from crawler.plan import ItemTarget, UnitPlan
    from crawler.screenshots import Screenshots
    from crawler.settings import CrawlSettings
    from crawler.visits import Visits

SHARED_BY = 3
PROPOSED_PAGES = 4
SEARCHED_FILES = 4
NEAR_BEST = 0.15
RATE_LIMIT_PAUSE_S = 20.0


class UnitCrawl:
    """Crawls one unit's plan through its `Visits`."""

    def __init__(
        self,
        plan: UnitPlan,
        settings: CrawlSettings,
        visits: Visits,
        screenshots: Screenshots | None = None,
    ) -> None:
        """Prepare; `run` does the work, and `screenshots` takes pictures where they are wanted."""
        self._screenshots = screenshots
        self._plan = plan
        self._settings = settings
        self._visits = visits
        self._items = tuple(target.item for target in plan.targets)
        main = plan.unit.main_site.strip()
        self._walk = SiteWalk(main, visits, settings, plan.fiscal_year) if main else None
        self._placing = Placing(main, self._walk, visits, settings)
        uses = Counter(identity(url) for target in plan.targets for url in set(target.urls))
        self._shared = frozenset(place for place, count in uses.items() if count >= SHARED_BY)
        self._brought: defaultdict[str, list[Found]] = defaultdict(list)
        self._complete: set[str] = set()
        self._proposed: dict[str, tuple[Proposal, ...]] = {}

    async def run(self) -> UnitHarvest:
        """Both passes; the harvest holds only final failures."""
        self._visits.announce("unit_started")
        found = await self._pass(self._plan.wanted)
        again = [t for t in self._plan.wanted if _failed_in_passing(found[t.item.id])]
        if again and self._visits.begin_second_pass():
            await self._pause_for_rate_limits(found)
            if self._walk is not None:
                self._walk.forget()
            found.update(await self._pass(again))
        ordered = {target.item.id: found[target.item.id] for target in self._plan.wanted}
        documents = await self._placing.place(ordered)
        if not self._plan.search_only:
            documents = await StyleSheets(self._visits).look(documents)
        pictures = await self._screenshots.of_unit(documents) if self._screenshots else {}
        self._visits.announce("unit_done")
        return replace(self._harvest(documents), screenshots=pictures)

    def _harvest(self, documents: dict[str, tuple[Document, ...]]) -> UnitHarvest:
        """What goes home; the pages searched only when they were asked for, for they are many."""
        unit_id, coverage = self._plan.unit.id, self._visits.coverage()
        tally = dict(self._visits.tally)
        if not self._plan.search_only:
            return UnitHarvest(unit_id, documents, coverage, tally=tally)
        site = self._walk.known if self._walk is not None else None
        searched = site.pages if site is not None else ()
        return UnitHarvest(unit_id, documents, coverage, self._proposed, searched, tally)

    async def _pass(self, targets: Sequence[ItemTarget]) -> dict[str, list[Found]]:
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
        opened = (self._open_given(target.item, url, trail, social=social) for url in urls)
        return list(await asyncio.gather(*opened))

    async def _open_given(self, item: Item, url: str, trail: Trail, *, social: bool) -> Document:
        document = await self._visits.open(url, trail, social=social)
        self._brought[item.id].append(Found(document, url))
        return document

    async def _collect(self, target: ItemTarget) -> list[Found]:
        given = await self._given(target)
        found = [Found(document, document.fetch.url) for document in given]
        found.extend(await self._following(target.item).follow(found))
        if self._walk is not None and any(map(is_social, target.urls)) and _wants_social(target):
            # Networks turn crawlers away; the main site's own link proves the account.
            front = (await self._walk.indexes()).front
            found.append(Found(front, front.fetch.url))
        self._complete.add(target.item.id)
        return found

    def _following(self, item: Item) -> Following:
        return Following(
            item, self._items, self._plan.fiscal_year, self._shared, self._visits,
            self._settings, self._brought[item.id],
        )  # fmt: skip

    async def _discover(self, items: Sequence[Item]) -> dict[str, list[Found]]:
        """Search the main site for items without a URL."""
        if not items or self._walk is None:
            return {item.id: [] for item in items}
        site = await self._walk.indexes()
        # A search whose every index was silent has not shown that nothing is there.
        heard = any(page.readable for page in site.pages[1:])
        silent = [
            Found(p, p.fetch.url) for p in site.pages if not heard and p.fetch.problem in RETRIED
        ]
        proposals = self._proposals(site, items)
        if any(not proposals[item.id] for item in items):
            site = await self._walk.menus()
            proposals = self._proposals(site, items)
        self._proposed.update({item_id: tuple(found) for item_id, found in proposals.items()})
        if not site.front.readable:
            unread = Found(site.front, site.front.fetch.url)
            return {item.id: [unread] for item in items}
        found = await asyncio.gather(
            *(self._take(item, proposals[item.id], site) for item in items)
        )
        return {
            item.id: documents or list(silent) for item, documents in zip(items, found, strict=True)
        }

    def _proposals(self, site: MainSite, items: Sequence[Item]) -> dict[str, list[Proposal]]:
        readable = [page for page in site.pages if page.readable]
        found: dict[str, list[Proposal]] = {item.id: [] for item in items}
        for proposal in propose(readable, self._items, self._plan.fiscal_year):
            if proposal.item_id in found:
                found[proposal.item_id].append(proposal)
        return found

    async def _take(self, item: Item, proposals: Sequence[Proposal], site: MainSite) -> list[Found]:
        following = self._following(item)
        most = SEARCHED_FILES if self._plan.search_only else following.room
        chosen: list[Proposal] = []
        pages = 0
        for proposal in proposals:
            is_file = looks_like_file(proposal.url)
            # When addresses are proposed, the best ones may turn out to be broken.
            near = proposal.score >= proposals[0].score - NEAR_BEST or self._plan.search_only
            room = len(chosen) < most and (is_file or pages < PROPOSED_PAGES)
            if near and room and self._visits.admits(proposal.url):
                chosen.append(proposal)
                pages += not is_file
        documents = await asyncio.gather(*(self._visits.open(p.url, _trail_of(p)) for p in chosen))
        found = [Found(document, document.fetch.url) for document in documents]
        if not self._plan.search_only:
            found.extend(await following.follow(found))
        if item.evidence is EvidenceShape.PAGE:
            found.append(Found(site.front, site.front.fetch.url))
        self._brought[item.id].extend(found)
        self._complete.add(item.id)
        return found

    async def _pause_for_rate_limits(self, found: dict[str, list[Found]]) -> None:
        """Wait for hosts that refused without saying for how long; the others state it."""
        urls = {
            x.document.fetch.url
            for documents in found.values()
            for x in documents
            if x.document.fetch.problem == "rate_limited"
        }
        if any(not self._visits.rests(url) for url in urls):
            await asyncio.sleep(min(RATE_LIMIT_PAUSE_S, self._settings.timeout_s))

    def so_far(self, detail: str) -> UnitHarvest:
        """The harvest of a crawl that was stopped: what was read, the rest `not_checked`.

        Every item that was not finished carries a `not_checked` document, so that what was not
        looked at is never taken for missing. `detail` says in Thai what stopped the crawl.
        """
        documents = {
            target.item.id: tuple(self._stopped(target, detail)) for target in self._plan.wanted
        }
        return self._harvest(documents)

    def _stopped(self, target: ItemTarget, detail: str) -> list[Document]:
        last = {identity(x.document.fetch.url): x for x in self._brought[target.item.id]}
        given = [identity(url) for url in target.urls]
        ordered = [last[place] for place in dict.fromkeys((*given, *last)) if place in last]
        documents = self._placing.place_roughly(ordered)
        if target.item.id not in self._complete:
            unopened = [url for url in target.urls if identity(url) not in last]
            address = (*unopened, *target.urls, self._plan.unit.main_site)[0]
            urls = unopened or [address]
            documents.extend(unread(u, "not_checked", detail, Trail(Origin.GIVEN)) for u in urls)
        return documents


def _wants_social(target: ItemTarget) -> bool:
    return any(isinstance(element.probe, SocialProbe) for element in target.item.elements)


def _failed_in_passing(found: Sequence[Found]) -> bool:
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
