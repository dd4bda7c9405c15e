"""Poppler's command-line tools, run on untrusted files within limits."""

from __future__ import annotations

import contextlib
import resource
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MEMORY_BYTES = 2 * 1024**3
OUTPUT_BYTES = 80 * 1024**2


class PopplerError(Exception):
    """A tool failed; `message` is what it wrote on stderr, `locked` that a password is needed."""

    def __init__(self, message: str) -> None:
        """Keep the tool's own words."""
        super().__init__(message)
        self.message = message
        self.locked = "password" in message.lower()


def run(arguments: list[str], timeout_s: float) -> str:
    """Run a tool and return what it wrote on stdout, as UTF-8 text.

    Raises:
        PopplerError: the tool is not installed, failed, or ran past `timeout_s` seconds.
    """
    try:
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise PopplerError(f"{arguments[0]}: {error}") from error
    with contextlib.suppress(OSError, ValueError):
        _limit(process.pid, resource.RLIMIT_AS, MEMORY_BYTES)
        _limit(process.pid, resource.RLIMIT_CPU, int(timeout_s) + 5)
    try:
        out, err = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise PopplerError(f"{arguments[0]}: timeout after {timeout_s:.0f} s") from error
    if process.returncode != 0:
        raise PopplerError(err.decode("utf-8", "replace").strip()[:500] or "no message")
    return out[:OUTPUT_BYTES].decode("utf-8", "replace")


def _limit(pid: int, kind: int, value: int) -> None:
    """Lower a limit of a running child, never raise it above what it inherited."""
    _, hard = resource.prlimit(pid, kind)
    lowered = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.prlimit(pid, kind, (lowered, lowered))


def page_texts(path: Path, last_page: int, timeout_s: float) -> list[str]:
    """The text of each page up to `last_page`, in the file's own order of drawing.

    `-raw` order is measured best for Thai: layout order puts marks apart from their letters.

    Raises:
        PopplerError: see `run`.
    """
    arguments = ["pdftotext", "-raw", "-enc", "UTF-8", "-l", str(last_page), str(path), "-"]
    pages = run(arguments, timeout_s).split("\f")
    return pages[:-1] if pages and not pages[-1].strip() else pages
