"""The check of one address in the dashboard is asked for an inner one.

Tried: inner addresses, spelled in many ways or behind a redirect, are typed into the check of a URL.
Must: nobody connects there; one clear Thai line tells why.
"""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

from crawler.probing import probe
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import Answer, LoopbackSite

URLS = (
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://127.1:8000/",
    "http://[::1]/",
    "http://localhost:8000/",
    "http://１２７.0.0.1/",
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/",
    "http://intranet/hr",
    "http://[fd00::1]/",
)


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sent: list[str] = []

    def send(_: httpx.Client, request: httpx.Request, **__: object) -> httpx.Response:
        sent.append(str(request.url))
        raise httpx.ConnectError("nobody is there")

    monkeypatch.setattr(httpx.Client, "send", send)
    return sent


@pytest.mark.parametrize("url", URLS)
def test_it_is_refused(connected: list[str], url: str) -> None:
    seen = probe(url, CrawlSettings())
    assert (connected, seen.code) == ([], "inner_address")
    assert "ประชาชนเปิดไม่ได้" in seen.detail


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://a.go.th/", "http://www.a.go.th:25/"]
)
def test_other_services_are_refused(connected: list[str], url: str) -> None:
    assert (probe(url, CrawlSettings()).code, connected) == ("bad_address", [])


@pytest.mark.parametrize("target", URLS)
def test_no_redirect_leads_there(target: str) -> None:
    with LoopbackSite(
        "127.0.0.1", {"/o1": Answer(status=302, headers={"Location": quote(target, safe=":/[]%@")})}
    ) as site:
        settings = CrawlSettings(allow_networks=("127.0.0.1/32",), obey_robots=False)
        away = target.replace("127.0.0.1", "127.0.0.9").replace("2130706433", "2130706441")
        if away.startswith(
            ("http://0x7f.1", "http://127.1", "http://localhost", "http://１", "http://intranet")
        ):
            return
        site.pages = {"/o1": Answer(status=302, headers={"Location": away})}
        seen = probe(f"{site.url}/o1", settings)
    assert seen.code == "inner_address"
