"""The browser's only way out: a forward proxy on loopback that obeys the address policy.

A browser follows redirects and resolves names where no route handler sees it; here every
connection it makes, of whatever kind, is checked at connect.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from crawler.address_policy import AddressPolicy

logger = logging.getLogger(__name__)

HEAD_LIMIT = 64 * 1024
CONNECT_TIMEOUT_S = 20.0
IDLE_TIMEOUT_S = 120.0
MOST_BYTES = 200 * 1024 * 1024
"""What may come, or be sent, by one connection."""
_CHUNK = 64 * 1024
_HOP_HEADERS = (b"proxy-connection", b"connection", b"keep-alive", b"proxy-authorization")


class Gate:
    """A proxy for plain HTTP (one request a connection) and CONNECT tunnels.

    The port is bound at once, so that a browser can be told of it before the loop runs.
    """

    def __init__(self, policy: AddressPolicy, most_bytes: int = MOST_BYTES) -> None:
        """Bind a free port of 127.0.0.1; at most `most_bytes` come through one connection."""
        self._policy = policy
        self._most_bytes = most_bytes
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.bind(("127.0.0.1", 0))
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The proxy's address."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    async def open(self) -> None:
        """Start to serve."""
        self._server = await asyncio.start_server(self._serve, sock=self._socket, limit=HEAD_LIMIT)

    async def close(self) -> None:
        """Stop to serve; open tunnels end with the browser."""
        if self._server is not None:
            self._server.close()
        self._socket.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except (OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError) as error:
            logger.debug("gate: %s", error)
        finally:
            with suppress(OSError):
                writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(IDLE_TIMEOUT_S):
            head = await reader.readuntil(b"\r\n\r\n")
        method, target, version = head.split(b"\r\n", 1)[0].split(b" ")
        tunnel = method == b"CONNECT"
        parts = urlsplit(("//" if tunnel else "") + target.decode("ascii"))
        host, port = parts.hostname or "", parts.port or (443 if tunnel else 80)
        upstream = await self._connect(host, port) if tunnel or parts.scheme == "http" else None
        if upstream is None:
            writer.write(
                b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            await writer.drain()
            return
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = urlunsplit(("", "", parts.path or "/", parts.query, "")).encode("ascii")
                upstream[1].write(_rewritten(head, b" ".join((method, path, version))))
            await asyncio.gather(
                _pipe(reader, upstream[1]), _pipe(upstream[0], writer, self._most_bytes)
            )
        finally:
            upstream[1].close()

    async def _connect(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        if self._policy.refusal_of_host(host, port):
            logger.info("gate: refused %s:%s", host, port)
            return None
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        allowed = [address for address in addresses if self._policy.allows(address)]
        if not allowed:
            logger.info("gate: refused %s (%s)", host, ", ".join(addresses))
            return None
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            return await asyncio.open_connection(allowed[0], port)


def _rewritten(head: bytes, first_line: bytes) -> bytes:
    """The request's head as the origin server expects it, for a single exchange."""
    lines = head.rstrip(b"\r\n").split(b"\r\n")[1:]
    kept = [line for line in lines if line.partition(b":")[0].strip().lower() not in _HOP_HEADERS]
    return b"\r\n".join([first_line, *kept, b"Connection: close"]) + b"\r\n\r\n"


async def _pipe(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most_bytes: int = MOST_BYTES
) -> None:
    left = most_bytes
    try:
        while True:
            async with asyncio.timeout(IDLE_TIMEOUT_S):
                data = await reader.read(_CHUNK)
            if not data:
                break
            left -= len(data)
            if left < 0:
                logger.info("gate: more than %s bytes by one connection; it was cut", most_bytes)
                # Both ways at once: an end that is only half closed may go on for ever.
                writer.transport.abort()
                return
            writer.write(data)
            await writer.drain()
    except (OSError, TimeoutError):
        writer.close()
        return
    with suppress(OSError, RuntimeError):
        writer.close()
