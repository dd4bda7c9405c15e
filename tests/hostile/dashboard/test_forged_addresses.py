"""A stranger says in a header where they come from, to guess without being slowed.

Tried: `X-Forwarded-For` and `X-Forwarded-Proto` from a machine that is no listed proxy; several
addresses in one header; a network of proxies that is everybody.
Must: believed from listed proxies alone, and of a chain the last that no proxy of ours added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.audit import Audit, Sought
from tests.web.test_doors import enter
from web.settings import SettingsError, WebSettings

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

FORGED = {"X-Forwarded-For": "203.0.113.99, 203.0.113.7", "X-Forwarded-Proto": "https"}


def address_of_try(dashboard: Dashboard, headers: dict[str, str]) -> str:
    person = dashboard.client()
    person.headers.update(headers)
    enter(person, "nobody", "เดาสุ่ม-12345")
    return Audit(dashboard.site.engine).page(Sought(what="login.failed"), 0, 1)[0].address


def test_a_stranger_is_not_believed(dashboard: Dashboard) -> None:
    assert address_of_try(dashboard, FORGED) == "testclient"
    with dashboard.set_up(proxies=("10.0.0.1",)) as there:
        assert (
            address_of_try(there, FORGED | {"Forwarded": "for=1.2.3.4", "X-Real-IP": "1.2.3.4"})
            == "testclient"
        )


def test_of_a_chain_the_last_before_our_proxy_counts(dashboard: Dashboard) -> None:
    with dashboard.set_up(proxies=("testclient",)) as there:
        plain = {"X-Forwarded-For": FORGED["X-Forwarded-For"]}
        assert address_of_try(there, plain) == "203.0.113.7"


@pytest.mark.parametrize("everybody", ["0.0.0.0/0", "::/0", "10.0.0.1,0.0.0.0/0", "*"])
def test_everybody_is_no_proxy(everybody: str) -> None:
    with pytest.raises(SettingsError, match="OIT_WEB_PROXIES"):
        WebSettings.from_environment({"OIT_WEB_PROXIES": everybody})
