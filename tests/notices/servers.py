"""Real servers on loopback that misbehave on demand: SMTP and HTTP."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from asyncio.base_events import Server
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    import ssl

    from aiosmtpd.smtp import SMTP


@dataclass
class Mailbox:
    """What an SMTP server took; `refuse` answers a recipient, `drop` hangs up after the data.

    `kill` is the process that is killed once its message has been taken.
    """

    refuse: dict[str, str] = field(default_factory=dict)
    drop: int = 0
    kill: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    raw: list[Message] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Refuse the recipients that are to be refused."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take the message, or hang up in the middle."""
        if self.drop:
            self.drop -= 1
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
            return "451 gone"
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.raw.append(message_from_bytes(envelope.content))
        if self.kill:
            os.kill(self.kill, signal.SIGKILL)
            self.kill = 0
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what was taken."""
        return [str(message["Message-ID"]) for message in self.messages]


class OnAnyPort(Controller):
    """A controller that listens on the port that is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextlib.contextmanager
def smtp_server(tls: ssl.SSLContext | None = None, **more: Any) -> Iterator[Mailbox]:
    """An SMTP server on a free port of loopback; with `tls` it offers STARTTLS."""
    box = Mailbox(**more)
    options: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if tls else {}
    controller = OnAnyPort(box, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        box.port = controller.port
        yield box
    finally:
        controller.stop()


@dataclass
class Request:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[BaseHTTPRequestHandler], None]


def status(code: int, body: str = "{}", **headers: str) -> Answer:
    """An answer of this status; `Retry_After="60"` is its header."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body.encode())))
        handler.end_headers()
        handler.wfile.write(body.encode())

    return answer


def reset(handler: BaseHTTPRequestHandler) -> None:
    """No answer: the connection is closed."""
    handler.connection.close()


def hang(seconds: float) -> Answer:
    """No answer for so long."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        handler.connection.close()

    return answer


class HttpServer:
    """Answers POST by the list of answers, the last one for ever; keeps every request."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers) or [status(200)]
        self.requests: list[Request] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.requests.append(Request(self.path, dict(self.headers), body))
                turn = min(len(outer.requests), len(outer.answers)) - 1
                with contextlib.suppress(OSError):
                    outer.answers[turn](self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def __enter__(self) -> HttpServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
