"""`python -m bench.politeness.serving COUNT LARGEST`: slow hosts, each at an address of its own.

Every line of its input is answered with what was counted so far, as `bench.nightly.serving` does.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from bench.politeness.sites import LATENCY_S, SlowSite, answer, slow_sites

_END_OF_HEAD = b"\r\n\r\n"
_Counts = Counter[tuple[str, str]]


async def _serve(site: SlowSite, counts: _Counts, *streams: object) -> None:
    reader, writer = streams
    assert isinstance(reader, asyncio.StreamReader)
    assert isinstance(writer, asyncio.StreamWriter)
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await reader.readuntil(_END_OF_HEAD)
            path = head.split(b" ", 2)[1].decode("ascii", "replace").partition("?")[0]
            counts[site.address, path] += 1
            await asyncio.sleep(LATENCY_S)
            status, kind, body = answer(site, path)
            told = f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}"
            writer.write(told.encode() + _END_OF_HEAD + body)
            await writer.drain()
    writer.close()


async def _main(count: int, largest: int) -> None:
    counts: _Counts = Counter()
    addresses = {}
    for site in slow_sites(count, largest):
        server = await asyncio.start_server(partial(_serve, site, counts), site.address, 0)
        port = server.sockets[0].getsockname()[1]
        addresses[site.address] = f"http://{site.address}:{port}"
    print(json.dumps(addresses), flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        rows = [(host, path, [times, 0, 0, 0]) for (host, path), times in counts.items()]
        print(json.dumps(rows), flush=True)


def main(arguments: Sequence[str]) -> int:
    """Serve until the input ends."""
    asyncio.run(_main(int(arguments[0]), int(arguments[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
