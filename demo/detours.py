"""Addresses that do not lead to a document: what the link says and what the server answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from demo.plan import Destination, UnitPlan

OUTSIDE = "http://drive.demo.invalid"
LOGIN_PATH = "/member/login.html"
LOGIN_TITLE = "เข้าสู่ระบบสมาชิก"
LOGIN_FORM = """<h1>เข้าสู่ระบบสมาชิก</h1>
<p>เอกสารนี้เปิดดูได้เฉพาะเจ้าหน้าที่ โปรดเข้าสู่ระบบ</p>
<form action="/member/login" method="post">
<label>ชื่อผู้ใช้ <input type="text" name="username"></label>
<label>รหัสผ่าน <input type="password" name="password"></label>
<button type="submit">เข้าสู่ระบบ</button>
</form>"""
_CHALLENGE = """<!DOCTYPE html><html><head><title>Just a moment...</title></head>
<body><h2>Checking your browser before accessing the site.</h2>
<div id="cf-wrapper">Enable JavaScript and cookies to continue. Ray ID: 7a1b2c3d4e5f</div>
</body></html>"""


@dataclass(frozen=True, slots=True)
class Detour:
    """Where a link leads, what the server answers at the item's own path, and if it logs in."""

    href: str
    answer: dict[str, Any] = field(default_factory=dict)
    login: bool = False


def detour(kind: Destination | None, path: str, plan: UnitPlan, number: int) -> Detour:
    """The detour of `kind` for item `number` of a unit, whose own page would stand at `path`.

    A kind without an answer of its own leaves the path empty: the server then says that
    there is no such page, in its own way.
    """
    match kind:
        case "login":
            return Detour(path, {"status": 302, "location": LOGIN_PATH}, login=True)
        case "broken":
            return Detour(path, _error(500, "Internal Server Error"))
        case "busy":
            return Detour(path, _error(429, "Too Many Requests"))
        case "waf":
            return Detour(path, {"status": 403, "text": _CHALLENGE})
        case "drive":
            return Detour(f"{OUTSIDE}/file/d/1oIt{plan.number}x{number}/view")
        case "outside":
            return Detour(f"{OUTSIDE}/form/{plan.id}-{number}.html")
        case "facebook":
            posts = f"https://www.facebook.com/{plan.handle}/posts"
            return Detour(f"{posts}/{number}{plan.number}08")
        case "home":
            return Detour("/")
        case _:
            return Detour(path)


def _error(status: int, words: str) -> dict[str, Any]:
    return {"status": status, "text": f"<h1>{status} {words}</h1>"}
