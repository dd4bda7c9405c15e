"""A unit's visits: every address once, within budgets, one request at a time a host."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.evidence import Coverage, Document, TextSource, Trail
from crawler.asking import Answer, Ask
from crawler.fetcher import Fetcher, bare
from crawler.harvest import CrawlEvent, EventKind, unread
from crawler.host_health import HostHealth
from crawler.memory.frontier import PROBE, Books, Visited
from crawler.memory.traces import Journal
from crawler.outage import Line
from crawler.problems import RETRIED, UNASKED, Problem
from crawler.refused import Refused, exhausted
from crawler.soft404 import compare, impossible_page
from crawler.tally import Counted
from crawler.urls import host_of, identity, is_root

if TYPE_CHECKING:
    from crawler.settings import CrawlSettings
    from crawler.tally import Tally


class Visits:
    """Opens addresses for one unit and keeps the books of what was found, read and skipped."""

    def __init__(
        self,
        unit_id: str,
        settings: CrawlSettings,
        fetcher: Fetcher,
        tell: Callable[[CrawlEvent], None],
        books: Books | None = None,
        line: Line | None = None,
        journal: Journal | None = None,
    ) -> None:
        """Start the unit's clock, or go on with it where `books` say that a crawl was cut off.

        `line` tells whether the machine's own network is up; what is asked goes into `journal`.
        """
        self._unit_id = unit_id
        self._journal = journal or Journal()
        self._books = books or Books()
        self._line = line or Line(settings)
        self._pass = 0
        self._settings = settings
        self._fetcher = fetcher
        self._tell = tell
        self._started = time.monotonic() - self._books.elapsed
        self._down_before = self._line.down_s
        self._timeout_s = settings.timeout_s
        self._tasks: dict[str, asyncio.Future[Document]] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._health = HostHealth(settings)
        self._probes: dict[str, asyncio.Future[Document | None]] = {}
        self._found: set[str] = set()
        self._refusals = Refused(settings)
        self._pages, self._bytes = self._books.pages, self._books.bytes
        self._fetched = self._rendered = 0
        self.tally: Tally = Counter()

    async def open(self, url: str, trail: Trail, *, social: bool = False) -> Document:
        """The document at `url`; the same address is fetched once, whoever asks."""
        place = identity(url)
        self._found.add(place)
        if place not in self._tasks:
            origin = trail.origin.value
            self._books.queue(self._pass, url, origin)
            self._tasks[place] = asyncio.ensure_future(self._visit(url, origin, social=social))
        document = await self._tasks[place]
        return replace(document, trail=trail, fetch=replace(document.fetch, url=url))

    async def part(self, url: str, most_bytes: int) -> Answer:
        """The answer at a part of a page, at most `most_bytes` of it; it counts as no page."""
        host, ask = host_of(url), replace(self._ask(url), most_bytes=most_bytes)
        async with self._locks[host]:
            if (budget := self._exhausted()) is not None:
                return Answer(ask, problem=Problem(*budget))
            silent = self._health.given_up(host) or await self._health.rest(host)
            if silent is not None:
                return Answer(ask, problem=silent)
            answer = await self._line.ask(url, lambda: self._fetcher.fetch(ask))
            self._health.note_answer(host, answer)
        self._bytes += answer.size
        return answer

    async def seen(self, document: Document, styles: Sequence[str]) -> Document:
        """A page with what the texts of its style sheets leave to be seen (`Document.seen`)."""
        return await self._fetcher.seen(document, styles)

    def documents(self) -> list[Document]:
        """Everything opened so far, read or not, in the order in which it was asked for."""
        return [
            task.result()
            for task in self._tasks.values()
            if task.done() and not task.cancelled() and task.exception() is None
        ]

    def admits(self, url: str) -> bool:
        """Whether a followed or discovered address may be opened; a refusal is noted."""
        self._found.add(identity(url))
        if identity(url) in self._tasks:
            return True
        if why := self._refusals.turned_away(url):
            self.skip(url, *why)
            return False
        return True

    def skip(self, url: str, reason: str, detail: str) -> None:
        """Note an address that was found and not read."""
        self._found.add(identity(url))
        self._refusals.note(url, reason, detail)

    def begin_second_pass(self) -> bool:
        """Forget what failed for a passing reason; False when no time is left to try again."""
        if self._exhausted() is not None:
            return False
        for place, task in list(self._tasks.items()):
            if task.done() and task.result().fetch.problem in RETRIED:
                del self._tasks[place]
                self._refusals.forget(place)
        self._pass += 1
        self._health.forgive()
        self._probes = {h: p for h, p in self._probes.items() if p.done() and p.result()}
        self._timeout_s = self._settings.second_pass_timeout_s
        self.announce("second_pass")
        return True

    def announce(self, kind: EventKind, url: str = "", count: int = 1) -> None:
        """Tell the world about a step, or several at once."""
        self._tell(CrawlEvent(self._unit_id, kind, url, host_of(url), self._fetched, count))

    def close(self) -> None:
        """Give up whatever is still under way."""
        for visit in self._tasks.values():
            visit.cancel()
        for probe in self._probes.values():
            probe.cancel()

    def coverage(self) -> Coverage:
        """The books as they stand."""
        return Coverage(
            found=len(self._found),
            fetched=sum(document.readable for document in self.documents()),
            rendered=self._rendered,
            bytes=self._bytes,
            seconds=round(self.elapsed, 3),
            skipped=self._refusals.all,
        )

    @property
    def elapsed(self) -> float:
        """Seconds that the unit has taken, without those in which our own network was down."""
        return time.monotonic() - self._started - (self._line.down_s - self._down_before)

    async def _visit(self, url: str, origin: str, *, social: bool) -> Document:
        host, number = host_of(url), self._pass
        async with self._locks[host]:
            begun = time.monotonic()
            visited = await self._books.known(number, url)
            if visited is not None:
                self._note_resumed()
                self._health.note_known(host, visited.document.fetch, answered=visited.answered)
            elif (refused := await self._refused(url, host, origin)) is not None:
                return refused
            else:
                self._pages += 1
                self._books.begin(number, url, origin)
                answer = await self._fetch(url, social=social)
                self._health.note_answer(host, answer)
        if visited is None:
            visited = await self._read(answer, begun)
            self._bytes += visited.bytes
            await self._keep(number, url, origin, visited, begun)
        return await self._concluded(number, url, origin, visited)

    async def _concluded(self, number: int, url: str, origin: str, visited: Visited) -> Document:
        """The visit's document, counted and compared with what stands for a missing page."""
        document, problem = visited.document, visited.document.fetch.problem
        if problem in UNASKED and not visited.answered:
            self.skip(url, problem, document.fetch.problem_detail)
        self._count(visited, url)
        if visited.note:
            # Unrendered shells of a script site all look alike: no proof of a missing page.
            self.skip(url, "not_rendered", visited.note)
            return document
        judged = await self._unless_soft_404(document)
        if judged is not document:
            self._books.correct(number, url, origin, judged.fetch)
        return judged

    async def _refused(self, url: str, host: str, origin: str) -> Document | None:
        """The document of an address that is not asked: budgets, a silent host, one that rests."""
        if (budget := self._exhausted()) is not None:
            self.skip(url, budget[0], detail := budget[1] + self._fetcher.slowed(url))
            return unread(url, "not_checked", detail)
        if (silent := self._health.given_up(host)) is not None:
            self.skip(url, silent.code, silent.detail)
            self._books.leave(self._pass, url, origin, silent.code, silent.detail)
            return unread(url, silent.code, silent.detail)
        if (refusal := await self._health.rest(host)) is not None:
            self.skip(url, refusal.code, refusal.detail)
            return unread(url, refusal.code, refusal.detail)
        return None

    async def _fetch(self, url: str, *, social: bool = False) -> Answer:
        ask = self._ask(url, social=social)
        return await self._line.ask(url, lambda: self._fetcher.fetch(ask))

    async def _read(self, answer: Answer, begun: float) -> Visited:
        """The answer as a document; a page that lost its browser to a dead line is shown again."""
        turn = self._locks[host_of(answer.ask.url)]
        page = await self._fetcher.read(answer, turn)
        if page.note and await self._line.fell_since(begun):
            page = await self._fetcher.read(answer, turn)
        return Visited(page.document, answer.size, page.rendered, page.note)

    async def _keep(
        self, number: int, url: str, origin: str, visited: Visited, begun: float
    ) -> None:
        seconds = time.monotonic() - begun
        await self._books.done(number, url, origin, visited, seconds=seconds, elapsed=self.elapsed)

    def _ask(self, url: str, *, social: bool = False) -> Ask:
        return Ask(url, self._unit_id, self._timeout_s, social, self.tally, self._journal)

    def _note_resumed(self) -> None:
        self.tally[Counted.RESUMED] += 1
        self._journal.spoil()

    def rests(self, url: str) -> bool:
        """True when the address's host has said for how long it wants to be left alone."""
        return self._health.rests(host_of(url))

    def _count(self, visited: Visited, url: str) -> None:
        if visited.answered:
            self._fetched += 1
            self.announce("page", url)
        if visited.rendered:
            self._rendered += 1
            self.announce("rendered", url)

    def _exhausted(self) -> tuple[str, str] | None:
        return exhausted(self._settings, pages=self._pages, size=self._bytes, seconds=self.elapsed)

    async def _unless_soft_404(self, document: Document) -> Document:
        is_page = document.source in (TextSource.HTML, TextSource.RENDERED)
        if not document.readable or not is_page or is_root(document.fetch.url):
            return document
        answer = await self._impossible(document.fetch.final_url)
        problem = compare(document, answer) if answer is not None else None
        if problem is None:
            return document
        fetch = replace(document.fetch, problem=problem.code, problem_detail=problem.detail)
        return replace(document, fetch=fetch)

    async def _impossible(self, url: str) -> Document | None:
        """What the host answers for a page that cannot exist; asked once a host."""
        host = host_of(url)
        if host not in self._probes:
            self._probes[host] = asyncio.ensure_future(self._probe(impossible_page(url)))
        return await self._probes[host]

    async def _probe(self, url: str) -> Document | None:
        turn, number = self._locks[host_of(url)], self._pass
        begun = time.monotonic()
        visited = await self._books.known(number, url)
        if visited is None:
            async with turn:
                self._books.begin(number, url, PROBE)
                answer = await self._fetch(url)
            if answer.response is not None and answer.response.status == 200:
                visited = await self._read(answer, begun)
            else:
                visited = Visited(bare(answer), answer.size)
            await self._keep(number, url, PROBE, visited, begun)
        else:
            self._note_resumed()
        if visited.document.fetch.status != 200:
            return None
        # The answer may itself say "not found": what matters is what it looks like.
        document = visited.document
        return replace(document, fetch=replace(document.fetch, problem=None))
