"""A unit's visits: every address once, within budgets, one request at a time a host."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from checklist.evidence import Coverage, Document, Skipped, TextSource, Trail
from crawler.fetcher import Answer, Ask, Fetcher
from crawler.harvest import CrawlEvent, EventKind, unread
from crawler.headers import wait_asked
from crawler.problems import RETRIED, SILENT, UNASKED, Problem
from crawler.soft404 import compare, impossible_page
from crawler.urls import host_of, identity, is_root, pattern, trap

if TYPE_CHECKING:
    from crawler.settings import CrawlSettings
    from crawler.tally import Tally


LONGEST_REST_S = 60.0


class Visits:
    """Opens addresses for one unit and keeps the books of what was found, read and skipped."""

    def __init__(
        self,
        unit_id: str,
        settings: CrawlSettings,
        fetcher: Fetcher,
        tell: Callable[[CrawlEvent], None],
    ) -> None:
        """Start the unit's clock."""
        self._unit_id = unit_id
        self._settings = settings
        self._fetcher = fetcher
        self._tell = tell
        self._started = time.monotonic()
        self._timeout_s = settings.timeout_s
        self._tasks: dict[str, asyncio.Future[Document]] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._silent: Counter[str] = Counter()
        self._last_problem: dict[str, Problem] = {}
        self._rest_until: dict[str, float] = {}
        self._probes: dict[str, asyncio.Future[Document | None]] = {}
        self._patterns: Counter[str] = Counter()
        self._found: set[str] = set()
        self._skipped: dict[str, Skipped] = {}
        self._pages = self._fetched = self._rendered = self._bytes = 0
        self.tally: Tally = Counter()

    async def open(self, url: str, trail: Trail, *, social: bool = False) -> Document:
        """The document at `url`; the same address is fetched once, whoever asks."""
        place = identity(url)
        self._found.add(place)
        if place not in self._tasks:
            self._tasks[place] = asyncio.ensure_future(self._visit(url, social=social))
        document = await self._tasks[place]
        return replace(document, trail=trail, fetch=replace(document.fetch, url=url))

    def documents(self) -> list[Document]:
        """Everything opened so far, read or not, in the order in which it was asked for."""
        return [
            task.result()
            for task in self._tasks.values()
            if task.done() and not task.cancelled() and task.exception() is None
        ]

    def admits(self, url: str) -> bool:
        """Whether a followed or discovered address may be opened; a refusal is noted.

        Refused are traps and pages of a make that was opened too often.
        """
        self._found.add(identity(url))
        if identity(url) in self._tasks:
            return True
        if why := trap(url):
            self.skip(url, "trap", why)
            return False
        make = pattern(url)
        self._patterns[make] += 1
        if self._patterns[make] > self._settings.max_pages_per_pattern:
            self.skip(url, "pattern_limit", "เปิดหน้าลักษณะเดียวกันครบจำนวนที่กำหนดแล้ว")
            return False
        return True

    def skip(self, url: str, reason: str, detail: str) -> None:
        """Note an address that was found and not read."""
        self._found.add(identity(url))
        self._skipped.setdefault(identity(url), Skipped(url, reason, detail))

    def begin_second_pass(self) -> bool:
        """Forget what failed for a passing reason; False when no time is left to try again."""
        if self._exhausted() is not None:
            return False
        for place, task in list(self._tasks.items()):
            if task.done() and task.result().fetch.problem in RETRIED:
                del self._tasks[place]
                self._skipped.pop(place, None)
        self._silent.clear()
        self._probes = {h: p for h, p in self._probes.items() if p.done() and p.result()}
        self._timeout_s = self._settings.second_pass_timeout_s
        self.announce("second_pass")
        return True

    def announce(self, kind: EventKind, url: str = "") -> None:
        """Tell the world about a step."""
        self._tell(CrawlEvent(self._unit_id, kind, url, host_of(url), self._fetched))

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
            seconds=round(time.monotonic() - self._started, 3),
            skipped=tuple(self._skipped.values()),
        )

    async def _visit(self, url: str, *, social: bool) -> Document:
        host = host_of(url)
        async with self._locks[host]:
            if (budget := self._exhausted()) is not None:
                self.skip(url, *budget)
                return unread(url, "not_checked", budget[1])
            if self._silent[host] >= self._settings.host_gives_up_after:
                last = self._last_problem[host]
                detail = f"{last.detail} (เว็บไซต์เดียวกันไม่ตอบหลายครั้งติดต่อกัน)"
                self.skip(url, last.code, detail)
                return unread(url, last.code, detail)
            if (refusal := await self._rest(host)) is not None:
                self.skip(url, refusal.code, refusal.detail)
                return unread(url, refusal.code, refusal.detail)
            self._pages += 1
            answer = await self._fetcher.fetch(self._ask(url, social=social))
            self._note_health(host, answer)
        if answer.problem is not None and answer.problem.code in UNASKED:
            self.skip(url, answer.problem.code, answer.problem.detail)
        page = await self._fetcher.read(answer, self._locks[host])
        self._count(answer, url, rendered=page.rendered)
        if page.note:
            # Unrendered shells of a script site all look alike: no proof of a missing page.
            self.skip(url, "not_rendered", page.note)
            return page.document
        return await self._unless_soft_404(page.document)

    def _ask(self, url: str, *, social: bool = False) -> Ask:
        return Ask(url, self._unit_id, self._timeout_s, social, self.tally)

    def rests(self, url: str) -> bool:
        """True when the address's host has said for how long it wants to be left alone."""
        return host_of(url) in self._rest_until

    async def _rest(self, host: str) -> Problem | None:
        """Wait as long as the host asked, or the problem when it asked for more than a minute."""
        left = self._rest_until.get(host, 0.0) - time.monotonic()
        if left > LONGEST_REST_S:
            return Problem("rate_limited", f"เว็บไซต์ขอให้หยุดส่งคำขออีก {left:,.0f} วินาที จึงไม่ได้เปิดหน้านี้")
        if left > 0:
            await asyncio.sleep(left)
        return None

    def _note_health(self, host: str, answer: Answer) -> None:
        wait = wait_asked(answer.retry_after, datetime.now(UTC)) if answer.retry_after else None
        if wait is not None:
            self._rest_until[host] = time.monotonic() + wait
        if answer.problem is not None and answer.problem.code in SILENT:
            self._silent[host] += 1
            self._last_problem[host] = answer.problem
        elif answer.response is not None:
            self._silent[host] = 0

    def _count(self, answer: Answer, url: str, *, rendered: bool) -> None:
        self._bytes += answer.size
        if answer.response is not None:
            self._fetched += 1
            self.announce("page", url)
        if rendered:
            self._rendered += 1
            self.announce("rendered", url)

    def _exhausted(self) -> tuple[str, str] | None:
        settings = self._settings
        if self._pages >= settings.max_pages_per_unit:
            return "budget_pages", f"ครบจำนวนหน้าที่กำหนดต่อหน่วยงาน ({settings.max_pages_per_unit} หน้า)"
        if self._bytes >= settings.max_bytes_per_unit:
            return "budget_bytes", "ครบปริมาณข้อมูลที่กำหนดต่อหน่วยงาน"
        if time.monotonic() - self._started >= settings.max_seconds_per_unit:
            return "budget_seconds", "ครบเวลาที่กำหนดต่อหน่วยงาน"
        return None

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
        turn = self._locks[host_of(url)]
        async with turn:
            answer = await self._fetcher.fetch(self._ask(url))
        if answer.response is None or answer.response.status != 200:
            return None
        # The answer may itself say "not found": what matters is what it looks like.
        document = (await self._fetcher.read(answer, turn)).document
        return replace(document, fetch=replace(document.fetch, problem=None))
