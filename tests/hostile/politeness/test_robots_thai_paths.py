"""Thai paths in a robots.txt, in every way in which webmasters and editors write them.

Tried: the same folder in plain Thai, percent-encoded in capital and small letters, half and half,
in a file saved as UTF-8, with a mark, as UTF-16, and as the Thai code page of old editors.
Must: each closes the folder for each spelling of its address, and no other folder.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest

from crawler.robots_rules import read_rules

FOLDER = "/เอกสารภายใน/"
CODED = quote(FOLDER)
RULE = "User-agent: *\nDisallow: {}\n"


@pytest.mark.parametrize("written", [FOLDER, CODED, CODED.lower(), f"/เอกสาร{CODED[55:]}"])
@pytest.mark.parametrize("asked", [FOLDER, CODED, CODED.lower()])
@pytest.mark.parametrize("saved", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_a_thai_folder_is_closed(written: str, asked: str, saved: str) -> None:
    rules = read_rules(RULE.format(written).encode(saved), "OITChecker")
    assert not rules.allows(f"https://a.go.th{asked}o12.pdf")
    assert rules.allows(f"https://a.go.th{quote('/เอกสารเผยแพร่/')}o12.pdf")


@pytest.mark.parametrize(
    ("rule", "path", "allowed"),
    [
        ("/a%3Cd.html", "/a<d.html", False),
        ("/a%3cd.html", "/a%3Cd.html", False),
        ("/%7Ejoe/", "/~joe/o1", False),
        ("/a%2fb.html", "/a%2Fb.html", False),
        ("/a%2fb.html", "/a/b.html", True),
        ("/o%zz", "/o%zz", False),
    ],
)
def test_encoded_signs_are_compared_as_the_standard_says(
    rule: str, path: str, allowed: bool
) -> None:
    rules = read_rules(RULE.format(rule).encode(), "OITChecker")
    assert rules.allows(f"https://a.go.th{path}") is allowed
