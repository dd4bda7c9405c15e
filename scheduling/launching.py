"""Running a job as a process of its own: its output in a file, its end seen, its stop asked for."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from scheduling.locks import Lock, holder, is_held

OIT = (sys.executable, "-m", "cli")
_KEPT_LOGS = 30
_TAIL_BYTES = 4000
_PR_SET_PDEATHSIG = 1
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Running:
    """A job's process. It gets SIGINT, as by Ctrl-C, when this process dies."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], log: Path, lock: Lock
    ) -> None:
        """Start `command` with `env` added to the environment; raises `OSError`."""
        parent = os.getpid()
        log.parent.mkdir(parents=True, exist_ok=True)
        _drop_old_logs(log.parent)
        with log.open("wb") as output:
            self._process = subprocess.Popen(  # nosec B603  # our own program
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(part or "." for part in sys.path),
                    "PYTHONUNBUFFERED": "1",
                    **env,
                },
                pass_fds=(lock.fileno(),),
                start_new_session=True,
                preexec_fn=lambda: _end_with(parent),
            )
        lock.name_holder(self._process.pid)
        lock.let_go()
        self.log = log
        self.began = time.monotonic()
        self.asked_to_stop: float | None = None

    @property
    def pid(self) -> int:
        """The process' number."""
        return self._process.pid

    @property
    def seconds(self) -> float:
        """How long it has run, whatever the machine's clock was set to meanwhile."""
        return time.monotonic() - self.began

    def code(self) -> int | None:
        """Its exit code, negative when a signal killed it; `None` while it runs."""
        return self._process.poll()

    def stop(self, within_s: float) -> None:
        """Ask it to finish (SIGINT), and kill it with all it started when asked long ago."""
        if self.asked_to_stop is None:
            self.asked_to_stop = time.monotonic()
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGINT)
        elif time.monotonic() - self.asked_to_stop > within_s:
            self.kill()

    def kill(self) -> None:
        """Kill it with all it started."""
        _kill_group(self.pid)


def end_orphan(lock: Path) -> None:
    """Kill the process that an earlier scheduler left holding the lock."""
    pid = holder(lock)
    if pid is not None and is_held(lock):
        _kill_group(pid)


def tail_of(log: Path, limit: int = _TAIL_BYTES) -> str:
    """The end of a log as text without control characters; empty when there is none."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - limit))
            body = file.read()
    except OSError:
        return ""
    text = _CONTROL.sub("", body.decode("utf-8", "replace").replace("\r", "\n"))
    if size > limit:
        text = text.partition("\n")[2]
    return text.strip()


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _end_with(parent: int) -> None:
    """Runs in the new process: have the kernel send SIGINT when the scheduler is gone."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != parent:
        os._exit(130)


def _drop_old_logs(folder: Path) -> None:
    logs = sorted(folder.glob("*.log"), key=lambda path: (len(path.name), path.name))
    for path in logs[: 1 - _KEPT_LOGS]:
        path.unlink(missing_ok=True)
