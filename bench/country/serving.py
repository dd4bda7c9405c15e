"""`python -m bench.country.serving UNITS SEED PORT PART PARTS`: the country's sites on loopback.

Each unit has an address of its own, all the same port; this process answers for every unit whose
number is `PART` of `PARTS`. It says a line when all stand, and answers every line of its input
with what was counted so far, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import resource
import socket
import sys
import time
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from urllib.parse import unquote, urlsplit

from bench.country.drawing import Answering, Drawn, drawn
from bench.country.writing import Answer, Website, website

_KEPT_SITES = 256
_END_OF_HEAD = b"\r\n\r\n"
_BUSY = Answer(500, body=b"<h1>500 Internal Server Error</h1>")


@dataclass(slots=True)
class Counted:
    """What one host was asked: requests, bytes of bodies sent, and how politely.

    `at_once` is the largest number of requests under way together, `least_gap_s` the shortest
    time from the beginning of one to that of the next (0: fewer than two were made). `drawn`: a
    browser was here, and what a page itself asks for comes without a pause.
    """

    requests: int = 0
    body_bytes: int = 0
    at_once: int = 0
    least_gap_s: float = 0.0
    drawn: bool = False


class _Host:
    """A unit's server."""

    def __init__(self, unit: Drawn, sites: _Sites) -> None:
        self.unit = unit
        self._sites = sites
        self.counted = Counted()
        self._open: set[asyncio.StreamReader] = set()
        self._begun = 0.0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            while True:
                head = await reader.readuntil(_END_OF_HEAD)
                self._begin(reader)
                self.counted.drawn |= b"sec-fetch-" in head.lower()
                try:
                    if self.unit.answering is Answering.SILENT:
                        await reader.read()
                        break
                    await self._answer(head, writer)
                finally:
                    self._open.discard(reader)
        writer.close()

    def _begin(self, reader: asyncio.StreamReader) -> None:
        now, counted = time.monotonic(), self.counted
        self._open.add(reader)
        asking = sum(_is_waited_for(one) for one in self._open)
        counted.at_once = max(counted.at_once, asking)
        if counted.requests:
            gap = now - self._begun
            counted.least_gap_s = min(gap, counted.least_gap_s or gap)
        counted.requests += 1
        self._begun = now

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        method, target = head.split(b" ", 2)[:2]
        await asyncio.sleep(self.unit.latency_s)
        path = unquote(urlsplit(target.decode("ascii", "replace")).path)
        failing = self.unit.answering is Answering.FAILING
        said = _BUSY if failing else (await self._sites.of(self.unit.number)).answer(path)
        lines = [f"HTTP/1.1 {said.status} -", f"Content-Length: {len(said.body)}"]
        lines += [f"Content-Type: {said.kind}"]
        lines += [f"Location: {said.location}"] if said.location else []
        body = b"" if method == b"HEAD" else said.body
        self.counted.body_bytes += len(body)
        writer.write("\r\n".join(lines).encode() + _END_OF_HEAD + body)
        await writer.drain()


def _is_waited_for(reader: asyncio.StreamReader) -> bool:
    """False when whoever asked gave up, closing or resetting the connection: we may still work."""
    return not reader.at_eof() and reader.exception() is None


class _Sites:
    """The newest sites, written by a process of its own: the answering must not wait for it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        # Forked, it would hold the lock of the input that a thread here reads.
        self._writer = ProcessPoolExecutor(1, get_context("spawn"))
        self._known: OrderedDict[int, asyncio.Future[Website]] = OrderedDict()

    async def of(self, number: int) -> Website:
        """The site of unit `number`."""
        if number not in self._known:
            loop = asyncio.get_running_loop()
            self._known[number] = loop.run_in_executor(self._writer, _written, number, self.seed)
            while len(self._known) > _KEPT_SITES:
                self._known.popitem(last=False)
        return await self._known[number]

    def close(self) -> None:
        """End the writing process."""
        self._writer.shutdown(cancel_futures=True)


def _written(number: int, seed: int) -> Website:
    return website(drawn(number, seed))


async def _main(units: int, seed: int, port: int, part: int, parts: int) -> None:
    sites = _Sites(seed)
    hosts = [_Host(drawn(number, seed), sites) for number in range(part, units, parts)]
    servers = [
        await asyncio.start_server(partial(_Host.serve, host), sock=_bound(host.unit.address, port))
        for host in hosts
        if host.unit.answering is not Answering.DEAD
    ]
    print(json.dumps(len(servers)), flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        told = {host.unit.plan.id: asdict(host.counted) for host in hosts if host.counted.requests}
        print(json.dumps(told), flush=True)
    sites.close()


def _bound(address: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((address, port))
    return bound


def main(arguments: Sequence[str]) -> int:
    """Serve until the input ends."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with suppress(KeyboardInterrupt):
        asyncio.run(_main(*map(int, arguments)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
