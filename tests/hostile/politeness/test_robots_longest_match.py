"""Rules of a robots.txt that contradict each other.

Tried: Allow and Disallow match the same path, in any order, as a webmaster copies them together.
Must: the longest rule decides and Allow wins a tie, as in Google's published examples.
"""

from __future__ import annotations

import pytest

from crawler.robots_rules import read_rules

HOST = "https://www.a.go.th"


@pytest.mark.parametrize(
    ("allow", "disallow", "path", "allowed"),
    [
        ("/p", "/", "/page", True),
        ("/folder", "/folder", "/folder/page", True),
        ("/page", "/*.htm", "/page.htm", False),
        ("/page", "/*.ph", "/page.php5", True),
        ("/$", "/", "/", True),
        ("/$", "/", "/page.htm", False),
        ("/oit/2566/", "/oit/", "/oit/2566/o12.pdf", True),
        ("/oit/2566/", "/oit/", "/oit/2565/o12.pdf", False),
        ("/index.html", "/", "/", True),
    ],
)
@pytest.mark.parametrize("order", ["{allow}\n{disallow}", "{disallow}\n{allow}"])
def test_the_longest_rule_decides(
    allow: str, disallow: str, path: str, allowed: bool, order: str
) -> None:
    lines = order.format(allow=f"Allow: {allow}", disallow=f"Disallow: {disallow}")
    rules = read_rules(f"User-agent: *\n{lines}".encode(), "OITChecker")
    assert rules.allows(HOST + path) is allowed


def test_an_empty_rule_forbids_nothing() -> None:
    assert read_rules(b"User-agent: *\nDisallow:\n", "OITChecker").allows(f"{HOST}/o1")
    assert read_rules(b"User-agent: *\nAllow:\nDisallow: /a", "OITChecker").allows(f"{HOST}/o1")
