"""The process that carries a job out: started apart, found again, told to stop."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

OIT = (sys.executable, "-m", "cli")
_SECRETS = ("OIT_OIDC_", "OIT_WEB_")
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def _inherited() -> dict[str, str]:
    """The environment for a sweep, which opens strangers' pages: no secret of the dashboard."""
    return {name: text for name, text in os.environ.items() if not name.startswith(_SECRETS)}


class Begun:
    """A process that this program started; it lives on when this program ends."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        """Start `command` with `env` added, its output in `log`; raises `OSError`."""
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        self.pid = os.posix_spawn(
            command[0],
            list(command),
            {
                **_inherited(),
                "PYTHONPATH": os.pathsep.join(part or "." for part in sys.path),
                "PYTHONUNBUFFERED": "1",
                **env,
            },
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(log), flags, 0o640),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            # A session of its own: what ends this program, Ctrl-C included, leaves it alone.
            setsid=True,
        )
        self.mark = mark_of(self.pid)
        self._ended: int | None = None

    def ended(self) -> tuple[bool, int | None]:
        """Whether it ended, and its exit code, negative when a signal killed it."""
        if self._ended is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                return not is_alive(self.pid, self.mark), None
            if pid:
                self._ended = os.waitstatus_to_exitcode(status)
        return self._ended is not None, self._ended


class Found:
    """A process that an earlier run of this program started; its exit code nobody knows."""

    def __init__(self, pid: int, mark: str) -> None:
        """Watch the process that `mark` tells from others that had the number before or since."""
        self.pid, self.mark = pid, mark

    def ended(self) -> tuple[bool, int | None]:
        """Whether it ended."""
        return not is_alive(self.pid, self.mark), None


def mark_of(pid: int) -> str:
    """What tells a process from every other of that number: the boot and the tick it began at.

    Empty when there is no such process, or it only waits to be seen as ended.
    """
    try:
        words = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        boot = _BOOT.read_text().strip()
    except OSError:
        return ""
    # After the name in brackets: its state first, the tick of its beginning twentieth.
    return "" if words[0] in "ZX" else f"{boot}:{words[19]}"


def is_alive(pid: int | None, mark: str) -> bool:
    """Whether this very process is still at work."""
    return pid is not None and bool(mark) and mark_of(pid) == mark


def ask_to_stop(pid: int, mark: str) -> None:
    """Ask it to finish what is at hand, a second time to end at once.

    SIGTERM means to `oit sweep` what Ctrl-C does, and a program started in the background may have
    been made deaf to SIGINT.
    """
    if is_alive(pid, mark):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGTERM)


def kill(pid: int, mark: str) -> None:
    """Kill it with all that it started."""
    if is_alive(pid, mark):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
