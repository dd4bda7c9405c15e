"""What every request passes before its handler: a login, and a form of our own."""

from __future__ import annotations

import hmac
import json
import re
from urllib.parse import urlsplit

from fastapi import Request

from accounts.secrets import form_key
from web.addresses import origin_of
from web.cookies import VISIT, read_cookie
from web.faults import BadInput, ForeignForm, MustChange, NotSignedIn
from web.limits import FORM
from web.viewer import API, Viewer, viewer_of

PUBLIC = frozenset(
    {
        "/",
        "/login",
        "/login/openid",
        "/login/openid/done",
        "/healthz",
        "/metrics",
        "/assets/{digest}/{name:path}",
    }
)
"""Routes that answer without a login; every other one asks for it, whatever its handler does."""
WHILE_CHANGING = frozenset({"/account/password", "/logout"})
"""All that a one-time password opens."""
UNMARKED = frozenset({"/healthz", "/metrics", "/assets/{digest}/{name:path}"})
"""Routes that never look at who asks: they answer without a database."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def route_path(request: Request) -> str:
    """The path of the matched route as it was declared."""
    return str(getattr(request.scope.get("route"), "path", ""))


def identified(request: Request) -> None:
    """Put who asks into `request.state.viewer`; raises `NotSignedIn` or `MustChange`."""
    path = route_path(request)
    request.state.viewer = None if path in UNMARKED else viewer_of(request)
    viewer: Viewer | None = request.state.viewer
    if viewer is None:
        if path not in PUBLIC:
            raise NotSignedIn
        return
    if viewer.person.must_change and path not in WHILE_CHANGING | PUBLIC:
        raise MustChange


async def own_form(request: Request) -> None:
    """Raise `ForeignForm` for a change that our own page did not ask for."""
    if request.method in SAFE or route_path(request) in UNMARKED:
        return
    viewer: Viewer | None = request.state.viewer
    if viewer is not None and not viewer.csrf:
        return
    if not _from_here(request):
        raise ForeignForm
    visit = read_cookie(request, VISIT)
    wanted = viewer.csrf if viewer is not None else form_key(visit) if visit else ""
    sent = await _sent(request)
    if not wanted or not hmac.compare_digest(sent.encode("utf-8", "replace"), wanted.encode()):
        raise ForeignForm


async def whole_letters(request: Request) -> None:
    """Raise `BadInput` for JSON that escapes half of a letter: nothing can keep or show it."""
    if not request.url.path.startswith(API) or request.method in SAFE:
        return
    if request.headers.get("content-type", "").startswith(_FORMS):
        return
    body = await request.body()
    if _HALF.search(body) is None:
        return
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise BadInput("ข้อความที่ส่งมามีอักขระที่ไม่ครบตัว (surrogate) กรุณาแก้แล้วส่งใหม่") from None
    except (ValueError, RecursionError):
        return


def _from_here(request: Request) -> bool:
    """False when the browser says that another site sent this."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    settings = request.app.state.site.settings
    ours = origin_of(request, settings)
    if settings.address:
        return origin.lower() == ours.lower()
    # Nobody told whether a proxy in front speaks https: the name alone is known.
    return urlsplit(origin).netloc == urlsplit(ours).netloc


async def _sent(request: Request) -> str:
    header = request.headers.get("x-csrf-token")
    if header is not None or request.url.path.startswith(API):
        return header or ""
    if not request.headers.get("content-type", "").startswith(_FORMS):
        return ""
    field = (await request.form(**FORM)).get("csrf")
    return field if isinstance(field, str) else ""
