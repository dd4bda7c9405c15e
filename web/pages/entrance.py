"""The door: start, login, logout."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from accounts.known_browsers import KNOWN_DAYS, mark_for
from accounts.login import proven
from accounts.people import People
from accounts.secrets import form_key, new_secret
from accounts.throttle import TooSoonError
from database.sessions import together
from web.addresses import is_secure, own_path
from web.cookies import KNOWN, SESSION, VISIT, drop_cookie, read_cookie, set_cookie
from web.navigation import start_of
from web.render import page
from web.viewer import OnSite, SignedIn, Viewer, address_of, one_deed, record, sessions_of

router = APIRouter()

_TOLD_EVERY = timedelta(minutes=1)
_MOST_TOLD = 10_000
_WRONG = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"
_PLAIN_HTTP = "ลงชื่อเข้าใช้ได้ผ่าน https เท่านั้น ให้ผู้ดูแลเครื่องตั้ง reverse proxy และ OIT_WEB_ADDRESS"


@router.get("/")
def start(request: Request) -> Response:
    """To the first page that the person may open."""
    viewer: Viewer | None = request.state.viewer
    to = start_of(viewer, request.app.state.paths) if viewer else "/login"
    return RedirectResponse(to, 303)


@router.get("/login")
def login_page(request: Request, next: str = "/") -> Response:
    """The form; somebody who is signed in already is sent on."""
    if request.state.viewer is not None:
        return RedirectResponse(own_path(next), 303)
    return _form(request, next)


def _form(
    request: Request, back: str, *, status: int = 200, wrong: str = "", name: str = ""
) -> Response:
    visit = read_cookie(request, VISIT) or new_secret()
    plain = request.url.scheme != "https" and is_secure(request, request.app.state.site.settings)
    behind = bool(request.app.state.site.settings.address)
    shown = page(
        request,
        "login.html",
        status=status,
        back=own_path(back),
        wrong=_PLAIN_HTTP if plain and not behind else wrong,
        name=name,
        visit_key=form_key(visit),
        openid=request.app.state.site.settings.openid,
        nobody=not People(request.app.state.site.engine).any(),
    )
    set_cookie(request, shown, VISIT, visit)
    return shown


@router.post("/login")
def login(  # nosec B107  # nothing was sent
    request: Request,
    site: OnSite,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    back: Annotated[str, Form(alias="next", max_length=3000)] = "/",
) -> Response:
    """Sign in: a new session with a new cookie; what is wrong is told the same for any name."""
    address = address_of(request)
    try:
        mark = read_cookie(request, KNOWN)
        person = proven(site.engine, name, password, address, site.clock(), mark)
    except TooSoonError as wait:
        if _worth_telling(request, address, site.clock()):
            record(request, None, "login.too_soon", _tried(name))
        again = f"ลงชื่อเข้าใช้ไม่สำเร็จหลายครั้ง กรุณารอ {wait.seconds} วินาทีแล้วลองใหม่"
        shown = _form(request, back, status=429, wrong=again, name=name)
        shown.headers["Retry-After"] = str(wait.seconds)
        return shown
    if person is None:
        record(request, None, "login.failed", _tried(name))
        return _form(request, back, status=403, wrong=_WRONG, name=name)
    earlier: Viewer | None = request.state.viewer
    browser = request.headers.get("user-agent", "")
    with together(site.engine):
        if earlier is not None:
            sessions_of(site).end(earlier.session_key)
        secret = sessions_of(site).begin(person, site.clock(), address, browser)
        record(request, Viewer(person, frozenset()), "login.done")
    answer = RedirectResponse("/account/password" if person.must_change else own_path(back), 303)
    set_cookie(request, answer, SESSION, secret)
    set_cookie(request, answer, KNOWN, mark_for(site.engine, person.name), KNOWN_DAYS)
    drop_cookie(request, answer, VISIT)
    return answer


def _worth_telling(request: Request, address: str, now: datetime) -> bool:
    """Whether tries that came too soon are written down: of an address, one a minute.

    The log is never shortened, and strangers may not fill it at will.
    """
    told: dict[str, datetime] = request.app.state.told_too_soon
    if address in told and now - told[address] < _TOLD_EVERY:
        return False
    if len(told) >= _MOST_TOLD:
        told.clear()
    told[address] = now
    return True


def _tried(name: str) -> str:
    """The account that was tried, unless what was typed looks like a password put there."""
    tidy = name.strip().lower()
    known = tidy.isascii() and len(tidy) <= 64 and all(c.isalnum() or c in "._-@" for c in tidy)
    return f"user:{tidy}" if known and tidy else ""


@router.post("/logout")
@one_deed
def logout(request: Request, site: OnSite, viewer: SignedIn) -> Response:
    """End this session, here and in the database."""
    sessions_of(site).end(viewer.session_key)
    record(request, viewer, "logout")
    answer = RedirectResponse("/login", 303)
    drop_cookie(request, answer, SESSION)
    return answer
