"""A real S3 server of this process's tests, and wires to it that can be cut."""

from __future__ import annotations

import logging
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

import boto3  # type: ignore[import-untyped]
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from moto.server import ThreadedMotoServer
from werkzeug.serving import make_server

from objects.addresses import Access, Address
from objects.bucket import Bucket

if TYPE_CHECKING:
    import ssl

    import pytest

KEY_ID, SECRET = "AKIDTESTER", "v3ry-s3cret-k3y"
_numbers = count(1)


class _AsRealOnes(ThreadedMotoServer):
    """Of many who put an object of one name that must be new, one wins, as with real stores."""

    def _server_entry(self) -> None:
        app, one_by_one = DomainDispatcherApplication(create_backend_app), threading.Lock()

        def answer(environ: Any, start: Any) -> Any:
            with one_by_one if "HTTP_IF_NONE_MATCH" in environ else nullcontext():
                return app(environ, start)

        self._server = make_server(
            self._ip_address, self._port, answer, True, request_handler=MotoRequestHandler
        )
        self._server_ready_event.set()
        self._server.serve_forever()


@cache
def endpoint() -> str:
    """The server's address; it is started when the first test wants it and ends with the process."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = _AsRealOnes(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    return f"http://{host}:{port}"


def fresh_bucket() -> str:
    """The name of a new empty bucket."""
    name = f"bucket-{next(_numbers)}"
    client().create_bucket(Bucket=name)
    return name


@cache
def client() -> Any:
    """The server as another program sees it."""
    return boto3.client(
        "s3", endpoint_url=endpoint(), region_name="us-east-1",
        aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET,
    )  # fmt: skip


def bucket(name: str = "", prefix: str = "oit", at: str = "") -> Bucket:
    """A bucket's prefix, of a new bucket when none is named."""
    access = Access(at or endpoint(), key_id=KEY_ID, secret=SECRET)
    return Bucket(Address(name or fresh_bucket(), prefix), access)


def reached(monkeypatch: pytest.MonkeyPatch, at: str = "") -> str:
    """Let the settings lead to a new bucket; its address."""
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "OIT_S3_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OIT_S3_ENDPOINT", at or endpoint())
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    return f"s3://{fresh_bucket()}/oit"


@contextmanager
def keys_are_checked() -> Iterator[None]:
    """The server refuses keys that it never gave out, while the block runs."""

    def after(actions: bytes) -> None:
        request = urllib.request.Request(
            f"{endpoint()}/moto-api/reset-auth", actions, {"Content-Type": "text/plain"}
        )
        urllib.request.urlopen(request, timeout=5).close()

    after(b"0")
    try:
        yield
    finally:
        after(b"inf")


class Wire:
    """A way to the server that can be cut after so many bytes of a connection, or be of TLS."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.at = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.sent, self.answered = -1, -1
        """After so many bytes of a request or an answer the connection ends; -1: never."""
        self.cuts = 0
        """So many connections are still cut."""
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self, times: int, sent: int = -1, answered: int = -1) -> None:
        self.cuts, self.sent, self.answered = times, sent, answered

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                ours, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(ours,), daemon=True).start()

    def _join(self, ours: socket.socket) -> None:
        if self._tls is not None:
            try:
                ours = self._tls.wrap_socket(ours, server_side=True)
            except OSError:
                ours.close()
                return
        host, port = endpoint().removeprefix("http://").split(":")
        theirs = socket.create_connection((host, int(port)))
        ways = [(ours, theirs, "sent"), (theirs, ours, "answered")]
        for way in ways:
            threading.Thread(target=self._pump, args=way, daemon=True).start()

    def _pump(self, from_: socket.socket, to: socket.socket, way: str) -> None:
        passed = 0
        with suppress(OSError):
            while data := from_.recv(65536):
                most = getattr(self, way)
                if self.cuts > 0 and 0 <= most < passed + len(data):
                    self.cuts -= 1
                    to.sendall(data[: max(0, most - passed)])
                    break
                to.sendall(data)
                passed += len(data)
        for one in (from_, to):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@contextmanager
def wire(tls: ssl.SSLContext | None = None) -> Iterator[Wire]:
    """A wire for a test."""
    made = Wire(tls)
    try:
        yield made
    finally:
        made.close()
