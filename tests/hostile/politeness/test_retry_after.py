"""Hosts that ask to be left alone, in earnest or to stop every later sweep.

Tried: `Retry-After` for minutes and for years, seen by one process and not by the others.
Must: all processes of the machine leave the host alone that long, an hour at most from one sweep to
the next; other hosts go on; the reason says until when, in Thai.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.headers import wait_asked
from crawler.problems import of_no_turn
from crawler.turn_files import FileTurns
from crawler.turns import KEPT_REST_S, HostRestsError, MemoryTurns, Turns, turn_now


@pytest.mark.parametrize("kind", ["files", "memory"])
def test_a_host_rests_for_everybody(tmp_path: Path, kind: str) -> None:
    one = MemoryTurns() if kind == "memory" else None

    def turns() -> Turns:
        return one or FileTurns(tmp_path)

    with turn_now(turns(), "a.go.th", 0, 5) as turn:
        turn.rest(600)
    begun = time.monotonic()
    with pytest.raises(HostRestsError) as told, turn_now(turns(), "a.go.th", 0, 5):
        pass
    with turn_now(turns(), "b.go.th", 0, 5):
        assert time.monotonic() - begun < 1, "the others go on"
    problem = of_no_turn(told.value)
    assert problem.code == "rate_limited"
    assert "600 วินาที" in problem.detail or "599 วินาที" in problem.detail
    assert f"/{datetime.now(UTC).year + 543}" in problem.detail


def test_a_short_rest_is_waited_for(tmp_path: Path) -> None:
    with turn_now(FileTurns(tmp_path), "a.go.th", 0, 5) as turn:
        turn.rest(0.3)
    begun = time.monotonic()
    with turn_now(FileTurns(tmp_path), "a.go.th", 0, 5):
        assert 0.25 < time.monotonic() - begun < 2


@pytest.mark.parametrize("header", ["315360000", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_years_are_an_hour_for_the_next_sweep(tmp_path: Path, header: str) -> None:
    wait_s = wait_asked(header, datetime.now(UTC))
    assert wait_s is not None
    with turn_now(FileTurns(tmp_path), "a.go.th", 0, 5) as turn:
        turn.rest(wait_s)
    with pytest.raises(HostRestsError) as told, turn_now(FileTurns(tmp_path), "a.go.th", 0, 5):
        pass
    assert told.value.seconds <= KEPT_REST_S + 0.01
