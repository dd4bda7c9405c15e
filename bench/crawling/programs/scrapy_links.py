"""Bare Scrapy with its LinkExtractor: every link of the sites, documents too, and no more.

Runs in Scrapy's own environment: `python scrapy_links.py ADDRESS...`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse, Response
from scrapy.linkextractors import LinkExtractor


class Links(scrapy.Spider):
    """Follows what LinkExtractor finds."""

    name = "links"

    def __init__(self, starts: list[str]) -> None:
        """Begin at the addresses `starts` and stay on their hosts."""
        super().__init__()
        self.start_urls = starts
        hosts = [urlsplit(start).netloc for start in starts]
        self.links = LinkExtractor(allow_domains=hosts, deny_extensions=[])

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        """Follow a page's links."""
        if isinstance(response, HtmlResponse):
            for link in self.links.extract_links(response):
                yield scrapy.Request(link.url)


process = CrawlerProcess(
    {
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
    }
)
process.crawl(Links, starts=sys.argv[1:])
process.start()
