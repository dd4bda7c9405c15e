"""Faults as answers: a Thai page for people, JSON for the API, a way to the login."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from accounts.passwords import PasswordError
from accounts.people import PersonError
from database.engine import StoreError
from web.addresses import login_path, own_path
from web.faults import BadInput, Fault, MustChange, NotFound, NotSignedIn, Unavailable
from web.guard import SAFE
from web.render import page
from web.sources import MissingError
from web.viewer import API, viewer_of

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

_BUSY = "ฐานข้อมูลใช้งานไม่ได้ชั่วคราว อาจมีโปรแกรมอื่นใช้อยู่ กรุณารอสักครู่แล้วลองใหม่"
_NO_DATABASE = (
    "ยังไม่มีฐานข้อมูล ให้ผู้ดูแลเครื่องสั่ง oit user add ชื่อผู้ใช้ --role administrator "
    "เพื่อสร้างฐานข้อมูลและบัญชีผู้ดูแลระบบ"
)
_FAILED = "ระบบทำงานไม่สำเร็จ ข้อมูลที่บันทึกไว้แล้วไม่เสียหาย กรุณาลองใหม่ หากยังเป็นอยู่ให้แจ้งผู้ดูแลระบบ"
_METHOD = "หน้านี้ใช้วิธีเรียกแบบนี้ไม่ได้ กรุณาเปิดจากเมนู"
_UNREADABLE = "อ่านข้อมูลที่ส่งมาไม่ได้ กรุณาเปิดหน้าเดิมใหม่แล้วส่งอีกครั้ง"
_WRONG_METHOD = 405


def add_fault_pages(app: FastAPI) -> None:
    """Answer every fault in our own words."""
    app.add_exception_handler(Fault, lambda request, error: _answer(request, _known(error)))
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(StoreError, _store)
    for sort in (PersonError, PasswordError):
        app.add_exception_handler(sort, lambda request, e: _answer(request, BadInput(str(e))))
    app.add_exception_handler(Exception, lambda request, _e: _answer(request, Fault(_FAILED)))


def _known(error: Exception) -> Fault:
    assert isinstance(error, Fault)
    return error


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == NotFound.status:
        path = request.url.path
        if request.method in SAFE and path.endswith("/") and own_path(path) != "/":
            # Led by the path alone: the host that a request names may be anybody's.
            return RedirectResponse(own_path(path.rstrip("/")), 307)
        return _answer(request, NotFound())
    fault = Fault(_METHOD if error.status_code == _WRONG_METHOD else _UNREADABLE)
    fault.status, fault.code, fault.title = error.status_code, "bad_request", "เรียกใช้ไม่ถูกวิธี"
    fault.headers = dict(error.headers or {})
    return _answer(request, fault)


def _invalid(request: Request, error: Exception) -> Response:
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    return _answer(request, BadInput(invalid_line(first)))


def invalid_line(fault: dict[str, Any]) -> str:
    """One Thai line on the first thing that does not fit: where it is, and what was wanted."""
    where = ".".join(str(part) for part in fault.get("loc", ())[1:]) or "ข้อมูลที่ส่งมา"
    wanted = {
        "missing": "ต้องระบุ",
        "int_parsing": "ต้องเป็นจำนวนเต็ม",
        "bool_parsing": "ต้องเป็น true หรือ false",
        "json_invalid": "ต้องเป็น JSON ที่ถูกต้อง",
        "string_too_long": "ยาวเกินไป",
        "string_too_short": "สั้นเกินไป",
        "enum": f"ต้องเป็นอย่างใดอย่างหนึ่งใน {fault.get('ctx', {}).get('expected', '')}",
        "greater_than_equal": f"ต้องไม่น้อยกว่า {fault.get('ctx', {}).get('ge', '')}",
        "less_than_equal": f"ต้องไม่มากกว่า {fault.get('ctx', {}).get('le', '')}",
    }.get(str(fault.get("type", "")), "ใช้ไม่ได้ กรุณาตรวจรูปแบบแล้วส่งใหม่")
    return f"«{where[:100]}» {wanted}"


def _store(request: Request, error: Exception) -> Response:
    thai = _NO_DATABASE if isinstance(error, MissingError) else _BUSY
    return _answer(request, Unavailable(thai, Retry_After="10"))


def _answer(request: Request, fault: Fault) -> Response:
    if request.url.path.startswith(API):
        told = {"error": {"code": fault.code, "message": fault.thai}}
        return JSONResponse(told, fault.status, fault.headers)
    if isinstance(fault, NotSignedIn | MustChange):
        return _led(request, fault)
    if not hasattr(request.state, "viewer"):
        request.state.viewer = None
        with contextlib.suppress(StoreError, Fault):
            request.state.viewer = viewer_of(request)
    shown = page(request, "fault.html", status=fault.status, fault=fault)
    shown.headers.update(fault.headers)
    return shown


def _led(request: Request, fault: Fault) -> Response:
    """To the page that mends it, and back to where the person was when that can be opened."""
    back = "/"
    if request.method in SAFE:
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    to = "/account/password" if isinstance(fault, MustChange) else login_path(back)
    if request.headers.get("hx-request"):
        # htmx would put the login into the middle of the page.
        return Response(status_code=fault.status, headers={"HX-Redirect": to})
    return RedirectResponse(to, 303)
