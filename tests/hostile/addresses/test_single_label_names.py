"""Names that only the office's own network knows.

Tried: `intranet`, `nas.local`, `hr.corp`, `x.internal`: the search domain or the office's server answers.
Must: they are refused before anybody is asked, with the reason for the webmaster; a listed network's are asked.
"""

from __future__ import annotations

import pytest

from crawler.address_policy import AddressPolicy

NAMES = (
    "intranet",
    "localhost",
    "LOCALHOST.",
    "nas.local",
    "hr.corp",
    "vault.internal",
    "router.lan",
    "printer.home.arpa",
)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_an_internal_address(name: str) -> None:
    assert "ประชาชนเปิดไม่ได้" in AddressPolicy().refusal(f"http://{name}/plan.pdf")


def test_public_names_are_asked() -> None:
    for name in ("www.moi.go.th", "local.go.th", "เทศบาล.ไทย", "internal.moi.go.th"):
        assert AddressPolicy().refusal(f"https://{name}/") == ""


def test_where_the_operator_lists_a_network_its_addresses_decide() -> None:
    policy = AddressPolicy(("10.0.0.0/8",))
    assert policy.refusal("http://intranet/") == ""
    assert not policy.allows("192.168.1.1")
