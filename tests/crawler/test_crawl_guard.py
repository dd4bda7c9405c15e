"""No address inside the network is opened."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crawler.address_policy import AddressPolicy
from crawler.settings import CrawlSettings


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("203.0.113.9", False),
        ("164.115.22.10", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("2001:4860:4860::8888", True),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("192.88.99.1", False),
        ("not an address", False),
    ],
)
def test_public_addresses_only(address: str, allowed: bool) -> None:
    assert AddressPolicy().allows(address) is allowed


def test_the_operator_may_list_networks() -> None:
    policy = AddressPolicy(("10.20.0.0/16", "fd00::/8"))
    assert policy.allows("10.20.3.4")
    assert policy.allows("::ffff:10.20.3.4")
    assert policy.allows("fd00::7")
    assert not policy.allows("10.21.0.1")
    assert not policy.allows("127.0.0.1")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://www.a.go.th/x", True),
        ("http://127.0.0.1/x", False),
        ("http://[::1]/x", False),
        ("http://10.0.0.1:8080/", False),
        ("file:///etc/passwd", False),
        ("ftp://a.go.th/x", False),
        ("gopher://a.go.th/", False),
        ("http:///x", False),
        ("http://a.go.th:99999/", False),
    ],
)
def test_addresses_by_their_text(url: str, allowed: bool) -> None:
    assert AddressPolicy().allows_url(url) is allowed


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_no_private_address_slips_through_a_v6_coat(address: ipaddress.IPv4Address) -> None:
    policy = AddressPolicy()
    assert not policy.allows(str(address))
    assert not policy.allows(f"::ffff:{address}")
    assert not policy.allows(str(ipaddress.IPv6Address(int(address))))


def test_a_network_that_is_none_is_named() -> None:
    with pytest.raises(ValidationError, match=r"10\.0\.0\.0/40.*write it like"):
        CrawlSettings(allow_networks=("10.0.0.0/40",))


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(ValidationError, match="max_page"):
        CrawlSettings.model_validate({"max_page": 5})
