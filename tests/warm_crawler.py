"""Crawling processes that begin with everything loaded, forked from one server a test process.

Starting the interpreter and loading what a crawl needs costs ten times what the crawl of a small
site does. What runs is the same `crawler.child.main`, with pipes, environment and a session of its
own; tests marked `cold_crawler` start it from nothing, as the program does.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from multiprocessing.connection import Connection
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.context import ForkServerContext

_LOADED = [
    "scrapy.crawler",
    "crawler.child",
    "crawler.extract.docx",
    "crawler.extract.pool",
    "crawler.extract.xlsx",
    "crawler.rendering",
    "crawler.spiders.units",
    "crawler.standins",
    "tests.e2e.small_sweeps",
]


def processes() -> ForkServerContext:
    """Where processes are forked from a server that has loaded the crawler and a small sweep."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return context


def start_process(errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """What `crawler.run.start_process` returns, as far as `crawler.run` uses it."""
    return cast("subprocess.Popen[bytes]", _WarmProcess(errors))


class _WarmProcess:
    def __init__(self, errors: IO[bytes]) -> None:
        context = processes()
        theirs_in, ours_in = context.Pipe(duplex=False)
        ours_out, theirs_out = context.Pipe(duplex=False)
        their_errors = Connection(os.dup(errors.fileno()), readable=False)
        self._process = context.Process(
            target=_crawl, args=(theirs_in, theirs_out, their_errors, dict(os.environ))
        )
        self._process.start()
        self.pid = cast("int", self._process.pid)
        for theirs in (theirs_in, theirs_out, their_errors):
            theirs.close()
        self.stdin = _file(ours_in, "wb")
        self.stdout = _file(ours_out, "rb")

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("crawler.child", timeout or 0)
        return self._process.exitcode


def _file(end: Connection, mode: str) -> IO[bytes]:
    with end:
        return cast("IO[bytes]", os.fdopen(os.dup(end.fileno()), mode))


def _crawl(
    stdin: Connection, stdout: Connection, errors: Connection, environment: Mapping[str, str]
) -> None:
    import crawler.child
    import crawler.extract.pool

    os.setsid()
    for number, stream in enumerate((stdin, stdout, errors)):
        os.dup2(stream.fileno(), number)
        stream.close()
    sys.stdin = os.fdopen(0, closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    crawler.extract.pool.START_METHOD = "forkserver"
    sys.exit(crawler.child.main())
