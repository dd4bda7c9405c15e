"""A redirect leads to a name that cannot be written on the wire.

Tried: labels of seventy Thai letters, empty labels, hosts with percent signs, in the check of one address.
Must: the check answers with one clear line and does not break.
"""

from __future__ import annotations

import pytest

from crawler.probing import probe
from crawler.settings import CrawlSettings

HOSTS = (
    "ส" * 70 + ".th",
    "a" * 300 + ".th",
    "a..go.th",
    "%00.go.th",
    "a.go.th%0d%0aX: y",
    "-.th",
    ".",
)


@pytest.mark.parametrize("host", HOSTS)
def test_it_is_told_in_one_line(host: str) -> None:
    seen = probe(f"http://{host}/o1", CrawlSettings(obey_robots=False))
    assert seen.code in ("bad_address", "inner_address", "dns", "connection")
    assert seen.detail
    assert "\n" not in seen.detail
