"""Running a crawl: one child process, harvests handed out as units finish."""

from __future__ import annotations

import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Self, cast

from crawler.harvest import CrawlEvent, UnitHarvest, unchecked
from crawler.log_context import about
from crawler.wire import Finished, LogLine, read_message, write_message

if TYPE_CHECKING:
    from crawler.memory.ledger import Ledger
    from crawler.plan import UnitPlan
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)

STOP_WITHIN_S = 10.0
_LOST = "ตัวเก็บข้อมูลหยุดทำงานก่อนตรวจหน่วยงานนี้เสร็จ จึงยังไม่ได้ตรวจ ให้สั่งตรวจซ้ำ"
_STALLED = "ตัวเก็บข้อมูลไม่ตอบสนองจนถูกสั่งหยุด จึงยังไม่ได้ตรวจ ให้สั่งตรวจซ้ำ"


def crawl(
    plans: Sequence[UnitPlan],
    settings: CrawlSettings,
    on_event: Callable[[CrawlEvent], None] | None = None,
    ledger: Ledger | None = None,
) -> Iterator[UnitHarvest]:
    """Crawl the units and yield each one's harvest as it finishes, in no fixed order.

    Every plan gets exactly one harvest: when the crawling process dies or falls silent, the
    units left over come back with their given URLs marked `not_checked`. `on_event` is called
    in the caller's thread. With a `ledger` the crawl writes down what it visits. Closing the
    generator stops the crawl. Raises `ValueError` when two plans are of one unit.
    """
    waiting = {plan.unit.id: plan for plan in plans}
    if len(waiting) != len(plans):
        raise ValueError("two plans are of the same unit")
    return _crawl(waiting, settings, on_event, ledger)


def _crawl(
    waiting: dict[str, UnitPlan],
    settings: CrawlSettings,
    on_event: Callable[[CrawlEvent], None] | None,
    ledger: Ledger | None,
) -> Iterator[UnitHarvest]:
    if not waiting:
        return
    detail = _LOST
    with _Child(tuple(waiting.values()), settings, ledger) as child:
        while waiting:
            message = child.next(settings.stall_limit_s)
            if isinstance(message, UnitHarvest):
                if waiting.pop(message.unit_id, None) is not None:
                    yield message
            elif isinstance(message, CrawlEvent):
                if on_event is not None:
                    on_event(message)
            elif isinstance(message, LogLine):
                with about(**message.context):
                    logging.getLogger(_logger_name(message.logger)).log(
                        message.level, "%s", message.text
                    )
            elif message is None or isinstance(message, Finished | EOFError):
                detail = _STALLED if message is None else _LOST
                child.complain()
                break
    for plan in waiting.values():
        yield unchecked(plan, detail)


def _logger_name(name: str) -> str:
    return name if name.startswith("crawler") else f"crawler.process.{name}"


class _Child:
    """The crawling process with its pipes; leaving the block ends it and all it started."""

    def __init__(
        self, plans: tuple[UnitPlan, ...], settings: CrawlSettings, ledger: Ledger | None
    ) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", "crawler.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        self._messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._request = (plans, settings, ledger)
        self._gone = False
        self._reader = threading.Thread(target=self._read, name="crawl-reader", daemon=True)

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> Self:
        self._reader.start()
        # A child that died at once is told of by the reader's EOFError.
        with suppress(BrokenPipeError):
            write_message(cast("BinaryIO", self._process.stdin), self._request)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        try:
            self._process.wait(0 if self._gone else STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            logger.info("the crawling process did not stop in time and is killed")
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(STOP_WITHIN_S)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._errors.close()

    def next(self, timeout_s: float) -> Any:
        """The next message; `EOFError` (as a value) when the child is gone, `None` when silent."""
        try:
            return self._messages.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def complain(self) -> None:
        """Give the child up, and log the end of what it wrote to stderr."""
        self._gone = True
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - 4000))
        tail = self._errors.read().decode("utf-8", "replace")
        logger.warning("the crawling process ended early (%s)\n%s", self._process.poll(), tail)

    def _read(self) -> None:
        stream = cast("BinaryIO", self._process.stdout)
        try:
            while True:
                self._messages.put(read_message(stream))
        except (EOFError, OSError, ValueError) as error:
            self._messages.put(EOFError(str(error)))
        except Exception as error:
            logger.exception("a message of the crawling process could not be read")
            self._messages.put(EOFError(str(error)))
