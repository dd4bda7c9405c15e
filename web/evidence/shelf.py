"""What was made of archived bodies, kept on disk by what was asked, within bounds."""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

from crawler.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 300 * 1024 * 1024
_PRUNE_EVERY = 64


class Shelf:
    """A folder of answers; the ones used longest ago go first when it is full."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        """Keep answers below `folder`, which is made when the first one comes."""
        self._folder = folder
        self._most = most_bytes
        self._writes = 0

    def get(self, asked: str) -> bytes | None:
        """The answer to `asked`; `None` when none is kept."""
        path = self._path(asked)
        try:
            found = path.read_bytes()
        except OSError:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return found

    def put(self, asked: str, answer: bytes) -> None:
        """Keep an answer; a disk that refuses costs the next reader time and nothing else."""
        with contextlib.suppress(OSError):
            write_whole(self._path(asked), answer)
        if self._writes % _PRUNE_EVERY == 0:
            self._prune()
        self._writes += 1

    def _path(self, asked: str) -> Path:
        name = hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()
        return self._folder / name[:2] / name

    def _prune(self) -> None:
        room = self._most
        for _, size, path in sorted(self._files(), reverse=True):
            room -= size
            if room < 0:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                facts = path.stat()
                yield facts.st_mtime, facts.st_size, path
