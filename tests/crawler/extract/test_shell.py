"""Which pages a browser must render before they can be judged."""

from __future__ import annotations

import pytest

from checklist.evidence import Fetch
from crawler.extract import extract, needs_browser

SCRIPT = "<script src='/app.js'></script>"
LONG = "<p>" + "ผลการดำเนินงานตามแผนปฏิบัติการประจำปี " * 12 + "</p>"


@pytest.mark.parametrize(
    ("html", "needed"),
    [
        (f"<div id='root'></div>{SCRIPT}", True),
        (f"<div id=app></div>{SCRIPT}", True),
        (f"<div id='__next'><p>กำลังโหลด...</p></div>{SCRIPT}", True),
        (f"<app-root></app-root>{SCRIPT}", True),
        (f"<noscript>You need to enable JavaScript to run this app.</noscript>{SCRIPT}", True),
        (f"<h1>ข้อมูล O12</h1><div>กำลังโหลดข้อมูล</div>{SCRIPT}", True),
        (f"<h1>ข้อมูล O12</h1><div id='list'></div>{SCRIPT}", True),
        (f"{LONG}<div class='accordion-body'> </div>{SCRIPT}", True),
        (f"<div id='root'>{LONG}</div>{SCRIPT}", False),
        (f"{LONG}{SCRIPT}", False),
        ("<h1>ข้อมูล O12</h1>", False),
        (f"<h1>โครงสร้างการแบ่งส่วนราชการของเทศบาลตำบลบ้านสวน</h1><img src='a.jpg'>{SCRIPT}", False),
        (f"<p>แผนปฏิบัติการประจำปีงบประมาณ 2566 <a href='plan.pdf'>ดาวน์โหลด</a></p>{SCRIPT}", False),
        (
            f"<h1>แผน</h1><iframe src='https://drive.google.com/file/d/1/preview'></iframe>{SCRIPT}",
            False,
        ),
        (f"<meta http-equiv='refresh' content='0;url=/home'>{SCRIPT}", False),
    ],
)
def test_needs_browser(html: str, needed: bool) -> None:
    url = "https://a.go.th/"
    document = extract(f"<html><body>{html}</body></html>".encode(), Fetch(url, url))
    assert needs_browser(document) is needed


def test_what_a_browser_rendered_needs_no_browser() -> None:
    body = f"<html><body><div id='root'></div>{SCRIPT}</body></html>".encode()
    url = "https://a.go.th/"
    assert not needs_browser(extract(body, Fetch(url, url), rendered=True))
