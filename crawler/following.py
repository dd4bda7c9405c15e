"""Opening what the pages found for an item lead to: links, frames, folders and pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.evidence import Document, Link, Origin, Trail
from checklist.reasons import REASONS
from checklist.schema import EvidenceShape, Item
from checklist.verdict import Verdict
from crawler.follow import Candidate, candidates, needs_series
from crawler.hosted import is_listing
from crawler.surroundings import frames_of, is_large_picture, is_page, is_thin, pictures_of
from crawler.urls import identity

if TYPE_CHECKING:
    from crawler.settings import CrawlSettings
    from crawler.visits import Visits

FOLLOWED_PAGES = 6
PAGE_ITEM_LINKS = 5
PICTURES_PER_ITEM = 12
LEVELS = 3
FRAMES_WITHIN_FRAMES = 2


@dataclass(frozen=True)
class Found:
    """A document and the root address (given or discovered) whose place it shares."""

    document: Document
    root: str


class Following:
    """Follows an item's pages; one for each item and pass, so that nothing is opened twice."""

    def __init__(
        self,
        item: Item,
        rivals: Sequence[Item],
        fiscal_year: int | None,
        shared: frozenset[str],
        visits: Visits,
        settings: CrawlSettings,
        brought: list[Found],
    ) -> None:
        """Follow for `item`; `shared` are the places that many items give.

        Every document is added to `brought` as it comes, in no fixed order.
        """
        self._item = item
        self._rivals = rivals
        self._fiscal_year = fiscal_year
        self._shared = shared
        self._visits = visits
        self._settings = settings
        self._brought = brought
        self._seen: set[str] = set()
        self._pictures = 0

    @property
    def room(self) -> int:
        """How many links are followed for the item."""
        if self._item.evidence is EvidenceShape.PAGE:
            return PAGE_ITEM_LINKS
        if needs_series(self._item):
            return self._settings.max_series_documents
        return self._settings.max_documents_per_item

    async def follow(self, roots: Sequence[Found]) -> list[Found]:
        """What the roots lead to, level by level; the roots themselves are not among it.

        A page's files always; its pages on the first level, for items that need every month
        also on the second; what a shared folder lists on any.
        """
        series = needs_series(self._item)
        self._seen.update(identity(root.document.fetch.url) for root in roots)
        found: list[Found] = []
        room = self.room
        frontier = [root for root in roots if is_page(root.document)]
        for level in range(LEVELS):
            around = await self._around(frontier)
            found.extend(around)
            frontier.extend(x for x in around if is_page(x.document))
            pages_too = level == 0 or (series and level == 1)
            if level == LEVELS - 1 and not series:
                frontier = [x for x in frontier if is_listing(x.document.fetch.url)]
            chosen = self._choose(frontier, room, files_only=not pages_too)
            opened = await asyncio.gather(
                *(self._open(c.link, c.parent_url, root) for c, root in chosen)
            )
            found.extend(opened)
            room -= len(opened)
            frontier = [x for x in opened if is_page(x.document)]
        found.extend(await self._around(frontier))
        return found

    async def _around(self, pages: Sequence[Found]) -> list[Found]:
        """Frames of the pages (and of those frames), then the pictures of all of them."""
        frames: list[Found] = []
        outer = list(pages)
        for _ in range(FRAMES_WITHIN_FRAMES):
            inner = [f for page in outer for f in await self._frames(page)]
            frames.extend(inner)
            outer = [x for x in inner if is_page(x.document)]
        pictures = [f for page in (*pages, *frames) for f in await self._pictures_of(page)]
        return [*frames, *pictures]

    async def _frames(self, page: Found) -> list[Found]:
        if not is_page(page.document):
            return []
        links = self._new(frames_of(page.document, self._settings.max_frames_per_page))
        opened = await self._open_all(links, page)
        return [x for x in opened if x.document.readable or _could_hold(page.document, x.document)]

    async def _pictures_of(self, page: Found) -> list[Found]:
        if not is_page(page.document) or identity(page.document.fetch.url) in self._shared:
            return []
        most = self._settings.max_pictures_per_page
        links = self._new(pictures_of(page.document, self._item, most))
        links = links[: max(0, PICTURES_PER_ITEM - self._pictures)]
        self._pictures += len(links)
        opened = await self._open_all(links, page)
        return [x for x in opened if is_large_picture(x.document)]

    def _new(self, links: Sequence[Link]) -> list[Link]:
        fresh = [link for link in links if identity(link.url) not in self._seen]
        self._seen.update(identity(link.url) for link in fresh)
        return [link for link in fresh if self._visits.admits(link.url)]

    async def _open_all(self, links: Sequence[Link], page: Found) -> list[Found]:
        parent = page.document.fetch.final_url
        return list(await asyncio.gather(*(self._open(x, parent, page.root) for x in links)))

    def _choose(
        self, pages: Sequence[Found], room: int, *, files_only: bool
    ) -> list[tuple[Candidate, str]]:
        ranked: list[tuple[Candidate, str]] = []
        for page in pages:
            found = candidates(
                page.document, self._item, self._rivals, self._fiscal_year,
                shared=identity(page.document.fetch.url) in self._shared, files_only=files_only,
            )  # fmt: skip
            ranked.extend((candidate, page.root) for candidate in found)
        ranked.sort(key=lambda pair: -pair[0].score)
        return self._within_caps(ranked, room)

    def _within_caps(
        self, ranked: Sequence[tuple[Candidate, str]], room: int
    ) -> list[tuple[Candidate, str]]:
        chosen: list[tuple[Candidate, str]] = []
        pages = 0
        page_room = room if needs_series(self._item) else FOLLOWED_PAGES
        for candidate, root in ranked:
            url = candidate.link.url
            if identity(url) in self._seen:
                continue
            self._seen.add(identity(url))
            if len(chosen) >= room or (not candidate.is_file and pages >= page_room):
                detail = f"เปิดลิงก์ของข้อ {self._item.id} ครบจำนวนที่กำหนดแล้ว"
                self._visits.skip(url, "item_limit", detail)
            elif self._visits.admits(url):
                chosen.append((candidate, root))
                pages += not candidate.is_file
        return chosen

    async def _open(self, link: Link, parent_url: str, root: str) -> Found:
        trail = Trail(
            origin=Origin.FOLLOWED,
            parent_url=parent_url,
            link_text=link.text,
            context=link.context,
            heading_path=link.heading_path,
        )
        found = Found(await self._visits.open(link.url, trail), root)
        self._brought.append(found)
        return found


def _could_hold(page: Document, frame: Document) -> bool:
    """Whether a frame that could not be checked may hold what the page around it lacks."""
    problem = frame.fetch.problem or ""
    failed_in_passing = problem in REASONS and REASONS[problem].verdict is Verdict.ERROR
    return failed_in_passing and is_thin(page)
