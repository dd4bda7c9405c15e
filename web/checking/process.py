"""The server's end of a process that checks: started ahead, asked once, ended with its tree."""

from __future__ import annotations

import logging
import os
import queue
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING, cast

from sweep.self_check import process_tree
from sweep.self_check.steps import LINES, Line

if TYPE_CHECKING:
    from sweep.self_check.request import SelfCheckRequest

_log = logging.getLogger(__name__)

MODULE = "sweep.self_check.worker"
_LONGEST_LINE = 32 * 1024 * 1024
_TOLD_BYTES = 500
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
"""The environment that is handed on: no setting, no secret of the server is among it."""


class GoneError(Exception):
    """The process ended, or wrote what it should not, before it had answered."""


class CheckingProcess:
    """One process that does one self-check; used by one thread."""

    def __init__(self, module: str = MODULE) -> None:
        """Start it; `module` takes the place of the ordinary one."""
        self.started = time.monotonic()
        self._mark = secrets.token_hex(16)
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        paths = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(  # nosec B603  # our own program
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**kept, **threads, "PYTHONPATH": paths, process_tree.MARK: self._mark},
            start_new_session=True,
        )
        self._lines: queue.SimpleQueue[Line | GoneError] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="self-check-reader", daemon=True)
        self._reader.start()

    @property
    def usable(self) -> bool:
        """True while the process lives."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, request: SelfCheckRequest) -> None:
        """Hand it its request; that it is gone shows when its lines are read."""
        pipe = cast("IO[bytes]", self._process.stdin)
        with suppress(BrokenPipeError):
            pipe.write(request.model_dump_json().encode() + b"\n")
            pipe.flush()

    def next(self, timeout_s: float) -> Line | None:
        """The next line; `None` when none came in time. Raises `GoneError`."""
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if isinstance(line, GoneError):
            raise line
        return line

    def held_bytes(self) -> int:
        """The memory that it and all that it started hold."""
        return process_tree.held_bytes(process_tree.members(self.pid, self._mark))

    def end(self) -> None:
        """Kill it with all that it started; harmless when it is gone."""
        asked_to = self._process.poll() is None
        # The number of a process that was reaped may be another's by now; its mark is its own.
        root = self.pid if asked_to else 0
        if not process_tree.end(root, self._mark):
            _log.error("processes of a self-check could not be ended")
        code = self._process.wait()
        self._reader.join(5)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        if not asked_to and code:
            _log.warning("a self-check's process ended with %s: %s", code, self._complaint())
        self._errors.close()

    def _complaint(self) -> str:
        """The last line of what it wrote to stderr."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _TOLD_BYTES))
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "")

    def _read(self) -> None:
        stream = cast("IO[bytes]", self._process.stdout)
        try:
            while line := stream.readline(_LONGEST_LINE):
                self._lines.put(LINES.validate_json(line))
            self._lines.put(GoneError("ended"))
        except (ValueError, OSError) as error:
            self._lines.put(GoneError(type(error).__name__))


class Spare:
    """One process started ahead of time, so that an answer need not wait for it to come up."""

    def __init__(self, module: str = MODULE) -> None:
        """Nothing is started before `prepare`."""
        self._module = module
        self._lock = threading.Lock()
        self._ready: CheckingProcess | None = None

    def prepare(self) -> None:
        """Start a process, where none waits."""
        with self._lock:
            if self._ready is None or not self._ready.usable:
                self._dismiss()
                self._ready = CheckingProcess(self._module)

    def take(self) -> CheckingProcess:
        """The process that waits, else a new one."""
        with self._lock:
            process, self._ready = self._ready, None
        if process is not None and process.usable:
            return process
        if process is not None:
            process.end()
        return CheckingProcess(self._module)

    def dismiss(self, older_than_s: float = 0.0) -> None:
        """End the process that waits, where it waits for longer than this."""
        with self._lock:
            if self._ready and time.monotonic() - self._ready.started >= older_than_s:
                self._dismiss()

    def _dismiss(self) -> None:
        process, self._ready = self._ready, None
        if process is not None:
            process.end()
