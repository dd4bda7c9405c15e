"""IPv6 addresses that lead inside in their own ways.

Tried: unique local, link-local with a zone, site-local, mapped, 6to4, NAT64, Teredo and unassigned ones.
Must: the policy allows none of them, and allows public ones.
"""

from __future__ import annotations

import pytest

from crawler.address_policy import AddressPolicy

INNER = (
    "::", "::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fe80::1%25eth0", "fec0::1", "ff02::1",
    "::ffff:10.0.0.1", "::ffff:a00:1", "::ffff:0:10.0.0.1", "::10.0.0.1", "2002:a00:1::", "2002:c0a8:101::1",
    "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "100::1",
    "5f00::1", "4000::1", "2001:10::1",
)  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_it_is_not_opened(address: str) -> None:
    assert not AddressPolicy().allows(address)


def test_public_ones_are() -> None:
    assert AddressPolicy().allows("2001:fb0:1234::80")
    assert AddressPolicy().allows("2404:6800:4001::1")
