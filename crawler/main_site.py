"""A unit's main site as far as a search needs it: front page, OIT/ITA indexes, menus."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from checklist.evidence import Document, Origin, Region, Trail
from checklist.reasons import REASONS
from checklist.verdict import Verdict
from crawler.discovery import IndexLink, entrance, index_links, menu_links
from crawler.surroundings import frames_of, is_thin
from crawler.urls import key, same_site

if TYPE_CHECKING:
    from crawler.settings import CrawlSettings
    from crawler.visits import Visits


@dataclass(frozen=True)
class MainSite:
    """The pages read of the main site, the front page first.

    `complete` is False when a page of the walk could not be read, so that a link that was not
    seen may still exist.
    """

    pages: tuple[Document, ...]
    complete: bool = True

    @property
    def front(self) -> Document:
        """The front page, perhaps unread."""
        return self.pages[0]

    def leads_to(self, url: str) -> bool | None:
        """Whether the address stands on the site or is linked from it; `None` when unknown."""
        if not self.front.readable:
            return None
        if same_site(url, self.front.fetch.final_url):
            return True
        wanted = key(url)
        for page in self.pages:
            if any(key(x.url) == wanted for x in page.links if x.region is not Region.HIDDEN):
                return True
            if any(key(embed.url) == wanted for embed in page.embeds):
                return True
        return False if self.complete else None


class SiteWalk:
    """Reads the main site step by step: first the indexes, the menus only when asked."""

    def __init__(
        self, address: str, visits: Visits, settings: CrawlSettings, fiscal_year: int | None
    ) -> None:
        """Walk the site at `address` (not empty)."""
        self._address = address
        self._visits = visits
        self._settings = settings
        self._fiscal_year = fiscal_year
        self._lock = asyncio.Lock()
        self._site: MainSite | None = None
        self._menus_read = False

    async def indexes(self) -> MainSite:
        """Front page and OIT/ITA index pages, two levels deep."""
        async with self._lock:
            if self._site is None:
                self._site = await self._walk()
            return self._site

    async def menus(self) -> MainSite:
        """As `indexes`, and the pages that the front page's menus name."""
        site = await self.indexes()
        async with self._lock:
            if not self._menus_read and site.front.readable:
                self._menus_read = True
                urls = menu_links(site.front, self._settings.max_menu_pages)
                self._site = self._with(site, await self._open(urls, site.pages))
            return self._site or site

    @property
    def known(self) -> MainSite | None:
        """What was read of the site so far, `None` before the first step."""
        return self._site

    def forget(self) -> None:
        """Read everything anew (failed pages of the first pass may answer now)."""
        self._site = None
        self._menus_read = False

    async def _walk(self) -> MainSite:
        front = await self._visits.open(self._address, Trail(Origin.MAIN_SITE, on_main_site=True))
        site = MainSite((front,))
        if not front.readable:
            return replace(site, complete=False)
        if inner := entrance(front):
            site = self._with(site, await self._open([inner], site.pages))
        if is_thin(site.pages[-1]):
            frames = frames_of(site.pages[-1], self._settings.max_frames_per_page)
            site = self._with(site, await self._open([frame.url for frame in frames], site.pages))
        limit = self._settings.max_index_pages
        first = self._indexes_of(site.pages, deep=False)[: max(1, limit // 2)]
        opened = await self._open([link.url for link in first], site.pages)
        site = self._with(site, opened)
        second = self._indexes_of(opened, deep=True)
        known = {key(page.fetch.url) for page in site.pages}
        urls = [link.url for link in second if key(link.url) not in known]
        return self._with(site, await self._open(urls[: limit - len(opened)], site.pages))

    def _indexes_of(self, pages: Sequence[Document], *, deep: bool) -> list[IndexLink]:
        found: dict[str, IndexLink] = {}
        for page in pages:
            for link in index_links(page, self._fiscal_year, deep=deep) if page.readable else ():
                if found.get(key(link.url), link).score <= link.score:
                    found[key(link.url)] = link
        return sorted(found.values(), key=lambda link: -link.score)

    async def _open(self, urls: Sequence[str], have: Sequence[Document]) -> tuple[Document, ...]:
        known = {key(page.fetch.url) for page in have}
        parent = have[0].fetch.final_url
        trail = Trail(Origin.MAIN_SITE, parent_url=parent, on_main_site=True)
        wanted = [url for url in urls if key(url) not in known and self._visits.admits(url)]
        return tuple(await asyncio.gather(*(self._visits.open(url, trail) for url in wanted)))

    def _with(self, site: MainSite, pages: Sequence[Document]) -> MainSite:
        unread = any(_could_not_check(page) for page in pages)
        return MainSite((*site.pages, *pages), site.complete and not unread)


def _could_not_check(page: Document) -> bool:
    problem = page.fetch.problem
    return problem is not None and (
        problem not in REASONS or REASONS[problem].verdict is not Verdict.FAIL
    )
