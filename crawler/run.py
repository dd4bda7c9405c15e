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
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Self, cast

from crawler.harvest import CrawlEvent, UnitHarvest, unchecked
from crawler.log_context import about
from crawler.plan_shelf import PlanShelf
from crawler.plan_stream import PlanSender
from crawler.wire import Finished, LogLine, read_values, write_message
from objects.withheld import without_keys

if TYPE_CHECKING:
    from checklist.schema import Item
    from crawler.memory.ledger import Ledger
    from crawler.plan import UnitPlan
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)

STOP_WITHIN_S = 5.0
FRESH_STARTS = 3
_LOOK_S = 0.05
HARVESTS_AHEAD = 8
"""So many harvests may wait to be judged while the crawl goes on."""
LOST = "ตัวเก็บข้อมูลหยุดทำงานก่อนตรวจหน่วยงานนี้เสร็จ จึงยังไม่ได้ตรวจ ให้สั่งตรวจซ้ำ"
STALLED = "ตัวเก็บข้อมูลไม่ตอบสนองจนถูกสั่งหยุด จึงยังไม่ได้ตรวจ ให้สั่งตรวจซ้ำ"
FATAL = (
    "ตัวเก็บข้อมูลหยุดทำงานทุกครั้งที่ตรวจหน่วยงานนี้ จึงข้ามไปก่อนเพื่อให้หน่วยงานอื่นตรวจต่อได้ "
    "ให้สั่งตรวจหน่วยงานนี้แยกต่างหาก หากยังเป็นอยู่ให้แจ้งผู้ดูแลระบบตรวจ"
)


