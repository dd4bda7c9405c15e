"""How much may be sent, by whom and how slowly: looked at before anything is read."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypedDict

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from accounts.roles import Right
from database.engine import StoreError
from web.checking.settings import settings_here
from web.faults import BadInput, Fault, NotFound, NotSignedIn, TooMuch, TooSlow
from web.viewer import API, Viewer, viewer_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEGABYTE = 1024 * 1024
MOST_BYTES = MEGABYTE
LONGEST_PATH = 2000
"""Letters of a path; a longer one names nothing, and its numbers are too long to be read."""
AT_THE_DOOR = 64 * 1024
"""What a stranger may send to the login; anywhere else nothing of theirs is read."""
PATIENCE_S = 20.0
SLOWEST = 1024
"""A body comes within `PATIENCE_S`, and the time that it takes at `SLOWEST` bytes a second."""


class FormLimits(TypedDict):
    """How many parts of each sort a form may have."""

    max_files: int
    max_fields: int


FORM: FormLimits = {"max_files": 4, "max_fields": 600}
"""Parts of a form; the largest of ours has a field for each item and some for the unit."""
_FILE = settings_here().max_bytes + MEGABYTE
LARGE: dict[str, tuple[int, Right]] = {
    "/registry/-/import": (21 * MEGABYTE, Right.EDIT_UNITS),
    "/registry": (3 * MEGABYTE, Right.EDIT_URLS),
    "/api/v1/registry/-/import": (21 * MEGABYTE, Right.EDIT_UNITS),
    "/api/v1/registry": (3 * MEGABYTE, Right.EDIT_URLS),
    "/self-check": (_FILE, Right.SELF_CHECK),
    "/api/v1/self-checks": (_FILE, Right.SELF_CHECK),
}
"""Paths (and what is below them) that take more of those with the right, in bytes."""


def most_bytes(path: str, viewer: Viewer | None) -> int:
    """How many bytes the viewer may send to `path`."""
    if viewer is None:
        return AT_THE_DOOR if path == "/login" else 0
    for start, (most, right) in LARGE.items():
        if path == start or path.startswith(f"{start}/"):
            return most if viewer.may(right) else MOST_BYTES
    return MOST_BYTES


class BodyLimit:
    """Finds out who sends before it reads, and cuts off what is too large or too slow."""

    def __init__(self, inner: ASGIApp) -> None:
        """Wrap an application that knows its site."""
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by what the request says of itself; cut it off where it lied."""
        if scope["type"] == "http" and len(scope["path"]) > LONGEST_PATH:
            await _refusal(scope["path"], NotFound())(scope, receive, send)
            return
        if scope["type"] != "http" or not _has_body(scope):
            await self._inner(scope, receive, send)
            return
        if (fault := _misframed(scope)) is not None:
            # What follows it cannot be told from a next request.
            answer = _refusal(scope["path"], fault, Connection="close")
            await answer(scope, receive, send)
            return
        viewer = await run_in_threadpool(self._sender, scope)
        most = most_bytes(scope["path"], viewer)
        if not most:
            await self._inner(_without_body(scope), _unread(receive), send)
            return
        if _said(scope) > most:
            await _refusal(scope["path"], _too_much(most))(scope, receive, send)
            return
        body = _Body(receive, most)
        await self._inner(scope, body.receive, body.answering(scope, send))

    def _sender(self, scope: Scope) -> Viewer | None:
        """Who sends; nobody when that cannot be told: the handler's door says why."""
        try:
            return viewer_of(Request({**scope, "app": self._inner}))
        except (NotSignedIn, StoreError):
            return None


class _Body:
    """A body as it comes in, counted and timed; `fault` is what was wrong with it."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most = receive, most
        self._taken, self._whole = 0, False
        self._began = time.monotonic()
        self.fault: Fault | None = None

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        left = self._began + PATIENCE_S + self._taken / SLOWEST - time.monotonic()
        with anyio.move_on_after(left) as waited:
            message = await self._receive()
        if waited.cancelled_caught:
            self.fault = TooSlow("ข้อมูลที่ส่งมาช้าเกินไป กรุณาตรวจสัญญาณเครือข่ายแล้วส่งใหม่")
            raise self.fault
        self._taken += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._taken > self._most:
            self.fault = _too_much(self._most)
            raise self.fault
        return message

    def answering(self, scope: Scope, send: Send) -> Send:
        """`send`, but with our own answer once something was wrong with the body."""
        begun = refused = False

        async def sending(message: Message) -> None:
            nonlocal begun, refused
            if self.fault is None or begun:
                begun = True
                await send(message)
            elif not refused:
                refused = True
                await _refusal(scope["path"], self.fault)(scope, self._receive, send)

        return sending


def _has_body(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return b"transfer-encoding" in names or _said(scope) != 0


def _said(scope: Scope) -> int:
    """The length that the request says of itself, -1 for no number."""
    said: bytes = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() and len(said) < 16 else -1


def _misframed(scope: Scope) -> Fault | None:
    """A body whose end two programs could see in two places is not read at all."""
    names = [name for name, _ in scope["headers"]]
    both = b"transfer-encoding" in names and b"content-length" in names
    if both or names.count(b"content-length") > 1 or _said(scope) < 0:
        return BadInput("อ่านข้อมูลที่ส่งมาไม่ได้ เพราะบอกความยาวไว้ขัดกัน")
    return None


def _without_body(scope: Scope) -> Scope:
    gone = (b"content-type", b"content-length", b"transfer-encoding")
    return {**scope, "headers": [one for one in scope["headers"] if one[0] not in gone]}


def _unread(receive: Receive) -> Receive:
    given = False

    async def nothing() -> Message:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (message := await receive())["type"] != "http.disconnect":
            continue
        return message

    return nothing


def _refusal(path: str, fault: Fault, **headers: str) -> Response:
    if path.startswith(API):
        told = {"error": {"code": fault.code, "message": fault.thai}}
        return JSONResponse(told, fault.status, headers)
    return PlainTextResponse(fault.thai, fault.status, headers)


def _too_much(most: int) -> Fault:
    shown = f"{most // MEGABYTE} MB" if most >= MEGABYTE else f"{most // 1024} KB"
    return TooMuch(f"ข้อมูลที่ส่งมาใหญ่เกิน {shown}")
