"""Serving the pages over HTTP until the program is told to stop."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

import uvicorn

from web.application import application
from web.connections import Impatient
from web.scans.starter import carrying_out
from web.streams import end_streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from web.site import Site

_STOP_WITHIN_S = 5
_AT_ONCE = 200


class ServingError(OSError):
    """The address cannot be served at; `str` says it in Thai, `en` in English."""

    def __init__(self, th: str, en: str) -> None:
        """Say it in both languages."""
        super().__init__(th)
        self.en = en


def serve(
    site: Site, host: str, port: int, on_ready: Callable[[str], None] = lambda _: None
) -> None:
    """Serve the pages of `site` at `host` and `port` (0: any free one) until told to stop.

    `on_ready` is given the address when it is taken. SIGTERM and SIGINT stop it: answers under
    way are given first, for some seconds. Raises `ServingError` when the address cannot be had.
    """
    with bound(host, port) as listening:
        on_ready(_address(listening))
        # The server raises the signal that stopped it once more when it is done.
        before = signal.signal(signal.SIGTERM, lambda *_: None)
        try:
            with carrying_out(site):
                server_of(site).run(sockets=[listening])
        except KeyboardInterrupt:
            return
        finally:
            signal.signal(signal.SIGTERM, before)


class _Server(uvicorn.Server):
    """Answers without end are ended when it stops, and not waited for."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        end_streams()
        await super().shutdown(sockets)


def server_of(site: Site) -> uvicorn.Server:
    """What serves the pages: no banner, no log of requests, an end to waiting and to places."""
    config = uvicorn.Config(
        application(site),
        http=Impatient,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=_STOP_WITHIN_S,
    )
    return _Server(config)


def bound(host: str, port: int) -> socket.socket:
    """A socket that holds the address; raises `ServingError` when it cannot be had."""
    try:
        family, kind, number, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, number)
    except (OSError, UnicodeError):
        raise ServingError(
            f"ไม่รู้จักที่อยู่ «{host}» เลือกด้วย --host เช่น 127.0.0.1",
            f"unknown address «{host}»; choose with --host, for example 127.0.0.1",
        ) from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        raise ServingError(
            f"เปิดที่ {host} พอร์ต {port} ไม่ได้ มีโปรแกรมอื่นใช้อยู่หรือไม่มีสิทธิ์ "
            f"เลือกพอร์ตอื่นด้วย --port ({error.strerror})",
            f"cannot serve at {host} port {port}; choose another with --port ({error.strerror})",
        ) from None
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
