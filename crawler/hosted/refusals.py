"""Hosts that show a document without giving it out, and what their refusals mean."""

from __future__ import annotations

from crawler.hosted.addresses import on_host, split
from crawler.hosted.flipbooks import is_book

_SHOW_ONLY = {
    "slideshare.net": "SlideShare",
    "scribd.com": "Scribd",
    "issuu.com": "Issuu",
    "calameo.com": "Calaméo",
    "heyzine.com": "Heyzine",
    "yumpu.com": "Yumpu",
}
_MOVE_IT = "ควรแนบไฟล์ PDF ไว้บนเว็บไซต์ของหน่วยงาน"


def refusal(url: str) -> tuple[str, str] | None:
    """Reason code and Thai detail for a host that gives no document to read; else `None`."""
    parts = split(url)
    if parts is None:
        return None
    for host, name in _SHOW_ONLY.items():
        if on_host(parts, host):
            return "unsupported_type", f"เอกสารอยู่บน {name} ซึ่งให้ดูในหน้าเว็บของผู้ให้บริการเท่านั้น {_MOVE_IT}"
    if on_host(parts, "lookaside.fbsbx.com", "scontent.fbkk.fna.fbcdn.net"):
        return "social_media_only", "ไฟล์อยู่บนเครื่องแม่ข่ายของสื่อสังคมออนไลน์"
    return None


def stopped(url: str, status: int) -> tuple[str, str] | None:
    """What an error status of a file host means, where it differs from a web site's own.

    `url` is the final address. `None` leaves the status to its ordinary meaning.
    """
    parts = split(url)
    if parts is None:
        return None
    if on_host(parts, "api.onedrive.com") and status in (400, 401, 403, 404):
        return (
            "http_error",
            f"OneDrive ไม่ส่งไฟล์ให้ผู้ที่ไม่ได้ลงชื่อเข้าใช้ (HTTP {status}) โปรดตรวจการแชร์ หรือ" + _MOVE_IT,
        )
    shared = on_host(parts, "sharepoint.com", "dropbox.com", "dropboxusercontent.com")
    if shared and status in (401, 403):
        return "access_request", f"ที่เก็บไฟล์ไม่เปิดให้ทุกคนดู (HTTP {status})"
    if on_host(parts, "drive.google.com", "docs.google.com", "drive.usercontent.google.com"):
        if status == 401:
            return "access_request", "Google ไดรฟ์ไม่เปิดไฟล์นี้ให้ทุกคนดู (HTTP 401)"
        if status == 403:
            # Said of private files and to callers that Google takes for robots alike.
            return "http_error", "Google ไดรฟ์ไม่ส่งไฟล์ให้ (HTTP 403) โปรดตรวจการแชร์ หรือ" + _MOVE_IT
        if status == 500:
            return "server_error", "Google ไดรฟ์แปลงไฟล์ให้ดาวน์โหลดไม่สำเร็จ (HTTP 500)"
    if is_book(url) and status in (403, 404):
        return "not_found", f"ไม่พบหนังสือพลิก (flip-book) ที่ที่อยู่นี้ (HTTP {status})"
    return None
