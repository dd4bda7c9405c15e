"""Another site's page sends a form in the name of whoever is signed in (CSRF).

Tried: no key, a guessed key, the key of the attacker's own session, the right key in an address, a
form dressed as plain text or JSON, and requests whose browser names another origin, also our own
host over plain http.
Must: refused, and nothing changes; our own form goes through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.people import People

if TYPE_CHECKING:
    from tests.web.conftest import Client, Dashboard

ADDRESS = "https://oit.example.go.th"
TARGET = "/users/reviewer/disable"


def works(dashboard: Dashboard) -> bool:
    return People(dashboard.site.engine).named("reviewer").disabled_at is None


def unarmed(dashboard: Dashboard) -> Client:
    boss = dashboard.client("administrator")
    del boss.headers["X-CSRF-Token"]
    return boss


@pytest.mark.parametrize("kind", ["none", "guessed", "other", "address", "array", "cookie"])
def test_a_form_without_our_key_is_refused(dashboard: Dashboard, kind: str) -> None:
    boss = unarmed(dashboard)
    own, other = dashboard.client("administrator").csrf, dashboard.client("webmaster").csrf
    form = {"guessed": {"csrf": "0" * 64}, "other": {"csrf": other}, "array": {"csrf[]": boss.csrf}}
    path = f"{TARGET}?csrf={own}" if kind == "address" else TARGET
    if kind == "cookie":
        boss.cookies.set("csrf", boss.csrf)
    assert boss.post(path, data=form.get(kind)).status_code == 403
    assert works(dashboard)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "", "application/xml"])
def test_a_form_in_disguise_is_refused(dashboard: Dashboard, kind: str) -> None:
    boss = unarmed(dashboard)
    sent = f'{{"csrf": "{boss.csrf}"}}'.encode() if "json" in kind else f"csrf={boss.csrf}".encode()
    answer = boss.post(TARGET, content=sent, headers={"Content-Type": kind})
    assert answer.status_code == 403
    assert works(dashboard)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://oit.example.go.th"},
        {"Origin": "https://oit.example.go.th.evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_origin_is_refused_though_it_knew_the_key(
    dashboard: Dashboard, headers: dict[str, str]
) -> None:
    with dashboard.set_up(address=ADDRESS) as there:
        boss = there.client(address=ADDRESS)
        sender = dashboard.client("administrator")
        boss.cookies.set("__Host-oit", sender.cookies["oit"], domain=boss.base_url.host, path="/")
        known = {"X-CSRF-Token": sender.csrf}
        assert boss.post(TARGET, headers=known | headers).status_code == 403
        assert works(dashboard)
        ours = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
        assert boss.post(TARGET, headers=known | ours).status_code == 303


def test_no_other_site_reads_answers(standing: Dashboard) -> None:
    boss = standing.client("administrator")
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    for method in ("GET", "OPTIONS"):
        answer = boss.request(method, "/api/v1/me", headers=asked)
        assert not [one for one in answer.headers if one.startswith("access-control")]
