"""The spider that visits units, and the pipeline that sends each finished one home."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Spider

from crawler.bodies import BodyStore
from crawler.body_reader import BodyReader, Extractor
from crawler.fetcher import Fetcher
from crawler.log_context import about
from crawler.manners import Manners
from crawler.memory.frontier import Books, Frontier
from crawler.memory.readings import READINGS, Readings
from crawler.memory.traces import Journal
from crawler.outage import Line
from crawler.rendering import Renderer
from crawler.retracing import Retracing
from crawler.screenshots import Screenshots
from crawler.starting import start_after
from crawler.unit_crawl import UnitCrawl
from crawler.visits import Visits

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.gate import Gate
    from crawler.harvest import CrawlEvent, UnitHarvest
    from crawler.memory.ledger import Ledger
    from crawler.plan import UnitPlan
    from crawler.plan_stream import Plans
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)


class UnitSpider(Spider):
    """Visits the units of a sweep, several at a time; each finished harvest is an item."""

    name = "units"

    def __init__(
        self,
        plans: Plans | None = None,
        crawl_settings: CrawlSettings | None = None,
        extractor: Extractor | None = None,
        gate: Gate | None = None,
        send: Callable[[object], None] = lambda _: None,
        ledger: Ledger | None = None,
        **kwargs: Any,
    ) -> None:
        """Visit `plans`; harvests and events go out through `send`, visits go into `ledger`."""
        super().__init__(**kwargs)
        if plans is None or crawl_settings is None or extractor is None:
            raise ValueError("the spider needs plans, crawl_settings and an extractor")
        self.plans = plans
        self.crawl_settings = crawl_settings
        self.manners = Manners(crawl_settings, ledger)
        self.extractor = extractor
        self.gate = gate
        self.send = send
        self.ledger = ledger
        self.renderer: Renderer | None = None
        self.began = 0.0
        self.screenshots: Screenshots | None = None
        self.frontier: Frontier | None = None
        self.line: Line | None = None
        self.retracing: Retracing | None = None

    async def start(self) -> AsyncIterator[UnitHarvest]:
        """Yield a harvest as each unit finishes."""
        fetcher = await self._fetcher()
        self.began = asyncio.get_running_loop().time()
        self.frontier = Frontier(self.ledger) if self.ledger is not None else None
        self.line = Line(self.crawl_settings)
        if self.ledger is not None:
            self.retracing = Retracing(self.ledger, fetcher, self.line, self.crawl_settings)
        running: set[asyncio.Task[UnitHarvest]] = set()
        coming = asyncio.create_task(self.plans.next())
        more = True
        try:
            while running or more:
                room = more and len(running) < self.crawl_settings.concurrent_hosts
                awaited: set[asyncio.Task[Any]] = {*running, *((coming,) if room else ())}
                done, _ = await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
                if room and coming in done:
                    plan = coming.result()
                    if more := plan is not None:
                        running.add(asyncio.create_task(self._visit(plan, fetcher)))
                        coming = asyncio.create_task(self.plans.next())
                finished = [task for task in running if task in done]
                running.difference_update(finished)
                for task in finished:
                    yield task.result()
        finally:
            coming.cancel()
            for task in running:
                task.cancel()
            if self.screenshots is not None:
                await self.screenshots.close()
            if self.gate is not None:
                await self.gate.close()
            if self.frontier is not None:
                await self.frontier.close()
            if self.retracing is not None:
                await self.retracing.close()

    async def _fetcher(self) -> Fetcher:
        engine = self.crawler.engine
        if engine is None:
            raise RuntimeError("the spider runs without an engine")
        settings = self.crawl_settings
        if settings.render and settings.browser_path:
            self.renderer = Renderer(engine, settings, self.manners)
            if self.gate is not None:
                await self.gate.open()
                if settings.screenshots and settings.bodies_folder:
                    gate_url, folder = self.gate.url, settings.bodies_folder
                    self.screenshots = Screenshots(settings, gate_url, folder, self.manners)
        bodies = BodyStore(settings.bodies_folder) if settings.bodies_folder else None
        readings = Readings(self.ledger.folder / READINGS) if self.ledger else None
        reuse = settings.remember and not settings.bypass_caches
        reader = BodyReader(self.extractor, bodies, readings, reuse=reuse)
        return Fetcher(engine, settings, reader, self.renderer, self.manners)

    async def _visit(self, plan: UnitPlan, fetcher: Fetcher) -> UnitHarvest:
        unit_id = plan.unit.id
        await self._wait_for_turn(urlsplit(plan.unit.main_site).hostname or unit_id)
        books = await self.frontier.books(unit_id) if self.frontier is not None else Books()
        journal = Journal()
        visits = Visits(
            unit_id, self.crawl_settings, fetcher, self._tell, books, self.line, journal
        )
        crawl = UnitCrawl(plan, self.crawl_settings, visits, self.screenshots)
        left_s = max(1.0, self.crawl_settings.hard_limit_s - books.elapsed)
        try:
            with about(unit=unit_id):
                async with asyncio.timeout(left_s):
                    return await self._stands_or_crawled(crawl, plan, visits, journal)
        except asyncio.CancelledError:
            raise
        except TimeoutError:
            logger.warning("unit %s ran past its hard limit", unit_id)
            return crawl.so_far("การเก็บข้อมูลของหน่วยงานนี้ใช้เวลาเกินกำหนดจึงถูกสั่งหยุด")
        except Exception:
            logger.exception("unit %s could not be crawled", unit_id)
            return crawl.so_far("การเก็บข้อมูลของหน่วยงานนี้หยุดกลางคันเพราะข้อผิดพลาดของระบบ")
        finally:
            visits.close()
            if self.renderer is not None:
                await self.renderer.forget(unit_id)

    async def _stands_or_crawled(
        self, crawl: UnitCrawl, plan: UnitPlan, visits: Visits, journal: Journal
    ) -> UnitHarvest:
        retracing = self.retracing
        if retracing is None:
            return await crawl.run()
        if self.screenshots is None and (found := await retracing.stands(plan, visits, journal)):
            return found
        harvest = await crawl.run()
        await retracing.keep(plan, visits, journal)
        return harvest

    async def _wait_for_turn(self, host: str) -> None:
        jitter, scan = self.crawl_settings.start_jitter_s, self.ledger.scan_id if self.ledger else 0
        passed = asyncio.get_running_loop().time() - self.began
        await asyncio.sleep(max(0.0, start_after(jitter, scan, host) - passed))

    def _tell(self, event: CrawlEvent) -> None:
        self.send(event)


class HarvestPipeline:
    """Sends each harvest to the process that asked for the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        """Send through the spider of `crawler`."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline of a crawl."""
        return cls(crawler)

    def process_item(self, item: UnitHarvest) -> UnitHarvest:
        """Send one harvest."""
        spider = self._crawler.spider
        if isinstance(spider, UnitSpider):
            spider.send(item)
        return item
