"""Addresses of every network that is not the internet.

Tried: loopback, private, shared (CGNAT), link-local, unspecified, test, multicast and reserved networks.
Must: the policy allows none of them, and allows public ones.
"""

from __future__ import annotations

import pytest

from crawler.address_policy import AddressPolicy

INNER = (
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.0.1",
    "0.0.0.0",
    "0.1.2.3",
    "192.0.0.8",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.251",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
)


@pytest.mark.parametrize("address", INNER)
def test_it_is_not_opened(address: str) -> None:
    assert not AddressPolicy().allows(address)
    assert not AddressPolicy().allows_url(f"http://{address}/")


@pytest.mark.parametrize(
    "address", ["164.115.22.10", "172.15.255.255", "172.32.0.1", "100.63.0.1", "11.0.0.1"]
)
def test_its_public_neighbours_are(address: str) -> None:
    assert AddressPolicy().allows(address)
