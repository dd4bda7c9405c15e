"""Bodies kept on disk by the hash of their bytes, for a second look after the first judgement."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.whole_files import write_whole

if TYPE_CHECKING:
    from objects.shared import Shared

_SHA256 = re.compile(r"[0-9a-f]{64}")


BODIES = "bodies"
"""The part of what machines share that holds bodies."""


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


class SharedBodies:
    """The bodies of this machine, and those that another one has shared.

    None of its methods raises for a store that is away: a body is then not found, or not shared.
    """

    def __init__(self, own: BodyStore | None, shared: Shared | None) -> None:
        """Without `own` nothing is kept here, without `shared` nothing is shared."""
        self._own = own
        self._shared = shared

    def get(self, sha256: str) -> bytes | None:
        """The body with that SHA-256 in hex, which is kept here from then on; `None` without one.

        Raises `ValueError` for what is no SHA-256 in hex.
        """
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in hex: {sha256[:80]!r}")
        body = self._own.get(sha256) if self._own is not None else None
        if body is None and self._shared is not None:
            body = self._shared.fetch(BODIES, sha256)
            if body is not None and self._own is not None:
                with contextlib.suppress(OSError):
                    self._own.put(body)
        return body

    def share(self, sha256: str) -> bool:
        """Let other machines have the body; True when they can fetch it now.

        False when nothing is shared, the store is away, or this machine has no such body and no
        other has shared it. Raises `ValueError` for what is no SHA-256 in hex.
        """
        body = self.get(sha256)
        return body is not None and self._shared is not None and self._shared.bring(BODIES, body)


def bodies_at(folder: Path | None, shared_url: str = "") -> SharedBodies:
    """The bodies in a folder (`None`: none is kept here), and at the address that machines share.

    Raises `StoreError` for an address, or settings of its store, that are of no use.
    """
    if not shared_url:
        return SharedBodies(BodyStore(folder) if folder is not None else None, None)
    from objects.shared import shared_at

    return SharedBodies(BodyStore(folder) if folder is not None else None, shared_at(shared_url))
