"""SIGINT and SIGTERM: once, the work at hand is finished; twice, everything ends at once."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from commands.language import Exit, err, say

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def heeding(ask: Callable[[], None]) -> Iterator[None]:
    """While the block runs, call `ask` at the first signal and end the program at the second.

    `ask` may raise `KeyboardInterrupt` where the program stands. Only the main thread hears
    signals: in any other the block runs as it is.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    times = 0

    def heed(_number: int, _frame: FrameType | None) -> None:
        nonlocal times
        times += 1
        if times > 1:
            _end_now()
        _say(
            "กำลังหยุด… จะบันทึกงานที่ทำค้างมือก่อน กดอีกครั้งเพื่อหยุดทันที",
            "stopping… the work at hand is saved first; press again to stop at once",
        )
        ask()

    before = {number: signal.signal(number, heed) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_now() -> None:
    """End this program and all that it started; the database and written files stay whole."""
    for pid in descendants(os.getpid()):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            continue
    _say("หยุดทันทีแล้ว ทำต่อด้วย --resume", "stopped at once; go on with --resume")
    os._exit(Exit.INTERRUPTED)


def _say(th: str, en: str) -> None:
    # A signal may come in the middle of another line, where the console refuses to be used again.
    try:
        if err.is_terminal:
            err.show_cursor(True)
        say(th, en)
    except Exception:
        os.write(2, f"{th}\n".encode())


def descendants(pid: int) -> list[int]:
    """The processes that `pid` started, and those that these started; nearest first."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may hold anything; the parent is the second word after it.
            parent = int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        new = children.get(waiting.pop(0), [])
        found += new
        waiting += new
    return found
