"""Bodies kept on disk by the hash of their bytes, for a second look after the first judgement."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Collection
from pathlib import Path

from crawler.whole_files import write_whole

_SHA256 = re.compile(r"[0-9a-f]{64}")


class BodyStore:
    """A folder of bodies; the same bytes are stored once, whoever brings them."""

    def __init__(self, folder: Path) -> None:
        """Keep bodies below `folder`, which is made when the first one comes."""
        self._folder = folder

    def put(self, body: bytes) -> str:
        """Store `body` and return its SHA-256 in hex.

        Raises `OSError` when it cannot be written.
        """
        name = hashlib.sha256(body).hexdigest()
        path = self._path(name)
        if path.exists():
            # Its age decides what is thrown away first.
            with contextlib.suppress(OSError):
                os.utime(path)
            return name
        write_whole(path, body)
        return name

    def get(self, sha256: str) -> bytes | None:
        """The body with that hash; `None` when it is not kept or no longer what it was.

        Raises `ValueError` for what is no SHA-256 in hex.
        """
        try:
            body = self._path(sha256).read_bytes()
        except OSError:
            return None
        return body if hashlib.sha256(body).hexdigest() == sha256 else None

    def size(self) -> int:
        """The bytes of all bodies that are kept."""
        return sum(size for _, size, _ in self._files())

    def prune(self, max_bytes: int, keep: Collection[str] = frozenset()) -> int:
        """Throw away the bodies used longest ago until at most `max_bytes` are left.

        The bodies with the hashes `keep` stay and take room first. Returns the number of bytes
        freed.
        """
        newest_first = sorted(self._files(), key=lambda entry: entry[0], reverse=True)
        kept = sorted(newest_first, key=lambda entry: entry[2].name not in keep)
        room, freed = max_bytes, 0
        for _, size, path in kept:
            room -= size
            if room < 0 and path.name not in keep:
                with contextlib.suppress(OSError):
                    path.unlink()
                    freed += size
        return freed

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                facts = path.stat()
                found.append((facts.st_mtime, facts.st_size, path))
        return found

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in hex: {sha256[:80]!r}")
        return self._folder / sha256[:2] / sha256
