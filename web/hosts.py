"""The names under which the pages may be asked for, once the public address is set."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse

from web.settings_faults import is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_OTHER = "ไม่มีเว็บไซต์ชื่อนี้ที่เครื่องนี้ กรุณาเปิดจากที่อยู่ที่ผู้ดูแลระบบแจ้งไว้"
_MISDIRECTED = 421


def is_ours(host: str, address: str) -> bool:
    """Whether a `Host` header names `address`, this machine, or a number instead of a name.

    A number cannot be made to point here by whoever owns a name: programs that watch use it.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        if name == (urlsplit(address).hostname or "").lower() or is_loopback(name):
            return True
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class KnownHosts:
    """Answers only under our own names, so that no other name's page can speak for us."""

    def __init__(self, inner: ASGIApp, address: str) -> None:
        """Wrap an application whose public address is `address`."""
        self._inner, self._address = inner, address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or 421."""
        if scope["type"] == "http":
            named = [value for name, value in scope["headers"] if name == b"host"]
            host = named[0].decode("latin-1") if len(named) == 1 else ""
            if not is_ours(host, self._address):
                refusal = PlainTextResponse(_OTHER, _MISDIRECTED)
                await refusal(scope, receive, send)
                return
        await self._inner(scope, receive, send)
