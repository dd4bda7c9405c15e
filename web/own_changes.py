"""What people do to their own account, for the pages and the API: each deed with its log line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.login import proven
from accounts.people import People
from accounts.throttle import TooSoonError
from accounts.tokens import Token, Tokens
from database.sessions import together
from web.cookies import KNOWN, read_cookie
from web.faults import BadInput, TooSoon
from web.viewer import address_of, bearer_of, record, sessions_of, site_of

if TYPE_CHECKING:
    from fastapi import Request

    from web.viewer import Viewer


def password_changed(request: Request, viewer: Viewer, old: str, new: str) -> str:
    """Set the viewer's password; all sessions end.

    Returns the secret of a new session, "" for who came with a token. Raises `BadInput`,
    `TooSoon`, `PasswordError` for a weak one, `PersonError` for who signs in elsewhere.
    """
    if new == old:
        raise BadInput("รหัสผ่านใหม่ต้องไม่เหมือนรหัสผ่านเดิม")
    site = site_of(request)
    address, mark = address_of(request), read_cookie(request, KNOWN)
    try:
        known = proven(site.engine, viewer.name, old, address, site.clock(), mark)
    except TooSoonError as wait:
        raise TooSoon(
            f"รหัสผ่านเดิมผิดหลายครั้ง กรุณารอ {wait.seconds} วินาที", Retry_After=str(wait.seconds)
        ) from None
    if known is None:
        record(request, viewer, "password.refused", f"user:{viewer.name}")
        raise BadInput("รหัสผ่านเดิมไม่ถูกต้อง")
    browser = request.headers.get("user-agent", "")
    with together(site.engine):
        People(site.engine).set_password(viewer.name, new, site.clock())
        record(request, viewer, "password.changed", f"user:{viewer.name}")
        if not viewer.session_key:
            return ""
        return sessions_of(site).begin(viewer.person, site.clock(), address, browser)


def token_made(request: Request, viewer: Viewer, label: str, days: int) -> tuple[Token, str]:
    """A new token of the viewer's and its secret; raises `PersonError` and `BadInput`.

    One that is asked for with a token does not outlast it: who found a token keeps no way in.
    """
    site, key = site_of(request), bearer_of(request)
    tokens, now = Tokens(site.engine), site.clock()
    ends = tokens.ends_of(key) if key and not viewer.session_key else None
    if ends is not None and days > (left := (ends - now).days):
        raise BadInput(
            f"โทเคนที่ออกด้วยโทเคนอยู่ได้ไม่นานกว่าโทเคนที่ใช้เรียก ซึ่งเหลือ {left} วัน "
            "ต้องการนานกว่านี้ให้สร้างในหน้า «บัญชีของฉัน»"
        )
    made, secret = tokens.make(viewer.person, label, days, now)
    record(request, viewer, "token.made", f"user:{viewer.name}", _told(made))
    return made, secret


def token_revoked(request: Request, viewer: Viewer, number: int) -> None:
    """End a token of the viewer's own; raises `PersonError` when it is not theirs."""
    site = site_of(request)
    gone = Tokens(site.engine).revoke(viewer.person.id, number, site.clock())
    record(request, viewer, "token.revoked", f"user:{viewer.name}", _told(gone))


def _told(token: Token) -> dict[str, object]:
    return {"token": token.id, "label": token.label}
