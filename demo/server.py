"""Serves the demonstration ministry on loopback: one server a unit, each at an address of its own.

`python -m demo.server FOLDER` writes the ministry into FOLDER when it is not there yet,
prints every unit's address and serves until interrupted.
"""

from __future__ import annotations

import logging
import mimetypes
import selectors
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from checklist.profile import UnitType
from demo.conditions import unchanged, validators
from demo.ministry import DemoUnit, Host, Ministry, load_ministry, write_ministry
from demo.traffic import Traffic
from units.registry import Unit

log = logging.getLogger(__name__)

PORT = 8766
_TEXT = (".html", ".htm", ".php")
_NOT_HERE = (
    '<!DOCTYPE html><html lang="th"><head><meta charset="utf-8">'
    "<title>ไม่พบหน้าที่ต้องการ</title></head>"
    "<body><h1>ไม่พบหน้าที่ต้องการ</h1><p>ขออภัย หน้าที่ท่านเรียกถูกย้ายหรือลบไปแล้ว</p>"
    '<p><a href="/">กลับหน้าแรก</a></p></body></html>'
)


@dataclass(frozen=True, slots=True)
class Served:
    """A running ministry: `addresses` maps a host to its base address, such as http://127.0.0.2:8101.

    `traffic` counts what its servers are asked and send.
    """

    ministry: Ministry
    addresses: dict[str, str]
    traffic: Traffic = field(default_factory=Traffic)

    def url(self, unit: DemoUnit, path: str) -> str:
        """The address of `path` of `unit`; absolute ones lead to where their host is served."""
        return _resolve(path, self.addresses) if "://" in path else self.addresses[unit.host] + path

    def units(self) -> list[Unit]:
        """The units as the registry holds them, with the addresses entered for each item."""
        return [self._registered(unit) for unit in self.ministry.units]

    def _registered(self, unit: DemoUnit) -> Unit:
        urls = {
            item: tuple(self.url(unit, path) for path in paths) for item, paths in unit.urls.items()
        }
        return Unit(
            id=unit.id,
            name=unit.name,
            type=UnitType(unit.type),
            main_site=self.main_site(unit),
            owner_email=unit.owner_email,
            urls=urls,
            note=unit.about,
        )

    def main_site(self, unit: DemoUnit) -> str:
        """The address of the unit's home page."""
        return self.url(unit, unit.main_path)


