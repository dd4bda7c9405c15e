"""Compression bombs

Tried: a few kilobytes unpack to 16 MB, in each packing that is asked for.
Must: unpacking stops at the limit of a body; the reason is `too_large`, names the limit, and does not blame robots.txt.
"""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

ZEROS = b"<p>" + b"0" * (16 * 1024 * 1024)


def bomb(packing: str, body: bytes) -> Site:
    return Site({"/o1": Reply(body, headers={"Content-Encoding": packing})})


_GZIP = gzip.compress(ZEROS, 1)
SITES = {
    "gzip": bomb("gzip", _GZIP),
    "deflate": bomb("deflate", zlib.compress(ZEROS, 1)),
    "br": bomb("br", brotli.compress(ZEROS, quality=1)),
    "zstd": bomb("zstd", zstd.compress(ZEROS)),
    "nested": bomb("gzip, gzip", gzip.compress(_GZIP)),
}
del ZEROS, _GZIP


@pytest.mark.parametrize("name", SITES)
def test_a_bomb_stops_at_the_limit(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, "too_large")
    assert "2 MB" in after.report_html
    assert after.bytes < 1_000_000
