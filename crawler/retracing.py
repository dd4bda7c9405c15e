"""Going along the trace of a unit's last crawl: the same questions, and nothing else.

Every page is asked for as in a crawl (robots, pauses, validators). Where each answer is the one
that came before, a crawl would bring home what it brought then, so none is made. At the first
answer that differs the crawl begins, and what came so far is not asked for again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from crawler.asking import Ask
from crawler.harvest import UnitHarvest
from crawler.memory.readings import lasts as reading_lasts
from crawler.memory.traces import Question, Step, Traces, came, refused
from crawler.problems import RETRIED
from crawler.urls import host_of

if TYPE_CHECKING:
    from scrapy.http import Response

    from checklist.evidence import Coverage, Document
    from crawler.fetcher import Fetcher
    from crawler.memory.ledger import Ledger
    from crawler.memory.traces import Journal
    from crawler.outage import Line
    from crawler.plan import UnitPlan
    from crawler.settings import CrawlSettings
    from crawler.visits import Visits

_PASSING = frozenset({
    *RETRIED, "budget_pages", "budget_bytes", "budget_seconds", "not_rendered",
    # A reader may have been lost, or the memory or the time short.
    "extract_failed", "too_large",
})  # fmt: skip


class Retracing:
    """The traces of one crawl: gone along where a unit's plan allows it, and kept for the next."""

    def __init__(
        self, ledger: Ledger, fetcher: Fetcher, line: Line, settings: CrawlSettings
    ) -> None:
        """Keep traces where `ledger` says."""
        self._ledger = ledger
        self._traces = Traces(ledger.database_url)
        self._fetcher = fetcher
        self._line = line
        self._settings = settings

    async def stands(self, plan: UnitPlan, visits: Visits, journal: Journal) -> UnitHarvest | None:
        """The harvest of a unit where nothing differs; `None` for one that must be crawled.

        What was asked for in vain is then known to `journal`.
        """
        unit_id = plan.unit.id
        if not plan.since or not self._keeps(plan):
            return None
        steps = await asyncio.to_thread(self._traces.find, unit_id, plan.digest, plan.since)
        if not steps:
            return None
        visits.announce("unit_started")
        ask = Ask("", unit_id, self._settings.timeout_s, tally=visits.tally)
        retrace = Retrace(steps, self._fetcher, self._line, ask)
        same = await retrace.run()
        if not same:
            journal.know(retrace.answers)
            return None
        await self._fetcher.keep(retrace.answers.values())
        await asyncio.to_thread(self._traces.still, unit_id, plan.digest, self._ledger.scan_id)
        visits.announce("page", plan.unit.main_site, len(retrace.moments))
        visits.announce("unit_done")
        coverage, tally = visits.coverage(), dict(visits.tally)
        return UnitHarvest(unit_id, {}, coverage, tally=tally, stands=retrace.moments)

    async def keep(self, plan: UnitPlan, visits: Visits, journal: Journal) -> None:
        """Keep the trace of a crawl that came to its end, or forget what there was of the unit."""
        if self._keeps(plan):
            steps = journal.steps if lasts(visits.documents(), visits.coverage()) else ()
            await asyncio.to_thread(
                self._traces.keep, plan.unit.id, plan.digest, self._ledger.scan_id, steps
            )

    async def close(self) -> None:
        """Let go of the database."""
        await asyncio.to_thread(self._traces.close)

    def _keeps(self, plan: UnitPlan) -> bool:
        return bool(plan.digest) and not plan.only and self._ledger.round == 0


class Retrace:
    """One unit's way along the steps of its trace; `ask` is given each step's visited address."""

    def __init__(self, steps: Sequence[Step], fetcher: Fetcher, line: Line, ask: Ask) -> None:
        """Nothing is asked before `run`."""
        self._steps = steps
        self._fetcher = fetcher
        self._line = line
        self._ask = ask
        self._differs = False
        self.answers: dict[Question, Response] = {}
        self.moments: dict[str, datetime] = {}

    async def run(self) -> bool:
        """Ask along the trace, each host on its own; True when no answer differs from before.

        `answers` are then all that came, `moments` when each visited address was answered.
        """
        by_host = sorted(self._steps, key=lambda step: host_of(step.url))
        hosts = [list(found) for _, found in groupby(by_host, key=lambda step: host_of(step.url))]
        await asyncio.gather(*(self._along(steps) for steps in hosts))
        return not self._differs

    async def _along(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if self._differs:
                return
            if not await self._same(step):
                self._differs = True

    def _fresh(self) -> Ask:
        return replace(self._ask, begun=time.monotonic())

    async def _same(self, step: Step) -> bool:
        question = step.question
        if question in self.answers:
            # A crawl asked this twice, and may have been answered in two ways.
            return came(self.answers[question]) == step.came
        answer = await self._line.ask(step.url, lambda: self._fetcher.ask(question, self._fresh()))
        self.moments[step.visited] = datetime.now(UTC)
        if answer.response is None:
            return answer.problem is not None and refused(answer.problem.code) == step.came
        self.answers[question] = answer.response
        return came(answer.response) == step.came


def lasts(documents: Iterable[Document], coverage: Coverage) -> bool:
    """True for a crawl that the same answers would bring about again.

    Not one that was cut short by a budget, or in which something failed in passing, nor one in
    which a second reading of the same bytes could be better.
    """
    opened = list(documents)
    skipped = {one.reason for one in coverage.skipped}
    problems = {document.fetch.problem for document in opened}
    if _PASSING & (skipped | problems) or coverage.rendered:
        return False
    return all(reading_lasts(document) for document in opened if document.readable)
