"""Error pages, challenges, sign-ins and soft 404s are told apart from content."""

from __future__ import annotations

from hashlib import sha256

import pytest

from checklist.evidence import Document, Fetch, Link, Passage, Region
from checklist.reasons import REASONS
from crawler.extract import extract
from crawler.problems import of_page, of_status
from crawler.soft404 import compare, impossible_page
from tests.crawler.loopback_site import PROSE, page


def read(html: bytes, url: str = "https://a.go.th/o12") -> Document:
    return extract(html, Fetch(url, url, sha256=sha256(html).hexdigest()))


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, b"<p>ok", None),
        (200, b" ", "empty_page"),
        (404, b"", "not_found"),
        (410, b"", "not_found"),
        (401, b"", "login_required"),
        (403, b"Forbidden", "blocked_by_waf"),
        (403, b"<title>Just a moment...</title>", "blocked_by_waf"),
        (503, b"<title>Attention Required! | Cloudflare</title>", "blocked_by_waf"),
        (200, b"<script src='/_Incapsula_Resource?SWJIYLWA=71'></script>", "blocked_by_waf"),
        (503, b"maintenance", "server_error"),
        (500, b"", "server_error"),
        (429, b"", "rate_limited"),
        (408, b"", "timeout"),
        (400, b"", "http_error"),
        (204, b"", "http_error"),
    ],
)
def test_statuses(status: int, body: bytes, code: str | None) -> None:
    problem = of_status(status, body)
    assert (problem.code if problem else None) == code
    if problem:
        assert problem.code in REASONS
        assert problem.detail


SIGN_IN = '<form action="/in"><input name="u"><input type="password" name="p"></form>'


@pytest.mark.parametrize(
    ("html", "url", "code"),
    [
        (page("รายงานผล", PROSE), "https://a.go.th/o12", None),
        (page("ไม่พบหน้าที่คุณต้องการ", "<p>กลับหน้าแรก</p>"), "https://a.go.th/o12", "soft_404"),
        (page("404", "<p>Oops</p>"), "https://a.go.th/o12", "soft_404"),
        (page("ขออภัย", "<p>ไม่พบหน้าเว็บที่ท่านต้องการ</p>"), "https://a.go.th/o12", "soft_404"),
        (page("Page not found", "<p>-</p>"), "https://a.go.th/o12", "soft_404"),
        (page("สถิติเรื่องร้องเรียน", "<p>ไม่พบเรื่องร้องเรียนในปีงบประมาณ 2566</p>"),
         "https://a.go.th/o29", None),
        (page("แผนที่ 404 สาขา", PROSE * 3), "https://a.go.th/o5", None),
        (page("Google Drive - Quota exceeded", "<p>Sorry, you can't view this file at this time.</p>"),
         "https://drive.google.com/uc?id=1", "rate_limited"),
        (page("Quota exceeded", PROSE), "https://a.go.th/o12", None),
        (page("เข้าสู่ระบบ", SIGN_IN), "https://a.go.th/login?back=o12", "login_required"),
        (page("รายงานผล", PROSE * 4 + SIGN_IN), "https://a.go.th/o12", None),
        (page("ขอสิทธิ์เข้าถึง", "<p>คุณต้องมีสิทธิ์เข้าถึง</p>"),
         "https://drive.google.com/file/d/1AbcDefGhIjKl/view", "access_request"),
        (page("x", "<p>y</p>"), "https://accounts.google.com/v3/signin", "access_request"),
        (page("x", "<p>y</p>"), "https://www.facebook.com/unit", "social_media_only"),
    ],
)  # fmt: skip
def test_pages_of_status_200(html: object, url: str, code: str | None) -> None:
    document = read(html.body, url)  # type: ignore[attr-defined]
    problem = of_page(document, "https://a.go.th/o12")
    assert (problem.code if problem else None) == code


def test_a_page_of_menus_only_is_empty() -> None:
    menu = "<nav><a href='/a'>หน้าแรก</a> <a href='/b'>ติดต่อเรา</a></nav>"
    html = f"<html><body>{menu}<main></main></body></html>"
    problem = of_page(read(html.encode()), "https://a.go.th/o12")
    assert problem is not None
    assert problem.code == "empty_page"


def plain(text: str, *, title: str = "อบต.ตัวอย่าง", files: tuple[str, ...] = ()) -> Document:
    fetch = Fetch("https://a.go.th/o12", "https://a.go.th/o12", sha256=text)
    links = tuple(Link(f"https://a.go.th/{name}", name) for name in files)
    return Document(fetch, title=title, passages=(Passage(text, Region.MAIN),), links=links)


NOTHING = "เทศบาลตำบลตัวอย่าง ยินดีต้อนรับ ไม่มีหน้าตามที่ระบุ โปรดเลือกจากเมนูด้านบน " * 4


@pytest.mark.parametrize(
    ("document", "soft"),
    [
        (plain(NOTHING), True),
        (plain(NOTHING + "."), True),
        (plain(NOTHING, files=("o12.pdf",)), False),
        (plain(NOTHING, title="รายงานผลการดำเนินงาน"), False),
        (plain("รายงานผลการดำเนินงานรอบ 6 เดือน มีโครงการทั้งหมดสิบสองโครงการ " * 5), False),
    ],
)
def test_soft_404_by_comparison(document: Document, soft: bool) -> None:
    answer = plain(NOTHING)
    document = Document(
        Fetch(document.fetch.url, document.fetch.url, sha256="other"),
        title=document.title, passages=document.passages, links=document.links,
    )  # fmt: skip
    assert (compare(document, answer) is not None) is soft


def test_the_front_page_is_never_a_soft_404() -> None:
    answer = plain(NOTHING)
    front = Document(
        Fetch("https://a.go.th/", "https://a.go.th/", sha256=answer.fetch.sha256),
        title=answer.title, passages=answer.passages,
    )  # fmt: skip
    assert compare(front, answer) is None


def test_the_impossible_page_is_steady_and_on_the_host() -> None:
    one = impossible_page("https://a.go.th/x?y=1")
    assert one == impossible_page("https://a.go.th/other")
    assert one.startswith("https://a.go.th/oit-checker-no-such-page-")
