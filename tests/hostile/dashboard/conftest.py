"""The seeded dashboard of the pages' tests, and requests as no browser would send them."""

from __future__ import annotations

import shutil
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import anyio
import pytest

from tests.self_check.asked import STUB
from tests.web.conftest import (
    NOW,
    Dashboard,
    _passwords_cost_little,
    _sources,
    client,
    clock,
    dashboard,
    here,
    seeds,
    served,
)
from web.checking.desk import Desk
from web.checking.settings import SelfCheckSettings
from web.settings import WebSettings
from web.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tests.web.conftest import Client

__all__ = [
    "_passwords_cost_little",
    "client",
    "clock",
    "dashboard",
    "here",
    "seeds",
    "served",
]


@dataclass(frozen=True)
class Answer:
    """An answer as it was sent, header names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    taken: int = 0
    """How often the request's body was asked for before the answer began."""

    @property
    def refuses(self) -> bool:
        """Whether nothing was given: to the login, refused, or not there."""
        to_login = self.status == 303 and self.headers.get("location", "").startswith("/login")
        return to_login or self.status in (400, 401, 403, 404, 405)


def asked_raw(
    app: Any,
    method: str,
    raw_path: str,
    headers: Mapping[str, str] | None = None,
    path: str | None = None,
    body: bytes = b"",
) -> Answer:
    """The answer to a request whose path nobody tidied; `path` is it decoded."""
    bare, _, query = raw_path.partition("?")
    sent = {"host": "127.0.0.1", **({"content-length": str(len(body))} if body else {})}
    sent |= headers or {}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": unquote(bare) if path is None else path,
        "raw_path": bare.encode(), "query_string": query.encode("utf-8", "surrogatepass"),
        "root_path": "", "client": ("10.0.0.9", 1), "server": ("127.0.0.1", 80), "state": {},
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }  # fmt: skip
    told: list[dict[str, Any]] = []
    bodies = [{"type": "http.request", "body": body, "more_body": False}]

    taken = 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += not told
        return bodies.pop() if bodies else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    anyio.run(app, scope, receive, send)
    pairs = {name.decode(): value.decode("latin-1") for name, value in told[0]["headers"]}
    return Answer(
        told[0]["status"], pairs, b"".join(one.get("body", b"") for one in told[1:]), taken
    )


def cookie_of(person: Client) -> dict[str, str]:
    """The headers of somebody who is signed in."""
    return {"cookie": f"oit={person.cookies['oit']}", "x-csrf-token": person.csrf}


@pytest.fixture(scope="session")
def standing(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """One dashboard for all attacks that must change nothing."""
    folder = tmp_path_factory.mktemp("standing") / "var"
    shutil.copytree(seeds, folder)
    site = Site(_sources(folder), WebSettings(), lambda: NOW, folder / "reports")
    made = Dashboard(site)
    # Whatever gets through starts a stand-in: no attack may make this machine ask another.
    desk = Desk(folder / "desk", SelfCheckSettings(), site.clock, STUB)
    made.app._inner._inner.state.self_checks = desk  # type: ignore[attr-defined]
    yield made
    desk.close()
    site.close()


@pytest.fixture
def raw(standing: Dashboard) -> Callable[..., Answer]:
    """`raw("GET", "//units")` asks the standing dashboard without anything in between."""

    def ask(method: str, path: str, **more: Any) -> Answer:
        return asked_raw(standing.app, method, path, **more)

    return ask


@contextmanager
def wire(address: str, patience_s: float = 5.0) -> Iterator[socket.socket]:
    """A connection to a served dashboard, to write bytes on."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=patience_s) as opened:
        yield opened


def said_on(opened: socket.socket) -> bytes:
    """Everything until the other side closes, or is silent for too long."""
    parts = []
    try:
        while part := opened.recv(65_536):
            parts.append(part)
    except (TimeoutError, ConnectionResetError):
        pass
    return b"".join(parts)
