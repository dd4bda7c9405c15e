"""Scans of `surin` whose evidence is hostile, tabular, a PDF, a Word file, or a picture of a page."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from docx import Document as WordFile
from PIL import Image

from checklist.evidence import Coverage, Document, Fetch, Region, TextSource
from checklist.loader import load
from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Kind, Quote, Verdict
from crawler.bodies import BodyStore
from evidence.archive import Archive
from evidence.capture import Capture, CaptureKind
from tests.crawler.loopback_site import minimal_pdf
from tests.web.seeds import CHECKLIST, FIRST_DAY, UNITS

if TYPE_CHECKING:
    from web.site import Site

ADDRESS = "https://www.surin.go.th"
HTML = "text/html; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ITEM = "O12"
DAY = FIRST_DAY + timedelta(days=10)
ROW = "2\tจัดซื้อเครื่องคอมพิวเตอร์\t1,250,000\tแล้วเสร็จ"
SPREAD = "แผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2566"
WORDS = "ข้อความในไฟล์ Word ปี 2566"


def hostile_page(number: int) -> bytes:
    """A page that tries everything, and holds the quotes; its text differs by `number`."""
    return f"""<!doctype html><html><head><title>แผนการดำเนินงาน</title>
<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/go">
<link rel="stylesheet" href="https://evil.example/a.css"><style>@import url(//evil.example/b.css);
p {{ background: url(https://evil.example/c.png) }}</style><script>alert('head')</script></head>
<body onload="alert('load')"><nav><a href="/">หน้าแรก</a> <a href="/o12">แผน</a></nav>
<div style="display:none">ข้อความลับที่ซ่อนไว้</div>
<h1>แผนการดำเนินงาน ฉบับที่ {number}</h1>
<p>แผนปฏิบัติ<b>การ</b>ป้อง\u200bกันการ<i onclick="alert('click')">ทุจริต</i>&nbsp; ประจํา\u00adปีงบประมาณ พ.ศ. ๒๕๖๖</p>
<img src="https://evil.example/d.png" onerror="alert('img')" alt="ผังงาน">
<a href="javascript:alert('link')">ดาวน์โหลด</a>
<svg onload="alert('svg')"><script>alert('in svg')</script></svg>
<iframe src="https://evil.example/frame" srcdoc="<script>parent.alert('frame')</script>"></iframe>
<form action="https://evil.example/form"><input autofocus onfocus="alert('focus')"><button>ส่ง</button></form>
<object data="https://evil.example/o.swf"></object><video src="https://evil.example/v.mp4" autoplay></video>
{"<p>บรรทัดก่อนตาราง</p>" * 60}
<table><tr><th>ที่</th><th>โครงการ</th><th>งบ</th><th>ผล</th></tr>
<tr><td>1</td><td>จ้างเหมาบริการ</td><td>300,000</td><td>แล้วเสร็จ</td></tr>
<tr><td>2</td><td>จัดซื้อ<br>เครื่อง<u>คอมพิวเตอร์</u></td><td>1,250,000</td><td>แล้วเสร็จ</td></tr></table>
<template><img src=x onerror="alert('template')"></template>
<p style="x:expression(alert(1))">ท้ายหน้า</p>{"<p>บรรทัดอื่น</p>" * 120}</body></html>""".encode()


def _word() -> bytes:
    file, out = WordFile(), io.BytesIO()
    file.add_heading("รายงานผล", 1)
    file.add_paragraph(WORDS)
    file.save(out)
    return out.getvalue()


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 900), (230, 240, 250)).save(out, "JPEG")
    return out.getvalue()


def archived(site: Site) -> int:
    """Add two scans of `surin` with copies, and return the number of the second."""
    for number in (1, 2):
        scan = _scan(site, number)
    return scan


def _scan(site: Site, number: int) -> int:
    day = DAY + timedelta(days=number)
    page, pdf, word = hostile_page(number), minimal_pdf("Annual plan FY2566 of Surin"), _word()
    urls = [f"{ADDRESS}/o12", f"{ADDRESS}/plan.pdf", f"{ADDRESS}/report.docx"]
    captures = [
        _capture(page, urls[0], HTML, day),
        _capture(pdf, urls[1], "application/pdf", day, file_name="plan.pdf"),
        _capture(word, urls[2], WORD, day, file_name="report.docx"),
    ]
    shot = _capture(_jpeg(), urls[0], "image/jpeg", day, kind=CaptureKind.SCREENSHOT)
    asked = {
        "units": [{"id": "surin", "urls": {ITEM: [*urls, f"{ADDRESS}/silent"]}}],
        "items": [ITEM],
    }
    scan = site.store.start_scan(load(CHECKLIST), day.date(), asked, "1.2.3")
    quotes = [
        _quote(SPREAD, captures[0], heading=("แผนการดำเนินงาน",)),
        _quote(ROW, captures[0], region=Region.TABLE),
        _quote("plan FY2566", captures[1], source=TextSource.PDF, page=1),
        _quote(WORDS, captures[2], source=TextSource.DOCX),
        _quote("ไม่มีข้อความนี้อยู่ในหน้าเลย", captures[0]),
        _quote("ข้อความที่อ่านจากภาพสแกน", captures[1], source=TextSource.OCR, page=1),
    ]
    documents = [
        Document(Fetch(c.url, c.final_url, 200, c.content_type, c.payload_sha256, c.size, day))
        for c in captures
    ]
    site.store.save_unit(scan, UNITS[0], [_verdict(quotes)], Coverage(4, 4), documents)
    bodies = BodyStore(site.bodies_folder)
    for body in (page, pdf, word, _jpeg()):
        bodies.put(body)
    archive = Archive(site.evidence_place, site.engine)
    kept = [replace(one, items=(ITEM,)) for one in (*captures, shot)]
    archive.keep(scan, "surin", kept, bodies.get, {"software": "oit test"})
    archive.seal(scan)
    site.store.finish_scan(scan)
    return scan


def _capture(
    body: bytes,
    url: str,
    content_type: str,
    day: datetime,
    *,
    kind: CaptureKind = CaptureKind.RESPONSE,
    file_name: str = "",
) -> Capture:
    digest = hashlib.sha256(body).hexdigest()
    return Capture(
        url, url, 200, digest, len(body), kind, content_type, day, file_name=file_name
    )  # fmt: skip


def _quote(
    text: str,
    capture: Capture,
    *,
    region: Region = Region.MAIN,
    source: TextSource = TextSource.HTML,
    page: int | None = None,
    heading: tuple[str, ...] = (),
) -> Quote:
    return Quote(
        capture.url, capture.final_url, text, region, source, 200, capture.payload_sha256,
        capture.fetched_at, page, heading,
    )  # fmt: skip


def _verdict(quotes: Sequence[Quote]) -> ItemVerdict:
    item = next(one for one in load(CHECKLIST).items if one.id == ITEM)
    elements = tuple(
        ElementVerdict(
            one.id,
            one.text,
            ElementState.PRESENT if number else ElementState.ABSENT,
            reason=None if number else "element_missing",
            quotes=tuple(quotes) if number == 1 else (),
        )
        for number, one in enumerate(item.elements)
    )
    return ItemVerdict(
        ITEM, Verdict.FAIL, Kind.PARTIAL, ("element_missing",), elements, (f"{ADDRESS}/o12",)
    )
