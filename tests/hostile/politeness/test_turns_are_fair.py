"""A process that wants a host all the time, without any pause.

Tried: one process asks again the moment it has its answer, another comes now and then.
Must: the other gets its turn after the request under way, not when the first is done for the night.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from crawler.turn_files import FileTurns
from crawler.turns import HostBusyError, MemoryTurns, Turns, turn_at


async def greedy(turns: Turns, until: float, log: list[str]) -> None:
    while time.monotonic() < until:
        async with turn_at(turns, "a.go.th", 0):
            log.append("greedy")
            await asyncio.sleep(0.005)


async def modest(turns: Turns, log: list[str]) -> None:
    for _ in range(5):
        await asyncio.sleep(0.02)
        async with turn_at(turns, "a.go.th", 0, within_s=2):
            log.append("modest")
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("kind", ["files", "memory"])
def test_nobody_is_kept_waiting_by_a_greedy_one(tmp_path: Path, kind: str) -> None:
    one = MemoryTurns() if kind == "memory" else None
    log: list[str] = []

    async def both() -> None:
        # Each has its own, as two processes would: the locks are of the system.
        until = time.monotonic() + 1.5
        await asyncio.gather(
            greedy(one or FileTurns(tmp_path), until, log),
            modest(one or FileTurns(tmp_path), log),
        )

    asyncio.run(both())
    assert log.count("modest") == 5
    assert log.count("greedy") > 10


def test_one_who_waits_in_vain_says_so_and_leaves_the_line(tmp_path: Path) -> None:
    async def wait() -> None:
        turns = FileTurns(tmp_path)
        async with turn_at(turns, "a.go.th", 0):
            with pytest.raises(HostBusyError):
                async with turn_at(turns, "a.go.th", 0, within_s=0.1):
                    pass
        async with turn_at(turns, "a.go.th", 0, within_s=0.5):
            pass

    asyncio.run(wait())
