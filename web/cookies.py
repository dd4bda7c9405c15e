"""The cookies: who is signed in, and which browser opened the login page or went to a provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.addresses import is_secure

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

SESSION = "oit"
VISIT = "oit-visit"
OPENID = "oit-openid"
KNOWN = "oit-known"
_GUARDED = "__Host-"
_MOST = 3000


def cookie_name(request: Request, name: str) -> str:
    """The cookie's full name; with `__Host-` a browser takes it from this host over https only."""
    return f"{_GUARDED}{name}" if is_secure(request, request.app.state.site.settings) else name


def read_cookie(request: Request, name: str) -> str:
    """What the browser sent, "" when it sent nothing."""
    return request.cookies.get(cookie_name(request, name), "")[:_MOST]


def set_cookie(
    request: Request, response: Response, name: str, value: str, days: int | None = None
) -> None:
    """Give the browser a cookie that no script reads; without `days` it goes when it is closed."""
    secure = is_secure(request, request.app.state.site.settings)
    full = cookie_name(request, name)
    age = None if days is None else days * 86_400
    response.set_cookie(
        full, value, max_age=age, path="/", secure=secure, httponly=True, samesite="lax"
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Take the cookie away."""
    secure = is_secure(request, request.app.state.site.settings)
    full = cookie_name(request, name)
    response.delete_cookie(full, path="/", secure=secure, httponly=True, samesite="lax")
