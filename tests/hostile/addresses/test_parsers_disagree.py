"""A spelling that different libraries take for different hosts.

Tried: backslashes, `@`, `#`, `?`, tabs, line ends, spaces, percent signs and NULs in and around the host.
Must: after cleaning, all parsers at work see one host, or the address is refused.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import pytest
from scrapy import Request
from twisted.web.client import URI

from crawler.address_policy import AddressPolicy
from crawler.urls import clean

SPELLINGS = (
    "http://a.go.th\\@127.0.0.1/",
    "http://127.0.0.1\\@a.go.th/",
    "http:\\\\127.0.0.1\\x",
    "http://a.go.th#@127.0.0.1/",
    "http://a.go.th?@127.0.0.1/",
    "http://127.0.0.1#.a.go.th/",
    "http://127.0.0.1\t/",
    "http://127.0\n.0.1/",
    "http://127.0.0.1%00.a.go.th/",
    "http://127.0.0.1%20/",
    "http://%31%32%37.0.0.1/",
    "http://%6c%6fcalhost/",
    "http:///127.0.0.1/",
    "http:/127.0.0.1/",
    "http:127.0.0.1/",
    "http://[127.0.0.1]/",
    "http://loc\u00adalhost/",
    " http://127.0.0.1/",
    "http://a.go.th:80@127.0.0.1:80/",
    "http://127.0.0.1%2f@a.go.th/",
)


def host_in_twisted(url: str) -> str:
    return str(URI.fromBytes(url.encode()).host.decode())  # type: ignore[no-untyped-call]


def hosts(url: str) -> set[str]:
    """The host of `url` as each library that connects sees it."""
    twisted = host_in_twisted(url).rpartition("@")[2]
    return {
        urlsplit(url).hostname or "",
        httpx.URL(url).host,
        urlsplit(Request(url).url).hostname or "",
        twisted,
    }


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_all_see_one_host_or_it_is_refused(spelling: str) -> None:
    try:
        url = clean(spelling)
    except ValueError:
        return
    if AddressPolicy().refusal(url):
        return
    assert hosts(url) == {"a.go.th"}
