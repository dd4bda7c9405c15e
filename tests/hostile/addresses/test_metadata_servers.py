"""The metadata servers of clouds, which hand out keys to whoever asks.

Tried: the addresses of AWS, Google, Azure, Alibaba, Oracle and of containers, with their IPv6 forms.
Must: the policy allows none of them, by number or by name.
"""

from __future__ import annotations

import pytest

from crawler.address_policy import AddressPolicy

ADDRESSES = ("169.254.169.254", "169.254.170.2", "168.63.129.16", "100.100.100.200", "192.0.0.192",
             "fd00:ec2::254", "fe80::a9fe:a9fe", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1")  # fmt: skip
URLS = ("http://2852039166/latest/meta-data/", "http://0xA9FEA9FE/", "http://0251.0376.0251.0376/", "http://169.16689662/",
        "http://metadata.google.internal/computeMetadata/v1/", "http://instance-data/latest/")  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_is_not_opened(address: str) -> None:
    assert not AddressPolicy().allows(address)


@pytest.mark.parametrize("url", URLS)
def test_the_spelling_is_not_opened(url: str) -> None:
    assert "ที่อยู่ภายใน" in AddressPolicy().refusal(url)