@contextmanager
def serve(source: Ministry | Path, port: int = PORT) -> Iterator[Served]:
    """Serve a written ministry, or the one written in a folder, while the block runs.

    Each unit has its own loopback address (127.0.0.2, 127.0.0.3, ...) at `port` where the
    system allows it, so that addresses stay the same from day to day; else a free port.
    A unit that is down has an address where nobody listens.
    """
    ministry = load_ministry(source) if isinstance(source, Path) else source
    served = Served(ministry, {})
    with ExitStack() as stack:
        servers = []
        for place, host in enumerate(ministry.hosts, start=2):
            server = stack.enter_context(_bind(place, port, _handler(host, served)))
            address = f"http://{server.server_address[0]!s}:{server.server_address[1]}"
            served.addresses[host.id] = address
            if host.state == "down":
                server.server_close()
            else:
                servers.append(server)
        stack.enter_context(_running(servers))
        yield served


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64
    timeout = 0

    def server_bind(self) -> None:
        """Bind without asking the name service what this machine is called, which may take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]


@contextmanager
def _running(servers: Sequence[ThreadingHTTPServer]) -> Iterator[None]:
    """Answer for all servers while the block runs: one thread waits, each visitor has its own."""
    ours, waker = socket.socketpair()
    thread = threading.Thread(target=_wait_for_visitors, args=(servers, ours), daemon=True)
    thread.start()
    try:
        yield
    finally:
        waker.close()
        thread.join(5)
        ours.close()


def _wait_for_visitors(servers: Sequence[ThreadingHTTPServer], stop: socket.socket) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(stop, selectors.EVENT_READ)
        for server in servers:
            selector.register(server, selectors.EVENT_READ, server)
        while True:
            for key, _ in selector.select():
                if key.data is None:
                    return
                with suppress(OSError):
                    key.data.handle_request()


def _bind(place: int, port: int, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    for address in ((f"127.0.0.{place}", port), (f"127.0.0.{place}", 0)):
        try:
            return _Server(address, handler)
        except OSError:
            continue
    return _Server(("127.0.0.1", 0), handler)


def _resolve(text: str, addresses: dict[str, str]) -> str:
    for host, address in addresses.items():
        text = text.replace(f"http://{host}.demo.invalid", address)
    return text


def _handler(host: Host, served: Served) -> type[BaseHTTPRequestHandler]:
    folder, addresses = served.ministry.folder / host.id, served.addresses

    class Handler(BaseHTTPRequestHandler):
        """Answers for one unit."""

        protocol_version = "HTTP/1.1"
        server_version = "demo"
        sys_version = ""

        def do_GET(self) -> None:
            """Send the page, the file or the seeded answer; 304 for a file that is known."""
            path = unquote(urlsplit(self.path).path)
            answer = _answer(host, path)
            if "delay" in answer:
                time.sleep(float(answer["delay"]))
            if "text" in answer or "location" in answer:
                body, headers = answer.get("text", "").encode(), {}
                if "location" in answer:
                    headers["Location"] = answer["location"]
                self._reply(answer["status"], body, "text/html", headers)
                return
            found = folder / answer["file"] if "file" in answer else find_file(folder, path)
            if found is None:
                status = 200 if host.soft_404 else 404
                self._reply(status, _NOT_HERE.encode(), "text/html; charset=utf-8", {})
                return
            body = found.read_bytes()
            if found.suffix in _TEXT and b".demo.invalid" in body:
                body = _resolve(body.decode(), addresses).encode()
            told = validators(body, found.stat().st_mtime, host.validators)
            if unchanged(self.headers, told):
                self._reply(304, b"", "", told)
            else:
                self._reply(200, body, content_type(found, host.charset), told)

        def do_HEAD(self) -> None:
            """Send what GET would, without its body."""
            self.do_GET()

        def do_POST(self) -> None:
            """Thank for a form that was sent; nothing is kept."""
            self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 1_000_000))
            self._reply(200, "<p>ได้รับเรื่องแล้ว</p>".encode(), "text/html; charset=utf-8", {})

        def _reply(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
            self.send_response(status)
            if status != 304:
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            sent = b"" if self.command == "HEAD" else body
            marked = "Last-Modified" in headers
            served.traffic.note(host.id, self.path, status, len(sent), marked=marked)
            self.wfile.write(sent)

        def log_message(self, format: str, *args: Any) -> None:
            log.debug("%s: " + format, host.id, *args)

    return Handler


def _answer(host: Host, path: str) -> dict[str, Any]:
    for pattern, answer in host.answers.items():
        if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1])):
            return answer
    return {}


def find_file(folder: Path, path: str) -> Path | None:
    """The file that answers `path`: itself, a folder's index or an API's JSON, else None."""
    inside = (folder / path.lstrip("/")).resolve()
    if not inside.is_relative_to(folder.resolve()):
        return None
    names = ("index.html", "index.htm", "index.php")
    candidates = [inside, *(inside / name for name in names), inside.with_suffix(".json")]
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def content_type(path: Path, charset: str) -> str:
    """The Content-Type header; sites in the old Thai charset do not declare it."""
    if path.suffix in _TEXT:
        return "text/html; charset=utf-8" if charset == "utf-8" else "text/html"
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def main(arguments: list[str]) -> int:
    """Serve the folder named on the command line until interrupted; the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m demo.server FOLDER\n")
        return 2
    folder = Path(arguments[0])
    if not (folder / "ministry.json").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        write_ministry(folder)
    with serve(folder) as served:
        for unit in served.ministry.units:
            sys.stdout.write(f"{served.main_site(unit):28} {unit.name}: {unit.about}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
