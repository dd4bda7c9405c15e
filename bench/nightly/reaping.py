"""`python -m bench.nightly.reaping REPORT COMMAND...`: run a command and write what it cost.

The kernel counts the CPU seconds of a process for its parent when the parent waits for it. Here
whatever the command starts and leaves behind (browsers, readers, programs that these start) is
handed to this process (PR_SET_CHILD_SUBREAPER), which waits for every one of them: so nothing
below the command is left out, however it ended.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of a command and all below it, seconds on the clock, and its exit code."""

    cpu_s: float
    wall_s: float
    code: int


def cost_of(
    command: Sequence[str], report: Path, env: dict[str, str], cwd: Path, log: Path
) -> Cost:
    """Run `command` to its end and all it started; what it says goes to `log`.

    Raises `RuntimeError` when its cost was not written, with the last lines of the log.
    """
    report.unlink(missing_ok=True)
    ours = [sys.executable, "-m", "bench.nightly.reaping", str(report), *command]
    with log.open("wb") as out:
        subprocess.run(ours, env=env, cwd=cwd, stdout=out, stderr=out, check=False)
    if not report.is_file():
        raise RuntimeError(f"the command told no cost: {log.read_text('utf-8')[-2000:]}")
    return Cost(**json.loads(report.read_text("utf-8")))


def main(arguments: Sequence[str]) -> int:
    """Run the command, wait for all that is below it, and write its cost as JSON."""
    report, command = Path(arguments[0]), list(arguments[1:])
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "this system cannot hand orphans to a process")
    began = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ)
    code = _wait_for_all(pid)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall_s = time.perf_counter() - began
    cost = Cost(round(used.ru_utime + used.ru_stime, 3), round(wall_s, 3), code)
    report.write_text(json.dumps(asdict(cost)), "utf-8")
    return 0


def _wait_for_all(pid: int) -> int:
    """Wait until no process is left below this one; the exit code of `pid`."""
    code = 0
    while True:
        try:
            ended, status = os.wait()
        except ChildProcessError:
            return code
        if ended == pid:
            code = os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
