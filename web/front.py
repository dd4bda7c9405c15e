"""The front page: what runs here, and where its health and figures are."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html>
<html lang="th">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ตัวตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)</title>
</head>
<body>
<h1>ตัวตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)</h1>
<p>โปรแกรมทำงานอยู่ รุ่น {version}</p>
<ul>
<li><a href="/healthz">สถานะของระบบ</a> ฐานข้อมูล เนื้อที่ดิสก์ ตัวตั้งเวลา และการตรวจครั้งล่าสุด</li>
<li><a href="/metrics">ตัวเลขสำหรับ Prometheus</a></li>
</ul>
</body>
</html>
"""


def front_page(version: str) -> str:
    """The page as HTML."""
    return _PAGE.format(version=escape(version))
