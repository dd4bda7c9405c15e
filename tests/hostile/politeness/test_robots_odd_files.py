"""Files called robots.txt that are something else, or badly saved.

Tried: marks at the beginning, lines of Windows and old Macs, comments, misspellings, unknown lines,
NULs, a page in HTML, a picture, noise of any kind.
Must: what can be understood is obeyed, what cannot forbids nothing, and nothing breaks.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.robots_rules import read_rules

URL = "https://a.go.th/secret/o12.pdf"
CLOSED = "User-agent: *\nDisallow: /secret/\n"


@pytest.mark.parametrize(
    "body",
    [
        CLOSED.encode("utf-8-sig"),
        b"\xef\xbb\xbf\xef\xbb\xbf" + CLOSED.encode(),
        CLOSED.replace("\n", "\r\n").encode(),
        CLOSED.replace("\n", "\r").encode(),
        CLOSED.replace("\n", "\n\n   \n# หมายเหตุ\n").encode(),
        b"  User-agent:*  #all\n\tDisallow:/secret/#x\n",
        b"User-agent: *\nCache-Control: none\nClean-param: a /b\nNoindex: /\nDisallow: /secret/\n",
        b"User-agent: *\nDissalow: /secret/\n",
        b"\0\0User-agent: *\nDisallow: /secret/\0\n",
        CLOSED.encode() + b"Disallow: /\xff\xfe\xb0\n",
        CLOSED.encode() + "Disallow: /a\u2028b\nAllow: /\n".encode(),
    ],
)
def test_what_can_be_understood_is_obeyed(body: bytes) -> None:
    assert not read_rules(body, "OITChecker").allows(URL)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><title>404</title><p>User-agent: *<br>Disallow: /<br></p>",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"Disallow: /\n",
        b"User-agent: *\nDisallow\n",
    ],
)
def test_what_cannot_be_understood_forbids_nothing(body: bytes) -> None:
    assert read_rules(body, "OITChecker").allows(URL)


@given(st.lists(st.sampled_from([
    b"User-agent: *", b"User-agent: OITChecker", b"Disallow: /*$*%", b"Allow: //[::1", b"Crawl-delay: 9e999",
    b"Request-rate: 1/0", b"Request-rate: 1/" + b"9" * 400, b"Crawl-delay: -1", b"\xff\xfe", b":",
]) | st.binary(max_size=30)), st.text(max_size=30))  # fmt: skip
def test_no_file_and_no_address_breaks_the_reader(lines: list[bytes], path: str) -> None:
    rules = read_rules(b"\n".join(lines), "OITChecker")
    assert rules.allows(f"https://a.go.th/{path}") in (True, False)
    assert 0 <= rules.pause_s < float("inf")