def crawl(
    plans: PlanShelf | Iterable[UnitPlan],
    settings: CrawlSettings,
    on_event: Callable[[CrawlEvent], None] | None = None,
    ledger: Ledger | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[UnitHarvest]:
    """Crawl the units and yield each one's harvest as it finishes, in no fixed order.

    Every plan gets exactly one harvest. When the crawling process dies or falls silent, a fresh
    one goes on with the units left; a unit that was under way at each of two deaths is crawled
    alone, and given up when that ends the same. After `FRESH_STARTS` in a row that brought no
    unit home, all that are left are. A unit given up comes back with its given URLs marked
    `not_checked`. `on_event` is called in the caller's thread, and so is `meanwhile`, often, while
    nothing comes home. With a `ledger` the crawl writes
    down what it visits, and what the ledger holds is not fetched again. Closing the generator
    stops the crawl. Raises `ValueError` when two plans are of one unit.
    """
    shelf = plans if isinstance(plans, PlanShelf) else PlanShelf(plans)
    return _Crawl(shelf, settings, on_event, ledger, meanwhile).harvests()


class _Crawl:
    """The units still to be crawled, and what became of the processes that crawled them."""

    def __init__(
        self,
        plans: PlanShelf,
        settings: CrawlSettings,
        on_event: Callable[[CrawlEvent], None] | None,
        ledger: Ledger | None,
        meanwhile: Callable[[], None] | None,
    ) -> None:
        self._meanwhile = meanwhile
        self._plans = plans
        self._waiting = dict.fromkeys(plans)
        self._settings = settings
        self._on_event = on_event
        self._ledger = ledger
        self._under_way: set[str] = set()
        self._deaths: Counter[str] = Counter()
        self._in_vain = 0
        self._detail = LOST

    def harvests(self) -> Iterator[UnitHarvest]:
        while self._waiting and self._in_vain <= FRESH_STARTS:
            batch, settings = self._next()
            self._under_way.clear()
            packed = map(self._plans.packed, batch)
            with Child(self._plans.named, packed, settings, self._ledger) as child:
                yield from self._listen(child, set(batch))
            yield from self._given_up()
        for unit_id in self._waiting:
            yield unchecked(self._plans[unit_id], self._detail)

    def _next(self) -> tuple[tuple[str, ...], CrawlSettings]:
        """The units of the next process: all together, those that may kill it one by one."""
        suspects = tuple(unit for unit in self._waiting if self._deaths[unit] > 1)
        if not suspects:
            return tuple(self._waiting), self._settings
        return suspects, self._settings.model_copy(update={"concurrent_hosts": 1})

    def _listen(self, child: Child, left: set[str]) -> Iterator[UnitHarvest]:
        """The harvests of one process, until all came or it is gone."""
        while left:
            message = self._heard(child)
            if isinstance(message, UnitHarvest):
                self._under_way.discard(message.unit_id)
                left.discard(message.unit_id)
                self._in_vain = 0
                if message.unit_id in self._waiting:
                    del self._waiting[message.unit_id]
                    yield message
                child.more()
            elif isinstance(message, CrawlEvent):
                self._tell(message)
            elif isinstance(message, LogLine):
                log_again(message)
            elif message is None or isinstance(message, Finished | EOFError):
                self._detail = STALLED if message is None else LOST
                child.complain()
                self._in_vain += 1
                self._deaths.update(self._under_way)
                return

    def _heard(self, child: Child) -> Any:
        """What the child says next; `None` when it says nothing for too long."""
        if self._meanwhile is None:
            return child.next(self._settings.stall_limit_s)
        patient_until = time.monotonic() + self._settings.stall_limit_s
        while True:
            self._meanwhile()
            # What was done meanwhile may have taken all the time: look once more before giving up.
            late = time.monotonic() >= patient_until
            message = child.next(0 if late else _LOOK_S)
            if message is not None or late:
                return message

    def _tell(self, event: CrawlEvent) -> None:
        if event.kind == "unit_started":
            self._under_way.add(event.unit_id)
        if self._on_event is not None:
            self._on_event(event)

    def _given_up(self) -> Iterator[UnitHarvest]:
        """The unit that was alone when a process died, where it was under way at two deaths."""
        if len(self._under_way) != 1:
            return
        [unit_id] = self._under_way
        if self._deaths[unit_id] > 1:
            logger.warning("unit %s is given up: the crawling process died of it", unit_id)
            del self._waiting[unit_id]
            yield unchecked(self._plans[unit_id], FATAL)


def log_again(line: LogLine) -> None:
    """Log here what a crawling process logged."""
    with about(**line.context):
        logging.getLogger(_logger_name(line.logger)).log(line.level, "%s", line.text)


def _logger_name(name: str) -> str:
    return name if name.startswith("crawler") else f"crawler.process.{name}"


def start_process(errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """`python -m crawler.child` in a session of its own, its stderr in `errors`.

    It talks to strangers, so no key of an object store is handed on to it.
    """
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(  # nosec B603  # our own program
        [sys.executable, "-m", "crawler.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**without_keys(os.environ), "PYTHONPATH": path},
        start_new_session=True,
    )


class Child:
    """The crawling process with its pipes; leaving the block ends it and all it started."""

    def __init__(
        self,
        items: Sequence[Item],
        packed: Iterable[bytes],
        settings: CrawlSettings,
        ledger: Ledger | None,
    ) -> None:
        """Start one for plans `packed` by a `PlanShelf` of these items, asked for as it has room.

        It begins to work when the block is entered.
        """
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = start_process(self._errors)
        self._messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._request = (tuple(items), settings, ledger)
        self._packed = packed
        self._at_once = settings.concurrent_hosts + HARVESTS_AHEAD
        self._sender: PlanSender | None = None
        self._gone = False
        self._reader = threading.Thread(target=self._read, name="crawl-reader", daemon=True)

    @property
    def pid(self) -> int:
        """The number of the process, and of the session that it leads."""
        return self._process.pid

    def __enter__(self) -> Self:
        """Send it what it is to do."""
        self._reader.start()
        # A child that died at once is told of by the reader's EOFError.
        with suppress(BrokenPipeError):
            pipe = cast("BinaryIO", self._process.stdin)
            write_message(pipe, self._request)
            self._sender = PlanSender(pipe.fileno(), self._packed, self._at_once)
        return self

    def __exit__(self, *exception: object) -> None:
        """End it."""
        if self._sender is not None:
            self._sender.stop()
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

    def more(self) -> None:
        """Let the child begin one unit more: a harvest was dealt with."""
        if self._sender is not None:
            self._sender.more()

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
                self._messages.put(read_values(stream))
        except (EOFError, OSError, ValueError) as error:
            self._messages.put(EOFError(str(error)))
        except Exception as error:
            logger.exception("a message of the crawling process could not be read")
            self._messages.put(EOFError(str(error)))
