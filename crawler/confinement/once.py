"""A worker for one job: a module that is run, fed through stdin, and ended with all it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile

_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
_SAID = 300


class OnceError(Exception):
    """The worker failed, died, took too long or answered too much; the text is for the log."""


def run_once(
    module: str, arguments: tuple[str, ...], sent: bytes, timeout_s: float, most_bytes: int
) -> bytes:
    """What `python -m module` writes to stdout when it is sent these bytes; never nothing.

    It sees none of the program's settings and secrets, and its answer goes to a file, so that what
    it may write there is limited by the kernel. Raises `OnceError`.
    """
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    path = os.pathsep.join(part or "." for part in sys.path)
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as said:
        worker = subprocess.Popen(  # nosec B603  # a module of our own, no shell
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=said,
            env={**kept, "PYTHONPATH": path},
            start_new_session=True,
        )
        try:
            worker.communicate(sent, timeout_s)
        except subprocess.TimeoutExpired:
            raise OnceError(f"took longer than {timeout_s:.0f} s") from None
        finally:
            # With it goes what it started and left behind.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        size = answer.seek(0, os.SEEK_END)
        if worker.returncode or not 0 < size <= most_bytes:
            said.seek(max(0, said.seek(0, os.SEEK_END) - _SAID))
            why = said.read(_SAID).decode("utf-8", "replace").strip()
            raise OnceError(why or f"ended with {worker.returncode} after {size} bytes")
        answer.seek(0)
        return answer.read(most_bytes)
