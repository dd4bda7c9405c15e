"""Signs in the paths of a robots.txt: `*`, `$`, queries, small and capital letters.

Tried: paths with the signs that Google documents, and addresses that nearly match them.
Must: exactly the addresses are closed that Google's table of matches names.
"""

from __future__ import annotations

import time

import pytest

from crawler.robots_rules import read_rules


@pytest.mark.parametrize(
    ("rule", "closed", "open_"),
    [
        ("/", ["/", "/any", "/any?q=1"], []),
        ("/*", ["/", "/any"], []),
        ("/fish", ["/fish", "/fish.html", "/fish/salmon.html", "/fishheads", "/fish.php?id=1"],
         ["/Fish.asp", "/catfish", "/?id=fish", "/desert/fish"]),
        ("/fish*", ["/fish", "/fishheads/yummy.html"], ["/Fish.asp", "/catfish"]),
        ("/fish/", ["/fish/", "/fish/?id=1", "/fish/salmon.htm"],
         ["/fish", "/fish.html", "/animals/fish/", "/Fish/Salmon.asp"]),
        ("/*.php", ["/index.php", "/filename.php", "/folder/a.php?p=1", "/folder/any.php.file.html"],
         ["/", "/windows.PHP"]),
        ("/*.php$", ["/filename.php", "/folder/filename.php"],
         ["/filename.php?p", "/filename.php/", "/filename.php5", "/windows.PHP"]),
        ("/fish*.php", ["/fish.php", "/fishheads/catfish.php?p"], ["/Fish.PHP"]),
        ("/*?print=", ["/o12?print=1", "/a/b?print=2"], ["/o12", "/o12?page=1&print=1"]),
        ("/a//b", ["/a//b/c"], ["/a/b"]),
    ],
)  # fmt: skip
def test_the_signs_mean_what_google_says(rule: str, closed: list[str], open_: list[str]) -> None:
    rules = read_rules(f"User-agent: *\nDisallow: {rule}".encode(), "OITChecker")
    assert [path for path in closed if rules.allows(f"https://a.go.th{path}")] == []
    assert [path for path in open_ if not rules.allows(f"https://a.go.th{path}")] == []


def test_a_rule_made_to_be_slow_is_not() -> None:
    rules = read_rules(b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"$\n", "OITChecker")
    begun = time.process_time()
    assert rules.allows("https://a.go.th/" + "a" * 1900 + "b")
    assert time.process_time() - begun < 1
