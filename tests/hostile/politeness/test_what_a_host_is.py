"""One machine under many addresses.

Tried: http and https, ports, capital letters, a final dot, a user name before the host.
Must: they are one host with one turn; `www.` and other names are others, each with its own.
"""

from __future__ import annotations

import pytest

from crawler.manners import host_name


@pytest.mark.parametrize(
    "url",
    [
        "http://a.go.th/", "https://a.go.th/x", "https://A.GO.TH:8443/", "http://a.go.th:80/",
        "http://a.go.th./", "http://user:secret@a.go.th/", "wss://a.go.th/socket",
    ],
)  # fmt: skip
def test_one_machine_has_one_turn(url: str) -> None:
    assert host_name(url) == "a.go.th"


def test_other_names_have_others() -> None:
    names = {host_name(f"https://{host}/") for host in ("a.go.th", "www.a.go.th", "b.go.th")}
    assert len(names) == 3


@pytest.mark.parametrize("url", ["", "o12.pdf", "http://[::1", "data:text/html,x", "http://"])
def test_what_is_no_address_breaks_nothing(url: str) -> None:
    assert host_name(url) == ""
