"""The process that does one self-check: `python -m sweep.self_check.worker`.

It comes up, says that it is ready, takes one request (a line of JSON) from stdin and writes its
steps and its answer to stdout, a line each. It ends when stdin closes, with all it started, and
takes what was kept on the way with it: nothing of a check outlives the program that asked for it.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
from typing import BinaryIO

from checklist.loader import available_years, load_year
from sweep.self_check import process_tree, steps
from sweep.self_check.checking import check
from sweep.self_check.request import SelfCheckRequest

_NICENESS = 5
_LARGEST_FILE = 512 * 1024 * 1024
_PIECE = 65536
_LONGEST_LINE = 1024 * 1024


def main() -> int:
    """One request, one answer; 0 when there was nothing to do."""
    stream = _private_stdout()
    os.nice(_NICENESS)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, _LARGEST_FILE)
    load_year(max(available_years()))
    _say(stream, steps.Ready())
    line = _first_line()
    if not line:
        return 0
    request = SelfCheckRequest.model_validate_json(line)
    _keep_in(request)
    threading.Thread(target=_end_with_owner, args=(request,), daemon=True).start()
    _say(stream, _answer(request, stream))
    process_tree.end(os.getpid(), os.environ.get(process_tree.MARK, ""))
    # The thread that waits for stdin would hold an ordinary end up.
    os._exit(0)


def _answer(request: SelfCheckRequest, stream: BinaryIO) -> steps.Line:
    def limit() -> None:
        _limit(resource.RLIMIT_AS, request.memory_bytes)

    try:
        report = check(request, lambda step: _say(stream, step), limit)
    except MemoryError:
        return steps.Failure(code="memory")
    except Exception as error:
        # Only the kind of fault is told: its text may hold what was checked.
        print(f"self-check failed: {type(error).__name__}", file=sys.stderr)
        return steps.Failure(code="failed")
    return steps.Answer(report=report)


def _private_stdout() -> BinaryIO:
    """The pipe home; whatever prints to stdout afterwards goes to stderr."""
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return stream


def _say(stream: BinaryIO, line: steps.Line) -> None:
    stream.write(line.model_dump_json().encode() + b"\n")
    stream.flush()


def _first_line() -> bytes:
    """The request; nothing when stdin closed before one came."""
    line = b""
    while not line.endswith(b"\n") and len(line) < _LONGEST_LINE:
        piece = os.read(0, _PIECE)
        if not piece:
            return b""
        line += piece
    return line


def _keep_in(request: SelfCheckRequest) -> None:
    """Have this process and those it starts put temporary files into the job's folder."""
    temporary = request.folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(temporary)
    tempfile.tempdir = str(temporary)


def _end_with_owner(request: SelfCheckRequest) -> None:
    """When the owner is gone, end everything and leave nothing behind.

    Another process does it: while this one lives, it could start yet another.
    """
    with contextlib.suppress(OSError):
        while os.read(0, _PIECE):
            pass
    worker = os.getpid()
    if os.fork():
        return
    os.setsid()
    os.kill(worker, signal.SIGKILL)
    process_tree.end(worker, os.environ.get(process_tree.MARK, ""))
    shutil.rmtree(request.folder, ignore_errors=True)
    os._exit(1)


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (wanted, wanted))


if __name__ == "__main__":
    sys.exit(main())
