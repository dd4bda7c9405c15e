"""Another site frames a page, guesses its type, keeps it in a cache, or reads where it leads.

Tried: every page as an administrator, a stranger's answers, and every sort of refusal: not found,
wrong method, too large, wrong name of the host, unreadable.
Must: each answer carries the policy: no inline script, no frame of others, no sniffing, no
referrer to others, nothing kept of personal pages, https only where the address says so, no banner.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.hostile.dashboard.conftest import asked_raw
from web.headers import HEADERS

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

PAGES = ("/overview", "/units", "/units/surin", "/units/surin/items/O1", "/registry", "/registry/surin", "/review",
         "/decisions", "/self-check", "/scans", "/scans/3", "/checklist", "/users", "/users/admin", "/audit", "/account",
         "/api", "/api/v1/me", "/api/v1/users", "/api/v1/overview", "/api/v1/openapi.json", "/no/such", "/units/none",
         "/audit/export.csv", "/overview/export.csv", "/units/surin/report.json", "/registry/-/export.csv")  # fmt: skip
REFUSALS: tuple[tuple[str, str, dict[str, str]], ...] = (("TRACE", "/units", {}), ("GET", "/units", {}), ("POST", "/login", {"content-length": "9999999"}),
            ("POST", "/login", {"content-length": "x"}), ("GET", "/nothing", {}), ("GET", "/login?next=//x", {}),
            ("GET", "/", {}), ("GET", "/healthz", {}), ("GET", "/api/v1/me", {"authorization": "Bearer x"}))  # fmt: skip


def is_guarded(headers: object) -> bool:
    told = {name.lower(): value for name, value in headers.items()}  # type: ignore[attr-defined]
    policy = told["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"unsafe-|\*|http:|script-src[^;]*data:", policy)
    assert (told["x-content-type-options"], told["x-frame-options"]) == ("nosniff", "DENY")
    assert told["referrer-policy"] == "same-origin"
    opener = "same-origin"
    if told.get("content-disposition", "").startswith("attachment"):
        opener = told["cross-origin-opener-policy"]
    assert told["cross-origin-opener-policy"] == opener
    assert told["cross-origin-resource-policy"] == "same-origin"
    assert told["cache-control"] == "no-store"
    assert not {"server", "x-powered-by", "access-control-allow-origin"} & set(told)
    return True


@pytest.fixture(autouse=True)
def _reports_without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """No header depends on the pictures of a report, which take a process each."""
    monkeypatch.setattr("web.units.reading.kept_pictures", lambda *_: [])


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_guarded(standing: Dashboard, path: str) -> None:
    assert is_guarded(standing.client("administrator").get(path).headers)


@pytest.mark.parametrize(("method", "path", "headers"), REFUSALS)
def test_every_refusal_is_guarded(
    standing: Dashboard, method: str, path: str, headers: dict[str, str]
) -> None:
    assert is_guarded(asked_raw(standing.app, method, path, headers=headers).headers)


def test_https_only_is_said_where_the_address_is_https(standing: Dashboard) -> None:
    for address, said in (("https://oit.example.go.th", True), ("", False)):
        with standing.set_up(address=address) as there:
            for host in ("oit.example.go.th", "evil.example"):
                answer = asked_raw(there.app, "GET", "/login", headers={"host": host})
                assert ("strict-transport-security" in answer.headers) is said


def test_what_comes_from_crawled_pages_runs_nothing(standing: Dashboard) -> None:
    person = standing.client("administrator")
    for path in ("/units/surin/report.html", "/units/hostile/items/O1/scans/3/copies/1/page"):
        answer = person.get(path)
        if answer.status_code == 200:
            assert "sandbox" in answer.headers["content-security-policy"]
            assert "script-src" not in answer.headers["content-security-policy"]
    assert all(name in answer.headers for name in HEADERS)
