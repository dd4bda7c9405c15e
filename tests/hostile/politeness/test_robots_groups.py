"""Whom the lines of a robots.txt are for.

Tried: several groups, the checker named in other letters, with a version, twice, together with
others, after the rules for everybody, or only seemingly (a name that begins alike, a word that
stands in the contact of its User-Agent).
Must: the checker obeys all groups that name it and no others; else those for everybody.
"""

from __future__ import annotations

import pytest

from crawler.robots_rules import read_rules
from crawler.settings import CrawlSettings

SHUT_ALL = "User-agent: *\nDisallow: /\n"
OPEN_ALL = "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (SHUT_ALL, False),
        (SHUT_ALL + "User-agent: OITChecker\nAllow: /\n", True),
        ("User-agent: oitchecker\nAllow: /\n" + SHUT_ALL, True),
        (SHUT_ALL + "User-agent: OITCHECKER/2.7\nAllow: /\n", True),
        (SHUT_ALL + "User-agent: OITChecker (ศปท.มท.)\nAllow: /\n", True),
        (SHUT_ALL + "User-agent: OITChecker*\nAllow: /\n", True),
        (SHUT_ALL + "User-agent: OITChecker\nDisallow:\n", True),
        (SHUT_ALL + "User-agent: OITChecker\n", True),
        (OPEN_ALL + "User-agent: OITChecker\nDisallow: /o\n", False),
        (OPEN_ALL + "User-agent: a\nUser-agent: OITChecker\n\nUser-agent: b\nDisallow: /\n", False),
        ("User-agent: OITChecker\nAllow: /x\n" + OPEN_ALL
         + "User-agent: OITChecker\nDisallow: /o\n", False),
        ("User-agent: OITChecker\nSitemap: https://a.go.th/s.xml\nUser-agent: b\nDisallow: /", False),
        ("User-agent: *\nCrawl-delay: 5\n\nUser-agent: MJ12bot\nDisallow: /\n", True),
        ("User-agent: OIT\nDisallow: /\n", True),
        ("User-agent: OITCheckerPro\nDisallow: /\n", True),
        ("User-agent: https\nUser-agent: moi\nUser-agent: www.moi.go.th\nDisallow: /\n", True),
        ("User-agent: Googlebot\nDisallow: /\n", True),
        ("Disallow: /\n" + OPEN_ALL, True),
        ("Disallow: /\n", True),
        ("User-agent:\nDisallow: /\n", True),
        ("user agent : *\nDISALLOW : /\n", False),
        ("User-agent *\nDisallow /\n", False),
        ("User-agent: * # ทุกโปรแกรม\nDisallow: /\n", False),
    ],
)  # fmt: skip
def test_our_lines_are_found(text: str, allowed: bool) -> None:
    assert read_rules(text.encode(), "OITChecker").allows("https://a.go.th/o12") is allowed


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("OITChecker/1.0", "OITChecker"),
        ("Mozilla/5.0 (compatible; OITChecker/1.0)", "OITChecker"),
        ("MOI-Checker_2/1", "MOI-Checker_"),
        ("1.0", "OITChecker"),
    ],
)
def test_the_name_is_that_of_the_user_agent(agent: str, name: str) -> None:
    assert CrawlSettings(user_agent=agent).robots_name == name
