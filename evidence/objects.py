"""The copies themselves: files named by the SHA-256 of their own bytes, never written over."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from objects.whole import write_durably

ENDING = ".warc.gz"
_NAME = re.compile(r"[0-9a-f]{64}")


class ObjectStore:
    """A folder of objects, `ab/<sha256>.warc.gz`."""

    def __init__(self, folder: Path) -> None:
        """Keep objects below `folder`, which is made when the first one comes."""
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Store `content` and return its SHA-256 in hex; raises `OSError`."""
        name = hashlib.sha256(content).hexdigest()
        if not self.holds(name):
            write_durably(self.path(name), content)
        return name

    def holds(self, name: str) -> bool:
        """True when there is a file of that name, whatever is in it."""
        return bool(_NAME.fullmatch(name)) and self.path(name).is_file()

    def get(self, name: str) -> bytes | None:
        """The object's bytes; `None` when it is gone or no longer what its name says."""
        if not self.holds(name):
            return None
        content = self.path(name).read_bytes()
        return content if hashlib.sha256(content).hexdigest() == name else None

    def remove(self, name: str) -> int:
        """Delete an object; returns the bytes freed."""
        path = self.path(name)
        with contextlib.suppress(FileNotFoundError):
            size = path.stat().st_size
            path.unlink()
            return size
        return 0

    def names(self) -> Iterator[str]:
        """The names of all objects, in order."""
        for path in sorted(self._folder.glob(f"??/*{ENDING}")):
            yield path.name.removesuffix(ENDING)

    def path(self, name: str) -> Path:
        """Where an object lies; raises `ValueError` for what is no SHA-256 in hex."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a SHA-256 in hex: {name[:80]!r}")
        return self._folder / name[:2] / f"{name}{ENDING}"
