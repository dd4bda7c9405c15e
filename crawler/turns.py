"""Whose turn it is to ask a host: one request at a time, whoever on this machine asks.

`Turns` is the port. `crawler.turn_files` holds turns across the processes of one machine;
`MemoryTurns` within one process. A database could hold them for several machines.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Protocol

LONGEST_REST_S = 60.0
"""A host that wants to be left alone for longer is not waited for."""
KEPT_REST_S = 3600.0
"""The longest rest that one sweep keeps for another: a site that was mended is not shut out."""
WITHIN_S = 300.0
_ASKED_EVERY_S = 0.02


class NoTurnError(Exception):
    """The turn did not come; nothing was asked of the host."""


class HostRestsError(NoTurnError):
    """The host wants to be left alone for another `seconds`."""

    def __init__(self, host: str, seconds: float) -> None:
        """Say of which host, and for how long."""
        super().__init__(f"{host} rests for {seconds:.0f} s")
        self.seconds = seconds


class HostBusyError(NoTurnError):
    """Others kept the host busy for as long as was waited."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds after which to ask again; `rests` where the host itself wants that."""

    seconds: float
    rests: bool = False


class Queued(Protocol):
    """One who waits for a host's turn, and then has it until he leaves."""

    def ask(self, pause_s: float) -> Wait | None:
        """`None` when the turn has come, `pause_s` seconds or more after the request before."""

    def rest(self, seconds: float) -> None:
        """Let nobody ask for so long; said by who has the turn."""

    def leave(self) -> None:
        """Give the turn back, or stop waiting for it; may be called twice."""


class Turns(Protocol):
    """Turns by host; a host is a name without scheme and port."""

    def queue(self, host: str) -> Queued:
        """Stand in line for the host."""


async def taken(turns: Turns, host: str, pause_s: float, within_s: float) -> Queued:
    """The host's turn, to be left by the caller; raises `HostRestsError` or `HostBusyError`."""
    queued, until = turns.queue(host), time.monotonic() + within_s
    try:
        while (wait := queued.ask(pause_s)) is not None:
            await asyncio.sleep(_patience(host, wait, until))
    except BaseException:
        queued.leave()
        raise
    return queued


@asynccontextmanager
async def turn_at(
    turns: Turns, host: str, pause_s: float, within_s: float = WITHIN_S
) -> AsyncIterator[Queued]:
    """The host's turn while the block runs; raises `HostRestsError` or `HostBusyError`."""
    queued = await taken(turns, host, pause_s, within_s)
    try:
        yield queued
    finally:
        queued.leave()


@contextmanager
def turn_now(turns: Turns, host: str, pause_s: float, within_s: float) -> Iterator[Queued]:
    """As `turn_at`, for code that waits by sleeping."""
    queued, until = turns.queue(host), time.monotonic() + within_s
    try:
        while (wait := queued.ask(pause_s)) is not None:
            time.sleep(_patience(host, wait, until))
        yield queued
    finally:
        queued.leave()


def _patience(host: str, wait: Wait, until: float) -> float:
    if wait.rests and wait.seconds > LONGEST_REST_S:
        raise HostRestsError(host, wait.seconds)
    if time.monotonic() + (wait.seconds if wait.rests else 0.0) >= until:
        raise HostRestsError(host, wait.seconds) if wait.rests else HostBusyError(host)
    return wait.seconds


@dataclass
class _Host:
    line: deque[_Place] = field(default_factory=deque)
    begun: float = float("-inf")
    rests_until: float = float("-inf")


class _Place:
    def __init__(self, host: _Host) -> None:
        self._host = host
        host.line.append(self)

    def ask(self, pause_s: float) -> Wait | None:
        now = time.monotonic()
        if (left := self._host.rests_until - now) > 0:
            return Wait(left, rests=True)
        if self._host.line[0] is not self:
            return Wait(_ASKED_EVERY_S)
        if (left := self._host.begun + pause_s - now) > 0:
            return Wait(left)
        self._host.begun = now
        return None

    def rest(self, seconds: float) -> None:
        self._host.rests_until = time.monotonic() + seconds

    def leave(self) -> None:
        if self in self._host.line:
            self._host.line.remove(self)


class MemoryTurns:
    """Turns of one process, in the order in which they were asked for."""

    def __init__(self) -> None:
        """Nobody has asked anything yet."""
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    def queue(self, host: str) -> Queued:
        """Stand in line for the host."""
        return _Place(self._hosts[host])
