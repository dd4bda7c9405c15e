"""A web address leads to the port of another service.

Tried: mail, shells, databases and name servers, which might take a request for orders.
Must: the ports that browsers refuse and those of databases are refused; the usual ones of websites are not.
"""

from __future__ import annotations

import pytest

from crawler.address_policy import AddressPolicy


@pytest.mark.parametrize(
    "port",
    [0, 22, 23, 25, 53, 110, 143, 445, 587, 3306, 5432, 6000, 6379, 6667, 9200, 11211, 27017],
)
def test_the_port_is_refused(port: int) -> None:
    for policy in (AddressPolicy(), AddressPolicy(("127.0.0.0/8",))):
        assert f"พอร์ต {port} " in policy.refusal(f"http://www.a.go.th:{port}/")
    assert f"พอร์ต {port} " in AddressPolicy(("127.0.0.0/8",)).refusal(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "port", [80, 81, 443, 591, 2082, 3000, 8000, 8080, 8081, 8443, 8888, 9000, 9443]
)
def test_ports_of_websites_are_not(port: int) -> None:
    assert AddressPolicy().refusal(f"http://www.a.go.th:{port}/") == ""
