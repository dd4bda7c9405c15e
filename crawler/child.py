"""The crawling process: `python -m crawler.child`, spoken to through stdin and stdout.

Twisted's reactor cannot be started twice in a process, so each crawl has its own. The process
ends when its stdin closes, so it never outlives the one that started it.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from crawler.collecting import collect_rarely
from crawler.log_context import log_context
from crawler.plan_stream import Plans, PlanStream
from crawler.wire import Alive, Finished, LogLine, read_message, write_message

if TYPE_CHECKING:
    from crawler.memory.ledger import Ledger
    from crawler.settings import CrawlSettings

ALIVE_EVERY_S = 5.0
END_WITHIN_S = 4.0
Send = Callable[[object], None]


class _ForwardLogs(logging.Handler):
    """Sends log records home, where the program's own logging decides what to show."""

    def __init__(self, send: Send) -> None:
        super().__init__(logging.INFO)
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record as text."""
        try:
            # What the framework finds remarkable (a host without robots.txt) is daily bread here.
            ours = record.name.startswith("crawler")
            level = record.levelno if ours else logging.DEBUG
            self._send(LogLine(record.name, level, record.getMessage(), log_context()))
        except (OSError, ValueError):
            return


def main() -> int:
    """Read plans and settings from stdin, crawl, write messages to stdout."""
    for asked in (signal.SIGINT, signal.SIGTERM):
        # The process that started this one decides when it ends; a handler, unlike being ignored,
        # is not passed on to programs that are started from here.
        signal.signal(asked, lambda *_: None)
    stream = _private_stdout()
    lock = threading.Lock()

    def send(message: object) -> None:
        with lock:
            write_message(stream, message)

    logging.basicConfig(handlers=[_ForwardLogs(send)], level=logging.INFO, force=True)
    logging.captureWarnings(True)
    collect_rarely()
    items, settings, ledger = read_message(sys.stdin.buffer)
    _run(PlanStream(sys.stdin.buffer, items), settings, ledger, send)
    send(Finished())
    return 0


def _private_stdout() -> BinaryIO:
    """The pipe home; whatever prints to stdout afterwards goes to stderr."""
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return stream


def _run(plans: Plans, settings: CrawlSettings, ledger: Ledger | None, send: Send) -> None:
    # Imported here: processes that this one starts to read documents need none of it.
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.address_policy import AddressPolicy
    from crawler.extract.pool import ExtractPool
    from crawler.gate import Gate
    from crawler.scrapy_settings import scrapy_settings
    from crawler.spiders.units import UnitSpider

    browse = settings.render and settings.browser_path is not None
    gate = Gate(AddressPolicy(settings.allow_networks), settings.max_body_bytes) if browse else None
    process = AsyncCrawlerProcess(scrapy_settings(settings, gate.url if gate else "", ledger))
    pool = ExtractPool(
        settings.extract_workers, settings.extract_timeout_s, settings.extract_memory_bytes
    )
    try:
        process.crawl(
            UnitSpider,
            plans=plans,
            crawl_settings=settings,
            extractor=pool,
            gate=gate,
            send=send,
            ledger=ledger,
        )
        _watch_parent()
        _keep_alive(send)
        process.start(install_signal_handlers=False)
    finally:
        pool.close()


def _watch_parent() -> None:
    """Stop the reactor when stdin closes; end hard when it does not stop in time."""
    from twisted.internet import reactor

    def wait() -> None:
        # Plans may still lie in the pipe unread: what is waited for is that nobody holds its end.
        ended = select.poll()
        ended.register(sys.stdin.fileno(), select.POLLHUP)
        ended.poll()
        reactor.callFromThread(reactor.stop)  # type: ignore[misc]
        timer = threading.Timer(END_WITHIN_S, os._exit, args=(1,))
        timer.daemon = True
        timer.start()

    threading.Thread(target=wait, name="watch-parent", daemon=True).start()


def _keep_alive(send: Send) -> None:
    """Tell home from inside the reactor that it still turns."""
    from twisted.internet.task import LoopingCall

    LoopingCall(send, Alive()).start(ALIVE_EVERY_S)


if __name__ == "__main__":
    sys.exit(main())
