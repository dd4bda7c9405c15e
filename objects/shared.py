"""What machines share beside their own folders, to save work: without it all is done as well."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from functools import lru_cache
from typing import TYPE_CHECKING

from objects.opening import objects_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from objects.port import Objects

_log = logging.getLogger(__name__)

_REST_S = 60.0


class Shared:
    """Bytes by their own SHA-256 below a name; may be used from any thread, and never raises.

    A store that cannot be used is left alone for a minute.
    """

    def __init__(self, place: Objects) -> None:
        """Share what is in `place`."""
        self._place = place
        self._lock = threading.Lock()
        self._rests_until = 0.0

    def fetch(self, below: str, sha256: str) -> bytes | None:
        """The bytes with that SHA-256 in hex; `None` when they are not there, or are others."""
        if self._rests():
            return None
        try:
            content = self._place.get(_name(below, sha256))
        except OSError as error:
            self._rest(error)
            return None
        if content is not None and hashlib.sha256(content).hexdigest() != sha256:
            _log.error("%s/%s is not what its name says and is left aside", below, sha256)
            return None
        return content

    def bring(self, below: str, content: bytes) -> bool:
        """Share bytes; True when they are there now, whoever brought them."""
        if self._rests():
            return False
        name = _name(below, hashlib.sha256(content).hexdigest())
        try:
            if self._place.size(name) is None:
                self._place.put(name, content)
        except OSError as error:
            self._rest(error)
            return False
        return True

    def all_below(self, below: str) -> Iterator[bytes]:
        """Everything that was brought below that name, in no order that means something."""
        try:
            found = [] if self._rests() else list(self._place.entries(below))
        except OSError as error:
            self._rest(error)
            return
        for entry in found:
            content = self.fetch(below, entry.name.rpartition("/")[2])
            if content is not None:
                yield content

    def _rests(self) -> bool:
        return time.monotonic() < self._rests_until

    def _rest(self, error: OSError) -> None:
        with self._lock:
            if not self._rests():
                _log.warning("what machines share is done without for a minute: %s", error)
            self._rests_until = time.monotonic() + _REST_S


@lru_cache(maxsize=8)
def shared_at(url: str) -> Shared | None:
    """What is shared at that address; `None` for none. Raises `StoreError` for one of no use."""
    return Shared(objects_at(url)) if url else None


def _name(below: str, sha256: str) -> str:
    return f"{below}/{sha256[:2]}/{sha256}"
