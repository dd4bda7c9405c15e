"""How a unit's hosts are doing: which have fallen silent, which ask to be left alone."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.headers import wait_asked, wait_left
from crawler.problems import SILENT, Problem, resting
from crawler.turns import LONGEST_REST_S

if TYPE_CHECKING:
    from checklist.evidence import Fetch
    from crawler.asking import Answer
    from crawler.settings import CrawlSettings


class HostHealth:
    """What the visits to a unit's hosts have shown of them."""

    def __init__(self, settings: CrawlSettings) -> None:
        """Give a host up after as many silent answers as `settings` say."""
        self._most = settings.host_gives_up_after
        self._silent: Counter[str] = Counter()
        self._last_problem: dict[str, Problem] = {}
        self._rest_until: dict[str, float] = {}

    def note(
        self, host: str, *, answered: bool, problem: Problem | None, wait_s: float | None
    ) -> None:
        """Note one visit: whether a server answered, and for how long it wants to be left alone."""
        if wait_s is not None:
            self._rest_until[host] = time.monotonic() + wait_s
        if problem is not None and problem.code in SILENT and not answered:
            self._silent[host] += 1
            self._last_problem[host] = problem
        elif answered:
            self._silent[host] = 0

    def note_answer(self, host: str, answer: Answer) -> None:
        """Note what came of a request."""
        asked = answer.retry_after
        wait_s = wait_asked(asked, datetime.now(UTC)) if asked else None
        answered = answer.response is not None
        self.note(host, answered=answered, problem=answer.problem, wait_s=wait_s)

    def note_known(self, host: str, fetch: Fetch, *, answered: bool) -> None:
        """Note a visit that was made before this crawl was cut off."""
        problem = Problem(fetch.problem, fetch.problem_detail) if fetch.problem else None
        wait_s = wait_left(fetch, datetime.now(UTC))
        self.note(host, answered=answered, problem=problem, wait_s=wait_s)

    def given_up(self, host: str) -> Problem | None:
        """The problem of a host that was silent too often in a row."""
        if self._silent[host] < self._most:
            return None
        last = self._last_problem[host]
        return Problem(last.code, f"{last.detail} (เว็บไซต์เดียวกันไม่ตอบหลายครั้งติดต่อกัน)")

    def forgive(self) -> None:
        """Give silent hosts another chance."""
        self._silent.clear()

    def rests(self, host: str) -> bool:
        """True when the host has said for how long it wants to be left alone."""
        return host in self._rest_until

    async def rest(self, host: str) -> Problem | None:
        """Wait as long as the host asked, or the problem when it asked for more than a minute."""
        left = self._rest_until.get(host, 0.0) - time.monotonic()
        if left > LONGEST_REST_S:
            return Problem("rate_limited", resting(left))
        if left > 0:
            await asyncio.sleep(left)
        return None
