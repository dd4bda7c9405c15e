"""HTML pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extract.sniff import Kind, sniff
from tests.fuzz.frame import Target, read
from tests.fuzz.mutators import of_tokens

if TYPE_CHECKING:
    from checklist.evidence import Document

_PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>แผนปี 2566</title>
<base href="/a/"><style>.x{display:none} #y{color:#fff;font-size:0}</style></head><body>
<nav><ul><li><a href="/b?x=1">เมนู</a></li></ul></nav><h1>แผนดำเนินงาน</h1>
<p class="x">ซ่อน</p><p id="y" style="visibility:hidden">ซ่อน</p>
<table><caption>ตาราง</caption><tr><th colspan=2 rowspan=3>โครงการ</th><th>งบ</th></tr>
<tr><td>ซ่อมถนน</td><td>1,000<table><tr><td>ใน</td></tr></table></td></tr></table>
<form action="/s" method="post"><label for=q>ค้น</label><input id=q name=q><textarea></textarea>
<select><option>1</option></select></form><img src="a.png" alt="ภาพ" width=100 height=9999>
<iframe src="https://www.youtube.com/embed/x"></iframe><embed src=a.pdf><object data=b.pdf></object>
<details><summary>เปิด</summary>ข้อความ</details><footer>เทศบาล</footer>
<script>location.href='/x'</script><meta http-equiv=refresh content="0;url=/y"></body></html>"""
_CONVERTED = """<html><body><div id="page-container"><div class="pf" id="pf1"><div class="t">
แผนปี 2566</div></div><div class="pf" id="pf2"><div class="t m0 x1">๒๕๖๖</div></div></div></html>"""
_WORDS = (
    "<div>", "</div>", "<table>", "</table>", "<tr>", "<td colspan=1000 rowspan=65535>", "<td>",
    "<th>", "<ul><li>", "</ul>", "<a href='", "<a href=//x>", "</a>", "<h1>", "<h6>", "<p>", "<br>",
    "<b>", "<font color=#ffffff size=1>", "style='display:none'", "style='color:white'", "hidden",
    "aria-hidden=true", "class='x'", "<template>", "<noscript>", "<svg>", "<math>", "<!--", "-->",
    "<![CDATA[", "<select>", "<option>", "<frameset><frame src=a>", "<iframe srcdoc='", "&#0;",
    "&#xD800;", "&#x110000;", "&nbsp;", "&lt;", "<base href='http://[", "http://[::1", "data:,x",
    "javascript:x", "mailto:a", "width=", "99999999999", "-1", "²", "๒๕๖๖", "แผนปี 2566", "\u200b",
    "\x00", "\x1f", "<style>", "{display:none}", "@media{", "</style>", "<title>", "<body>", "</html>",
    "<object data=", "<embed src=", "<img src=x alt=", "<details>", "<dl><dt>", "<dd>", "<pre>",
    "<form>", "<input type=hidden value=", "<label for=", "<button>", "<article>", "<nav>", "<footer>",
)  # fmt: skip


def _check(data: bytes) -> Document:
    body = data if sniff(data, "text/html") is Kind.HTML else b"<html>" + data
    return read(body, "text/html; charset=utf-8", charset="utf-8", rendered=len(data) % 2 == 0)


TARGET = Target(
    check=_check,
    seeds=lambda: [_PAGE.encode(), _CONVERTED.encode(), b"<div>" * 300 + b"x"],
    tokens=[word.encode() for word in _WORDS],
    mutate=of_tokens(_WORDS),
    max_len=30_000,
)
