"""One look at an address: what answers, what a crawl could not use, and what is never opened."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from crawler.probing import probe
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import (
    PROSE,
    Answer,
    LoopbackSite,
    minimal_pdf,
    page,
    redirect,
)

LOGIN = "<form method=post><input name=u><input type=password name=p></form>"
LOCAL = CrawlSettings(allow_networks=("127.0.0.0/8",), browser_path=None, delay_s=0)


@pytest.fixture(scope="module")
def site() -> Iterator[LoopbackSite]:
    pages = {
        "/plan": page("แผนปฏิบัติราชการ <b>ปี 2566</b>", PROSE),
        "/plan.pdf": Answer(minimal_pdf("plan"), kind="application/pdf"),
        "/login": page("เข้าสู่ระบบ", LOGIN),
        "/gone": page("ไม่พบหน้าที่ต้องการ", "<p>404</p>"),
        "/moved": redirect("/plan"),
        "/loop": redirect("/loop"),
        "/inside": redirect("http://169.254.169.254/latest/meta-data/"),
        "/file": redirect("file:///etc/passwd"),
        "/other": redirect("http://127.0.0.3:1/"),
        "/script": Answer(b"<script>location.href='/plan'</script>"),
        "/broken": Answer(b"oops", status=500),
        "/closed/plan": page("แผน", PROSE),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /closed/", kind="text/plain"),
    }
    with LoopbackSite("127.0.0.1", pages) as made:
        yield made


def test_a_page_tells_its_title_status_and_where_it_ended(site: LoopbackSite) -> None:
    found = probe(f"{site.url}/moved", LOCAL)
    assert (found.good, found.status, found.kind) == (True, 200, "หน้าเว็บ")
    assert (found.final_url, found.title) == (f"{site.url}/plan", "แผนปฏิบัติราชการ <b>ปี 2566</b>")
    assert "URL ส่งต่อไปหน้าอื่น ควรใส่ URL ปลายทางแทน" in found.remarks
    assert probe(f"{site.url}/script", LOCAL).final_url == f"{site.url}/plan"


def test_a_file_is_named_and_not_read(site: LoopbackSite) -> None:
    found = probe(f"{site.url}/plan.pdf", LOCAL, main_site="https://www.surin.test/")
    assert (found.good, found.kind, found.title) == (True, "ไฟล์ PDF", "plan.pdf")
    assert found.remarks == ("อยู่นอกเว็บไซต์หลักของหน่วยงาน (www.surin.test)", "ไม่ได้ใช้ HTTPS")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/nothing", "not_found"),
        ("/broken", "server_error"),
        ("/login", "login_required"),
        ("/gone", "soft_404"),
        ("/loop", "redirect_loop"),
        ("/closed/plan", "blocked_by_robots"),
        ("/inside", "inner_address"),
        ("/file", "bad_address"),
        ("/other", "connection"),
    ],
)
def test_what_a_scan_could_not_use_is_told(site: LoopbackSite, path: str, code: str) -> None:
    found = probe(f"{site.url}{path}", LOCAL)
    assert (found.code, found.good, bool(found.detail)) == (code, False, True)


def test_a_site_that_shows_the_same_for_every_address_is_seen() -> None:
    with LoopbackSite("127.0.0.1", {}, missing=page("หน้าแรก", PROSE)) as everything:
        assert probe(f"{everything.url}/plan", LOCAL).code == "soft_404"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/",
        "http://169.254.169.254/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
    ],
)  # fmt: skip
def test_nothing_inside_the_network_is_opened(url: str) -> None:
    assert probe(url, CrawlSettings(browser_path=None)).code == "inner_address"


def test_another_scheme_is_no_address() -> None:
    assert probe("ftp://a.test/", CrawlSettings(browser_path=None)).code == "bad_address"


def test_a_name_is_opened_at_the_address_that_was_checked(
    site: LoopbackSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its answer between two questions leads nowhere else."""
    port = int(site.url.rpartition(":")[2])
    answers = iter(["127.0.0.1", "127.0.0.1", "127.0.0.1", "10.0.0.9", "10.0.0.9"])
    real = socket.getaddrinfo

    def resolve(host: str, *args: Any, **kwargs: Any) -> object:
        if host == "turns.test":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    found = probe(f"http://turns.test:{port}/plan", LOCAL)
    assert (found.status, found.final_url) == (200, f"http://turns.test:{port}/plan")
    assert site.headers["/plan"]["Host"] == f"turns.test:{port}"
    assert probe(f"http://turns.test:{port}/plan", LOCAL).code == "inner_address"


def test_social_media_is_told_without_opening_it() -> None:
    assert probe("https://www.facebook.com/surin", LOCAL).code == "social_media_only"
