"""Telling of every document how the main site leads to it, with few further pages opened."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.evidence import Document, Origin, Trail
from checklist.whereabouts import Reach, Step, Whereabouts
from crawler.link_graph import LinkGraph
from crawler.urls import is_social, same_site

if TYPE_CHECKING:
    from crawler.following import Found
    from crawler.main_site import SiteWalk
    from crawler.settings import CrawlSettings
    from crawler.visits import Visits

_ROUNDS = 3


class Placing:
    """Fills in the place of a unit's documents relative to its main site."""

    def __init__(
        self, main_site: str, walk: SiteWalk | None, visits: Visits, settings: CrawlSettings
    ) -> None:
        """Place by `walk`, the unit's main site; without one nothing is known of any place."""
        self._main = main_site
        self._walk = walk
        self._visits = visits
        self._settings = settings

    async def place(self, found: Mapping[str, Sequence[Found]]) -> dict[str, tuple[Document, ...]]:
        """The documents by item id, each with its trail's place filled in.

        Index pages, then menus, then some further pages of the site are read as long as no chain
        of links is known to a root address.
        """
        roots = {x.root for documents in found.values() for x in documents}
        graph = await self._graph_to(sorted(roots)) if self._walk is not None and roots else None
        complete = graph is not None and self._whole(graph)
        return {
            item_id: tuple(self._placed(x, graph, complete=complete) for x in documents)
            for item_id, documents in found.items()
        }

    def place_roughly(self, found: Sequence[Found]) -> list[Document]:
        """The same from what was read before the crawl was stopped; nothing is opened for it."""
        graph = self._graph() if self._walk is not None and self._walk.known else None
        return [self._placed(x, graph, complete=False, rough=True) for x in found]

    async def _graph_to(self, roots: Sequence[str]) -> LinkGraph | None:
        if self._walk is None:
            return None
        site = await self._walk.indexes()
        graph = self._graph()
        if graph is None or not site.front.readable or _all_reached(graph, roots):
            return graph
        await self._walk.menus()
        roots = [root for root in roots if not is_social(root)]
        room = self._settings.max_path_pages
        trail = Trail(Origin.MAIN_SITE, parent_url=site.front.fetch.final_url, on_main_site=True)
        for _ in range(_ROUNDS):
            graph = self._graph()
            if graph is None or not room or _all_reached(graph, roots):
                break
            urls = [url for url in graph.unread(self._main)[:room] if self._visits.admits(url)]
            room -= len(urls)
            if not urls:
                break
            await asyncio.gather(*(self._visits.open(url, trail) for url in urls))
        return self._graph()

    def _graph(self) -> LinkGraph | None:
        site = self._walk.known if self._walk is not None else None
        if site is None or not site.front.readable:
            return None
        return LinkGraph(site.front, [*site.pages, *self._visits.documents()])

    def _whole(self, graph: LinkGraph) -> bool:
        """True when a link that was not seen does not exist: the whole site was read as it is."""
        skipped = self._visits.coverage().skipped
        return graph.complete(self._main) and all(s.reason != "not_rendered" for s in skipped)

    def _placed(
        self, found: Found, graph: LinkGraph | None, *, complete: bool, rough: bool = False
    ) -> Document:
        document = found.document
        where = self._whereabouts(document, graph, complete=complete)
        on_site = document.trail.on_main_site
        if on_site is None:
            on_site = self._on_main_site(found, rough=rough)
        if where is not None and where.reach is Reach.LINKED:
            on_site = True
        return replace(
            document, trail=replace(document.trail, on_main_site=on_site, whereabouts=where)
        )

    def _whereabouts(
        self, document: Document, graph: LinkGraph | None, *, complete: bool
    ) -> Whereabouts | None:
        if not self._main:
            return None
        fetch = document.fetch
        own = same_site(fetch.final_url, self._main)
        if graph is None:
            return Whereabouts(own_site=own)
        addresses = (fetch.url, fetch.final_url)
        path = graph.path_to(*addresses)
        if path is None and (before := graph.path_to(document.trail.parent_url)) is not None:
            path = (*before, _step_of(document.trail))
        missing = Reach.NOT_ON_MAIN_SITE if complete else Reach.UNKNOWN
        return Whereabouts(
            reach=missing if path is None else Reach.LINKED,
            path=path or (),
            links=graph.links_to(*addresses),
            own_site=own,
            pages_read=graph.pages_read,
        )

    def _on_main_site(self, found: Found, *, rough: bool) -> bool | None:
        """Whether the document or the root that led to it stands on the site or is linked there."""
        root, own = found.root, found.document.fetch.url
        if not self._main:
            return None
        if same_site(root, self._main) or (rough and same_site(own, self._main)):
            return True
        site = self._walk.known if self._walk is not None and not rough else None
        if site is None:
            return None
        on_site = site.leads_to(root)
        if on_site is not True and root != own:
            on_site = True if site.leads_to(own) else on_site
        return on_site


def _all_reached(graph: LinkGraph, roots: Sequence[str]) -> bool:
    return all(graph.path_to(root) is not None for root in roots)


def _step_of(trail: Trail) -> Step:
    return Step(trail.parent_url, "", trail.link_text, trail.context, trail.heading_path)
