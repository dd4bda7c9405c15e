"""One server for all sites of the suite: raw bytes where a case wants them, everything counted."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections import Counter
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Self
from zlib import crc32

from tests.hostile.sites import Pages, Reply, Site

HEAD_LIMIT = 256 * 1024
LONGEST_EXCHANGE_S = 120.0
SHARED = ("127.0.0.1", "::1")
SECRET = "ระบบบุคลากรภายใน ข้อมูลลับ"
"""What the servers say that must not be asked."""


@dataclass
class Asked:
    """One request as it came: `at` and `until` are seconds of `time.monotonic`."""

    path: str
    headers: Mapping[str, str]
    at: float
    host: str = ""
    until: float = float("inf")


@dataclass
class Served:
    """What became of one site; `inside` are the connections to its forbidden server."""

    name: str
    site: Site
    words: dict[bytes, bytes]
    asked: list[Asked] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        """Where the site stands."""
        return self.words[b"@HERE@"].decode()

    def filled(self, content: bytes) -> bytes:
        """The content with the words that only the server knows."""
        if b"@" in content:
            for word, value in self.words.items():
                content = content.replace(word, value)
        return content


@dataclass
class Exchange:
    """One request and the way to answer it with whatever bytes."""

    served: Served
    method: str
    target: str
    headers: Mapping[str, str]
    times: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    async def send(self, content: bytes) -> None:
        """Send raw bytes; waits while the reader is slow, raises `OSError` when it is gone."""
        self.writer.write(self.served.filled(content))
        await self.writer.drain()

    async def start(self, *headers: str, status: int = 200) -> None:
        """Send a status line and header lines as given, nothing added but the end of the head."""
        lines = (f"HTTP/1.1 {status} {_phrase(status)}", *headers, "", "")
        await self.send("\r\n".join(lines).encode())

    async def reply(self, reply: Reply) -> None:
        """Send a whole reply, its length stated."""
        body = self.served.filled(reply.body)
        headers = {"Content-Type": reply.kind, "Content-Length": str(len(body)), **reply.headers}
        headers.setdefault("Connection", "close")
        await self.start(*(f"{k}: {v}" for k, v in headers.items()), status=reply.status)
        self.writer.write(b"" if self.method == "HEAD" else body)
        await self.writer.drain()


class Server:
    """Serves every site on its own addresses, one port for all; a context manager."""

    def __init__(self, sites: Mapping[str, Site]) -> None:
        """Give each site, by its name, an address that follows from the name."""
        self.served: dict[str, Served] = {}
        self.strangers: list[str] = []
        self._pages: dict[str, tuple[Served, Pages]] = {}
        self._inside: dict[str, Served] = {}
        self._sites = sites
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hostile", daemon=True)
        self._servers: list[asyncio.Server] = []
        self._datagrams: list[asyncio.DatagramTransport] = []
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._open())
        return self

    def __exit__(self, *exception: object) -> None:
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def hosts(self) -> tuple[str, ...]:
        """The addresses that may be opened."""
        return tuple(self._pages)

    def _place(self) -> None:
        addresses = _Addresses()
        for name, site in sorted(self._sites.items()):
            host, inside, *more = (
                addresses(f"{name} {word}", second)
                for word, second in (("", 64), ("inside", 192), *((w, 128) for w in site.more))
            )
            words = {
                "@HERE@": f"http://{host}:{self.port}", "@HOST@": host, "@ME@": name,
                "@INSIDE@": f"http://{inside}:{self.port}/{name}", "@INSIDE_HOST@": inside,
                "@PORT@": str(self.port),
                **{
                    f"@{word}@": f"http://{at}:{self.port}"
                    for word, at in zip(site.more, more, strict=True)
                },
            }  # fmt: skip
            served = Served(name, site, {k.encode(): v.encode() for k, v in words.items()})
            self.served[name] = served
            self._inside[inside] = served
            self._pages[host] = (served, site.all_pages())
            for word, at in zip(site.more, more, strict=True):
                self._pages[at] = (served, site.more[word])

    async def _open(self) -> None:
        first = await asyncio.start_server(self._serve, SHARED[0], 0, limit=HEAD_LIMIT)
        self.port = int(first.sockets[0].getsockname()[1])
        self._servers.append(first)
        self._place()
        for host in (*SHARED[1:], *self._pages, *self._inside):
            server = await asyncio.start_server(self._serve, host, self.port, limit=HEAD_LIMIT)
            self._servers.append(server)
        for host in (*SHARED, *self._inside):
            transport, _ = await self._loop.create_datagram_endpoint(
                lambda host=host: _Datagrams(self._counted(host), host),  # type: ignore[misc]
                local_addr=(host, self.port),
            )
            self._datagrams.append(transport)

    def _counted(self, host: str) -> list[str]:
        """Where connections to a forbidden address are noted."""
        served = self._inside.get(host)
        return served.inside if served else self.strangers

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for transport in self._datagrams:
            transport.close()
        # A transport lets go of its socket in the next turn of the loop.
        await asyncio.sleep(0)
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Whoever asks is gone before its answer is complete, in every way there is.
        with contextlib.suppress(OSError, EOFError, ValueError, TimeoutError):
            try:
                async with asyncio.timeout(LONGEST_EXCHANGE_S):
                    await self._answer(reader, writer)
            finally:
                writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        if host not in self._pages:
            await self._refuse(host, reader, writer)
            return
        served, pages = self._pages[host]
        method, target, headers = _parsed(await reader.readuntil(b"\r\n\r\n"))
        asked = Asked(target, headers, time.monotonic(), host)
        served.asked.append(asked)
        served.times[target] += 1
        exchange = Exchange(served, method, target, headers, served.times[target], reader, writer)
        try:
            found = pages.get(target) or pages.get(exchange.path) or pages.get("*") or _MISSING
            reply = found if isinstance(found, Reply) else await found(exchange)
            if reply is not None:
                await exchange.reply(reply)
        finally:
            asked.until = time.monotonic()

    async def _refuse(
        self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Note a connection that must not be, and show what it would have stolen."""
        counted = self._counted(host)
        place = len(counted)
        counted.append(f"{host} (nothing asked)")
        async with asyncio.timeout(5):
            _, target, _ = _parsed(await reader.readuntil(b"\r\n\r\n"))
        counted[place] = f"{host} {target}"
        body = f"<h1>{SECRET}</h1>".encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")
        writer.write(b"Connection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()


_MISSING = Reply("ไม่มีหน้านี้".encode(), status=404)


class _Datagrams(asyncio.DatagramProtocol):
    """Notes what comes by UDP."""

    def __init__(self, counted: list[str], host: str) -> None:
        self._counted = counted
        self._host = host

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002
        self._counted.append(f"{self._host} {len(data)} bytes by UDP")


class _Addresses:
    """Addresses by name, the same in every run, each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def __call__(self, name: str, second: int) -> str:
        for number in self._numbers(crc32(name.encode())):
            host = (
                f"127.{second + number % 60}.{number // 60 % 250 + 1}.{number // 15_000 % 250 + 1}"
            )
            if host not in self._taken:
                self._taken.add(host)
                return host
        raise AssertionError("there is always another number")

    def _numbers(self, start: int) -> Iterator[int]:
        while True:
            yield start
            start += 1


def _parsed(head: bytes) -> tuple[str, str, dict[str, str]]:
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, *_ = first.split(" ")
    pairs = (line.partition(":") for line in lines)
    return method, target, {name.strip().lower(): value.strip() for name, _, value in pairs}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Odd"
