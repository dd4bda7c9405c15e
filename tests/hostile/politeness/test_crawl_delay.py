"""Pauses that a robots.txt asks for.

Tried: whole, broken, absurd and nonsensical `Crawl-delay`, and `Request-rate`.
Must: a pause is kept up to the limit of the settings (30 seconds), never endlessly, and where it
was cut short and time ran out the report says so.
"""

from __future__ import annotations

import pytest

from crawler.manners import Manners
from crawler.robots_rules import read_rules
from crawler.settings import CrawlSettings

URL = "https://www.a.go.th/o12"


@pytest.mark.parametrize(
    ("line", "asked", "kept"),
    [
        ("Crawl-delay: 10", 10, 10),
        ("Crawl-delay: 2.5", 2.5, 2.5),
        ("crawl-delay:0.2", 0.2, 1),
        ("Crawl-delay: 86400", 86_400, 30),
        ("Crawl-delay: 1e300", 1e300, 30),
        ("Crawl-delay: inf", 0, 1),
        ("Crawl-delay: nan", 0, 1),
        ("Crawl-delay: -5", 0, 1),
        ("Crawl-delay: สิบ", 0, 1),
        ("Request-rate: 1/10", 10, 10),
        ("Request-rate: 30/1m", 2, 2),
        ("Request-rate: 1/1h 0600-1800", 3600, 30),
        ("Request-rate: 0/0", 0, 1),
        ("Crawl-delay: 3\nRequest-rate: 1/5", 5, 5),
        ("Visit-time: 0100-0200", 0, 1),
    ],
)
def test_a_pause_is_kept_within_limits(line: str, asked: float, kept: float) -> None:
    manners = Manners(CrawlSettings())
    manners.note_pause(URL, read_rules(f"User-agent: *\n{line}\n".encode(), "OITChecker").pause_s)
    assert manners.asked_pause(URL) == asked
    assert manners.pause(URL) == kept


def test_a_pause_for_others_is_none_for_us() -> None:
    text = b"User-agent: bingbot\nCrawl-delay: 20\n\nUser-agent: *\nDisallow: /x\n"
    assert read_rules(text, "OITChecker").pause_s == 0
