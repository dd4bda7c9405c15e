"""The links between the pages that a crawl read, as a visitor clicks them. Pure."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checklist.evidence import Document, Region, TextSource
from checklist.link_words import tells_nothing
from checklist.reasons import REASONS
from checklist.verdict import Verdict
from checklist.whereabouts import Step
from crawler.urls import key, looks_like_file, same_site, trap

_PAGES = (TextSource.HTML, TextSource.RENDERED)
_SCRIPTED = re.compile(r"(?i)^javascript:\s*(?!void\b|;|$)")
_MOST_LINKS = 6


@dataclass(frozen=True, slots=True)
class _Edge:
    """A link or, with `step` None, what a page shows as a part of itself (frame, picture)."""

    target: str
    url: str
    step: Step | None


class LinkGraph:
    """Shortest chains of clicks from a front page over every page that was read.

    A frame or picture costs no click: it stands on the page that shows it.
    """

    def __init__(self, front: Document, documents: Iterable[Document]) -> None:
        """Search breadth first from `front`; `documents` is everything opened in the crawl."""
        self._tried: set[str] = set()
        self._pages: dict[str, Document] = {}
        self._names: dict[str, str] = {}
        for document in (front, *documents):
            self._add(document)
        self._front = self._name(front.fetch.final_url)
        self._edges: dict[str, list[_Edge]] = {}
        self._paths = self._search()
        self._into: dict[str, list[Step]] | None = None

    @property
    def pages_read(self) -> int:
        """How many pages were searched for links."""
        return len(self._edges)

    def path_to(self, *urls: str) -> tuple[Step, ...] | None:
        """The shortest chain to any of the addresses of one document; `None` when none is known."""
        found = [self._paths[name] for url in urls if (name := self._name(url)) in self._paths]
        return min(found, key=len) if found else None

    def links_to(self, *urls: str) -> tuple[Step, ...]:
        """Links to the document on pages that visitors reach, telling ones first, a few."""
        if self._into is None:
            self._into = {}
            for edges in self._edges.values():
                for edge in edges:
                    if edge.step is not None:
                        self._into.setdefault(edge.target, []).append(edge.step)
        names = dict.fromkeys(self._name(url) for url in urls)
        found = [step for name in names for step in self._into.get(name, ())]
        found.sort(key=lambda step: tells_nothing(step.text))
        return tuple(found[:_MOST_LINKS])

    def unread(self, main_site: str) -> list[str]:
        """Pages of the site that visitors reach and nobody opened, nearest first."""
        found: dict[str, str] = {}
        for edges in self._edges.values():
            for edge in edges:
                if edge.target in self._tried or edge.target in found:
                    continue
                file = looks_like_file(edge.url) or trap(edge.url) is not None
                if not file and same_site(edge.url, main_site):
                    found[edge.target] = edge.url
        return list(found.values())

    def complete(self, main_site: str) -> bool:
        """True when no page of the site that visitors reach was left unread.

        A page that failed in passing, or whose links are made by scripts, leaves doubt.
        """
        reached = [self._pages[name] for name in self._paths if name in self._pages]
        in_doubt = any(_failed_in_passing(page) or _is_scripted(page) for page in reached)
        return not in_doubt and not self.unread(main_site)

    def _add(self, document: Document) -> None:
        name = key(document.fetch.final_url)
        self._tried.update((name, key(document.fetch.url)))
        if name not in self._pages or document.readable:
            self._pages[name] = document
        self._names[key(document.fetch.url)] = name

    def _name(self, url: str) -> str:
        place = key(url)
        return self._names.get(place, place)

    def _search(self) -> dict[str, tuple[Step, ...]]:
        paths: dict[str, tuple[Step, ...]] = {self._front: ()}
        waiting = deque([self._front])
        while waiting:
            name = waiting.popleft()
            page = self._pages.get(name)
            if name in self._edges or page is None or not _has_links(page):
                continue
            self._edges[name] = list(self._edges_of(page))
            for edge in self._edges[name]:
                path = paths[name] if edge.step is None else (*paths[name], edge.step)
                if edge.target in paths and len(paths[edge.target]) <= len(path):
                    continue
                paths[edge.target] = path
                if edge.step is None:
                    waiting.appendleft(edge.target)
                else:
                    waiting.append(edge.target)
        return paths

    def _edges_of(self, page: Document) -> Iterator[_Edge]:
        for url in (*(e.url for e in page.embeds), *(i.url for i in page.images)):
            if url.startswith(("http://", "https://")):
                yield _Edge(self._name(url), url, None)
        best: dict[str, _Edge] = {}
        for link in page.links:
            web = link.url.startswith(("http://", "https://"))
            if not web or link.region is Region.HIDDEN:
                continue
            target = self._name(link.url)
            step = Step(
                page.fetch.final_url, page.title, link.text, link.context, link.heading_path
            )
            known = best.get(target)
            # Of several links to one page a visitor takes the one that says where it leads.
            if known is None or (_says_nothing(known.step) and not _says_nothing(step)):
                best[target] = _Edge(target, link.url, step)
        yield from best.values()


def _says_nothing(step: Step | None) -> bool:
    return step is None or tells_nothing(step.text)


def _has_links(page: Document) -> bool:
    return page.readable and page.source in _PAGES


def _failed_in_passing(page: Document) -> bool:
    problem = page.fetch.problem
    return problem is not None and (
        problem not in REASONS or REASONS[problem].verdict is not Verdict.FAIL
    )


def _is_scripted(page: Document) -> bool:
    return any(_SCRIPTED.match(link.url) for link in page.links)
