"""Bombs for the look at one address

Tried: an address that a person asks about answers with a bomb, an odd or broken packing, or a body without end.
Must: three megabytes are taken at most, in pieces of bounded size; what cannot be unpacked is told.
"""

from __future__ import annotations

import gzip
import zlib

import pytest

from crawler.guarded_get import MOST_BYTES, GetError, GuardedGet
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import Answer, LoopbackSite

BOMB = b"0" * (32 * 1024 * 1024)
LOCAL = CrawlSettings(allow_networks=("127.0.0.0/8",), browser_path=None)


def answered(packing: str, body: bytes) -> Answer:
    return Answer(body, headers={"Content-Encoding": packing})


def got(answer: Answer) -> tuple[int, bool]:
    with LoopbackSite("127.0.0.1", {"/": answer}) as site:
        getting = GuardedGet(LOCAL, 10)
        try:
            found = getting.get(f"{site.url}/")
        finally:
            getting.close()
    return len(found.body), found.whole


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_bomb_is_cut_off(packing: str) -> None:
    body = gzip.compress(BOMB, 1) if packing == "gzip" else zlib.compress(BOMB, 1)
    assert got(answered(packing, body)) == (MOST_BYTES, False)


def test_an_honest_packing_is_read() -> None:
    assert got(answered("gzip", gzip.compress(b"<p>good</p>"))) == (11, True)


@pytest.mark.parametrize("packing", ["gzip", "br", "gzip, gzip"])
def test_what_cannot_be_unpacked_is_told(packing: str) -> None:
    with pytest.raises(GetError) as raised:
        got(answered(packing, b"no such packing"))
    assert raised.value.problem.code == "extract_failed"
