"""Poppler's command-line tools, run on untrusted files within limits."""

from __future__ import annotations

import contextlib
import fcntl
import os
import resource
import selectors
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

POPPLER = "pdftotext"
MEMORY_BYTES = 2 * 1024**3
OUTPUT_BYTES = 80 * 1024**2
_CHUNK = 65_536
_PIPE_BYTES = 1024**2
_SAID = 4096


class PopplerError(Exception):
    """A tool failed; `message` is what it wrote on stderr, `locked` that a password is needed."""

    def __init__(self, message: str) -> None:
        """Keep the tool's own words."""
        super().__init__(message)
        self.message = message
        self.locked = "password" in message.lower()


@contextlib.contextmanager
def in_memory(body: bytes) -> Iterator[int]:
    """A file without a name that holds `body`, by its descriptor; nothing reaches the disk.

    Raises:
        OSError: there is no room for it.
    """
    descriptor = os.memfd_create("document.pdf", os.MFD_CLOEXEC)
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(body)
        yield descriptor
    finally:
        os.close(descriptor)


def _start(arguments: list[str], handed: tuple[int, ...]) -> subprocess.Popen[bytes]:
    # Opened for reading only: a confined process opens nothing for writing.
    nothing = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return subprocess.Popen(  # nosec B603  # our own arguments, no shell
            arguments,
            stdin=nothing,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=handed,
        )
    except OSError as error:
        raise PopplerError(f"{arguments[0]}: {error}") from error
    finally:
        os.close(nothing)


def _limit(pid: int, kind: int, value: int) -> None:
    """Lower a limit of a running child, never raise it above what it inherited."""
    _, hard = resource.prlimit(pid, kind)
    lowered = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.prlimit(pid, kind, (lowered, lowered))


class PageTexts:
    """The text of each page up to `last_page`, in the file's own order of drawing, as it comes.

    Poppler reads on in its own process while the caller looks at the pages it already has; use as
    a context manager. `-raw` order is measured best for Thai: layout order puts marks apart from
    their letters. `stopped` is true until the tool has ended well.
    """

    def __init__(self, file: Path | int, last_page: int, timeout_s: float) -> None:
        """Start the tool on a file, given by its path or by a descriptor of `in_memory`.

        Raises:
            PopplerError: the tool is not installed.
        """
        place = str(file) if isinstance(file, Path) else f"/proc/self/fd/{file}"
        arguments = [POPPLER, "-raw", "-enc", "UTF-8", "-l", str(last_page), place, "-"]
        self._process = _start(arguments, () if isinstance(file, Path) else (file,))
        self.stopped = True
        self._ends = time.monotonic() + timeout_s
        self._timeout_s = timeout_s
        with contextlib.suppress(OSError, ValueError):
            _limit(self._process.pid, resource.RLIMIT_AS, MEMORY_BYTES)
            _limit(self._process.pid, resource.RLIMIT_CPU, int(timeout_s) + 5)
        if self._process.stdout is not None:
            # Room for some 150 pages: Poppler need not wait while the caller is busy elsewhere.
            with contextlib.suppress(OSError, AttributeError):
                fcntl.fcntl(self._process.stdout, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    def __enter__(self) -> PageTexts:
        """Return the stream itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the tool if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def __iter__(self) -> Iterator[str]:
        """Give page after page.

        Raises:
            PopplerError: the tool failed or ran out of time; pages given before that are whole.
        """
        held = b""
        total = 0
        for chunk in self._chunks():
            total += len(chunk)
            *pages, held = (held + chunk).split(b"\f")
            yield from (page.decode("utf-8", "replace") for page in pages)
            if total > OUTPUT_BYTES:
                raise PopplerError("pdftotext: more text than any document holds")
        if held.strip():
            yield held.decode("utf-8", "replace")

    def _chunks(self) -> Iterator[bytes]:
        out, err = self._process.stdout, self._process.stderr
        if out is None or err is None:
            return
        said = b""
        with selectors.DefaultSelector() as ready:
            ready.register(out, selectors.EVENT_READ)
            ready.register(err, selectors.EVENT_READ)
            while ready.get_map():
                left = self._ends - time.monotonic()
                events = ready.select(left) if left > 0 else []
                if not events:
                    raise PopplerError(f"pdftotext: timeout after {self._timeout_s:.0f} s")
                for event, _ in events:
                    chunk = os.read(event.fd, _CHUNK)
                    if not chunk:
                        ready.unregister(event.fileobj)
                    elif event.fileobj is out:
                        yield chunk
                    elif len(said) < _SAID:
                        said += chunk
        if self._process.wait(timeout=5) != 0:
            raise PopplerError(said.decode("utf-8", "replace").strip()[:500] or "no message")
        self.stopped = False
