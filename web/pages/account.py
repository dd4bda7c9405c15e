"""A person's own page: who I am, password, sessions, tokens for the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from accounts.known_browsers import KNOWN_DAYS, mark_for
from accounts.login import proven
from accounts.passwords import PasswordError
from accounts.people import People, PersonError
from accounts.throttle import TooSoonError
from accounts.tokens import MOST_DAYS, Tokens
from web.cookies import KNOWN, SESSION, read_cookie, set_cookie
from web.faults import BadInput, NotFound
from web.render import page
from web.site import Site
from web.viewer import OnSite, SignedIn, Viewer, address_of, one_deed, record, sessions_of

router = APIRouter()


@router.get("/account")
def account(request: Request, site: OnSite, viewer: SignedIn) -> Response:
    """Who I am and what opens my account."""
    return _page(request, site, viewer)


def _page(request: Request, site: Site, viewer: Viewer, **more: object) -> Response:
    now = site.clock()
    shown = {"made": None, "secret": "", "wrong": "", "status": 200} | more  # nosec B105  # nothing is shown yet
    return page(
        request,
        "account.html",
        sessions=sessions_of(site).of_person(viewer.person.id, now),
        tokens=Tokens(site.engine).of_person(viewer.person.id),
        now=now,
        most_days=MOST_DAYS,
        **shown,  # type: ignore[arg-type]
    )


@router.get("/account/password")
def password_page(request: Request) -> Response:
    """The form to change the password."""
    return page(request, "password.html", wrong="")


@router.post("/account/password")
def change_password(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    old: Annotated[str, Form(max_length=1000)] = "",
    new: Annotated[str, Form(max_length=1000)] = "",
    again: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Set a new password; all sessions end, and this browser gets a new one."""
    try:
        _change(request, site, viewer, old, new, again)
    except (PersonError, PasswordError, BadInput) as error:
        return page(request, "password.html", status=422, wrong=str(error))
    address, browser = address_of(request), request.headers.get("user-agent", "")
    secret = sessions_of(site).begin(viewer.person, site.clock(), address, browser)
    record(request, viewer, "password.changed", f"user:{viewer.name}")
    answer = RedirectResponse("/account?done=password", 303)
    set_cookie(request, answer, SESSION, secret)
    set_cookie(request, answer, KNOWN, mark_for(site.engine, viewer.name), KNOWN_DAYS)
    return answer


def _change(request: Request, site: Site, viewer: Viewer, old: str, new: str, again: str) -> None:
    if new != again:
        raise BadInput("รหัสผ่านใหม่สองช่องไม่ตรงกัน กรุณาพิมพ์ใหม่")
    if new == old:
        raise BadInput("รหัสผ่านใหม่ต้องไม่เหมือนรหัสผ่านเดิม")
    try:
        mark = read_cookie(request, KNOWN)
        known = proven(site.engine, viewer.name, old, address_of(request), site.clock(), mark)
    except TooSoonError as wait:
        raise BadInput(f"รหัสผ่านเดิมผิดหลายครั้ง กรุณารอ {wait.seconds} วินาที") from None
    if known is None:
        record(request, viewer, "password.refused", f"user:{viewer.name}")
        raise BadInput("รหัสผ่านเดิมไม่ถูกต้อง")
    People(site.engine).set_password(viewer.name, new, site.clock())


@router.post("/account/sessions")
def end_other_sessions(request: Request, site: OnSite, viewer: SignedIn) -> Response:
    """Sign out everywhere else."""
    ended = sessions_of(site).end_others(viewer.person.id, viewer.session_key)
    record(request, viewer, "sessions.ended", f"user:{viewer.name}", {"count": ended})
    return RedirectResponse("/account?done=sessions", 303)


@router.post("/account/sessions/{session}/end")
@one_deed
def end_one_session(request: Request, site: OnSite, viewer: SignedIn, session: str) -> Response:
    """Sign out at one place."""
    end_session(request, site, viewer, session)
    return RedirectResponse("/account?done=session", 303)


def end_session(request: Request, site: Site, viewer: Viewer, session: str) -> None:
    """End a session of the viewer's own and record it; raises `NotFound`."""
    mine = sessions_of(site).of_person(viewer.person.id, site.clock())
    found = next((one for one in mine if one.name == session), None)
    if found is None:
        raise NotFound("ไม่พบการลงชื่อเข้าใช้นี้ อาจออกจากระบบไปแล้ว")
    sessions_of(site).end(found.key)
    record(request, viewer, "session.ended", f"user:{viewer.name}", {"address": found.address})


@router.post("/account/tokens")
@one_deed
def make_token(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    label: Annotated[str, Form(max_length=500)] = "",
    days: Annotated[str, Form(max_length=10)] = "90",
) -> Response:
    """A new token, shown this once."""
    try:
        if not days.strip().isdecimal():
            raise BadInput("อายุโทเคนต้องเป็นจำนวนวัน")
        wanted = int(days)
        made, secret = Tokens(site.engine).make(viewer.person, label, wanted, site.clock())
    except (PersonError, BadInput) as error:
        return _page(request, site, viewer, wrong=str(error), status=422)
    record(request, viewer, "token.made", f"user:{viewer.name}", _told(made.id, made.label))
    return _page(request, site, viewer, made=made, secret=secret)


@router.post("/account/tokens/{number}/revoke")
@one_deed
def revoke_token(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Response:
    """End a token of mine."""
    gone = Tokens(site.engine).revoke(viewer.person.id, number, site.clock())
    record(request, viewer, "token.revoked", f"user:{viewer.name}", _told(gone.id, gone.label))
    return RedirectResponse("/account?done=token", 303)


def _told(number: int, label: str) -> dict[str, object]:
    return {"token": number, "label": label}
