"""How much may be sent: a form's worth, or a file's where files are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, PlainTextResponse, Response

from web.checking.settings import settings_here
from web.faults import TooMuch
from web.viewer import API

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEGABYTE = 1024 * 1024
MOST_BYTES = MEGABYTE
_FILE = settings_here().max_bytes + MEGABYTE
LARGE: dict[str, int] = {
    "/registry/-/import": 21 * MEGABYTE,
    "/registry": 3 * MEGABYTE,
    "/api/v1/registry": 3 * MEGABYTE,
    "/self-check": _FILE,
    "/api/v1/self-checks": _FILE,
}
"""Paths (and what is below them) that take files, with their limits in bytes."""


def most_bytes(path: str) -> int:
    """How many bytes may be sent to `path`."""
    for start, most in LARGE.items():
        if path == start or path.startswith(f"{start}/"):
            return most
    return MOST_BYTES


class BodyLimit:
    """Refuses what is larger than its path takes, before it fills memory or disk."""

    def __init__(self, inner: ASGIApp) -> None:
        """Wrap an application."""
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 by what the request says of itself, or cut it off where it lied."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        most = most_bytes(scope["path"])
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or int(said) > most:
            await _refusal(scope["path"], most)(scope, receive, send)
            return
        await self._inner(scope, _counted(receive, most), send)


def _refusal(path: str, most: int) -> Response:
    fault = TooMuch(_too_much(most))
    if path.startswith(API):
        return JSONResponse({"error": {"code": fault.code, "message": fault.thai}}, fault.status)
    return PlainTextResponse(fault.thai, fault.status)


def _too_much(most: int) -> str:
    return f"ข้อมูลที่ส่งมาใหญ่เกิน {most // MEGABYTE} MB"


def _counted(receive: Receive, most: int) -> Receive:
    taken = 0

    async def counting() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooMuch(_too_much(most))
        return message

    return counting
