"""Addresses that read as another site than they lead to.

Tried: A name before `@`, letters of other scripts that look Latin, percent signs that hide a turn
of the writing direction, spaces that push the true host out of sight.
Must: What is shown begins with the host to which a click leads; a disguised host stands as `xn--`.
"""

from __future__ import annotations

import pytest

from results.links import safe_link, shown_url


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://www.ѕurin.go.th/oit", "https://www.xn--urin-f9d.go.th/oit"),
        ("https://www.surin․go․th.evil.example/", "https://www.surin.go.th.evil.example/"),
        (
            "https://www.surin.go.th／o12.evil.example/",
            "https://www.surin.go.th／o12.evil.example/",
        ),
        ("https://evil.example/%E2%80%AEgpj.exe", "https://evil.example/gpj.exe"),
        ("https://www.ภูสวน.ไทย/%E0%B9%81%E0%B8%9C%E0%B8%99", "https://www.ภูสวน.ไทย/แผน"),
    ],
)
def test_the_host_is_shown_as_it_is(address: str, shown: str) -> None:
    assert shown_url(address) == shown


@pytest.mark.parametrize(
    "address",
    [
        "https://www.surin.go.th@evil.example/",
        "https://www.surin.go.th:x@evil.example/",
        "https://www.surin.go.th%2F@evil.example/",
        "https://www.surin.go.th\u3000@evil.example/",
        "https://www.surin.go.th／o12.evil.example/",
    ],
)
def test_a_host_behind_another_name_is_no_link(address: str) -> None:
    assert safe_link(address) == ""
