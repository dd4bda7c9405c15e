"""A process that is killed while it has a host's turn, or while it waits for it.

Tried: kill -9 of the one who asks the host, and of the one who is next.
Must: the turn is free at once; those who wait get it.
"""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawler.turn_files import FileTurns
from crawler.turns import turn_now

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event


def sits(folder: Path, there: Event) -> None:
    queued = FileTurns(folder).queue("a.go.th")
    queued.ask(0)
    there.set()
    time.sleep(60)


@pytest.mark.parametrize("next_too", [False, True], ids=["has the turn", "is next as well"])
def test_its_turn_is_free_at_once(tmp_path: Path, next_too: bool) -> None:
    context = multiprocessing.get_context("fork")
    sitting = []
    for _ in range(1 + next_too):
        there = context.Event()
        process = context.Process(target=sits, args=(tmp_path, there), daemon=True)
        process.start()
        assert there.wait(10)
        sitting.append(process)
    queued = FileTurns(tmp_path).queue("a.go.th")
    assert queued.ask(0) is not None
    queued.leave()
    for process in sitting:
        process.kill()
        process.join()
    begun = time.monotonic()
    with turn_now(FileTurns(tmp_path), "a.go.th", 0, 5):
        assert time.monotonic() - begun < 1
