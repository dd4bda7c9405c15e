"""crawlee-python with its Parsel crawler: every link of the sites, documents too, and no more.

Runs in crawlee's own environment: `python crawlee_links.py ADDRESS...`.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

from crawlee import ConcurrencySettings  # type: ignore[import-not-found]
from crawlee.configuration import Configuration  # type: ignore[import-not-found]
from crawlee.crawlers import ParselCrawler  # type: ignore[import-not-found]
from crawlee.storage_clients import MemoryStorageClient  # type: ignore[import-not-found]

logging.disable(logging.ERROR)


async def main(starts: list[str]) -> None:
    """Crawl from the addresses `starts` and stay on their hosts."""
    crawler = ParselCrawler(
        configuration=Configuration(purge_on_start=False),
        storage_client=MemoryStorageClient(),
        respect_robots_txt_file=True,
        max_request_retries=0,
        concurrency_settings=ConcurrencySettings(min_concurrency=8, desired_concurrency=8),
        configure_logging=False,
    )

    @crawler.router.default_handler  # type: ignore[untyped-decorator]
    async def follow(context: Any) -> None:
        await context.enqueue_links(strategy="same-hostname")

    await crawler.run(starts)


asyncio.run(main(sys.argv[1:]))
