"""What the servers of the demonstration ministry were asked and sent, address by address."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """Requests answered, bytes of bodies sent, how many of the answers were 304.

    `unmarked_bytes` are those of the bodies that came without ETag and Last-Modified: whoever
    asks again gets them again.
    """

    requests: int = 0
    body_bytes: int = 0
    not_modified: int = 0
    unmarked_bytes: int = 0

    def __add__(self, other: Count) -> Count:
        """Both together."""
        return Count(
            self.requests + other.requests,
            self.body_bytes + other.body_bytes,
            self.not_modified + other.not_modified,
            self.unmarked_bytes + other.unmarked_bytes,
        )

    def __sub__(self, other: Count) -> Count:
        """What came since `other` was counted."""
        less = (-other.requests, -other.body_bytes, -other.not_modified, -other.unmarked_bytes)
        return self + Count(*less)


class Traffic:
    """Counts answers by host and path; any thread may note or read."""

    def __init__(self) -> None:
        """Nothing has been asked yet."""
        self._lock = threading.Lock()
        self._counts: defaultdict[tuple[str, str], Count] = defaultdict(Count)

    def note(self, host: str, path: str, status: int, body_bytes: int, *, marked: bool) -> None:
        """One answer of `host`; `body_bytes` were sent, `marked` by validators."""
        count = Count(1, body_bytes, int(status == 304), 0 if marked else body_bytes)
        with self._lock:
            self._counts[host, path] += count

    def by_address(self) -> dict[tuple[str, str], Count]:
        """The counts so far by host and path."""
        with self._lock:
            return dict(self._counts)

    def by_host(self) -> dict[str, Count]:
        """The counts so far by host."""
        hosts: defaultdict[str, Count] = defaultdict(Count)
        for (host, _), count in self.by_address().items():
            hosts[host] += count
        return dict(hosts)
